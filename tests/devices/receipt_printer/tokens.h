// tokens.h: takes an ESC/POS stream apart, command by command. Knows nothing of the kiosk's
// encoder.
#pragma once
#include <stddef.h>
#include <stdint.h>

enum token_kind {
    TOKEN_INCOMPLETE, // more bytes are needed
    TOKEN_UNKNOWN,    // one byte that begins nothing known
    TOKEN_TEXT,       // one printable byte
    TOKEN_LINE_END,
    TOKEN_ASK_STATUS, // DLE EOT n, at once
    TOKEN_RECOVER,    // DLE ENQ n, at once
    TOKEN_CLEAR,      // DLE DC4 8, at once
    TOKEN_INITIALISE,
    TOKEN_CODE_PAGE,
    TOKEN_CHARACTER_SET,
    TOKEN_ALIGN,
    TOKEN_BOLD,
    TOKEN_SIZE,
    TOKEN_FEED_LINES,
    TOKEN_STATUS_BACK,
    TOKEN_CUT,
    TOKEN_PAPER_SENSOR,
    TOKEN_PROCESS,
    TOKEN_SYMBOL, // GS ( k: everything about QR codes
};

struct token {
    enum token_kind kind;
    size_t size;
    const uint8_t *bytes; // of the stream, the command's own two or three included
};

struct token next_token(const uint8_t *stream, size_t size);
