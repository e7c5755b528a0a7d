// libifd-virtual-reader.so: an IFD handler (interface 3.0 of pcsc-lite's ifdhandler.h) whose slot
// is a Unix socket. DEVICENAME in reader.conf is "virtual:" and the socket's path; for a reader
// with keys a colon and the path of theirs follow.
#include "card_link.h"
#include "pin_pad.h"

#include <PCSC/ifdhandler.h>
#include <PCSC/reader.h>
#include <stdlib.h>
#include <string.h>

#define EXPORTED __attribute__((visibility("default")))
#define READER_MAXIMUM 16
#define DEVICE_PREFIX "virtual:"
// Control codes are the driver's own affair; it names them when it is asked for its features.
#define CONTROL_VERIFY_PIN SCARD_CTL_CODE(3601)
#define CONTROL_PIN_PROPERTIES SCARD_CTL_CODE(3602)
#define CONTROL_TLV_PROPERTIES SCARD_CTL_CODE(3603)

struct virtual_reader {
    struct card_link link;
    struct pin_pad pad;
    UCHAR answer[MAX_ATR_SIZE]; // to the last reset
    size_t answer_size;
};

// The interface names a reader by number alone, so that a table per process cannot be avoided.
// pcscd opens and closes a reader once, before and after every other call for it.
static struct virtual_reader *readers[READER_MAXIMUM];

static struct virtual_reader **place_of(DWORD lun)
{
    DWORD number = lun >> 16;

    return number < READER_MAXIMUM ? &readers[number] : NULL;
}

static struct virtual_reader *reader_of(DWORD lun)
{
    struct virtual_reader **place = place_of(lun);

    return place != NULL ? *place : NULL;
}

// "SOCKET" or "SOCKET:KEYS".
static bool open_sockets(struct virtual_reader *reader, const char *paths)
{
    const char *keys = strchr(paths, ':');
    char slot[CARD_LINK_PATH_SIZE];
    size_t size = keys != NULL ? (size_t)(keys - paths) : strlen(paths);

    if (size >= sizeof slot)
        return false;
    memcpy(slot, paths, size);
    slot[size] = '\0';
    reader->pad = (struct pin_pad){.listening = -1, .hand = -1};
    if (!card_link_open(&reader->link, slot))
        return false;
    if (keys == NULL || pin_pad_open(&reader->pad, keys + 1))
        return true;
    card_link_close(&reader->link);
    return false;
}

EXPORTED RESPONSECODE IFDHCreateChannelByName(DWORD lun, LPSTR device)
{
    struct virtual_reader **place = place_of(lun);

    if (place == NULL || *place != NULL ||
        strncmp(device, DEVICE_PREFIX, strlen(DEVICE_PREFIX)) != 0)
        return IFD_COMMUNICATION_ERROR;
    struct virtual_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL || !open_sockets(reader, device + strlen(DEVICE_PREFIX))) {
        free(reader);
        return IFD_COMMUNICATION_ERROR;
    }
    *place = reader;
    return IFD_SUCCESS;
}

EXPORTED RESPONSECODE IFDHCreateChannel(DWORD lun, DWORD channel)
{
    (void)lun;
    (void)channel;
    return IFD_NOT_SUPPORTED; // a reader without a name has no socket
}

EXPORTED RESPONSECODE IFDHCloseChannel(DWORD lun)
{
    struct virtual_reader **place = place_of(lun);

    if (place == NULL || *place == NULL)
        return IFD_COMMUNICATION_ERROR;
    pin_pad_close(&(*place)->pad);
    card_link_close(&(*place)->link);
    free(*place);
    *place = NULL;
    return IFD_SUCCESS;
}

EXPORTED RESPONSECODE IFDHICCPresence(DWORD lun)
{
    struct virtual_reader *reader = reader_of(lun);

    if (reader == NULL)
        return IFD_NO_SUCH_DEVICE;
    if (!card_link_plugged(&reader->link))
        return IFD_NO_SUCH_DEVICE;
    return card_link_present(&reader->link) ? IFD_ICC_PRESENT : IFD_ICC_NOT_PRESENT;
}

static RESPONSECODE wait_for_change(DWORD lun, int milliseconds)
{
    struct virtual_reader *reader = reader_of(lun);

    if (reader == NULL || !reader_plug_is_in(&reader->link.plug))
        return IFD_NO_SUCH_DEVICE;
    card_link_wait(&reader->link, milliseconds);
    return IFD_SUCCESS;
}

static RESPONSECODE stop_waiting(DWORD lun)
{
    struct virtual_reader *reader = reader_of(lun);

    if (reader == NULL)
        return IFD_NO_SUCH_DEVICE;
    card_link_wake(&reader->link);
    return IFD_SUCCESS;
}

static RESPONSECODE give(const void *what, size_t size, PDWORD length, PUCHAR value)
{
    if (*length < size)
        return IFD_ERROR_INSUFFICIENT_BUFFER;
    memcpy(value, what, size);
    *length = (DWORD)size;
    return IFD_SUCCESS;
}

EXPORTED RESPONSECODE IFDHGetCapabilities(DWORD lun, DWORD tag, PDWORD length, PUCHAR value)
{
    static const UCHAR yes = 1, no = 0, readers_at_once = READER_MAXIMUM;
    static RESPONSECODE (*const wait)(DWORD, int) = wait_for_change;
    static RESPONSECODE (*const stop)(DWORD) = stop_waiting;
    const struct virtual_reader *reader = reader_of(lun);

    switch (tag) {
    case TAG_IFD_ATR:
    case SCARD_ATTR_ATR_STRING:
        return reader != NULL ? give(reader->answer, reader->answer_size, length, value)
                              : IFD_NO_SUCH_DEVICE;
    case TAG_IFD_SIMULTANEOUS_ACCESS:
        return give(&readers_at_once, 1, length, value);
    case TAG_IFD_SLOTS_NUMBER:
    case TAG_IFD_THREAD_SAFE:
        return give(&yes, 1, length, value);
    case TAG_IFD_SLOT_THREAD_SAFE:
    case TAG_IFD_POLLING_THREAD_KILLABLE:
        return give(&no, 1, length, value);
    case TAG_IFD_POLLING_THREAD_WITH_TIMEOUT: // a wait of our own: events within milliseconds
        return give(&wait, sizeof wait, length, value);
    case TAG_IFD_STOP_POLLING_THREAD:
        return give(&stop, sizeof stop, length, value);
    default:
        *length = 0;
        return IFD_ERROR_TAG;
    }
}

EXPORTED RESPONSECODE IFDHSetCapabilities(DWORD lun, DWORD tag, DWORD length, PUCHAR value)
{
    (void)lun;
    (void)tag;
    (void)length;
    (void)value;
    return IFD_NOT_SUPPORTED;
}

EXPORTED RESPONSECODE IFDHSetProtocolParameters(DWORD lun, DWORD protocol, UCHAR flags, UCHAR pts1,
                                                UCHAR pts2, UCHAR pts3)
{
    (void)lun;
    (void)flags;
    (void)pts1;
    (void)pts2;
    (void)pts3;
    return protocol == SCARD_PROTOCOL_T0 || protocol == SCARD_PROTOCOL_T1
               ? IFD_SUCCESS
               : IFD_PROTOCOL_NOT_SUPPORTED;
}

// A card that tells no answer to reset is there, but mute.
static RESPONSECODE power_up(struct virtual_reader *reader, enum card_order order, PUCHAR atr,
                             PDWORD length)
{
    static const uint8_t tell_atr = CARD_ORDER_ATR;
    size_t size = sizeof reader->answer;

    if (card_link_order(&reader->link, order) != CARD_ANSWERED ||
        card_link_ask(&reader->link, &tell_atr, 1, reader->answer, &size) != CARD_ANSWERED ||
        size == 0)
        return IFD_ERROR_POWER_ACTION;
    reader->answer_size = size;
    memcpy(atr, reader->answer, size);
    *length = (DWORD)size;
    return IFD_SUCCESS;
}

EXPORTED RESPONSECODE IFDHPowerICC(DWORD lun, DWORD action, PUCHAR atr, PDWORD length)
{
    struct virtual_reader *reader = reader_of(lun);

    *length = 0;
    if (reader == NULL || !card_link_plugged(&reader->link))
        return IFD_NO_SUCH_DEVICE;
    reader->answer_size = 0;
    switch (action) {
    case IFD_POWER_UP:
        return power_up(reader, CARD_ORDER_ON, atr, length);
    case IFD_RESET:
        return power_up(reader, CARD_ORDER_RESET, atr, length);
    case IFD_POWER_DOWN:
        (void)card_link_order(&reader->link,
                              CARD_ORDER_OFF); // a card that has gone has no power either
        return IFD_SUCCESS;
    default:
        return IFD_NOT_SUPPORTED;
    }
}

EXPORTED RESPONSECODE IFDHTransmitToICC(DWORD lun, SCARD_IO_HEADER send_header, PUCHAR command,
                                        DWORD command_size, PUCHAR answer, PDWORD answer_size,
                                        PSCARD_IO_HEADER receive_header)
{
    struct virtual_reader *reader = reader_of(lun);
    size_t size = *answer_size;

    *answer_size = 0;
    if (reader == NULL)
        return IFD_NO_SUCH_DEVICE;
    if (receive_header != NULL)
        receive_header->Protocol = send_header.Protocol;
    switch (card_link_ask(&reader->link, command, command_size, answer, &size)) {
    case CARD_GONE:
        return IFD_ICC_NOT_PRESENT;
    case CARD_SILENT:
        return IFD_RESPONSE_TIMEOUT;
    case CARD_UNPLUGGED:
        return IFD_NO_SUCH_DEVICE;
    case CARD_ANSWERED:
        break;
    }
    if (size == 0)
        return IFD_RESPONSE_TIMEOUT; // an empty answer is none
    *answer_size = (DWORD)size;
    return IFD_SUCCESS;
}

static RESPONSECODE answer_with(const void *what, size_t size, PUCHAR out, DWORD out_size,
                                LPDWORD returned)
{
    if (size > out_size)
        return IFD_ERROR_INSUFFICIENT_BUFFER;
    memcpy(out, what, size);
    *returned = (DWORD)size;
    return IFD_SUCCESS;
}

// Tag, length and control code, big endian (PC/SC part 10, 2.2).
#define FEATURE(tag, code)                                                                         \
    tag, 4, (UCHAR)((code) >> 24), (UCHAR)((code) >> 16), (UCHAR)((code) >> 8), (UCHAR)(code)

static const UCHAR features[] = {
    FEATURE(FEATURE_VERIFY_PIN_DIRECT, CONTROL_VERIFY_PIN),
    FEATURE(FEATURE_IFD_PIN_PROPERTIES, CONTROL_PIN_PROPERTIES),
    FEATURE(FEATURE_GET_TLV_PROPERTIES, CONTROL_TLV_PROPERTIES),
};

// Two lines of 16; all three ways to end an entry; a second time limit. Little endian.
static const UCHAR pin_properties[] = {0x10, 0x02, 0x07, 0x01};
static const UCHAR tlv_properties[] = {
    PCSCv2_PART10_PROPERTY_wLcdLayout,
    2,
    0x10,
    0x02,
    PCSCv2_PART10_PROPERTY_bEntryValidationCondition,
    1,
    0x07,
    PCSCv2_PART10_PROPERTY_bTimeOut2,
    1,
    0x01,
    PCSCv2_PART10_PROPERTY_bMinPINSize,
    1,
    4,
    PCSCv2_PART10_PROPERTY_bMaxPINSize,
    1,
    12,
};

static RESPONSECODE verify_on_pad(struct virtual_reader *reader, PUCHAR in, DWORD in_size,
                                  PUCHAR out, DWORD out_size, LPDWORD returned)
{
    uint8_t status[2];

    switch (pin_pad_verify(&reader->pad, &reader->link, in, in_size, status)) {
    case PIN_PAD_CARD_GONE:
        return IFD_ICC_NOT_PRESENT;
    case PIN_PAD_BROKEN:
        return IFD_COMMUNICATION_ERROR;
    case PIN_PAD_ANSWERED:
        break;
    }
    return answer_with(status, sizeof status, out, out_size, returned);
}

EXPORTED RESPONSECODE IFDHControl(DWORD lun, DWORD code, PUCHAR in, DWORD in_size, PUCHAR out,
                                  DWORD out_size, LPDWORD returned)
{
    struct virtual_reader *reader = reader_of(lun);

    *returned = 0;
    if (reader == NULL)
        return IFD_NO_SUCH_DEVICE;
    if (reader->pad.listening < 0)
        return IFD_NOT_SUPPORTED; // no keys on this reader
    switch (code) {
    case CM_IOCTL_GET_FEATURE_REQUEST:
        return answer_with(features, sizeof features, out, out_size, returned);
    case CONTROL_PIN_PROPERTIES:
        return answer_with(pin_properties, sizeof pin_properties, out, out_size, returned);
    case CONTROL_TLV_PROPERTIES:
        return answer_with(tlv_properties, sizeof tlv_properties, out, out_size, returned);
    case CONTROL_VERIFY_PIN:
        return verify_on_pad(reader, in, in_size, out, out_size, returned);
    default:
        return IFD_NOT_SUPPORTED;
    }
}
