// public_words.h: the checking page's words in the four languages of the kiosk.
#pragma once
#include <stdint.h>

#include "public_check.h"
#include "result.h"

enum public_language {
    PUBLIC_FRENCH,
    PUBLIC_DUTCH,
    PUBLIC_GERMAN,
    PUBLIC_ENGLISH,
    PUBLIC_LANGUAGE_COUNT
};

struct public_words {
    const char *tag, *lang; // "fr", and for the page's attribute "fr-BE"
    const char *own_name;   // of the language
    const char *languages;  // what the links to them are
    const char *title;      // of the page
    const char *form_label, *form_button, *form_again;
    const char *document, *issued_on, *reference, *issued_by;
    const char *no_personal_data;
    struct {
        const char *heading, *text;
    } verdicts[CHECK_VERDICT_COUNT], too_many, down, nothing_here;
};

const struct public_words *public_words_in(enum public_language language);

// The first language of an Accept-Language header (RFC 9110, section 12.5.4) that there is, by the
// reader's weights; French when there is none, or no header (NULL).
enum public_language public_language_accepted(const char *header);

// "fr", "nl", "de" or "en"; RESULT_NOT_FOUND for any other word or NULL.
enum result public_language_of(const char *word, enum public_language *out);

#define PUBLIC_DATE_SIZE 48
// A day as this language writes it, in the city's time zone. RESULT_FAILED: no time zone (tzdata).
enum result public_date(int64_t unix_seconds, enum public_language language,
                        char out[PUBLIC_DATE_SIZE]);
