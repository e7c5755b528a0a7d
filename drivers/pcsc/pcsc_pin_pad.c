#include "pcsc_pin_pad.h"

#include "log.h"
#include "str.h"

#include <reader.h>
#include <string.h>

#define RECORD_SIZE 6 // tag, length 4, control code big endian
#define LIST_SIZE (64 * RECORD_SIZE)
#define PROPERTIES_SIZE 256
#define ENDS_WITH_OK 0x02 // bEntryValidationCondition
#define ONE_MESSAGE 1
#define ENTER_PIN 0 // bMsgIndex
#define HEAD_SIZE 19
#define DIGITS_UNLIMITED UINT8_MAX

DWORD pcsc_pin_pad_feature(struct bytes list, uint8_t feature)
{
    if (list.size % RECORD_SIZE != 0)
        return 0;
    for (const uint8_t *at = list.data; at < list.data + list.size; at += RECORD_SIZE)
        if (at[0] == feature && at[1] == 4)
            return (DWORD)at[2] << 24 | (DWORD)at[3] << 16 | (DWORD)at[4] << 8 | at[5];
    return 0;
}

bool pcsc_pin_pad_properties(struct bytes items, struct pin_pad *pad)
{
    struct bytes_reader reader = {items};
    struct bytes value;
    uint8_t tag, size;
    bool ends_with_ok = true;

    while (bytes_read_u8(&reader, &tag) == RESULT_OK &&
           bytes_read_u8(&reader, &size) == RESULT_OK &&
           bytes_read(&reader, size, &value) == RESULT_OK) {
        if (size != 1)
            continue;
        if (tag == PCSCv2_PART10_PROPERTY_bMinPINSize)
            pad->least = value.data[0];
        else if (tag == PCSCv2_PART10_PROPERTY_bMaxPINSize && value.data[0] != 0)
            pad->most = value.data[0];
        else if (tag == PCSCv2_PART10_PROPERTY_bEntryValidationCondition && value.data[0] != 0)
            ends_with_ok = (value.data[0] & ENDS_WITH_OK) != 0;
    }
    return ends_with_ok;
}

static LONG ask(SCARDHANDLE card, DWORD code, uint8_t *answer, DWORD capacity, struct bytes *got)
{
    DWORD size = 0;
    LONG result = SCardControl(card, code, NULL, 0, answer, capacity, &size);

    // On failure the size is all that can be believed.
    *got = (struct bytes){answer, result == SCARD_S_SUCCESS && size <= capacity ? size : 0};
    return result;
}

// Properties are for what differs from the usual; a reader need not tell any.
static LONG ask_properties(SCARDHANDLE card, struct bytes features, struct pcsc_pin_pad *found)
{
    uint8_t answer[PROPERTIES_SIZE];
    struct bytes got = {};
    DWORD tlv = pcsc_pin_pad_feature(features, FEATURE_GET_TLV_PROPERTIES);
    DWORD fixed = pcsc_pin_pad_feature(features, FEATURE_IFD_PIN_PROPERTIES);
    LONG result = SCARD_S_SUCCESS;

    if (tlv != 0) {
        result = ask(card, tlv, answer, sizeof answer, &got);
        found->pad.fitted = pcsc_pin_pad_properties(got, &found->pad);
    } else if (fixed != 0) {
        // wLcdLayout in two bytes, bEntryValidationCondition, bTimeOut2.
        result = ask(card, fixed, answer, sizeof answer, &got);
        found->pad.fitted = got.size < 3 || answer[2] == 0 || (answer[2] & ENDS_WITH_OK) != 0;
    }
    if (!found->pad.fitted)
        log_warning("pcsc", "the reader's keys have no OK, and are not used", 0);
    return result;
}

// Takes 8 digits at most, and asks the card for its tries by itself, which costs older cards one.
static bool is_known_as_unfit(const char *reader)
{
    return str_starts_with(reader, "Gemplus GemPC Pinpad");
}

LONG pcsc_pin_pad_find(SCARDHANDLE card, const char *reader, struct pcsc_pin_pad *found)
{
    uint8_t list[LIST_SIZE];
    struct bytes features;

    *found = (struct pcsc_pin_pad){.pad.most = DIGITS_UNLIMITED};
    LONG result = ask(card, CM_IOCTL_GET_FEATURE_REQUEST, list, sizeof list, &features);
    if (features.size == 0)
        return result;
    found->verify = pcsc_pin_pad_feature(features, FEATURE_VERIFY_PIN_DIRECT);
    found->pad.fitted = found->verify != 0 && !is_known_as_unfit(reader);
    return found->pad.fitted ? ask_properties(card, features, found) : result;
}

// Windows language identifiers, as part 10 wants them.
static uint16_t language_identifier(enum language language)
{
    static const uint16_t identifiers[LANGUAGE_COUNT] = {
        [LANGUAGE_FR] = 0x080C, // Belgium
        [LANGUAGE_NL] = 0x0813, // Belgium
        [LANGUAGE_DE] = 0x0407,
        [LANGUAGE_EN] = 0x0409,
    };

    return identifiers[language];
}

enum result pcsc_pin_pad_pack(const struct pin_pad_entry *entry,
                              uint8_t request[PCSC_PIN_PAD_REQUEST_SIZE], size_t *size)
{
    uint16_t language = language_identifier(entry->language);
    const uint8_t head[HEAD_SIZE] = {
        entry->first_key_s,
        entry->next_key_s,
        entry->bm_format_string,
        entry->bm_pin_block_string,
        entry->bm_pin_length_format,
        entry->most, // wPINMaxExtraDigit, little endian like all of it
        entry->least,
        ENDS_WITH_OK,
        ONE_MESSAGE,
        (uint8_t)language,
        (uint8_t)(language >> 8),
        ENTER_PIN,
        [15] = (uint8_t)entry->command.size, // bTeoPrologue is for T=1, and zero
        [16] = (uint8_t)(entry->command.size >> 8),
    };

    if (entry->command.size > PCSC_PIN_PAD_REQUEST_SIZE - HEAD_SIZE)
        return RESULT_TOO_LARGE;
    memcpy(request, head, HEAD_SIZE);
    memcpy(request + HEAD_SIZE, entry->command.data, entry->command.size);
    *size = HEAD_SIZE + entry->command.size;
    return RESULT_OK;
}

LONG pcsc_pin_pad_enter(SCARDHANDLE card, const struct pcsc_pin_pad *pad,
                        const struct pin_pad_entry *entry, uint16_t *status, DWORD *size)
{
    uint8_t request[PCSC_PIN_PAD_REQUEST_SIZE], answer[MAX_BUFFER_SIZE];
    size_t request_size = 0;

    *size = 0;
    if (pcsc_pin_pad_pack(entry, request, &request_size) != RESULT_OK)
        return SCARD_E_INVALID_PARAMETER;
    LONG result =
        SCardControl(card, pad->verify, request, (DWORD)request_size, answer, sizeof answer, size);
    if (result == SCARD_S_SUCCESS && *size == 2)
        *status = (uint16_t)(answer[0] << 8 | answer[1]);
    else
        *size = 0;
    return result;
}
