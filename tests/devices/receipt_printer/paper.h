// paper.h: what has come out of the printer so far: lines, empty space, QR codes. Filled by
// commands, drawn by picture.h.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tokens.h"

#define PAPER_DOTS 576
#define CELL_WIDTH 12
#define CELL_HEIGHT 24
#define LINE_GAP 6
#define COLUMNS (PAPER_DOTS / CELL_WIDTH)
#define PIECES_MAXIMUM 400
#define SYMBOL_MAXIMUM 512

enum alignment { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

struct cell {
    char text[8]; // one character in UTF-8
    bool bold;
    uint8_t width, height; // times the size of a cell
};

enum piece_kind { PIECE_LINE, PIECE_SPACE, PIECE_SYMBOL };

struct piece {
    enum piece_kind kind;
    enum alignment alignment;
    size_t count; // cells
    struct cell cells[COLUMNS];
    int dots;   // height of a space, size of a module
    char level; // 0 (L) to 3 (H)
    char symbol[SYMBOL_MAXIMUM];
};

struct paper {
    struct piece pieces[PIECES_MAXIMUM];
    size_t count;
    bool cut;
    // Modes, and what has been stored for the next symbol.
    struct piece line; // being filled
    struct cell style;
    uint8_t code_page;
    struct piece symbol;
};

// Switches the modes back; what is on the paper stays.
void paper_initialise(struct paper *paper);
// Tears off: an empty paper, modes as they are.
void paper_tear_off(struct paper *paper);

// Carries out a command that leaves a trace on paper or changes a mode; false when it is none, or
// wrong.
bool paper_take(struct paper *paper, const struct token *token);

// How many lines of text are on it.
size_t paper_lines(const struct paper *paper);
