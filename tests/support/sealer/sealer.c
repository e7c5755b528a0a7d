#include "sealer.h"

#include "sealer_internal.h"

#include <openssl/err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CONTENTS_DIGITS 16384
#define BYTE_RANGE_FORMAT "[%010zu %010zu %010zu %010zu]"

void sealer_abort(const char *file, int line, const char *condition)
{
    fprintf(stderr, "%s:%d: the test sealer failed: %s\n", file, line, condition);
    ERR_print_errors_fp(stderr);
    abort();
}

void sample_destroy(struct sample *sample)
{
    if (sample == NULL)
        return;
    free(sample->data);
    free(sample);
}

struct bytes sample_bytes(const struct sample *sample)
{
    return (struct bytes){sample->data, sample->size};
}

size_t sample_find(const struct sample *sample, size_t from, const char *find)
{
    MUST(from <= sample->size);
    uint8_t *at = memmem(sample->data + from, sample->size - from, find, strlen(find));
    MUST(at != NULL);
    return (size_t)(at - sample->data);
}

struct sample *sample_spliced(const struct sample *sample, size_t begin, size_t end,
                              struct bytes replacement)
{
    struct sample *made = malloc(sizeof *made);
    MUST(made != NULL && begin <= end && end <= sample->size);
    made->size = sample->size - (end - begin) + replacement.size;
    made->data = malloc(made->size > 0 ? made->size : 1);
    MUST(made->data != NULL);
    memcpy(made->data, sample->data, begin);
    if (replacement.size > 0)
        memcpy(made->data + begin, replacement.data, replacement.size);
    memcpy(made->data + begin + replacement.size, sample->data + end, sample->size - end);
    return made;
}

static struct sample *replaced_at(const struct sample *sample, size_t at, const char *find,
                                  const char *replacement)
{
    return sample_spliced(sample, at, at + strlen(find),
                          (struct bytes){(const uint8_t *)replacement, strlen(replacement)});
}

struct sample *sample_replaced(const struct sample *sample, const char *find,
                               const char *replacement)
{
    return replaced_at(sample, sample_find(sample, 0, find), find, replacement);
}

struct sample *sample_replaced_last(const struct sample *sample, const char *find,
                                    const char *replacement)
{
    size_t last = sample_find(sample, 0, find);

    for (size_t at = last; at + strlen(find) <= sample->size; at++)
        if (memcmp(sample->data + at, find, strlen(find)) == 0)
            last = at;
    return replaced_at(sample, last, find, replacement);
}

// ---- writing ----------------------------------------------------------------------------------

#define OBJECT_COUNT 8 // 0 is never used; 6 is the signature, 7 its field

struct writing {
    FILE *file;
    size_t objects[OBJECT_COUNT];
};

static void begin_object(struct writing *writing, int number)
{
    writing->objects[number] = (size_t)ftell(writing->file);
    fprintf(writing->file, "%d 0 obj\n", number);
}

// A dictionary: its usual keys, then what the wish adds.
static void write_object(struct writing *writing, int number, const char *keys, const char *extra)
{
    begin_object(writing, number);
    fprintf(writing->file, "<< %s%s >>\nendobj\n", keys, extra != NULL ? extra : "");
}

static void write_entry(const struct writing *writing, int number)
{
    fprintf(writing->file, "%010zu 00000 n \n", writing->objects[number]);
}

static size_t write_page_revision(struct writing *writing, const struct sealer_wish *wish)
{
    static const char drawing[] =
        "BT /F1 24 Tf 72 700 Td (Certificat de composition de menage) Tj ET";

    fprintf(writing->file, "%%PDF-%s\n%%\xb5\xed\xae\xfb\n",
            wish->version != NULL ? wish->version : "1.4");
    write_object(writing, 1, "/Type /Catalog /Pages 2 0 R", NULL);
    write_object(writing, 2, "/Type /Pages /Kids [3 0 R] /Count 1", NULL);
    write_object(writing, 3,
                 "/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R\n"
                 "/Resources << /Font << /F1 5 0 R >> >>",
                 wish->page_extra);
    begin_object(writing, 4);
    fprintf(writing->file, "<< /Length %zu >>\nstream\n%s\nendstream\nendobj\n", sizeof drawing - 1,
            drawing);
    write_object(writing, 5, "/Type /Font /Subtype /Type1 /BaseFont /Helvetica", NULL);
    size_t table = (size_t)ftell(writing->file);
    fprintf(writing->file, "xref\n0 6\n0000000000 65535 f \n");
    for (int i = 1; i <= 5; i++)
        write_entry(writing, i);
    fprintf(writing->file, "trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%zu\n%%%%EOF\n", table);
    return table;
}

static void write_signature(struct writing *writing, const struct sealer_wish *wish)
{
    const char *date = wish->signing_date != NULL ? wish->signing_date : "D:20261124130000Z";

    begin_object(writing, 6);
    fprintf(writing->file, "<< /Type /Sig /Filter /%s /SubFilter /%s\n",
            wish->filter != NULL ? wish->filter : "Adobe.PPKLite",
            wish->subfilter != NULL ? wish->subfilter : "ETSI.CAdES.detached");
    if (date[0] != '\0')
        fprintf(writing->file, "/M (%s) ", date);
    fprintf(writing->file, "%s\n", wish->signature_extra != NULL ? wish->signature_extra : "");
    fprintf(writing->file, "/ByteRange " BYTE_RANGE_FORMAT "\n/Contents <", (size_t)0, (size_t)0,
            (size_t)0, (size_t)0);
    for (size_t i = 0; i < CONTENTS_DIGITS; i++)
        fputc('0', writing->file);
    fprintf(writing->file, "> >>\nendobj\n");
}

static void write_seal_revision(struct writing *writing, const struct sealer_wish *wish,
                                size_t page_table)
{
    fprintf(writing->file, "%s", wish->between != NULL ? wish->between : "");
    write_object(writing, 1,
                 "/Type /Catalog /Pages 2 0 R /AcroForm << /Fields [7 0 R] /SigFlags 3 >>",
                 wish->catalogue_extra);
    write_object(writing, 3,
                 "/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R\n"
                 "/Resources << /Font << /F1 5 0 R >> >> /Annots [7 0 R]",
                 wish->page_extra);
    write_signature(writing, wish);
    write_object(writing, 7,
                 "/Type /Annot /Subtype /Widget /FT /Sig /T (Seal) /F 132 /Rect [0 0 0 0]\n"
                 "/P 3 0 R /V ",
                 wish->value != NULL ? wish->value : "6 0 R");
    size_t table = (size_t)ftell(writing->file);
    fprintf(writing->file, "xref\n0 2\n0000000000 65535 f \n");
    write_entry(writing, 1);
    fprintf(writing->file, "3 1\n");
    write_entry(writing, 3);
    fprintf(writing->file, "6 2\n");
    write_entry(writing, wish->signature_outside_table ? 7 : 6);
    write_entry(writing, 7);
    fprintf(writing->file,
            "trailer\n<< /Size 8 /Root 1 0 R /Prev %zu >>\nstartxref\n%zu\n%%%%EOF\n", page_table,
            table);
}

static struct sample *write_document(const struct sealer_wish *wish, bool with_seal)
{
    struct sample *sample = malloc(sizeof *sample);
    char *text = NULL;
    size_t size = 0;
    struct writing writing = {.file = open_memstream(&text, &size)};

    MUST(sample != NULL && writing.file != NULL);
    size_t page_table = write_page_revision(&writing, wish);
    if (with_seal)
        write_seal_revision(&writing, wish, page_table);
    MUST(fclose(writing.file) == 0);
    *sample = (struct sample){.data = (uint8_t *)text, .size = size};
    return sample;
}

struct sample *sealer_unsealed(void)
{
    return write_document(&(struct sealer_wish){}, false);
}

struct sample *sealer_seal(const struct pki_identity *seal, const struct pki_identity *authority,
                           const struct sealer_wish *wish)
{
    struct sample *sample = write_document(wish, true);
    size_t range = sample_find(sample, 0, "/ByteRange [") + strlen("/ByteRange ");
    size_t begin = sample_find(sample, range, "/Contents <") + strlen("/Contents ");
    size_t end = begin + CONTENTS_DIGITS + 2;
    char text[64];
    unsigned char *cms = NULL;

    int length =
        snprintf(text, sizeof text, BYTE_RANGE_FORMAT, (size_t)0, begin, end, sample->size - end);
    memcpy(sample->data + range, text, (size_t)length);
    size_t size = sealer_cms((struct bytes){sample->data, begin},
                             (struct bytes){sample->data + end, sample->size - end}, seal,
                             authority, wish, &cms);
    MUST(2 * size <= CONTENTS_DIGITS);
    for (size_t i = 0; i < size; i++) {
        char digits[3];
        snprintf(digits, sizeof digits, "%02x", cms[i]);
        memcpy(sample->data + begin + 1 + 2 * i, digits, 2);
    }
    OPENSSL_free(cms);
    return sample;
}
