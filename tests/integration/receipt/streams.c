// receipt-streams DIR: writes every kind of receipt in every language into DIR, to be taken apart
// by a decoder that is not ours.
#include <stdio.h>

#include "designed_receipts.h"

static int write_stream(const char *folder, enum receipt_kind kind, enum language language)
{
    uint8_t memory[RECEIPT_STREAM_MAXIMUM];
    struct receipt receipt = designed_receipt(kind, language);
    char name[64], path[4096];
    struct bytes stream;

    designed_name(kind, language, name);
    snprintf(path, sizeof path, "%s/receipt-%s.bin", folder, name);
    FILE *file = fopen(path, "wb");
    if (file == NULL || receipt_compose(&receipt, memory, sizeof memory, &stream) != RESULT_OK) {
        fprintf(stderr, "receipt-streams: cannot write %s\n", path);
        return 1;
    }
    size_t written = fwrite(stream.data, 1, stream.size, file);
    return fclose(file) == 0 && written == stream.size ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s DIR\n", argv[0]);
        return 2;
    }
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        for (int kind = RECEIPT_FREE; kind <= RECEIPT_PRINTED_IN_PART; kind++) {
            if (write_stream(argv[1], (enum receipt_kind)kind, (enum language)language) != 0)
                return 1;
        }
    }
    return 0;
}
