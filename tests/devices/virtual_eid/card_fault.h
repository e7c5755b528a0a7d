// card_fault.h: what a card does instead of its duty at one command, and the line that asks for it.
#pragma once
#include "eid_card.h"

enum card_fault_kind {
    CARD_FAULT_NONE,
    CARD_FAULT_PULL,   // leaves the slot instead of answering
    CARD_FAULT_SILENT, // carries the command out and keeps its answer to itself
    CARD_FAULT_DEAD,   // silent, and from then on without an answer to reset
    CARD_FAULT_GARBLE, // answers bytes without meaning
    CARD_FAULT_FORGE,  // answers data without meaning, and that all is well
};

struct card_fault {
    enum card_fault_kind kind;
    int64_t at;   // the command, counted from 1 since the card was put in
    bool lasting; // that one and all after it
    int64_t size; // of what is garbled or forged
};

// pull-at N | silent-at N | silent-from N | dead-from N | garble-at N SIZE | forge-at N SIZE; N is
// 0 for never. RESULT_NOT_FOUND: another line; RESULT_MALFORMED: a number is missing or too large.
enum result card_fault_parse(const char *line, struct card_fault *fault);

// The kind, when it is for this command; each fault that does not last is met once.
enum card_fault_kind card_fault_due(struct card_fault *fault, int64_t command);

// The wrong answer of CARD_FAULT_GARBLE and CARD_FAULT_FORGE: the same for the same command.
void card_fault_answer(const struct card_fault *fault, enum card_fault_kind kind,
                       struct eid_answer *answer);
