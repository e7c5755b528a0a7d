#include "eid_card.h"

#include "eid_signer.h"

#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>

#define NO_FILE (-1)
#define KEY_BASIC 0x81
#define KEY_AUTHENTICATION 0x82
#define KEY_SIGNATURE 0x83
#define APPLET_1_7 0x17
#define APPLET_1_8 0x18
#define INTERNAL_AUTHENTICATIONS 5000 // then a good VERIFY is wanted
#define NEWEST_BEFORE_1_7 0x04        // SHA-256 and PSS came with 1.7
#define PIN_BLOCK_SIZE 8

struct eid_card {
    struct eid_image *image;
    bool applet_selected;
    uint16_t folder;
    int file;
    struct {
        uint8_t key, algorithm; // 0: not set
    } environment;
    bool verified;      // "PIN once", key 82
    bool just_verified; // the last command was a good VERIFY, "PIN just before", key 83
    bool right_is_lent; // that VERIFY was meant for key 83 and key 82 had no right before
    uint8_t pending[EID_SIGNATURE_MAXIMUM];
    size_t pending_size;
    int authentications; // since the last good VERIFY
    bool resolved;
};

struct command {
    uint8_t class, instruction, p1, p2, p3;
    struct bytes data;
};

enum result eid_card_create(struct eid_image *image, struct eid_card **out)
{
    struct eid_card *card = calloc(1, sizeof *card);

    if (card == NULL) {
        eid_image_destroy(image);
        return RESULT_NO_MEMORY;
    }
    card->image = image;
    eid_card_reset(card);
    *out = card;
    return RESULT_OK;
}

void eid_card_destroy(struct eid_card *card)
{
    if (card == NULL)
        return;
    eid_image_destroy(card->image);
    free(card);
}

void eid_card_reset(struct eid_card *card)
{
    *card = (struct eid_card){.image = card->image,
                              .applet_selected = true,
                              .folder = EID_MASTER_FILE,
                              .file = NO_FILE,
                              .authentications = card->authentications,
                              .resolved = card->resolved};
}

void eid_card_resolve(struct eid_card *card, bool resolved)
{
    card->resolved = resolved;
}

const struct eid_image *eid_card_image(const struct eid_card *card)
{
    return card->image;
}

bool eid_card_verified(const struct eid_card *card)
{
    return card->verified;
}

static uint8_t applet_version(const struct eid_card *card)
{
    return eid_image_card_data(card->image).data[EID_CARD_DATA_APPLET_VERSION];
}

static void add(struct eid_answer *answer, const uint8_t *data, size_t size)
{
    memcpy(answer->bytes + answer->size, data, size);
    answer->size += size;
}

// Le of a command: 00 means 256.
static size_t expected(const struct command *command)
{
    return command->p3 == 0 ? 256 : command->p3;
}

// A card that was not activated keeps who it is of to itself. 1.7 says so in a warning, 1.8
// refuses.
static bool may_be_read(const struct eid_card *card)
{
    return eid_image_activated(card->image) || eid_places[card->file].folder != EID_FOLDER_IDENTITY;
}

static uint16_t not_activated(const struct eid_card *card)
{
    return applet_version(card) < APPLET_1_8 ? 0x6283 : 0x6985;
}

static uint16_t select_file_id(struct eid_card *card, uint16_t id)
{
    if (id == EID_MASTER_FILE || id == EID_FOLDER_BELPIC || id == EID_FOLDER_IDENTITY) {
        card->folder = id;
        card->file = NO_FILE;
        return 0x9000;
    }
    for (int i = 0; i < EID_FILE_COUNT; i++) {
        if (eid_places[i].folder == card->folder && eid_places[i].file == id &&
            eid_image_has(card->image, (enum eid_file)i)) {
            card->file = i;
            return may_be_read(card) ? 0x9000 : not_activated(card);
        }
    }
    return 0x6A82;
}

// Absolute, with or without the master file in front.
static uint16_t select_path(struct eid_card *card, struct bytes path)
{
    uint16_t folder = card->folder, status = 0x6A87;
    int file = card->file;

    if (path.size == 0 || path.size % 2 != 0)
        return 0x6A87;
    card->folder = EID_MASTER_FILE;
    for (size_t i = 0; i < path.size; i += 2) {
        status = select_file_id(card, (uint16_t)(path.data[i] << 8 | path.data[i + 1]));
        if (status == 0x9000 || status == 0x6283)
            continue;
        card->folder = folder; // nothing changes when the path leads nowhere
        card->file = file;
        break;
    }
    return status;
}

static uint16_t select_application(struct eid_card *card, struct bytes name)
{
    static const uint8_t applet[] = {0xA0, 0x00, 0x00, 0x00, 0x30, 0x29, 0x05, 0x70,
                                     0x00, 0xAD, 0x13, 0x10, 0x01, 0x01, 0xFF};
    static const uint8_t belpic[] = {0xA0, 0x00, 0x00, 0x01, 0x77, 'P',
                                     'K',  'C',  'S',  '-',  '1',  '5'};
    static const uint8_t identity[] = {0xA0, 0x00, 0x00, 0x01, 0x77, 'I',
                                       'd',  'F',  'i',  'l',  'e',  's'};
    const struct {
        struct bytes name;
        uint16_t folder;
    } known[] = {{{applet, sizeof applet}, EID_MASTER_FILE},
                 {{belpic, sizeof belpic}, EID_FOLDER_BELPIC},
                 {{identity, sizeof identity}, EID_FOLDER_IDENTITY}};

    if (name.size == 0) { // the card manager takes over
        bool verified = false;
        card->applet_selected = card->verified = verified;
        return 0x9000;
    }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (bytes_equal(known[i].name, name)) {
            card->applet_selected = true;
            return select_file_id(card, known[i].folder);
        }
    }
    return 0x6A82;
}

static uint16_t select_file(struct eid_card *card, const struct command *command)
{
    if (command->p2 != 0x0C && command->p2 != 0x00)
        return 0x6A86;
    switch (command->p1) {
    case 0x02:
        if (command->data.size != 2)
            return 0x6A87;
        return select_file_id(card, (uint16_t)(command->data.data[0] << 8 | command->data.data[1]));
    case 0x04:
        return select_application(card, command->data);
    case 0x08:
        return select_path(card, command->data);
    default:
        return 0x6A86;
    }
}

static uint16_t read_binary(const struct eid_card *card, const struct command *command,
                            struct eid_answer *answer)
{
    size_t offset = (size_t)command->p1 << 8 | command->p2;

    if (card->file == NO_FILE)
        return 0x6986;
    if (!may_be_read(card))
        return 0x6985;
    struct bytes file = eid_image_file(card->image, (enum eid_file)card->file);
    if ((command->p1 & 0x80) != 0 || offset >= file.size)
        return 0x6B00;
    size_t left = file.size - offset;
    if (expected(command) > left)
        return (uint16_t)(0x6C00 | left);
    add(answer, file.data + offset, expected(command));
    return 0x9000;
}

static uint16_t get_card_data(const struct eid_card *card, const struct command *command,
                              struct eid_answer *answer)
{
    struct bytes data = eid_image_card_data(card->image);
    bool with_counter = command->p2 == 0x01;
    uint8_t counter[3] = {(uint8_t)eid_image_tries_left(card->image), 0xFF, 0xFF};
    size_t size = data.size + (with_counter ? sizeof counter : 0);

    if (command->p1 != 0 || command->p2 > 1 || (with_counter && applet_version(card) < APPLET_1_8))
        return 0x6B00;
    if (command->p3 != size)
        return (uint16_t)(0x6C00 | size);
    add(answer, data.data, data.size);
    if (with_counter)
        add(answer, counter, sizeof counter);
    return 0x9000;
}

static uint16_t get_response(struct eid_card *card, const struct command *command,
                             struct eid_answer *answer)
{
    size_t now = card->pending_size < 256 ? card->pending_size : 256;

    if (card->pending_size == 0)
        return 0x6985;
    if (expected(command) > now)
        return (uint16_t)(0x6C00 | (now & 0xFF)); // what waits goes on waiting
    now = expected(command);
    add(answer, card->pending, now);
    card->pending_size -= now;
    memmove(card->pending, card->pending + now, card->pending_size);
    if (card->pending_size > 0)
        return (uint16_t)(0x6100 | (card->pending_size < 256 ? card->pending_size : 0));
    return 0x9000;
}

// GlobalPlatform's format of a PIN: 2 and the number of digits, two digits a byte, the rest F.
static void make_pin_block(const char *pin, uint8_t block[PIN_BLOCK_SIZE])
{
    size_t length = strlen(pin);

    memset(block, 0xFF, PIN_BLOCK_SIZE);
    block[0] = (uint8_t)(0x20 | length);
    for (size_t i = 0; i < length; i++) {
        unsigned int digit = (unsigned int)(pin[i] - '0'), pair = block[1 + i / 2];
        block[1 + i / 2] = (uint8_t)(i % 2 == 0 ? digit << 4 | 0x0F : (pair & 0xF0) | digit);
    }
}

static uint16_t tries_status(const struct eid_card *card)
{
    return (uint16_t)(0x63C0 | eid_image_tries_left(card->image));
}

static uint16_t compare_pin(struct eid_card *card, struct bytes given)
{
    uint8_t block[PIN_BLOCK_SIZE];
    int tries = eid_image_tries_left(card->image);
    bool had_right = card->verified;

    if (tries == 0)
        return 0x6983;
    card->verified = false;
    eid_image_set_tries_left(card->image, tries - 1);
    make_pin_block(eid_image_pin(card->image), block);
    if (memcmp(block, given.data, sizeof block) != 0)
        return tries_status(card);
    eid_image_set_tries_left(card->image, EID_TRIES);
    card->right_is_lent = card->environment.key == KEY_SIGNATURE && !had_right;
    card->verified = card->just_verified = true;
    card->authentications = 0;
    return 0x9000;
}

static uint16_t verify(struct eid_card *card, const struct command *command)
{
    if (command->p1 != 0)
        return 0x6A86;
    if (command->p2 != 1)
        return 0x6A88;
    if (command->data.size == PIN_BLOCK_SIZE)
        return compare_pin(card, command->data);
    if (command->data.size != 0)
        return 0x6700;
    if (applet_version(card) < APPLET_1_7) { // there the question costs a try
        static const uint8_t nothing[PIN_BLOCK_SIZE];
        return compare_pin(card, (struct bytes){nothing, sizeof nothing});
    }
    if (card->verified)
        return 0x9000;
    return eid_image_tries_left(card->image) == 0 ? 0x6983 : tries_status(card);
}

static EVP_PKEY *key_of(const struct eid_card *card, uint8_t number)
{
    return number == KEY_AUTHENTICATION ? eid_image_authentication_key(card->image)
                                        : eid_image_signature_key(card->image);
}

static uint16_t set_environment(struct eid_card *card, const struct command *command)
{
    const uint8_t *data = command->data.data;

    if (command->p1 != 0x41 || command->p2 != 0xB6)
        return 0x6B00;
    if (command->data.size != 5)
        return 0x6700;
    if (data[0] != 4 || data[1] != 0x80 || data[3] != 0x84)
        return 0x6A80;
    if (data[4] != KEY_AUTHENTICATION && data[4] != KEY_SIGNATURE)
        return 0x6A88;
    EVP_PKEY *key = key_of(card, data[4]);
    if (key == NULL)
        return 0x6985;
    if (!eid_signer_knows(key, data[2]) ||
        (applet_version(card) < APPLET_1_7 && data[2] > NEWEST_BEFORE_1_7))
        return 0x6A80;
    card->environment.key = data[4];
    card->environment.algorithm = data[2];
    return 0x9000;
}

static uint16_t compute_signature(struct eid_card *card, const struct command *command,
                                  bool just_verified)
{
    bool for_signature = card->environment.key == KEY_SIGNATURE;

    if (command->p1 != 0x9E || command->p2 != 0x9A)
        return 0x6B00;
    if (card->environment.key == 0)
        return 0x6985;
    if (for_signature ? !just_verified : !card->verified)
        return 0x6982;
    EVP_PKEY *key = key_of(card, card->environment.key);
    if (eid_signer_sign(key, card->environment.algorithm, command->data, card->pending,
                        &card->pending_size) != RESULT_OK) {
        card->pending_size = 0;
        return applet_version(card) < APPLET_1_8 ? 0x6700 : 0x6A80;
    }
    if (for_signature && card->right_is_lent)
        card->verified = false;
    return (uint16_t)(0x6100 | (card->pending_size < 256 ? card->pending_size : 0));
}

// The challenge is signed as if it were a hash. Afterwards no key is set for signatures.
static uint16_t internal_authenticate(struct eid_card *card, const struct command *command)
{
    EVP_PKEY *key = eid_image_basic_key(card->image);
    const uint8_t *data = command->data.data;

    if (applet_version(card) < APPLET_1_8)
        return 0x6D00;
    if (command->p2 != KEY_BASIC || key == NULL)
        return 0x6A88;
    if (command->data.size < 2)
        return 0x6700;
    if (data[0] != 0x94 || data[1] != command->data.size - 2u ||
        !eid_signer_knows(key, command->p1))
        return 0x6A80;
    if (card->authentications >= INTERNAL_AUTHENTICATIONS)
        return 0x6985;
    if (eid_signer_sign(key, command->p1, (struct bytes){data + 2, data[1]}, card->pending,
                        &card->pending_size) != RESULT_OK) {
        card->pending_size = 0;
        return 0x6A80;
    }
    card->authentications++;
    card->environment.key = 0;
    return (uint16_t)(0x6100 | card->pending_size);
}

static uint16_t get_challenge(const struct command *command, struct eid_answer *answer)
{
    if (RAND_bytes(answer->bytes, (int)expected(command)) != 1)
        return 0x6400;
    answer->size = expected(command);
    return 0x9000;
}

static uint16_t carry_out(struct eid_card *card, const struct command *command,
                          struct eid_answer *answer)
{
    bool just_verified = card->just_verified;

    card->just_verified = false;
    if (command->instruction != 0xC0)
        card->pending_size = 0;
    if (!card->applet_selected && !(command->instruction == 0xA4 && command->p1 == 0x04))
        return 0x6D00;
    switch (command->class << 8 | command->instruction) {
    case 0x00A4:
        return select_file(card, command);
    case 0x00B0:
        return read_binary(card, command, answer);
    case 0x00C0:
        return get_response(card, command, answer);
    case 0x0020:
        return verify(card, command);
    case 0x0022:
        return set_environment(card, command);
    case 0x002A:
        return compute_signature(card, command, just_verified);
    case 0x0088:
        return internal_authenticate(card, command);
    case 0x0084:
        return get_challenge(command, answer);
    case 0x80E4:
        return get_card_data(card, command, answer);
    case 0x80E6:
        card->verified = false;
        return 0x9000;
    default:
        return command->class == 0x00 || command->class == 0x80 ? 0x6D00 : 0x6E00;
    }
}

// Commands that bring data: there P3 is its length, elsewhere the length that is wanted.
static bool brings_data(uint8_t instruction)
{
    return instruction == 0xA4 || instruction == 0x20 || instruction == 0x22 ||
           instruction == 0x2A || instruction == 0x88;
}

static uint16_t take_command(struct eid_card *card, struct bytes bytes, struct eid_answer *answer)
{
    if (bytes.size < 4)
        return 0x6700;
    struct command command = {.class = bytes.data[0],
                              .instruction = bytes.data[1],
                              .p1 = bytes.data[2],
                              .p2 = bytes.data[3],
                              .p3 = bytes.size > 4 ? bytes.data[4] : 0};
    bool with_data = brings_data(command.instruction);
    if (bytes.size > 5)
        command.data = (struct bytes){bytes.data + 5, bytes.size - 5};
    return command.data.size == (with_data ? command.p3 : 0) ? carry_out(card, &command, answer)
                                                             : 0x6700;
}

// What a reader does with 61xx and 6Cxx when it does not show them.
static uint16_t resolve(struct eid_card *card, struct bytes bytes, uint16_t status,
                        struct eid_answer *answer)
{
    struct command again = {.class = 0x00, .instruction = 0xC0, .p3 = (uint8_t)status};

    if (status >> 8 == 0x61)
        return carry_out(card, &again, answer);
    if (status >> 8 != 0x6C || bytes.size != 5)
        return status;
    again = (struct command){.class = bytes.data[0],
                             .instruction = bytes.data[1],
                             .p1 = bytes.data[2],
                             .p2 = bytes.data[3],
                             .p3 = (uint8_t)status};
    return carry_out(card, &again, answer);
}

void eid_card_command(struct eid_card *card, struct bytes bytes, struct eid_answer *answer)
{
    *answer = (struct eid_answer){};
    uint16_t status = take_command(card, bytes, answer);
    if (card->resolved)
        status = resolve(card, bytes, status, answer);
    add(answer, (const uint8_t[]){(uint8_t)(status >> 8), (uint8_t)status}, 2);
}
