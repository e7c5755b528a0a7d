// The streams of the design, byte for byte: the first argument is the folder that holds them.
#include <stdio.h>
#include <string.h>

#include "designed_receipts.h"

static size_t read_file(const char *folder, const char *name, uint8_t *memory, size_t capacity)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/receipt-%s.bin", folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        return 0;
    }
    size_t size = fread(memory, 1, capacity, file);
    fclose(file);
    return size;
}

static size_t first_difference(struct bytes a, struct bytes b)
{
    size_t at = 0;

    while (at < a.size && at < b.size && a.data[at] == b.data[at])
        at++;
    return at;
}

// Returns how many went wrong.
static int compare(const char *folder, enum receipt_kind kind, enum language language)
{
    uint8_t memory[RECEIPT_STREAM_MAXIMUM], expected[RECEIPT_STREAM_MAXIMUM];
    struct receipt receipt = designed_receipt(kind, language);
    struct bytes stream;
    char name[64];

    designed_name(kind, language, name);
    enum result result = receipt_compose(&receipt, memory, sizeof memory, &stream);
    struct bytes designed = {expected, read_file(folder, name, expected, sizeof expected)};
    if (result == RESULT_OK && designed.size > 0 && bytes_equal(stream, designed))
        return 0;
    printf("%s: %s, %zu bytes, designed %zu, differ from byte %zu\n", name, result_text(result),
           stream.size, designed.size, first_difference(stream, designed));
    return 1;
}

int main(int argc, char **argv)
{
    static const enum receipt_kind kinds[] = {RECEIPT_FREE, RECEIPT_PAID, RECEIPT_NOT_PRINTED};
    int failed = 0;

    if (argc != 2) {
        fprintf(stderr, "usage: %s FOLDER_OF_DESIGNED_STREAMS\n", argv[0]);
        return 2;
    }
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++)
            failed += compare(argv[1], kinds[kind], (enum language)language);
    }
    printf("%d of 12 differ\n", failed);
    return failed == 0 ? 0 : 1;
}
