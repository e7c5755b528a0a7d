// certificate_template.h: what a kind of certificate says, as data: the fact that it certifies, and
// which fields of the register stand under it. A new kind is a new template, no new code.
#pragma once
#include <stdint.h>

#include "paper_language.h"
#include "result.h"

enum certificate_layout { CERTIFICATE_OF_PERSON, CERTIFICATE_OF_HOUSEHOLD };

// Fields beside name and birth, which every certificate has; identifier and the catalogue's word.
#define CERTIFICATE_FIELD_LIST(X)                                                                  \
    X(SEX, "sex")                                                                                  \
    X(NATIONAL_NUMBER, "national_number")                                                          \
    X(NATIONALITY, "nationality")                                                                  \
    X(MARITAL_STATUS, "marital_status")                                                            \
    X(ADDRESS, "address")                                                                          \
    X(SINCE, "since")               /* at this address */                                          \
    X(HISTORY, "history")           /* the addresses before: a table */                            \
    X(HISTORY_HERE, "history_here") /* those of them in this municipality */

enum certificate_field {
#define X(id, word) CERTIFICATE_FIELD_##id,
    CERTIFICATE_FIELD_LIST(X)
#undef X
        CERTIFICATE_FIELD_COUNT
};

// A set of fields: bits 1 << CERTIFICATE_FIELD_…
typedef uint32_t certificate_fields;
#define CERTIFICATE_HISTORIES (CERTIFICATE_FIELD_BIT(HISTORY) | CERTIFICATE_FIELD_BIT(HISTORY_HERE))
#define CERTIFICATE_FIELD_BIT(id) (UINT32_C(1) << CERTIFICATE_FIELD_##id)

// RESULT_NOT_FOUND: no field has that word.
enum result certificate_field_from_word(const char *word, certificate_fields *bit);

// Texts are plain and may have slots: {today} "24 novembre 2026", {since} "depuis le 1er mars
// 2026", {registered_since} the same for the entry into the register, {in_register} "au registre de
// la population", {from_register} "du registre de la population".
struct certificate_template {
    enum certificate_layout layout;
    const char *fact[PAPER_LANGUAGE_COUNT];     // goes on from "la personne désignée ci-dessous"
    const char *subtitle[PAPER_LANGUAGE_COUNT]; // NULL: none
    certificate_fields fields;
};

// Does a text have no slots but those? RESULT_MALFORMED: it has another.
enum result certificate_text_check(const char *text);
