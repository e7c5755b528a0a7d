#include "pdf_revision.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "str.h"

// Where `needle` begins at or after `from`; SIZE_MAX when nowhere.
static size_t find(struct bytes whole, size_t from, const char *needle)
{
    if (from > whole.size)
        return SIZE_MAX;
    const uint8_t *at = memmem(whole.data + from, whole.size - from, needle, strlen(needle));
    return at == NULL ? SIZE_MAX : (size_t)(at - whole.data);
}

static size_t find_last(struct bytes whole, const char *needle)
{
    size_t last = SIZE_MAX;

    for (size_t at = find(whole, 0, needle); at != SIZE_MAX; at = find(whole, at + 1, needle))
        last = at;
    return last;
}

// A decimal number after white space.
static enum result number_at(struct bytes whole, size_t at, uint64_t *out)
{
    uint64_t value = 0;
    size_t digits = 0;

    while (at < whole.size && (whole.data[at] == ' ' || whole.data[at] == '\n'))
        at++;
    for (; at < whole.size && whole.data[at] >= '0' && whole.data[at] <= '9' && digits < 12; at++) {
        value = value * 10 + (uint64_t)(whole.data[at] - '0');
        digits++;
    }
    *out = value;
    return digits > 0 && digits < 12 ? RESULT_OK : RESULT_MALFORMED;
}

static enum result number_after(struct bytes whole, size_t from, const char *key, uint64_t *out)
{
    size_t at = find(whole, from, key);

    return at == SIZE_MAX ? RESULT_MALFORMED : number_at(whole, at + strlen(key), out);
}

// Each entry of the table is exactly 20 bytes (7.5.4).
#define XREF_ENTRY 20

static enum result read_xref(struct pdf_file *file)
{
    struct bytes whole = file->whole, head, entry;
    char expected[32];

    TRY(str_format(expected, sizeof expected, "xref\n0 %u\n", file->size));
    TRY(bytes_slice(whole, file->previous_xref, strlen(expected), &head));
    if (memcmp(head.data, expected, head.size) != 0)
        return RESULT_MALFORMED;
    for (uint32_t i = 1; i < file->size; i++) {
        uint64_t offset;
        size_t at = file->previous_xref + head.size + (size_t)i * XREF_ENTRY;
        TRY(bytes_slice(whole, at, XREF_ENTRY, &entry));
        TRY(number_at(entry, 0, &offset));
        if (offset >= whole.size)
            return RESULT_MALFORMED;
        file->offsets[i] = offset;
    }
    return RESULT_OK;
}

static enum result find_first_page(struct pdf_file *file)
{
    struct bytes dictionary;
    uint64_t page;

    for (uint32_t i = 1; i < file->size; i++) {
        TRY(pdf_dictionary(file, i, &dictionary));
        if (find(dictionary, 0, "/Type /Pages\n") == SIZE_MAX)
            continue;
        TRY(number_after(dictionary, 0, "/Kids [", &page));
        if (page == 0 || page >= file->size)
            return RESULT_MALFORMED;
        file->first_page = (uint32_t)page;
        return RESULT_OK;
    }
    return RESULT_MALFORMED;
}

enum result pdf_file_read(struct bytes whole, struct pdf_file *out)
{
    uint64_t xref, size, root, info;
    size_t trailer = find_last(whole, "trailer\n");

    *out = (struct pdf_file){.whole = whole};
    if (trailer == SIZE_MAX || find(whole, 0, "%%EOF") == SIZE_MAX ||
        find(whole, 0, "%%EOF") != find_last(whole, "%%EOF") ||
        find(whole, 0, "/ObjStm") != SIZE_MAX)
        return RESULT_MALFORMED;
    TRY(number_after(whole, trailer, "/Size", &size));
    TRY(number_after(whole, trailer, "/Root", &root));
    TRY(number_after(whole, trailer, "/Info", &info));
    TRY(number_after(whole, trailer, "startxref\n", &xref));
    if (size >= PDF_OBJECTS_MAXIMUM || root >= size || info >= size || xref >= whole.size)
        return RESULT_MALFORMED;
    out->previous_xref = xref;
    out->size = (uint32_t)size;
    out->root = (uint32_t)root;
    out->info = (uint32_t)info;
    TRY(read_xref(out));
    return find_first_page(out);
}

enum result pdf_dictionary(const struct pdf_file *file, uint32_t number, struct bytes *out)
{
    char head[32];
    struct bytes rest, begin;

    TRY(str_format(head, sizeof head, "%u 0 obj\n", number));
    TRY(bytes_slice(file->whole, file->offsets[number], strlen(head), &begin));
    if (memcmp(begin.data, head, begin.size) != 0)
        return RESULT_MALFORMED;
    size_t from = file->offsets[number] + begin.size;
    size_t end = find(file->whole, from, "endobj");
    size_t stream = find(file->whole, from, "stream\n");
    if (end == SIZE_MAX)
        return RESULT_MALFORMED;
    end = stream < end ? stream : end;
    TRY(bytes_slice(file->whole, from, end - from, &rest));
    size_t close = find_last(rest, ">>");
    if (close == SIZE_MAX) { // a number or an array: an object without entries
        *out = (struct bytes){.data = rest.data, .size = 0};
        return RESULT_OK;
    }
    return bytes_slice(rest, 0, close, out);
}

enum result pdf_update_create(const struct pdf_file *file, struct pdf_update **out)
{
    struct pdf_update *update = calloc(1, sizeof *update);

    if (update == NULL)
        return RESULT_NO_MEMORY;
    *out = update;
    return pdf_update_bytes(update, file->whole);
}

void pdf_update_destroy(struct pdf_update *update)
{
    if (update == NULL)
        return;
    if (update->data != NULL)
        explicit_bzero(update->data, update->size);
    free(update->data);
    free(update);
}

enum result pdf_update_bytes(struct pdf_update *update, struct bytes more)
{
    if (update->capacity - update->size < more.size) {
        size_t capacity = 2 * update->capacity + more.size + 65536;
        uint8_t *larger = realloc(update->data, capacity);
        if (larger == NULL)
            return RESULT_NO_MEMORY;
        update->data = larger;
        update->capacity = capacity;
    }
    if (more.size > 0)
        memcpy(update->data + update->size, more.data, more.size);
    update->size += more.size;
    return RESULT_OK;
}

enum result pdf_update_text(struct pdf_update *update, const char *format, ...)
{
    char text[1024];
    va_list arguments;

    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= sizeof text)
        return RESULT_TOO_LARGE;
    return pdf_update_bytes(update, (struct bytes){(const uint8_t *)text, (size_t)length});
}

enum result pdf_update_object(struct pdf_update *update, uint32_t number)
{
    if (update->count == PDF_OBJECTS_MAXIMUM)
        return RESULT_TOO_LARGE;
    update->numbers[update->count] = number;
    update->at[update->count] = update->size;
    update->count++;
    return pdf_update_text(update, "%u 0 obj\n", number);
}

// Runs of neighbouring numbers become sub-sections, so the table must be in order (7.5.4).
static void sort_objects(struct pdf_update *update)
{
    for (size_t i = 1; i < update->count; i++) {
        uint32_t number = update->numbers[i];
        size_t at = update->at[i], j = i;
        for (; j > 0 && update->numbers[j - 1] > number; j--) {
            update->numbers[j] = update->numbers[j - 1];
            update->at[j] = update->at[j - 1];
        }
        update->numbers[j] = number;
        update->at[j] = at;
    }
}

enum result pdf_update_end(struct pdf_update *update, const struct pdf_file *file, uint32_t size)
{
    size_t xref = update->size;

    sort_objects(update);
    TRY(pdf_update_text(update, "xref\n"));
    for (size_t i = 0, run; i < update->count; i += run) {
        for (run = 1; i + run < update->count; run++)
            if (update->numbers[i + run] != update->numbers[i] + run)
                break;
        TRY(pdf_update_text(update, "%u %zu\n", update->numbers[i], run));
        for (size_t j = i; j < i + run; j++)
            TRY(pdf_update_text(update, "%010zu 00000 n \n", update->at[j]));
    }
    return pdf_update_text(update,
                           "trailer\n<< /Size %u\n   /Root %u 0 R\n   /Info %u 0 R\n   /Prev %zu\n"
                           ">>\nstartxref\n%zu\n%%%%EOF\n",
                           size, file->root, file->info, file->previous_xref, xref);
}
