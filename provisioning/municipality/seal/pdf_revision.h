// pdf_revision.h: an incremental update of a PDF as cairo writes it: one revision, classic
// cross-reference table, no object streams (ISO 32000-1, 7.5.4 and 7.5.6).
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"
#include "result.h"

#define PDF_OBJECTS_MAXIMUM 8192

// Borrows the bytes of the file.
struct pdf_file {
    struct bytes whole;
    size_t previous_xref;
    uint32_t size, root, info;           // of the trailer
    uint32_t first_page;                 // its object's number
    size_t offsets[PDF_OBJECTS_MAXIMUM]; // of each object
};

// RESULT_MALFORMED: not such a file.
enum result pdf_file_read(struct bytes whole, struct pdf_file *out);

// The dictionary of an object, from "<<" up to, not including, its last ">>".
enum result pdf_dictionary(const struct pdf_file *file, uint32_t number, struct bytes *out);

// A file that grows: bytes, and where the new objects are.
struct pdf_update {
    uint8_t *data;
    size_t size, capacity;
    uint32_t numbers[PDF_OBJECTS_MAXIMUM];
    size_t at[PDF_OBJECTS_MAXIMUM];
    size_t count;
};

enum result pdf_update_create(const struct pdf_file *file, struct pdf_update **out);
void pdf_update_destroy(struct pdf_update *update); // wipes; NULL is fine

enum result pdf_update_bytes(struct pdf_update *update, struct bytes more);
enum result pdf_update_text(struct pdf_update *update, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
// Notes that object `number` begins here, and writes its head.
enum result pdf_update_object(struct pdf_update *update, uint32_t number);
// Cross-reference section, trailer and end; `size` is one more than the highest object number.
enum result pdf_update_end(struct pdf_update *update, const struct pdf_file *file, uint32_t size);
