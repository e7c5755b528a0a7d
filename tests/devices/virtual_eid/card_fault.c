#include "card_fault.h"

#include "str.h"

#include <stdio.h>
#include <string.h>

#define NUMBER_SIZE 12

static const struct word {
    const char *text;
    enum card_fault_kind kind;
    bool lasting, sized;
} words[] = {
    {"pull-at ", CARD_FAULT_PULL, false, false},
    {"silent-at ", CARD_FAULT_SILENT, false, false},
    {"silent-from ", CARD_FAULT_SILENT, true, false},
    {"dead-from ", CARD_FAULT_DEAD, true, false},
    {"garble-at ", CARD_FAULT_GARBLE, false, true},
    {"forge-at ", CARD_FAULT_FORGE, false, true},
};

static enum result parse_size(const char *text, struct card_fault *fault)
{
    int64_t most = fault->kind == CARD_FAULT_FORGE ? EID_ANSWER_MAXIMUM - 2 : EID_ANSWER_MAXIMUM;

    return str_to_int(text, 0, most, &fault->size);
}

static enum result parse_numbers(const struct word *word, const char *text,
                                 struct card_fault *fault)
{
    char number[NUMBER_SIZE];
    size_t size = strcspn(text, " ");

    *fault = (struct card_fault){.kind = word->kind, .lasting = word->lasting};
    if (str_format(number, sizeof number, "%.*s", (int)size, text) != RESULT_OK)
        return RESULT_MALFORMED;
    TRY(str_to_int(number, 0, INT32_MAX, &fault->at));
    if (!word->sized)
        return text[size] == '\0' ? RESULT_OK : RESULT_MALFORMED;
    return text[size] == ' ' ? parse_size(text + size + 1, fault) : RESULT_MALFORMED;
}

enum result card_fault_parse(const char *line, struct card_fault *fault)
{
    struct card_fault asked;

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!str_starts_with(line, words[i].text))
            continue;
        TRY(parse_numbers(&words[i], line + strlen(words[i].text), &asked));
        *fault = asked;
        return RESULT_OK;
    }
    return RESULT_NOT_FOUND;
}

enum card_fault_kind card_fault_due(struct card_fault *fault, int64_t command)
{
    bool due = fault->at != 0 && (fault->lasting ? command >= fault->at : command == fault->at);

    if (!due)
        return CARD_FAULT_NONE;
    if (!fault->lasting)
        fault->at = 0;
    return fault->kind;
}

void card_fault_answer(const struct card_fault *fault, enum card_fault_kind kind,
                       struct eid_answer *answer)
{
    uint32_t state = (uint32_t)fault->size * 2654435761u + 12345;

    answer->size = (size_t)fault->size;
    for (size_t i = 0; i < answer->size; i++) {
        state = state * 1103515245u + 12345; // rand(3): the same bytes on every machine
        answer->bytes[i] = (uint8_t)(state >> 16);
    }
    if (kind != CARD_FAULT_FORGE)
        return;
    answer->bytes[answer->size++] = 0x90;
    answer->bytes[answer->size++] = 0x00;
}
