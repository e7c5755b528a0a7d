// escpos_status.h: sorts what an ESC/POS printer says back, and what it means. Answers to DLE EOT,
// automatic status, process identifiers and the paper sensor share one stream and are told apart by
// fixed bits (Epson ESC/POS command reference: DLE EOT, GS a, GS ( H, GS r). Pure.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "receipt_printer.h"

enum escpos_answer_kind {
    ESCPOS_ANSWER_NONE,      // nothing complete yet
    ESCPOS_ANSWER_REAL_TIME, // one byte, to DLE EOT; which one was asked, the asker knows
    ESCPOS_ANSWER_AUTOMATIC, // four bytes, sent on a change
    ESCPOS_ANSWER_PROCESS, // the process identifier, in bytes[2..5]: all data before it is printed
    ESCPOS_ANSWER_PAPER,   // one byte, to GS r 1: all data before it is done
};

#define ESCPOS_ANSWER_MAXIMUM 7
struct escpos_answer {
    enum escpos_answer_kind kind;
    uint8_t bytes[ESCPOS_ANSWER_MAXIMUM];
};

// All zero is a sorter at the start of a stream.
struct escpos_sorter {
    uint8_t held[ESCPOS_ANSWER_MAXIMUM];
    size_t size;
};

// Takes the next byte of the stream. A byte that fits nowhere is dropped, with what it broke.
struct escpos_answer escpos_sort(struct escpos_sorter *sorter, uint8_t byte);

// What is known of the printer.
struct escpos_state {
    bool offline;
    bool cover_open;
    bool paper_end;
    bool near_end;
    bool cutter_error; // or another error that needs a person
};

// DLE EOT n, n from 1 to 4: sets what that question covers.
void escpos_state_real_time(struct escpos_state *state, int question, uint8_t answer);
void escpos_state_automatic(struct escpos_state *state, const uint8_t answer[4]);

// The one thing to deal with first.
enum receipt_printer_condition escpos_condition(const struct escpos_state *state);
