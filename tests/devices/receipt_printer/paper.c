#include "paper.h"

#include <iconv.h>
#include <string.h>

#define CODE_PAGE_PC437 0
#define CODE_PAGE_WPC1252 16
#define NOT_KNOWN "\uFFFD"

void paper_initialise(struct paper *paper)
{
    paper->style = (struct cell){.width = 1, .height = 1};
    paper->line = (struct piece){.kind = PIECE_LINE};
    paper->code_page = CODE_PAGE_PC437;
    paper->symbol = (struct piece){.kind = PIECE_SYMBOL, .dots = 3};
}

void paper_tear_off(struct paper *paper)
{
    paper->count = 0;
    paper->cut = false;
}

static void add(struct paper *paper, const struct piece *piece)
{
    if (paper->count < PIECES_MAXIMUM)
        paper->pieces[paper->count++] = *piece;
}

// One byte of the code page as UTF-8, by the system's tables.
static void decode(uint8_t code_page, uint8_t byte, char out[8])
{
    iconv_t table = iconv_open("UTF-8", code_page == CODE_PAGE_WPC1252 ? "CP1252" : "CP437");
    char in[1] = {(char)byte};
    char *from = in, *to = out;
    size_t from_size = 1, to_size = 7;

    memset(out, 0, 8);
    if (table == (iconv_t)-1 || iconv(table, &from, &from_size, &to, &to_size) == (size_t)-1)
        memcpy(out, NOT_KNOWN, sizeof NOT_KNOWN);
    if (table != (iconv_t)-1)
        iconv_close(table);
}

static size_t used_columns(const struct piece *line)
{
    size_t columns = 0;

    for (size_t i = 0; i < line->count; i++)
        columns += line->cells[i].width;
    return columns;
}

static void end_line(struct paper *paper)
{
    enum alignment alignment = paper->line.alignment;

    if (paper->line.count == 0)
        add(paper, &(struct piece){.kind = PIECE_SPACE, .dots = CELL_HEIGHT + LINE_GAP});
    else
        add(paper, &paper->line);
    paper->line = (struct piece){.kind = PIECE_LINE, .alignment = alignment};
}

static void put_character(struct paper *paper, uint8_t byte)
{
    struct cell cell = paper->style;

    if (used_columns(&paper->line) + cell.width > COLUMNS)
        end_line(paper); // as the printer does with what is too long
    decode(paper->code_page, byte, cell.text);
    paper->line.cells[paper->line.count++] = cell;
}

static bool store_symbol(struct paper *paper, const struct token *token)
{
    size_t size = token->size - 8; // GS ( k pL pH 31 50 30

    if (token->size < 8 || size >= SYMBOL_MAXIMUM)
        return false;
    memcpy(paper->symbol.symbol, token->bytes + 8, size);
    paper->symbol.symbol[size] = '\0';
    return true;
}

static bool take_symbol(struct paper *paper, const struct token *token)
{
    const uint8_t *bytes = token->bytes;

    if (token->size < 8 || bytes[5] != '1')
        return false; // another kind of symbol
    switch (bytes[6]) {
    case 'A':
        return bytes[7] == '2'; // model 2
    case 'C':
        paper->symbol.dots = bytes[7];
        return bytes[7] >= 1 && bytes[7] <= 16;
    case 'E':
        paper->symbol.level = (char)(bytes[7] - '0');
        return bytes[7] >= '0' && bytes[7] <= '3';
    case 'P':
        return store_symbol(paper, token);
    case 'Q':
        paper->symbol.alignment = paper->line.alignment;
        add(paper, &paper->symbol);
        return true;
    default:
        return false;
    }
}

static void feed(struct paper *paper, uint8_t lines)
{
    if (paper->line.count > 0)
        end_line(paper);
    add(paper, &(struct piece){.kind = PIECE_SPACE, .dots = lines * (CELL_HEIGHT + LINE_GAP)});
}

static void cut(struct paper *paper, const struct token *token)
{
    int dots = token->size == 4 ? token->bytes[3] : 0;

    add(paper, &(struct piece){.kind = PIECE_SPACE, .dots = dots});
    paper->cut = true;
}

static bool take_mode(struct paper *paper, enum token_kind kind, uint8_t value)
{
    if (kind == TOKEN_CODE_PAGE)
        paper->code_page = value;
    else if (kind == TOKEN_BOLD)
        paper->style.bold = (value & 1) != 0;
    else if (kind == TOKEN_ALIGN)
        paper->line.alignment = (enum alignment)(value % 3);
    else if (kind == TOKEN_SIZE) {
        paper->style.width = (uint8_t)(1 + (value >> 4) % 8);
        paper->style.height = (uint8_t)(1 + value % 8);
    } else
        return kind == TOKEN_CHARACTER_SET && value == 0; // USA is what this printer has
    return kind != TOKEN_ALIGN || paper->line.count == 0; // allowed at the start of a line only
}

static bool ends_symbol_line(const struct paper *paper)
{
    return paper->line.count == 0 && paper->count > 0 &&
           paper->pieces[paper->count - 1].kind == PIECE_SYMBOL;
}

bool paper_take(struct paper *paper, const struct token *token)
{
    switch ((int)token->kind) {
    case TOKEN_TEXT:
        put_character(paper, token->bytes[0]);
        return true;
    case TOKEN_LINE_END:
        if (ends_symbol_line(paper)) // the symbol has fed the paper itself; half a line remains
            add(paper, &(struct piece){.kind = PIECE_SPACE, .dots = CELL_HEIGHT / 2});
        else
            end_line(paper);
        return true;
    case TOKEN_INITIALISE:
        paper_initialise(paper);
        return true;
    case TOKEN_FEED_LINES:
        feed(paper, token->bytes[2]);
        return true;
    case TOKEN_CUT:
        cut(paper, token);
        return true;
    case TOKEN_SYMBOL:
        return take_symbol(paper, token);
    default:
        return token->size == 3 && take_mode(paper, token->kind, token->bytes[2]);
    }
}

size_t paper_lines(const struct paper *paper)
{
    size_t lines = 0;

    for (size_t i = 0; i < paper->count; i++)
        lines += paper->pieces[i].kind == PIECE_LINE ? 1 : 0;
    return lines;
}
