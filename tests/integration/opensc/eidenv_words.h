// eidenv_words.h: what OpenSC's eidenv prints, beside the fields of `kioskctl card read --json`.
#pragma once
#include <jansson.h>
#include <stdbool.h>

#define EIDENV_VALUE_SIZE 128

// How eidenv writes what kioskctl writes otherwise.
enum eidenv_form {
    EIDENV_TEXT,
    EIDENV_DAY,     // 05.01.2024 for 2024-01-05
    EIDENV_BIRTH,   // 30 JUIL 1985: as the card has it
    EIDENV_SPECIAL, // the card's digit, for which kioskctl has three answers
};

struct eidenv_word {
    const char *key; // behind "BELPIC_"
    const char *group, *field;
    enum eidenv_form form;
};

// The word of a key; NULL: eidenv prints something that we do not know.
const struct eidenv_word *eidenv_word_of(const char *key);
// Does eidenv have a word for this field?
bool eidenv_has(const char *group, const char *field);

// kioskctl's field as eidenv would write it.
void eidenv_form(const struct eidenv_word *word, const json_t *root, char value[EIDENV_VALUE_SIZE]);

// OpenSC's own known faults, the only differences that are allowed. The name of the one that makes
// `theirs` out of `ours`; NULL: none does.
const char *eidenv_fault(const struct eidenv_word *word, const char *ours, const char *theirs);
