#include "pin_pad.h"

#include <PCSC/reader.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define DIGITS_MAXIMUM 16
#define LINE_SIZE 64
#define LOOK_MS 10 // between two looks at the slot while keys are waited for
#define USUAL_PATIENCE_S 30
#define COMMAND_HEAD 5
#define BLOCK_SIZE 8u // bytes of the PIN block: a first one, then two digits each
#define BLOCK_DIGITS (2 * (BLOCK_SIZE - 1))

// Status words of part 10, 2.5.
#define STATUS_TIME_OUT 0x6400
#define STATUS_CANCELLED 0x6401
#define STATUS_WRONG_LENGTH 0x6403
#define STATUS_BAD_STRUCTURE 0x6B80

struct entry {
    const PIN_VERIFY_STRUCTURE *wanted;
    size_t least, most;
    uint8_t digits[DIGITS_MAXIMUM];
    size_t count;
    int64_t ends_ms;
    bool finished;
    bool lost;       // the card's answer is thrown away
    uint16_t status; // 0: the digits are for the card
};

// ---- the socket -------------------------------------------------------------------------------

bool pin_pad_open(struct pin_pad *pad, const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    *pad = (struct pin_pad){.listening = -1, .hand = -1};
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(address.sun_path, path, strlen(path) + 1);
    memcpy(pad->path, path, strlen(path) + 1);
    unlink(path);
    pad->listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (pad->listening >= 0 &&
        bind(pad->listening, (const struct sockaddr *)&address, sizeof address) == 0 &&
        listen(pad->listening, 8) == 0)
        return true;
    pin_pad_close(pad);
    return false;
}

static void let_go(struct pin_pad *pad)
{
    if (pad->hand >= 0)
        close(pad->hand);
    pad->hand = -1;
}

void pin_pad_close(struct pin_pad *pad)
{
    let_go(pad);
    if (pad->listening >= 0)
        close(pad->listening);
    if (pad->path[0] != '\0')
        unlink(pad->path);
    *pad = (struct pin_pad){.listening = -1, .hand = -1};
}

static bool has_hung_up(int hand)
{
    struct pollfd look = {.fd = hand, .events = POLLRDHUP};

    return poll(&look, 1, 0) > 0;
}

// A line without its end; false: none is there.
static bool read_line(struct pin_pad *pad, char line[LINE_SIZE])
{
    if (pad->hand < 0)
        pad->hand = accept4(pad->listening, NULL, NULL, SOCK_CLOEXEC);
    if (pad->hand < 0)
        return false;
    ssize_t size = recv(pad->hand, line, LINE_SIZE - 1, MSG_PEEK | MSG_DONTWAIT);
    const char *end = size > 0 ? memchr(line, '\n', (size_t)size) : NULL;
    if (has_hung_up(pad->hand) || size == LINE_SIZE - 1)
        let_go(pad); // what it still said counts no more
    if (pad->hand < 0 || end == NULL)
        return false;
    (void)recv(pad->hand, line, (size_t)(end - line) + 1, MSG_DONTWAIT);
    line[end - line] = '\0';
    return true;
}

static void answer(const struct pin_pad *pad, const char *words)
{
    (void)send(pad->hand, words, strlen(words), MSG_NOSIGNAL);
}

// ---- the keys ---------------------------------------------------------------------------------

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void be_patient(struct entry *entry, uint8_t seconds)
{
    entry->ends_ms = now_ms() + 1000 * (int64_t)(seconds != 0 ? seconds : USUAL_PATIENCE_S);
}

static void give_up(struct entry *entry, uint16_t status)
{
    entry->finished = true;
    entry->status = status;
}

static void press_digits(struct entry *entry, const char *digits)
{
    for (; *digits >= '0' && *digits <= '9'; digits++)
        if (entry->count < entry->most)
            entry->digits[entry->count++] = (uint8_t)(*digits - '0');
}

static void press_ok(struct entry *entry)
{
    if (entry->count < entry->least)
        give_up(entry, STATUS_WRONG_LENGTH);
    entry->finished = true;
}

static const char *after(const char *line, const char *word)
{
    size_t size = strlen(word);

    return strncmp(line, word, size) == 0 ? line + size : NULL;
}

static bool press(struct entry *entry, const char *line)
{
    const char *rest;

    if ((rest = after(line, "pin ")) != NULL || (rest = after(line, "lose ")) != NULL) {
        entry->lost = line[0] == 'l';
        press_digits(entry, rest);
        press_ok(entry);
    } else if ((rest = after(line, "keys ")) != NULL) {
        press_digits(entry, rest);
    } else if ((rest = after(line, "answer ")) != NULL) {
        give_up(entry, (uint16_t)strtoul(rest, NULL, 16));
    } else if (strcmp(line, "correct") == 0) {
        entry->count = 0;
    } else if (strcmp(line, "ok") == 0) {
        press_ok(entry);
    } else if (strcmp(line, "cancel") == 0) {
        give_up(entry, STATUS_CANCELLED);
    } else if (strcmp(line, "timeout") == 0) {
        give_up(entry, STATUS_TIME_OUT);
    } else {
        return strcmp(line, "wait") == 0;
    }
    return true;
}

static void look_at_the_keys(struct pin_pad *pad, struct entry *entry)
{
    char line[LINE_SIZE];

    if (!read_line(pad, line))
        return;
    if (!press(entry, line)) {
        answer(pad, "error expected pin, keys, correct, ok, cancel, timeout, answer, lose, wait\n");
        return;
    }
    if (entry->count > 0)
        be_patient(entry, entry->wanted->bTimerOut2);
    answer(pad, "ok\n");
    explicit_bzero(line, sizeof line);
}

// False: the card went out meanwhile.
static bool wait_for_keys(struct pin_pad *pad, struct card_link *link, struct entry *entry)
{
    be_patient(entry, entry->wanted->bTimerOut);
    while (!entry->finished) {
        if (!card_link_present(link))
            return false;
        struct pollfd look = {.fd = pad->hand >= 0 ? pad->hand : pad->listening, .events = POLLIN};
        poll(&look, 1, LOOK_MS);
        look_at_the_keys(pad, entry);
        if (!entry->finished && now_ms() >= entry->ends_ms)
            give_up(entry, STATUS_TIME_OUT);
    }
    return true;
}

// ---- the command ------------------------------------------------------------------------------

// Where the digits go: bmFormatString, bits 6 to 3, in bytes or bits as bit 7 says. 0: nowhere.
static size_t place_of_digits(const PIN_VERIFY_STRUCTURE *wanted)
{
    size_t position = wanted->bmFormatString >> 3 & 0x0F;

    if ((wanted->bmFormatString & 0x80) != 0)
        return position;
    return position % 8 == 0 ? position / 8 : 0;
}

// BCD, left justified, behind a first byte whose low half takes the number of digits: what a
// Belgian eID wants, in the official middleware's writing (89 47 04) or OpenSC's (41 48 04).
static bool can_be_done(const PIN_VERIFY_STRUCTURE *wanted, size_t size)
{
    size_t most = wanted->wPINMaxExtraDigit & 0xFF, least = wanted->wPINMaxExtraDigit >> 8;

    if (size < sizeof *wanted || wanted->ulDataLength != size - sizeof *wanted ||
        wanted->ulDataLength != COMMAND_HEAD + BLOCK_SIZE)
        return false;
    return (wanted->bmFormatString & 0x07) == 0x01 && place_of_digits(wanted) == 1 &&
           wanted->bmPINBlockString >> 4 == 4 && wanted->bmPINLengthFormat == 0x04 &&
           (wanted->bEntryValidationCondition & 0x02) != 0 && least <= most &&
           most <= BLOCK_DIGITS && most <= DIGITS_MAXIMUM;
}

static void write_digits(const struct entry *entry, uint8_t *block)
{
    block[0] = (uint8_t)((block[0] & 0xF0) | entry->count);
    for (size_t i = 0; i < entry->count && i < BLOCK_DIGITS; i++) {
        uint8_t *place = &block[1 + i / 2];
        *place = i % 2 == 0 ? (uint8_t)(entry->digits[i] << 4 | (*place & 0x0F))
                            : (uint8_t)((*place & 0xF0) | entry->digits[i]);
    }
}

static enum pin_pad_end ask_the_card(struct card_link *link, const struct entry *entry,
                                     uint8_t status[2])
{
    uint8_t command[COMMAND_HEAD + BLOCK_SIZE], got[CARD_LINK_MESSAGE_MAXIMUM];
    size_t size = sizeof got;

    memcpy(command, entry->wanted->abData, sizeof command);
    write_digits(entry, command + COMMAND_HEAD);
    enum card_answer outcome = card_link_ask(link, command, sizeof command, got, &size);
    explicit_bzero(command, sizeof command);
    if (outcome == CARD_GONE)
        return PIN_PAD_CARD_GONE;
    if (outcome != CARD_ANSWERED || size < 2 || entry->lost)
        return PIN_PAD_BROKEN;
    memcpy(status, got + size - 2, 2);
    return PIN_PAD_ANSWERED;
}

static enum pin_pad_end say(uint16_t word, uint8_t status[2])
{
    status[0] = (uint8_t)(word >> 8);
    status[1] = (uint8_t)word;
    return PIN_PAD_ANSWERED;
}

enum pin_pad_end pin_pad_verify(struct pin_pad *pad, struct card_link *link,
                                const uint8_t *structure, size_t size, uint8_t status[2])
{
    struct entry entry = {.wanted = (const PIN_VERIFY_STRUCTURE *)(const void *)structure};
    enum pin_pad_end end = PIN_PAD_CARD_GONE;

    if (!can_be_done(entry.wanted, size))
        return say(STATUS_BAD_STRUCTURE, status);
    entry.most = entry.wanted->wPINMaxExtraDigit & 0xFF;
    entry.least = entry.wanted->wPINMaxExtraDigit >> 8;
    if (wait_for_keys(pad, link, &entry))
        end = entry.status != 0 ? say(entry.status, status) : ask_the_card(link, &entry, status);
    let_go(pad);
    explicit_bzero(entry.digits, sizeof entry.digits);
    return end;
}
