// libifd-virtual-reader.so: an IFD handler (interface 3.0 of pcsc-lite's ifdhandler.h) whose slot
// is a Unix socket. DEVICENAME in reader.conf is "virtual:" and the socket's path.
#include "card_link.h"

#include <PCSC/ifdhandler.h>
#include <PCSC/reader.h>
#include <stdlib.h>
#include <string.h>

#define EXPORTED __attribute__((visibility("default")))
#define READER_MAXIMUM 16
#define DEVICE_PREFIX "virtual:"

struct virtual_reader {
    struct card_link link;
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

EXPORTED RESPONSECODE IFDHCreateChannelByName(DWORD lun, LPSTR device)
{
    struct virtual_reader **place = place_of(lun);

    if (place == NULL || *place != NULL ||
        strncmp(device, DEVICE_PREFIX, strlen(DEVICE_PREFIX)) != 0)
        return IFD_COMMUNICATION_ERROR;
    struct virtual_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL || !card_link_open(&reader->link, device + strlen(DEVICE_PREFIX))) {
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
    return card_link_present(&reader->link) ? IFD_ICC_PRESENT : IFD_ICC_NOT_PRESENT;
}

static RESPONSECODE wait_for_change(DWORD lun, int milliseconds)
{
    struct virtual_reader *reader = reader_of(lun);

    if (reader == NULL)
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
    if (reader == NULL)
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
    case CARD_ANSWERED:
        break;
    }
    if (size == 0)
        return IFD_RESPONSE_TIMEOUT; // an empty answer is none
    *answer_size = (DWORD)size;
    return IFD_SUCCESS;
}

EXPORTED RESPONSECODE IFDHControl(DWORD lun, DWORD code, PUCHAR in, DWORD in_size, PUCHAR out,
                                  DWORD out_size, LPDWORD returned)
{
    (void)lun;
    (void)code;
    (void)in;
    (void)in_size;
    (void)out;
    (void)out_size;
    *returned = 0;
    return IFD_NOT_SUPPORTED; // no keys on this reader
}
