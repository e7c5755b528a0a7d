#include "plain_card_loop.h"

#include <string.h>
#include <winscard.h>

#define CHUNK 256

struct slot {
    SCARDHANDLE card;
    unsigned char answer[CHUNK + 2];
    DWORD size;
    unsigned int exchanges;
};

// Of the status word.
static int exchange(struct slot *slot, const unsigned char *command, DWORD size)
{
    slot->size = sizeof slot->answer;
    slot->exchanges++;
    if (SCardTransmit(slot->card, SCARD_PCI_T0, command, size, NULL, slot->answer, &slot->size) !=
            SCARD_S_SUCCESS ||
        slot->size < 2)
        return -1;
    return slot->answer[slot->size - 2] << 8 | slot->answer[slot->size - 1];
}

static bool read_part(struct slot *slot, size_t offset, size_t *length)
{
    unsigned char command[5] = {0x00, 0xB0, (unsigned char)(offset >> 8), (unsigned char)offset,
                                (unsigned char)*length};
    int status = exchange(slot, command, sizeof command);

    if (status >> 8 == 0x6C) {
        command[4] = (unsigned char)status;
        status = exchange(slot, command, sizeof command);
    }
    *length = slot->size - 2;
    return status == 0x9000;
}

static bool read_file(struct slot *slot, const struct plain_file *file)
{
    unsigned char select[11] = {0x00, 0xA4, 0x08, 0x0C, 0x06};
    size_t offset = 0, wanted = 0, got = 0;

    memcpy(select + 5, file->path, sizeof file->path);
    if (exchange(slot, select, sizeof select) != 0x9000)
        return false;
    do {
        wanted = file->size == 0 || file->size - offset > CHUNK ? CHUNK : file->size - offset;
        got = wanted;
        if (!read_part(slot, offset, &got))
            return false;
        offset += got;
    } while (got == wanted && offset != file->size);
    return true;
}

bool plain_card_loop(long card, const struct plain_file *files, size_t count,
                     unsigned int *exchanges)
{
    static const unsigned char card_data[] = {0x80, 0xE4, 0x00, 0x00, 0x1C};
    struct slot slot = {.card = card};

    bool good = exchange(&slot, card_data, sizeof card_data) == 0x9000;
    for (size_t i = 0; good && i < count; i++)
        good = read_file(&slot, &files[i]);
    *exchanges = slot.exchanges;
    return good;
}
