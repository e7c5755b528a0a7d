// escpos_writer.h: builds one ESC/POS stream in the caller's memory: lines, a QR code, one cut.
// Commands and their bytes: Epson ESC/POS command reference. Modes are sent only when they change,
// and only at the start of a line, where alignment is allowed.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"
#include "result.h"

enum escpos_align { ESCPOS_LEFT, ESCPOS_CENTRE };

struct escpos_style {
    enum escpos_align align;
    bool bold;
    bool doubled; // width and height
};

// Only the functions below write to it.
struct escpos_writer {
    uint8_t *memory;
    size_t capacity;
    size_t size;
    bool full;
    struct escpos_style style;
};

// Begins a stream: initialised, status back on, WPC1252, international set USA, plain style.
void escpos_begin(struct escpos_writer *writer, uint8_t *memory, size_t capacity);

// One line in the code page (escpos_code_page.h) and its end. A byte below 20 hex or 7F, which the
// printer would obey, is replaced.
void escpos_line(struct escpos_writer *writer, struct escpos_style style, struct bytes text);

// One empty line, in plain style.
void escpos_space(struct escpos_writer *writer);

// An empty line for the quiet zone, then a QR code (model 2, correction M) in the middle, `dots`
// dots a module (1 to 16). RESULT_INVALID unless `content` is printable ASCII (bytes such as 10 04
// 01 inside would be obeyed) of 1 to 200 characters.
enum result escpos_qr(struct escpos_writer *writer, const char *content, uint8_t dots);

// Feeds, cuts, and asks the paper sensor in order: its answer says that all before it is done.
// `stream` views the caller's memory; RESULT_TOO_LARGE when that was too small.
enum result escpos_finish(struct escpos_writer *writer, struct bytes *stream);
