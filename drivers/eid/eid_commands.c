#include "eid_commands.h"

#include "eid_kind.h"
#include "log.h"

#include <string.h>
#include <time.h>

#define COMMAND_MAXIMUM 261
#define NAME_MAXIMUM 16
#define SELECT_FIRST 0x00 // EMV book 1, 11.3.2: the only form that payment cards take
#define SELECT_WITHOUT_ANSWER 0x0C
#define CARD_DATA_SIZE 28
#define CARD_DATA_APPLET_VERSION 21
#define APPLET_1_7 0x17 // the first that tells the tries left without using one
#define PIN_BLOCK_SIZE 8
#define PIN_LEAST 4
#define PIN_MOST 12
#define KEY_BASIC 0x81
#define KEY_AUTHENTICATION 0x82
#define CHALLENGE_MAXIMUM 64

#define STATUS_DONE 0x9000
#define STATUS_NOT_ACTIVATED 0x6283
#define STATUS_TRIES_LEFT 0x63C0
#define STATUS_RIGHT_MISSING 0x6982
#define STATUS_BLOCKED 0x6983
#define STATUS_CONDITION 0x6985
#define STATUS_NO_SUCH_FILE 0x6A82
#define STATUS_BAD_PARAMETERS 0x6A86
#define STATUS_BEHIND_END 0x6B00
#define STATUS_UNKNOWN_COMMAND 0x6D00

void eid_wait_ms(uint32_t milliseconds)
{
    struct timespec time = {.tv_sec = milliseconds / 1000,
                            .tv_nsec = (long)(milliseconds % 1000) * 1000000};

    nanosleep(&time, NULL);
}

static enum result send_once(struct eid_applet *applet, struct bytes command, struct secret *answer,
                             uint16_t *status)
{
    if (cancellation_is_asked(&applet->cancellation))
        return RESULT_CANCELLED;
    return applet->channel.verbs->transmit(applet->channel.self, command, answer, status);
}

enum result eid_exchange(struct eid_applet *applet, struct bytes command, struct secret *answer,
                         uint16_t *status)
{
    TRY(send_once(applet, command, answer, status));
    if (*status != STATUS_UNKNOWN_COMMAND)
        return RESULT_OK;
    eid_wait_ms(EID_RETRY_DELAY_MS);
    return send_once(applet, command, answer, status);
}

static enum result exchange_small(struct eid_applet *applet, struct bytes command, uint16_t *status)
{
    secret_wipe(applet->answer);
    return eid_exchange(applet, command, applet->answer, status);
}

static enum result unexpected(uint16_t status)
{
    log_warning("eid", "a status word that this command should not have", status);
    return RESULT_FAILED;
}

static enum result select_name(struct eid_applet *applet, struct bytes name, uint8_t answer_wanted)
{
    uint8_t command[5 + NAME_MAXIMUM] = {0x00, 0xA4, 0x04, answer_wanted, (uint8_t)name.size};
    uint16_t status = 0;

    if (name.size > NAME_MAXIMUM)
        return RESULT_INVALID;
    memcpy(command + 5, name.data, name.size);
    TRY(exchange_small(applet, (struct bytes){command, 5 + name.size}, &status));
    return status == STATUS_DONE ? RESULT_OK : RESULT_NOT_FOUND;
}

enum result eid_select_applet(struct eid_applet *applet)
{
    return select_name(applet, eid_applet_name(), SELECT_WITHOUT_ANSWER);
}

enum result eid_select_application(struct eid_applet *applet, struct bytes name)
{
    return select_name(applet, name, SELECT_FIRST);
}

enum result eid_get_card_data(struct eid_applet *applet)
{
    static const uint8_t command[] = {0x80, 0xE4, 0x00, 0x00, CARD_DATA_SIZE};
    uint16_t status = 0;

    TRY(exchange_small(applet, (struct bytes){command, sizeof command}, &status));
    struct bytes data = secret_bytes(applet->answer);
    if (status != STATUS_DONE || data.size <= CARD_DATA_APPLET_VERSION)
        return RESULT_NOT_FOUND;
    memcpy(applet->chip_number, data.data, sizeof applet->chip_number);
    applet->version = data.data[CARD_DATA_APPLET_VERSION];
    return RESULT_OK;
}

static enum result select_path(struct eid_applet *applet, const uint8_t *path, uint8_t size)
{
    uint8_t command[5 + 6] = {0x00, 0xA4, 0x08, 0x0C, size};
    uint16_t status = 0;

    memcpy(command + 5, path, size);
    TRY(exchange_small(applet, (struct bytes){command, 5u + size}, &status));
    switch (status) {
    case STATUS_DONE:
        return RESULT_OK;
    case STATUS_NO_SUCH_FILE:
    case STATUS_BAD_PARAMETERS:
        return RESULT_NOT_FOUND;
    case STATUS_NOT_ACTIVATED:
    case STATUS_CONDITION:
    case STATUS_UNKNOWN_COMMAND:
        return RESULT_REFUSED;
    default:
        return unexpected(status);
    }
}

enum result eid_select_file(struct eid_applet *applet, uint16_t folder, uint16_t file)
{
    const uint8_t path[] = {
        0x3F, 0x00, (uint8_t)(folder >> 8), (uint8_t)folder, (uint8_t)(file >> 8), (uint8_t)file};

    return select_path(applet, path, sizeof path);
}

enum result eid_select_folder(struct eid_applet *applet, uint16_t folder)
{
    const uint8_t path[] = {0x3F, 0x00, (uint8_t)(folder >> 8), (uint8_t)folder};

    return select_path(applet, path, sizeof path);
}

enum result eid_read_binary(struct eid_applet *applet, size_t offset, size_t length,
                            struct secret *into)
{
    const uint8_t command[] = {0x00, 0xB0, (uint8_t)(offset >> 8 & 0x7F), (uint8_t)offset,
                               (uint8_t)length};
    uint16_t status = 0;

    TRY(eid_exchange(applet, (struct bytes){command, sizeof command}, into, &status));
    if (status == STATUS_DONE || (status == STATUS_BEHIND_END && offset > 0))
        return RESULT_OK;
    if (status == STATUS_CONDITION || status == STATUS_UNKNOWN_COMMAND)
        return RESULT_REFUSED;
    return unexpected(status);
}

enum result eid_pin_tries(struct eid_applet *applet, int *tries)
{
    static const uint8_t command[] = {0x00, 0x20, 0x00, 0x01, 0x00};
    uint16_t status = 0;

    *tries = -1;
    if (applet->version < APPLET_1_7)
        return RESULT_OK;
    TRY(exchange_small(applet, (struct bytes){command, sizeof command}, &status));
    if (status == STATUS_BLOCKED)
        *tries = 0;
    else if ((status & 0xFFF0) == STATUS_TRIES_LEFT)
        *tries = status & 0x0F;
    return RESULT_OK;
}

// GlobalPlatform's PIN block: 2 and the number of digits, two digits a byte, the rest F.
static enum result append_pin_block(struct secret *command, struct bytes pin)
{
    if (pin.size < PIN_LEAST || pin.size > PIN_MOST)
        return RESULT_INVALID;
    const uint8_t head = (uint8_t)(0x20 | pin.size);
    TRY(secret_append(command, (struct bytes){&head, 1}));
    for (size_t i = 0; i < 2 * (PIN_BLOCK_SIZE - 1); i += 2) {
        uint8_t pair = 0;
        for (size_t j = i; j < i + 2; j++) {
            uint8_t digit = j < pin.size ? (uint8_t)(pin.data[j] - '0') : 0x0F;
            if (j < pin.size && digit > 9)
                return RESULT_INVALID;
            pair = (uint8_t)(pair << 4 | digit);
        }
        TRY(secret_append(command, (struct bytes){&pair, 1}));
        explicit_bzero(&pair, sizeof pair);
    }
    return RESULT_OK;
}

enum result eid_verify(struct eid_applet *applet, struct bytes pin, bool *accepted, int *tries)
{
    static const uint8_t head[] = {0x00, 0x20, 0x00, 0x01, PIN_BLOCK_SIZE};
    owned(secret) command = NULL;
    uint16_t status = 0;

    *accepted = false;
    *tries = -1;
    TRY(secret_create(sizeof head + PIN_BLOCK_SIZE, &command));
    TRY(secret_append(command, (struct bytes){head, sizeof head}));
    TRY(append_pin_block(command, pin));
    secret_wipe(applet->answer);
    TRY(send_once(applet, secret_bytes(command), applet->answer, &status));
    *accepted = status == STATUS_DONE;
    if (status == STATUS_BLOCKED)
        *tries = 0;
    else if ((status & 0xFFF0) == STATUS_TRIES_LEFT)
        *tries = status & 0x0F;
    else if (!*accepted)
        return unexpected(status);
    return RESULT_OK;
}

enum result eid_set_environment(struct eid_applet *applet, uint8_t algorithm)
{
    const uint8_t command[] = {0x00, 0x22, 0x41,      0xB6, 0x05,
                               0x04, 0x80, algorithm, 0x84, KEY_AUTHENTICATION};
    uint16_t status = 0;

    TRY(exchange_small(applet, (struct bytes){command, sizeof command}, &status));
    return status == STATUS_DONE ? RESULT_OK : unexpected(status);
}

enum result eid_compute_signature(struct eid_applet *applet, struct bytes input,
                                  struct secret *signature)
{
    uint8_t command[COMMAND_MAXIMUM] = {0x00, 0x2A, 0x9E, 0x9A, (uint8_t)input.size};
    uint16_t status = 0;

    if (input.size > 255)
        return RESULT_INVALID;
    memcpy(command + 5, input.data, input.size);
    TRY(eid_exchange(applet, (struct bytes){command, 5 + input.size}, signature, &status));
    if (status == STATUS_RIGHT_MISSING)
        return RESULT_REFUSED;
    return status == STATUS_DONE ? RESULT_OK : unexpected(status);
}

enum result eid_internal_authenticate(struct eid_applet *applet, uint8_t algorithm,
                                      struct bytes challenge, struct secret *signature)
{
    uint8_t command[7 + CHALLENGE_MAXIMUM] = {0x00,
                                              0x88,
                                              algorithm,
                                              KEY_BASIC,
                                              (uint8_t)(challenge.size + 2),
                                              0x94,
                                              (uint8_t)challenge.size};
    uint16_t status = 0;

    if (challenge.size == 0 || challenge.size > CHALLENGE_MAXIMUM)
        return RESULT_INVALID;
    memcpy(command + 7, challenge.data, challenge.size);
    TRY(eid_exchange(applet, (struct bytes){command, 7 + challenge.size}, signature, &status));
    return status == STATUS_DONE ? RESULT_OK : RESULT_REFUSED;
}

enum result eid_log_off(struct eid_applet *applet)
{
    static const uint8_t command[] = {0x80, 0xE6, 0x00, 0x00, 0x00};
    uint16_t status = 0;

    secret_wipe(applet->answer);
    TRY(applet->channel.verbs->transmit(
        applet->channel.self, (struct bytes){command, sizeof command}, applet->answer, &status));
    return status == STATUS_DONE ? RESULT_OK : unexpected(status);
}
