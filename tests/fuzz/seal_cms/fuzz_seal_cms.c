// Any bytes as the CMS in the gap of a file whose other rules all hold, so that every input gets as
// far as the signature.
#include "seal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOW 1795611600 // 2026-11-25 13:00:00 UTC
#define LARGEST 65536
#define CONTENTS_DIGITS 16384

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct known {
    uint8_t file[LARGEST];
    size_t size;
    uint8_t *digits; // of /Contents, within file
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

static struct known *known(void)
{
    static struct known held;

    if (held.anchors == NULL) {
        uint8_t pem[LARGEST];
        size_t size = read_file(VECTORS "/authority.pem", pem);
        // The authority is also that of the time stamps, so that tokens are looked into.
        struct seal_trust trust = {.authorities = {{pem, size}},
                                   .time_authority = {pem, size},
                                   .organization = "VATBE-0000000196"};
        held.size = read_file(VECTORS "/good.pdf", held.file);
        held.digits = memmem(held.file, held.size, "/Contents <", 11);
        if (held.digits == NULL || seal_anchors_create(&trust, &held.anchors) != RESULT_OK)
            abort();
        held.digits += 11;
    }
    return &held;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct known *held = known();
    struct seal_report report;

    if (size > CONTENTS_DIGITS / 2)
        return 0;
    memset(held->digits, '0', CONTENTS_DIGITS);
    for (size_t i = 0; i < size; i++) {
        char digits[3];
        snprintf(digits, sizeof digits, "%02x", data[i]);
        memcpy(held->digits + 2 * i, digits, 2);
    }
    enum result result =
        seal_verify((struct bytes){held->file, held->size}, held->anchors, NOW, &report);
    // The rules before the CMS hold whatever the input is.
    if (!report.covers_whole_file || report.reason == SEAL_REASON_SYNTAX)
        abort();
    if ((result == RESULT_OK) != (report.reason == SEAL_REASON_NONE))
        abort();
    return 0;
}
