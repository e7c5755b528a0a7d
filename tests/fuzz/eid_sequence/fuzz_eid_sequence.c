// The whole reading sequence against a card whose answers come from the fuzzer. The input is a byte
// that chooses the card, the specimen of applet 1.1 or one of applet 1.8, and a list of answers:
// first a byte that says what the answer is, then what it needs. A card that tells the truth now
// and then is what leads past the first files.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "card_channel.h"
#include "eid_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
// In place of the C library's: the driver's waits between two tries are not what is tried here.
int nanosleep(const struct timespec *wanted, struct timespec *left);

#define FILE_MAXIMUM 4096
#define FILE_COUNT 8
// In the first byte.
#define LATER_CARD 0x80
#define LOOK_FIRST 0x40 // the two steps of a terminal

enum answer {
    ANSWER_TRUE,      // what the specimen's card would say
    ANSWER_CHANGED,   // the same with one byte replaced: offset, value
    ANSWER_SHORTENED, // the same, cut: length
    ANSWER_STATUS,    // no data: status word
    ANSWER_MADE_UP,   // status word, length, data
    ANSWER_RESULT,    // the channel fails: result
    ANSWER_KINDS
};

struct specimen {
    const char *name;
    uint16_t id;
    size_t size;
    uint8_t content[FILE_MAXIMUM];
};

struct liar {
    struct bytes_reader rest;
    const struct specimen *selected;
    bool later; // the card of applet 1.8
};

int nanosleep(const struct timespec *wanted, struct timespec *left)
{
    (void)wanted;
    (void)left;
    return 0;
}

static void read_specimen(const char *folder, struct specimen *file)
{
    char path[512];

    if (file->name == NULL)
        return;
    snprintf(path, sizeof path, "%s/%s", folder, file->name);
    FILE *stream = fopen(path, "re");
    if (stream == NULL)
        abort();
    file->size = fread(file->content, 1, FILE_MAXIMUM, stream);
    fclose(stream);
}

static const struct specimen *specimen_of(bool later, uint16_t id)
{
    static bool read;
    static struct specimen cards[2][FILE_COUNT] = {
        {{.name = "Alice_Identity.tlv", .id = 0x4031},
         {.name = "Alice_IdentitySignature.tlv", .id = 0x4032},
         {.name = "Alice_Address.tlv", .id = 0x4033},
         {.name = "Alice_AddressSignature.tlv", .id = 0x4034},
         {.name = "Alice_AuthentificationCertificate.tlv", .id = 0x5038},
         {.name = "Alice_CACertificate.tlv", .id = 0x503A},
         {.name = "Alice_RRNCertificate.tlv", .id = 0x503C}},
        {{.name = "identity", .id = 0x4031},
         {.name = "identity-signature", .id = 0x4032},
         {.name = "address", .id = 0x4033},
         {.name = "address-signature", .id = 0x4034},
         {.name = "authentication-certificate", .id = 0x5038},
         {.name = "issuer-certificate", .id = 0x503A},
         {.name = "register-certificate", .id = 0x503C},
         {.name = "basic-key", .id = 0x4040}},
    };

    for (size_t i = 0; i < FILE_COUNT && !read; i++) {
        read_specimen(SPECIMEN_FOLDER, &cards[0][i]);
        read_specimen(LATER_FOLDER, &cards[1][i]);
    }
    read = true;
    for (size_t i = 0; i < FILE_COUNT; i++)
        if (cards[later][i].name != NULL && cards[later][i].id == id)
            return &cards[later][i];
    return NULL;
}

static struct bytes card_data(bool later)
{
    // The chip's number, then the applet's version at offset 21.
    static uint8_t data[28];

    memcpy(data, specimen_of(later, 0x4031)->content + 16, 16);
    data[21] = later ? 0x18 : 0x11;
    return (struct bytes){data, sizeof data};
}

// A proof of the chip's, well formed and wrong: nobody has the key.
static struct bytes proof(void)
{
    static uint8_t pair[96];

    memset(pair, 0x5A, sizeof pair);
    return (struct bytes){pair, sizeof pair};
}

static struct bytes true_answer(struct liar *liar, struct bytes command, uint16_t *status)
{
    *status = 0x9000;
    switch (command.data[1]) {
    case 0xE4:
        return card_data(liar->later);
    case 0x88:
        return proof();
    case 0xA4:
        if (command.size == 11)
            liar->selected =
                specimen_of(liar->later, (uint16_t)(command.data[9] << 8 | command.data[10]));
        *status = command.size != 11 || liar->selected != NULL ? 0x9000 : 0x6A82;
        return (struct bytes){};
    case 0xB0:
        break;
    default:
        return (struct bytes){};
    }
    size_t offset = (size_t)command.data[2] << 8 | command.data[3];
    size_t wanted = command.data[4] != 0 ? command.data[4] : 256;
    if (liar->selected == NULL || offset >= liar->selected->size) {
        *status = 0x6B00;
        return (struct bytes){};
    }
    size_t left = liar->selected->size - offset;
    return (struct bytes){liar->selected->content + offset, wanted < left ? wanted : left};
}

static enum result changed_answer(struct liar *liar, struct bytes truth, struct secret *answer)
{
    uint8_t bytes[256], offset, value;

    TRY(bytes_read_u8(&liar->rest, &offset));
    TRY(bytes_read_u8(&liar->rest, &value));
    if (truth.size == 0)
        return secret_append(answer, (struct bytes){&value, 1});
    memcpy(bytes, truth.data, truth.size);
    bytes[offset % truth.size] = value;
    return secret_append(answer, (struct bytes){bytes, truth.size});
}

static enum result made_up_answer(struct liar *liar, struct secret *answer, uint16_t *status)
{
    struct bytes part;
    uint8_t length;

    TRY(bytes_read_u16_be(&liar->rest, status));
    TRY(bytes_read_u8(&liar->rest, &length));
    TRY(bytes_read(&liar->rest, length, &part));
    return secret_append(answer, part);
}

static enum result failing(struct liar *liar)
{
    static const enum result results[] = {RESULT_REMOVED, RESULT_UNREACHABLE, RESULT_BUSY,
                                          RESULT_FAILED, RESULT_TOO_LARGE};
    uint8_t which;

    TRY(bytes_read_u8(&liar->rest, &which));
    return results[which % (sizeof results / sizeof *results)];
}

static enum result next_answer(struct liar *liar, struct bytes command, struct secret *answer,
                               uint16_t *status)
{
    struct bytes truth = true_answer(liar, command, status);
    uint8_t kind, length;

    TRY(bytes_read_u8(&liar->rest, &kind));
    switch ((enum answer)(kind % ANSWER_KINDS)) {
    case ANSWER_CHANGED:
        return changed_answer(liar, truth, answer);
    case ANSWER_SHORTENED:
        TRY(bytes_read_u8(&liar->rest, &length));
        truth.size = length < truth.size ? length : truth.size;
        return secret_append(answer, truth);
    case ANSWER_STATUS:
        return bytes_read_u16_be(&liar->rest, status);
    case ANSWER_MADE_UP:
        return made_up_answer(liar, answer, status);
    case ANSWER_RESULT:
        return failing(liar);
    case ANSWER_TRUE:
    case ANSWER_KINDS:
    default:
        return secret_append(answer, truth);
    }
}

// When the input is at its end the card goes out.
static enum result transmit(void *self, struct bytes command, struct secret *answer,
                            uint16_t *status)
{
    size_t before = secret_bytes(answer).size;
    enum result result = next_answer(self, command, answer, status);

    if (result != RESULT_OK && secret_set_size(answer, before) != RESULT_OK)
        abort();
    return result == RESULT_MALFORMED ? RESULT_REMOVED : result;
}

static enum result connect_card(void *self, struct answer_to_reset *answer)
{
    struct liar *liar = self;
    uint8_t belgian;

    *answer = (struct answer_to_reset){
        .bytes = {0x3B, 0x98, 0x13, 0x40, 0x0A, 0xA5, 0x03, 0x01, 0x01, 0x01, 0xAD, 0x13, 0x11},
        .size = 13};
    if (bytes_read_u8(&liar->rest, &belgian) != RESULT_OK)
        return RESULT_OK;
    liar->later = (belgian & LATER_CARD) != 0;
    if (belgian == 0)
        answer->size = 1;
    return RESULT_OK;
}

static enum result nothing(void *self)
{
    (void)self;
    return RESULT_OK;
}

static enum result reset(void *self)
{
    struct liar *liar = self;

    liar->selected = NULL;
    return RESULT_OK;
}

// Made once: its roots are a file.
static struct eid_reader *reader_of(struct liar *liar)
{
    static struct liar *current; // the card that the reader's channel leads to
    static struct eid_reader *reader;
    static const struct card_channel_verbs verbs = {.connect = connect_card,
                                                    .begin = nothing,
                                                    .end = nothing,
                                                    .transmit = transmit,
                                                    .reset = reset,
                                                    .disconnect = nothing};

    if (current == NULL)
        current = calloc(1, sizeof *current);
    if (current == NULL)
        abort();
    *current = *liar;
    const struct eid_reader_settings settings = {.channel = {.verbs = &verbs, .self = current},
                                                 .roots = SPECIMEN_ROOT};
    if (reader == NULL && eid_reader_create(&settings, &reader) != RESULT_OK)
        abort();
    return reader;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct liar liar = {.rest = {{data, size}}};
    struct card_files files = {};
    struct card_findings findings;
    struct card_reader port = eid_reader_port(reader_of(&liar));

    if (size > 0 && (data[0] & LOOK_FIRST) != 0 &&
        (port.verbs->look(port.self, &findings) != RESULT_OK || findings.kind != CARD_KIND_EID)) {
        (void)port.verbs->release(port.self);
        return 0;
    }
    enum result result = port.verbs->read(port.self, &files, &findings);
    if (result != RESULT_OK && files.identity != NULL)
        abort();
    if (files.identity != NULL && (!findings.activated || findings.kind != CARD_KIND_EID))
        abort();
    card_files_wipe(&files);
    (void)port.verbs->release(port.self);
    return 0;
}
