#include "sample_pdf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define OBJECTS_MAXIMUM 16

struct pdf {
    char *memory;
    size_t capacity, size;
    size_t objects[OBJECTS_MAXIMUM];
    int count;
};

__attribute__((format(printf, 2, 3))) static void put(struct pdf *pdf, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    int written = vsnprintf(pdf->memory + pdf->size, pdf->capacity - pdf->size, format, arguments);
    va_end(arguments);
    if (written < 0 || (size_t)written >= pdf->capacity - pdf->size)
        abort(); // the test asked for more than it has room for
    pdf->size += (size_t)written;
}

static void begin_object(struct pdf *pdf)
{
    pdf->objects[pdf->count++] = pdf->size;
    put(pdf, "%d 0 obj\n", pdf->count);
}

// Padding that no page shows, of bytes that a text filter would break.
static void put_padding(struct pdf *pdf, size_t size)
{
    begin_object(pdf);
    put(pdf, "<< /Length %zu >>\nstream\n", size);
    if (size >= pdf->capacity - pdf->size)
        abort();
    for (size_t i = 0; i < size; i++)
        pdf->memory[pdf->size++] = (char)(i * 31 + i / 253);
    put(pdf, "\nendstream\nendobj\n");
}

static void put_table(struct pdf *pdf)
{
    size_t table = pdf->size;

    put(pdf, "xref\n0 %d\n0000000000 65535 f \n", pdf->count + 1);
    for (int i = 0; i < pdf->count; i++)
        put(pdf, "%010zu 00000 n \n", pdf->objects[i]);
    put(pdf, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%zu\n%%%%EOF\n", pdf->count + 1,
        table);
}

struct bytes sample_pdf(uint8_t *memory, size_t capacity, int pages, size_t size)
{
    struct pdf pdf = {.memory = (char *)memory, .capacity = capacity};

    put(&pdf, "%%PDF-1.4\n");
    begin_object(&pdf);
    put(&pdf, "<< /Type /Catalog /Pages 2 0 R >>\nendobj\n");
    begin_object(&pdf);
    put(&pdf, "<< /Type /Pages /Count %d /Kids [", pages);
    for (int i = 0; i < pages; i++)
        put(&pdf, " %d 0 R", 3 + i);
    put(&pdf, " ] >>\nendobj\n");
    for (int i = 0; i < pages; i++) {
        begin_object(&pdf);
        put(&pdf, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n");
    }
    put_padding(&pdf, size);
    put_table(&pdf);
    return (struct bytes){memory, pdf.size};
}
