#include "pcsc_channel.h"

#include "log.h"
#include "pcsc_pin_pad.h"
#include "pcsc_watch.h"

#include <stdlib.h>
#include <string.h>
#include <reader.h>
#include <time.h>

// Another process may be letting go of the card just now.
#define BUSY_TRIES 10
#define BUSY_WAIT_MS 50
// ISO 7816-3: 256 bytes and a status word; pcsc-lite asks for a little more (MAX_BUFFER_SIZE).
#define RECEIVE_SIZE MAX_BUFFER_SIZE
// pcscd calls every call to the reader that fails "not transacted", also when the card was pulled,
// and looks at the slot only when the call is over.
#define LOOKS_AT_THE_SLOT 5
#define BETWEEN_LOOKS_MS 20
// More 61xx and 6Cxx in a row than any answer needs: a reader gone mad.
#define ROUND_MAXIMUM 32
#define READING_COMMAND_SIZE 5
#define INSTRUCTION_VERIFY 0x20

struct pcsc_channel {
    char *wanted;
    uint32_t delay_ms;
    struct pcsc_watch *watch;
    struct pcsc_context context;
    bool connected;
    char reader[PCSC_READER_NAME_SIZE]; // of the connected card
    SCARDHANDLE card;
    DWORD protocol;
    bool pad_known; // asked since the connection was made
    struct pcsc_pin_pad pad;
    struct secret *received; // what the card answers may be anything about its holder
    struct pcsc_traffic traffic;
};

static void wait_ms(uint32_t milliseconds)
{
    struct timespec time = {.tv_sec = milliseconds / 1000,
                            .tv_nsec = (long)(milliseconds % 1000) * 1000000};

    if (milliseconds > 0)
        nanosleep(&time, NULL);
}

static enum result report(struct pcsc_channel *channel, LONG code)
{
    enum result result = pcsc_result(code);

    if (pcsc_context_lost(&channel->context, code))
        channel->connected = false;
    else if (result == RESULT_FAILED)
        log_warning("pcsc", "a call to the reader failed", code);
    return result;
}

static enum result watch(void *self, enum card_presence known, enum card_presence *now)
{
    struct pcsc_channel *channel = self;

    return pcsc_watch_wait(channel->watch, known, now);
}

static void cancel_watch(void *self)
{
    struct pcsc_channel *channel = self;

    pcsc_watch_cancel(channel->watch);
}

static enum result disconnect(void *self)
{
    struct pcsc_channel *channel = self;

    if (!channel->connected)
        return RESULT_OK;
    channel->connected = false;
    // Reset, never leave: the next process must find no file selected and no PIN verified.
    enum result result = report(channel, SCardDisconnect(channel->card, SCARD_RESET_CARD));
    return result == RESULT_REMOVED ? RESULT_OK : result;
}

static LONG connect_once(struct pcsc_channel *channel, const char *reader)
{
    const DWORD any = SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1;
    LONG code = SCardConnect(channel->context.handle, reader, SCARD_SHARE_EXCLUSIVE, any,
                             &channel->card, &channel->protocol);

    if (code != SCARD_W_UNPOWERED_CARD && code != SCARD_W_UNRESPONSIVE_CARD)
        return code;
    // Switched off by somebody, or mute: a reset tells which.
    code = SCardConnect(channel->context.handle, reader, SCARD_SHARE_DIRECT, 0, &channel->card,
                        &channel->protocol);
    if (code != SCARD_S_SUCCESS)
        return code;
    code = SCardReconnect(channel->card, SCARD_SHARE_EXCLUSIVE, any, SCARD_RESET_CARD,
                          &channel->protocol);
    if (code != SCARD_S_SUCCESS)
        SCardDisconnect(channel->card, SCARD_LEAVE_CARD);
    return code;
}

static LONG connect_patiently(struct pcsc_channel *channel, const char *reader)
{
    LONG code = connect_once(channel, reader);

    for (int i = 1; i < BUSY_TRIES && code == SCARD_E_SHARING_VIOLATION; i++) {
        wait_ms(BUSY_WAIT_MS);
        code = connect_once(channel, reader);
    }
    return code;
}

// The list of readers and SCardStatus go through a table that pcsc-lite 1.9 keeps once a process
// and fills without a lock: another thread that waits for a card writes into it at any time. So the
// reader is the one that the watch found, and the list is for callers that never watched.
static enum result find_reader(struct pcsc_channel *channel, char reader[PCSC_READER_NAME_SIZE])
{
    if (pcsc_watch_reader(channel->watch, reader))
        return RESULT_OK;
    enum result found = pcsc_find_reader(&channel->context, channel->wanted, reader);
    if (found != RESULT_INVALID)
        return found;
    log_error("pcsc", PCSC_SEVERAL_READERS, 0);
    return RESULT_UNREACHABLE;
}

static enum result try_connect(struct pcsc_channel *channel, LONG *code)
{
    TRY(pcsc_context_open(&channel->context));
    TRY(find_reader(channel, channel->reader));
    channel->pad_known = false;
    *code = connect_patiently(channel, channel->reader);
    if (*code == SCARD_W_UNPOWERED_CARD || *code == SCARD_W_UNRESPONSIVE_CARD)
        return RESULT_OK; // mute
    return report(channel, *code);
}

static enum result tell_answer(struct pcsc_channel *channel, struct answer_to_reset *answer)
{
    DWORD size = sizeof answer->bytes;
    LONG code = SCardGetAttrib(channel->card, SCARD_ATTR_ATR_STRING, answer->bytes, &size);

    if (pcsc_result(code) == RESULT_FAILED) { // a driver that does not tell
        size = sizeof answer->bytes;
        code = SCardStatus(channel->card, NULL, NULL, NULL, NULL, answer->bytes, &size);
    }
    enum result result = report(channel, code);
    answer->size = result == RESULT_OK ? size : 0;
    // A card that went out since has none either, but is not mute.
    return result == RESULT_OK && size == 0 ? RESULT_REMOVED : result;
}

static enum result connect_card(void *self, struct answer_to_reset *answer)
{
    struct pcsc_channel *channel = self;
    LONG code = SCARD_S_SUCCESS;

    *answer = (struct answer_to_reset){};
    (void)disconnect(channel);
    enum result result = try_connect(channel, &code);
    // The context may be of a daemon that was restarted since: then once more with a new one.
    if (result == RESULT_UNREACHABLE && !channel->context.open)
        result = try_connect(channel, &code);
    TRY(result);
    if (code != SCARD_S_SUCCESS)
        return RESULT_OK;
    channel->connected = true;
    result = tell_answer(channel, answer);
    if (result != RESULT_OK)
        (void)disconnect(channel);
    return result;
}

static enum result begin(void *self)
{
    struct pcsc_channel *channel = self;

    if (!channel->connected)
        return RESULT_INVALID;
    return report(channel, SCardBeginTransaction(channel->card));
}

static enum result end(void *self)
{
    struct pcsc_channel *channel = self;

    if (!channel->connected)
        return RESULT_INVALID;
    return report(channel, SCardEndTransaction(channel->card, SCARD_LEAVE_CARD));
}

static enum result reset(void *self)
{
    struct pcsc_channel *channel = self;

    if (!channel->connected)
        return RESULT_INVALID;
    return report(channel, SCardReconnect(channel->card, SCARD_SHARE_EXCLUSIVE,
                                          SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, SCARD_RESET_CARD,
                                          &channel->protocol));
}

static uint64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void count(struct pcsc_traffic *traffic, size_t sent, size_t received, uint64_t began)
{
    traffic->exchanges++;
    traffic->bytes_sent += sent;
    traffic->bytes_received += received;
    traffic->nanoseconds += now_ns() - began;
}

// One exchange; what came is in channel->received.
static enum result exchange(struct pcsc_channel *channel, struct bytes command, uint16_t *status)
{
    const SCARD_IO_REQUEST *protocol =
        channel->protocol == SCARD_PROTOCOL_T1 ? SCARD_PCI_T1 : SCARD_PCI_T0;
    DWORD size = RECEIVE_SIZE;

    wait_ms(channel->delay_ms);
    uint64_t began = now_ns();
    LONG code = SCardTransmit(channel->card, protocol, command.data, command.size, NULL,
                              secret_writable(channel->received), &size);
    count(&channel->traffic, command.size, code == SCARD_S_SUCCESS ? size : 0, began);
    TRY(report(channel, code));
    TRY(secret_set_size(channel->received, size));
    // Some drivers call a card that was pulled a success without a byte.
    if (size < 2)
        return RESULT_FAILED;
    const uint8_t *last = secret_bytes(channel->received).data + size - 2;
    *status = (uint16_t)(last[0] << 8 | last[1]);
    return RESULT_OK;
}

static enum result keep(struct pcsc_channel *channel, struct secret *answer)
{
    struct bytes got = secret_bytes(channel->received);

    return secret_append(answer, (struct bytes){got.data, got.size - 2});
}

// Only a command that asks for data and brings none may go out again with the right length. VERIFY
// never: with a length it would be another command, and it would be sent twice.
static bool may_ask_again(struct bytes command)
{
    return command.size == READING_COMMAND_SIZE && command.data[1] != INSTRUCTION_VERIFY;
}

static enum result exchange_whole(struct pcsc_channel *channel, struct bytes command,
                                  struct secret *answer, uint16_t *status)
{
    uint8_t next[READING_COMMAND_SIZE] = {0x00, 0xC0, 0x00, 0x00, 0x00}; // GET RESPONSE

    TRY(exchange(channel, command, status));
    for (int round = 0; round < ROUND_MAXIMUM; round++) {
        uint8_t kind = (uint8_t)(*status >> 8);
        if (kind == 0x6C && may_ask_again(command))
            memcpy(next, command.data, sizeof next);
        else if (kind == 0x61)
            TRY(keep(channel, answer));
        else
            return keep(channel, answer);
        next[4] = (uint8_t)*status; // the length in both cases
        command = (struct bytes){next, sizeof next};
        TRY(exchange(channel, command, status));
    }
    log_error("pcsc", "an answer without an end", ROUND_MAXIMUM);
    return RESULT_FAILED;
}

static enum result transmit(void *self, struct bytes command, struct secret *answer,
                            uint16_t *status)
{
    struct pcsc_channel *channel = self;
    size_t before = secret_bytes(answer).size;

    if (!channel->connected)
        return RESULT_INVALID;
    enum result result = exchange_whole(channel, command, answer, status);
    secret_wipe(channel->received);
    if (result != RESULT_OK)
        (void)secret_set_size(answer, before);
    return result;
}

// What the reader's driver says about itself changes no more while it is plugged in.
static enum result find_pin_pad(void *self, struct pin_pad *pad)
{
    struct pcsc_channel *channel = self;

    *pad = (struct pin_pad){};
    if (!channel->connected)
        return RESULT_INVALID;
    if (!channel->pad_known) {
        LONG code = pcsc_pin_pad_find(channel->card, channel->reader, &channel->pad);
        enum result result = pcsc_result(code);
        // A driver that knows no features says so with one of many codes.
        if (result != RESULT_OK && result != RESULT_FAILED)
            return report(channel, code);
        channel->pad_known = true;
    }
    *pad = channel->pad.pad;
    return RESULT_OK;
}

static LONG look_at_the_slot(struct pcsc_channel *channel)
{
    LONG code = SCardBeginTransaction(channel->card);

    return code == SCARD_S_SUCCESS ? SCardEndTransaction(channel->card, SCARD_LEAVE_CARD) : code;
}

// The reason why an entry failed, when it lies in the slot.
static LONG reason_of_failure(struct pcsc_channel *channel, LONG failed)
{
    for (int i = 0; i < LOOKS_AT_THE_SLOT; i++) {
        LONG code = look_at_the_slot(channel);
        if (code != SCARD_S_SUCCESS)
            return code;
        wait_ms(BETWEEN_LOOKS_MS);
    }
    return failed;
}

static enum result enter_pin(void *self, const struct pin_pad_entry *entry, uint16_t *status)
{
    struct pcsc_channel *channel = self;
    struct pin_pad pad;
    DWORD size = 0;

    TRY(find_pin_pad(self, &pad));
    if (!pad.fitted)
        return RESULT_REFUSED;
    channel->traffic.entries++;
    LONG code = pcsc_pin_pad_enter(channel->card, &channel->pad, entry, status, &size);
    if (code == SCARD_E_NOT_TRANSACTED)
        code = reason_of_failure(channel, code);
    TRY(report(channel, code));
    return size == 2 ? RESULT_OK : RESULT_FAILED; // a reader gone mad
}

enum result pcsc_channel_create(const struct pcsc_channel_settings *settings,
                                struct pcsc_channel **out)
{
    owned(pcsc_channel) channel = calloc(1, sizeof *channel);

    if (channel == NULL)
        return RESULT_NO_MEMORY;
    channel->wanted = strdup(settings->reader != NULL ? settings->reader : "");
    channel->delay_ms = settings->delay_before_transmit_ms;
    if (channel->wanted == NULL)
        return RESULT_NO_MEMORY;
    TRY(secret_create(RECEIVE_SIZE, &channel->received));
    TRY(pcsc_watch_create(channel->wanted, &channel->watch));
    *out = take(channel);
    return RESULT_OK;
}

void pcsc_channel_destroy(struct pcsc_channel *channel)
{
    if (channel == NULL)
        return;
    (void)disconnect(channel);
    pcsc_context_close(&channel->context);
    pcsc_watch_destroy(channel->watch);
    secret_destroy(channel->received);
    free(channel->wanted);
    free(channel);
}

struct card_channel pcsc_channel_port(struct pcsc_channel *channel)
{
    static const struct card_channel_verbs verbs = {
        .watch = watch,
        .cancel_watch = cancel_watch,
        .connect = connect_card,
        .begin = begin,
        .end = end,
        .transmit = transmit,
        .reset = reset,
        .disconnect = disconnect,
        .find_pin_pad = find_pin_pad,
        .enter_pin = enter_pin,
    };

    return (struct card_channel){.verbs = &verbs, .self = channel};
}

struct pcsc_traffic pcsc_channel_traffic(const struct pcsc_channel *channel)
{
    return channel->traffic;
}
