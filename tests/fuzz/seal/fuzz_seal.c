// Any bytes as a PDF. A file that passes must be the one that was sealed, but for the signature's
// own value: anything else is a forgery, and stops the fuzzer.
#include "seal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOW 1795611600 // 2026-11-25 13:00:00 UTC
#define LARGEST 65536

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct known {
    uint8_t sealed[LARGEST];
    size_t sealed_size;
    struct seal_anchors *anchors;
};

static size_t read_file(const char *path, uint8_t out[LARGEST])
{
    FILE *file = fopen(path, "rb");
    size_t size = file != NULL ? fread(out, 1, LARGEST, file) : 0;

    if (size == 0) {
        perror(path);
        abort();
    }
    fclose(file);
    return size;
}

static const struct known *known(void)
{
    static struct known held;

    if (held.anchors == NULL) {
        uint8_t pem[LARGEST];
        size_t size = read_file(VECTORS "/authority.pem", pem);
        struct seal_trust trust = {.authorities = {{pem, size}},
                                   .organization = "VATBE-0000000196"};
        held.sealed_size = read_file(VECTORS "/good.pdf", held.sealed);
        if (seal_anchors_create(&trust, &held.anchors) != RESULT_OK)
            abort();
    }
    return &held;
}

static bool is_what_was_sealed(const uint8_t *data, size_t size)
{
    const struct known *good = known();
    const uint8_t *gap = memmem(good->sealed, good->sealed_size, "/Contents <", 11);
    size_t before = (size_t)(gap - good->sealed) + 11;
    const uint8_t *gap_end = memchr(good->sealed + before, '>', good->sealed_size - before);
    size_t after = (size_t)(gap_end - good->sealed);

    return size == good->sealed_size && memcmp(data, good->sealed, before) == 0 &&
           memcmp(data + after, good->sealed + after, size - after) == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct seal_report report;
    enum result result = seal_verify((struct bytes){data, size}, known()->anchors, NOW, &report);

    if (result == RESULT_OK && !is_what_was_sealed(data, size))
        abort();
    if ((result == RESULT_OK) != (report.reason == SEAL_REASON_NONE))
        abort();
    return 0;
}
