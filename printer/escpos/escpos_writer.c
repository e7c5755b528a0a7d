#include "escpos_writer.h"

#include <string.h>

#include "escpos_code_page.h"

#define ESC 0x1B
#define GS 0x1D
#define LINE_END 0x0A
#define NO_BREAK_SPACE 0xA0
#define QR_MAXIMUM 200

static void put(struct escpos_writer *writer, struct bytes more)
{
    if (writer->full || more.size > writer->capacity - writer->size) {
        writer->full = true;
        return;
    }
    memcpy(writer->memory + writer->size, more.data, more.size);
    writer->size += more.size;
}

#define put_command(writer, ...)                                                                   \
    put(writer,                                                                                    \
        (struct bytes){(const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__})})

void escpos_begin(struct escpos_writer *writer, uint8_t *memory, size_t capacity)
{
    *writer = (struct escpos_writer){.memory = memory, .capacity = capacity};
    put_command(writer, ESC, '@');
    put_command(writer, GS, 'a', 0x0F); // after ESC @, which would switch it off again
    put_command(writer, ESC, 't', 0x10);
    put_command(writer, ESC, 'R', 0x00);
}

static void set_style(struct escpos_writer *writer, struct escpos_style style)
{
    if (style.align != writer->style.align)
        put_command(writer, ESC, 'a', (uint8_t)style.align);
    if (style.bold != writer->style.bold)
        put_command(writer, ESC, 'E', style.bold);
    if (style.doubled != writer->style.doubled)
        put_command(writer, GS, '!', style.doubled ? 0x11 : 0x00);
    writer->style = style;
}

void escpos_line(struct escpos_writer *writer, struct escpos_style style, struct bytes text)
{
    set_style(writer, style);
    for (size_t i = 0; i < text.size; i++) {
        uint8_t byte = text.data[i];
        if (byte == NO_BREAK_SPACE)
            byte = ' ';
        put_command(writer, byte < 0x20 || byte == 0x7F ? ESCPOS_REPLACEMENT : byte);
    }
    put_command(writer, LINE_END);
}

void escpos_space(struct escpos_writer *writer)
{
    set_style(writer, (struct escpos_style){.align = ESCPOS_LEFT});
    put_command(writer, ESC, 'd', 1);
}

static bool is_printable_ascii(const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text < 0x20 || *text > 0x7E)
            return false;
    }
    return true;
}

enum result escpos_qr(struct escpos_writer *writer, const char *content, uint8_t dots)
{
    size_t size = strnlen(content, QR_MAXIMUM + 1);

    if (size == 0 || size > QR_MAXIMUM || dots < 1 || dots > 16 || !is_printable_ascii(content))
        return RESULT_INVALID;
    escpos_space(writer);
    set_style(writer, (struct escpos_style){.align = ESCPOS_CENTRE});
    put_command(writer, GS, '(', 'k', 4, 0, '1', 'A', '2', 0);                // model 2
    put_command(writer, GS, '(', 'k', 3, 0, '1', 'C', dots);                  // size of a module
    put_command(writer, GS, '(', 'k', 3, 0, '1', 'E', '1');                   // correction M
    put_command(writer, GS, '(', 'k', (uint8_t)(size + 3), 0, '1', 'P', '0'); // store
    put(writer, (struct bytes){(const uint8_t *)content, size});
    put_command(writer, GS, '(', 'k', 3, 0, '1', 'Q', '0'); // print
    put_command(writer, LINE_END);
    return RESULT_OK;
}

enum result escpos_finish(struct escpos_writer *writer, struct bytes *stream)
{
    escpos_space(writer);
    put_command(writer, GS, 'V', 'B', 0x18); // 24 dots beyond the knife, partial cut
    put_command(writer, GS, 'r', 1);
    *stream = (struct bytes){writer->memory, writer->full ? 0 : writer->size};
    return writer->full ? RESULT_TOO_LARGE : RESULT_OK;
}
