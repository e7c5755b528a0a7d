#include "scripted_card.h"

#include "eid_kind.h"
#include "eid_signer.h"

#include <string.h>

#define NONE (-1)
#define CARD_DATA_SIZE 28

static const uint8_t right_pin[] = {0x24, 0x12, 0x34, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};

static const struct {
    uint16_t folder, file;
} places[SPECIMEN_COUNT] = {
    [SPECIMEN_IDENTITY] = {0xDF01, 0x4031},
    [SPECIMEN_IDENTITY_SIGNATURE] = {0xDF01, 0x4032},
    [SPECIMEN_ADDRESS] = {0xDF01, 0x4033},
    [SPECIMEN_ADDRESS_SIGNATURE] = {0xDF01, 0x4034},
    [SPECIMEN_AUTHENTICATION_CERTIFICATE] = {0xDF00, 0x5038},
    [SPECIMEN_ISSUER_CERTIFICATE] = {0xDF00, 0x503A},
    [SPECIMEN_ROOT_CERTIFICATE] = {0xDF00, 0x503B},
    [SPECIMEN_REGISTER_CERTIFICATE] = {0xDF00, 0x503C},
    [SPECIMEN_PHOTO] = {0xDF01, 0x4035},
};

void scripted_card_be_specimen(struct scripted_card *card)
{
    *card = (struct scripted_card){.answer = {.bytes = {0x3B, 0x98, 0x13, 0x40, 0x0A, 0xA5, 0x03,
                                                        0x01, 0x01, 0x01, 0xAD, 0x13, 0x11},
                                              .size = 13},
                                   .applet_version = 0x11,
                                   .is_eid = true,
                                   .tries = 3,
                                   .file = NONE};
    specimen_read(&card->files);
}

static enum result give(struct secret *answer, const uint8_t *data, size_t size)
{
    return secret_append(answer, (struct bytes){data, size});
}

static uint16_t select_name(const struct scripted_card *card, uint8_t form, struct bytes name)
{
    if (!card->is_eid && form != 0x00)
        return 0x6A86; // as payment cards do
    struct bytes known = card->is_eid ? eid_applet_name() : card->other_application;

    return bytes_equal(known, name) ? 0x9000 : 0x6A82;
}

static uint16_t select_path(struct scripted_card *card, struct bytes path)
{
    card->file = NONE;
    if (path.size == 4)
        return 0x9000;
    uint16_t folder = (uint16_t)(path.data[2] << 8 | path.data[3]);
    uint16_t file = (uint16_t)(path.data[4] << 8 | path.data[5]);
    for (int i = 0; i < SPECIMEN_COUNT; i++)
        if (places[i].folder == folder && places[i].file == file)
            card->file = i;
    if (card->file == SPECIMEN_IDENTITY && card->not_activated)
        return 0x6283;
    return card->file == NONE ? 0x6A82 : 0x9000;
}

static enum result read_binary(struct scripted_card *card, struct bytes command,
                               struct secret *answer, uint16_t *status)
{
    size_t offset = (size_t)command.data[2] << 8 | command.data[3];
    size_t length = command.data[4] == 0 ? 256 : command.data[4];
    size_t size = card->file == NONE ? 0 : card->files.size[card->file];

    *status = offset < size ? 0x9000 : 0x6B00;
    if (offset >= size)
        return RESULT_OK;
    if (length > size - offset) {
        length = size - offset;
        if (++card->exchanges == card->pull_at) { // 6Cxx, and once more
            card->connected = false;
            return RESULT_REMOVED;
        }
    }
    return give(answer, card->files.content[card->file] + offset, length);
}

static enum result card_data(const struct scripted_card *card, struct secret *answer,
                             uint16_t *status)
{
    uint8_t data[CARD_DATA_SIZE] = {};

    memcpy(data, card->files.content[SPECIMEN_IDENTITY] + 16, 16); // the value of tag 02
    data[15] ^= card->chip_differs;
    data[21] = card->applet_version;
    *status = 0x9000;
    return give(answer, data, sizeof data);
}

static uint16_t verify(struct scripted_card *card, struct bytes block)
{
    if (block.size == 0) {
        card->questions++;
        if (card->verified)
            return 0x9000;
        return card->tries == 0 ? 0x6983 : (uint16_t)(0x63C0 | card->tries);
    }
    card->verifications++;
    card->verified = bytes_equal(block, (struct bytes){right_pin, sizeof right_pin});
    card->tries = card->verified ? 3 : card->tries - 1;
    return card->verified ? 0x9000 : (uint16_t)(0x63C0 | card->tries);
}

static enum result compute(struct scripted_card *card, struct bytes input, struct secret *answer,
                           uint16_t *status)
{
    uint8_t signature[EID_SIGNATURE_MAXIMUM];
    size_t size = 0;

    *status = 0x6982;
    if (!card->verified)
        return RESULT_OK;
    *status = 0x6A80;
    if (eid_signer_sign(card->key, card->algorithm, input, signature, &size) != RESULT_OK)
        return RESULT_OK;
    *status = 0x9000;
    return give(answer, signature, size);
}

static enum result carry_out(struct scripted_card *card, struct bytes command,
                             struct secret *answer, uint16_t *status)
{
    struct bytes data = {command.data + 5, command.size - 5};
    uint8_t instruction = command.data[1];

    *status = 0x9000;
    if (instruction == 0xA4 && command.data[2] == 0x04)
        *status = select_name(card, command.data[3], data);
    else if (!card->is_eid)
        *status = 0x6E00;
    else if (instruction == 0xA4)
        *status = select_path(card, data);
    else if (instruction == 0xB0)
        return read_binary(card, command, answer, status);
    else if (instruction == 0xE4)
        return card_data(card, answer, status);
    else if (instruction == 0x20)
        *status = verify(card, data);
    else if (instruction == 0x22)
        card->algorithm = data.data[2];
    else if (instruction == 0x2A)
        return compute(card, data, answer, status);
    else if (instruction == 0xE6)
        card->verified = false;
    return RESULT_OK;
}

static enum result transmit(void *self, struct bytes command, struct secret *answer,
                            uint16_t *status)
{
    struct scripted_card *card = self;

    if (!card->connected)
        return RESULT_INVALID;
    int number = ++card->exchanges;
    if (number == card->cancel_at)
        card->cancel(card->cancel_self, card->cancelled_number);
    if (number == card->pull_at) {
        card->connected = false;
        return RESULT_REMOVED;
    }
    if (number == card->fail_at) {
        card->verifications += command.data[1] == 0x20 && command.size > 5;
        return RESULT_FAILED;
    }
    if (number == card->unknown_at) {
        card->verifications += command.data[1] == 0x20 && command.size > 5;
        *status = 0x6D00;
        return RESULT_OK;
    }
    return carry_out(card, command, answer, status);
}

static enum result connect_card(void *self, struct answer_to_reset *answer)
{
    struct scripted_card *card = self;

    *answer = card->answer;
    card->connected = answer->size > 0;
    card->connections++;
    card->exchanges = 0;
    return RESULT_OK;
}

static enum result begin(void *self)
{
    ((struct scripted_card *)self)->transactions++;
    return RESULT_OK;
}

static enum result end(void *self)
{
    ((struct scripted_card *)self)->transactions--;
    return RESULT_OK;
}

static enum result reset(void *self)
{
    struct scripted_card *card = self;

    card->resets++;
    card->verified = false;
    card->file = NONE;
    return card->connected ? RESULT_OK : RESULT_REMOVED;
}

static enum result disconnect(void *self)
{
    struct scripted_card *card = self;

    card->verified = false;
    card->connected = false;
    return RESULT_OK;
}

static enum result watch(void *self, enum card_presence known, enum card_presence *now)
{
    (void)self;
    *now = known;
    return RESULT_CANCELLED; // nothing ever happens in this slot
}

static void cancel_watch(void *self)
{
    (void)self;
}

static enum result find_pin_pad(void *self, struct pin_pad *pad)
{
    *pad = ((const struct scripted_card *)self)->pad;
    return RESULT_OK;
}

static enum result enter_pin(void *self, const struct pin_pad_entry *entry, uint16_t *status)
{
    struct scripted_card *card = self;

    card->entries++;
    card->entered = *entry;
    card->entered.command = (struct bytes){};
    *status = card->pad_answer;
    card->verified = *status == 0x9000;
    return card->pad_result;
}

struct card_channel scripted_card_port(struct scripted_card *card)
{
    static const struct card_channel_verbs verbs = {.watch = watch,
                                                    .cancel_watch = cancel_watch,
                                                    .connect = connect_card,
                                                    .begin = begin,
                                                    .end = end,
                                                    .transmit = transmit,
                                                    .reset = reset,
                                                    .disconnect = disconnect,
                                                    .find_pin_pad = find_pin_pad,
                                                    .enter_pin = enter_pin};

    return (struct card_channel){.verbs = &verbs, .self = card};
}
