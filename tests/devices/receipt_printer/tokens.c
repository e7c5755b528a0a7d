#include "tokens.h"

#include <string.h>

struct command {
    const char *begins;
    size_t begin_size;
    size_t size; // 0: two more bytes say how much follows, low byte first
    enum token_kind kind;
};

#define DLE "\x10"
#define ESC "\x1B"
#define GS "\x1D"

static const struct command commands[] = {
    {DLE "\x04", 2, 3, TOKEN_ASK_STATUS}, {DLE "\x05", 2, 3, TOKEN_RECOVER},
    {DLE "\x14\x08", 3, 10, TOKEN_CLEAR}, {ESC "@", 2, 2, TOKEN_INITIALISE},
    {ESC "t", 2, 3, TOKEN_CODE_PAGE},     {ESC "R", 2, 3, TOKEN_CHARACTER_SET},
    {ESC "a", 2, 3, TOKEN_ALIGN},         {ESC "E", 2, 3, TOKEN_BOLD},
    {ESC "d", 2, 3, TOKEN_FEED_LINES},    {GS "!", 2, 3, TOKEN_SIZE},
    {GS "a", 2, 3, TOKEN_STATUS_BACK},    {GS "V\x41", 3, 4, TOKEN_CUT},
    {GS "V\x42", 3, 4, TOKEN_CUT},        {GS "V", 2, 3, TOKEN_CUT},
    {GS "r", 2, 3, TOKEN_PAPER_SENSOR},   {GS "(H", 3, 0, TOKEN_PROCESS},
    {GS "(k", 3, 0, TOKEN_SYMBOL},
};

static size_t whole_size(const struct command *command, const uint8_t *stream, size_t size)
{
    if (command->size > 0)
        return command->size;
    size_t header = command->begin_size + 2;
    return size < header
               ? header
               : header + stream[command->begin_size] + 256u * stream[command->begin_size + 1];
}

static struct token one_byte(const uint8_t *stream)
{
    enum token_kind kind = TOKEN_UNKNOWN;

    if (stream[0] == '\n')
        kind = TOKEN_LINE_END;
    else if (stream[0] >= 0x20 && stream[0] != 0x7F)
        kind = TOKEN_TEXT;
    return (struct token){kind, 1, stream};
}

struct token next_token(const uint8_t *stream, size_t size)
{
    if (size == 0)
        return (struct token){TOKEN_INCOMPLETE, 0, stream};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        const struct command *command = &commands[i];
        size_t common = size < command->begin_size ? size : command->begin_size;
        if (memcmp(stream, command->begins, common) != 0)
            continue;
        size_t whole = whole_size(command, stream, size);
        if (size < command->begin_size || size < whole)
            return (struct token){TOKEN_INCOMPLETE, 0, stream};
        return (struct token){command->kind, whole, stream};
    }
    return one_byte(stream);
}
