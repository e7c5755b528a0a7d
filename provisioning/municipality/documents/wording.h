// wording.h: what a certificate says, in French and Dutch: fixed texts, relations, numbers in
// words, dates, names and addresses. Strings that a function makes are the caller's, to be freed
// with g_free.
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "population_register.h"

// Fixed texts of one language. "markup" members are Pango markup, the others plain text.
struct wording {
    const char *language_tag; // RFC 5646, for /Lang
    const char *authority, *department, *counter;
    const char *label_reference, *label_issued, *label_fee, *label_pages;
    const char *opening; // up to the fact
    const char *fact_household_markup, *fact_alone_markup, *before_fact;
    const char *label_concerned, *label_surname, *label_given_names, *label_birth_date,
        *label_birth_place, *label_address, *label_relation, *label_persons, *label_purpose;
    const char *label_names, *label_birth, *label_sex, *label_national_number, *label_nationality,
        *label_marital_status, *label_asked_by;
    const char *head_number, *head_relation, *head_name, *head_birth;
    const char *head_from, *head_until, *head_address, *head_municipality;
    const char *no_address; // in place of a table of former ones
    const char *subtitle_history, *subtitle_history_here;
    const char *gap_address, *gap_municipality; // a time without an address in Belgium
    const char *asked_by_parent;
    const char *no_given_name, *place_unknown;
    const char *any_purpose;
    const char *capacity, *signatory_suffix;
    const char *seal_note_markup;
    const char *verify_heading, *verify_before, *verify_after, *verify_warning;
    const char *label_code, *label_page;
    const char *specimen_word, *specimen_person, *specimen_persons, *specimen_sentence;
    const char *seal_ring_above, *seal_ring_below;
    const char *crest_text, *seal_text, *qr_text; // for those who cannot see them
    const char *document_author;
};

const struct wording *wording_of(enum paper_language language);

// The relation to the reference person; neutral when the sex is not stated. Static storage.
const char *wording_relation(enum relation relation, enum sex sex, enum paper_language language);

// These agree with the person; neutral when the sex is not stated. Static storage.
const char *wording_marital_status(enum marital_status status, enum sex sex,
                                   enum paper_language language);
const char *wording_sex(enum sex sex, enum paper_language language);

// "au registre de la population", "du registre de la population". Static storage.
const char *wording_in_register(enum register_book book, enum paper_language language);
const char *wording_from_register(enum register_book book, enum paper_language language);

// As registered; but the status of a refugee agrees with the person, whatever form the register
// wrote: "réfugiée reconnue, d’origine syrienne".
char *wording_nationality(const struct resident *person, enum paper_language language);

// "88.09.01-000.38"; the number itself when it does not have eleven digits.
char *wording_national_number(const char *number);

// 1 to 99 in words, agreeing with a feminine noun (une personne, vingt et une pages); Belgian
// numbers.
char *wording_number(int number, enum paper_language language);

// "1er mars 2026", "en mars 1984", "en 1962", "date inconnue", with no-break spaces. As markup the
// French ordinal's "er" is raised.
char *wording_date(struct partial_date date, enum paper_language language, bool markup);

// What the label "À cette adresse depuis le" and its value say, whatever is known of the date: "À
// cette adresse depuis" and "1962". The label is static.
const char *wording_label_since(struct partial_date date, enum paper_language language);
char *wording_since_value(struct partial_date date, enum paper_language language, bool markup);

// "depuis le 1er mars 2026", "depuis mars 1984", "depuis 1962", "depuis une date inconnue".
char *wording_since(struct partial_date date, enum paper_language language, bool markup);

// "01/03/2026", "03/1984", "1962": in tables.
char *wording_numeric_date(struct partial_date date, enum paper_language language);

// "24 novembre 2026 à 14 h 05", "24 november 2026 om 14.05 uur".
char *wording_moment(struct partial_date date, int hour, int minute, enum paper_language language);

// "Bruxelles, le 24 novembre 2026".
char *wording_place_and_date(struct partial_date date, enum paper_language language, bool markup);

// "gratuit", "5,00 €".
char *wording_fee(long long cents, enum paper_language language);

// Street, number and box on one line; postal code, municipality and quarter on the other.
void wording_address(const struct home_address *address, enum paper_language language,
                     char **street, char **place);

// Place of birth with the country in brackets when abroad.
char *wording_birth_place(const struct resident *person, enum paper_language language);

// The registered spelling in capitals, accents kept, letter by letter (ß stays ß), in NFC.
char *wording_capitals(const char *name);

// The registered spelling in NFC.
char *wording_name(const char *name);

// "Nombre de personnes : ", with what belongs before the figure.
char *wording_count_of_persons(int persons, enum paper_language language);

// "Nombre d’adresses précédentes : ", or of periods when one of them was without an address.
char *wording_count_of_addresses(int rows, bool with_gap, enum paper_language language);

// "Personnes 1 à 9 sur 12. Suite à la page 2.", "Lignes …" in a table of addresses.
enum table_rows { TABLE_OF_PERSONS, TABLE_OF_ADDRESSES };
struct rows_shown {
    enum table_rows what;
    size_t from, to, of; // from 1
};
char *wording_continued(const struct rows_shown *rows, int next_page, enum paper_language language);

// A template's text with its slots filled for a person; as markup when asked.
char *wording_fill(const char *text, const struct resident *person, struct partial_date today,
                   enum paper_language language, bool markup);
