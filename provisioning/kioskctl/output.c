#include "output.h"

#include "str.h"

#include <inttypes.h>

#define LABEL_WIDTH 24
#define REPLACEMENT "\xEF\xBF\xBD" // U+FFFD

static void name_member(struct output *output, const char *name)
{
    fprintf(output->file, "%s\"%s\":", output->comma ? "," : "", name);
    output->comma = true;
}

void output_begin(struct output *output)
{
    output->comma = false;
    if (output->json)
        fputc('{', output->file);
}

void output_end(struct output *output)
{
    if (output->json)
        fputs("}\n", output->file);
}

void output_open(struct output *output, const char *name, const char *label)
{
    if (!output->json) {
        fprintf(output->file, "%s\n", label);
        return;
    }
    name_member(output, name);
    fputc('{', output->file);
    output->comma = false;
}

void output_close(struct output *output)
{
    if (output->json)
        fputc('}', output->file);
    output->comma = true;
}

// RFC 8259, 7.
static void write_json_byte(FILE *file, uint8_t byte)
{
    if (byte == '"' || byte == '\\')
        fprintf(file, "\\%c", byte);
    else if (byte < 0x20 || byte == 0x7F)
        fprintf(file, "\\u%04x", byte);
    else
        fputc(byte, file);
}

static void write_text(const struct output *output, struct bytes text)
{
    bool foreign = !str_is_utf8(text);

    for (size_t i = 0; i < text.size; i++) {
        uint8_t byte = text.data[i];
        if (foreign && byte >= 0x80)
            fputs(REPLACEMENT, output->file);
        else if (output->json)
            write_json_byte(output->file, byte);
        else if (byte >= 0x20 && byte != 0x7F)
            fputc(byte, output->file);
    }
}

void output_text(struct output *output, const char *name, const char *label, struct bytes text)
{
    if (output->json) {
        name_member(output, name);
        fputc('"', output->file);
        write_text(output, text);
        fputc('"', output->file);
    } else if (text.size > 0) {
        fprintf(output->file, "  %-*s ", LABEL_WIDTH, label);
        write_text(output, text);
        fputc('\n', output->file);
    }
}

static void write_plain(struct output *output, const char *name, const char *label,
                        const char *value)
{
    if (output->json) {
        name_member(output, name);
        fputs(value, output->file);
    } else {
        fprintf(output->file, "  %-*s %s\n", LABEL_WIDTH, label, value);
    }
}

void output_word(struct output *output, const char *name, const char *label, const char *word)
{
    size_t size = 0;

    if (word == NULL) {
        if (output->json)
            write_plain(output, name, label, "null");
        return;
    }
    while (word[size] != '\0')
        size++;
    output_text(output, name, label, (struct bytes){(const uint8_t *)word, size});
}

void output_number(struct output *output, const char *name, const char *label, uint64_t number)
{
    char text[24];

    snprintf(text, sizeof text, "%" PRIu64, number);
    write_plain(output, name, label, text);
}

void output_milliseconds(struct output *output, const char *name, const char *label,
                         uint64_t nanoseconds)
{
    char text[40];
    uint64_t microseconds = nanoseconds / 1000;

    snprintf(text, sizeof text, "%" PRIu64 ".%03" PRIu64, microseconds / 1000, microseconds % 1000);
    write_plain(output, name, label, text);
}

void output_truth(struct output *output, const char *name, const char *label, bool truth)
{
    if (output->json)
        write_plain(output, name, label, truth ? "true" : "false");
    else
        write_plain(output, name, label, truth ? "yes" : "no");
}
