#include "eid_pin_pad.h"

#include "log.h"

#define PIN_LEAST 4
#define PIN_MOST 12

// The card's words (belgian eID applet, VERIFY).
#define STATUS_DONE 0x9000
#define STATUS_TRIES_LEFT 0x63C0
#define STATUS_BLOCKED 0x6983
// The reader's own (PC/SC part 10, 2.5).
#define STATUS_PAD_TIMED_OUT 0x6400
#define STATUS_PAD_CANCELLED 0x6401
#define STATUS_PAD_WRONG_LENGTH 0x6403
#define STATUS_PAD_NOT_ALLOWED 0x6404
#define STATUS_PAD_BAD_STRUCTURE 0x6B80

enum result eid_find_pin_pad(struct eid_applet *applet, struct pin_pad *pad)
{
    const struct card_channel *channel = &applet->channel;

    *pad = (struct pin_pad){};
    if (channel->verbs->find_pin_pad == NULL)
        return RESULT_OK;
    return channel->verbs->find_pin_pad(channel->self, pad);
}

static enum result read_status(uint16_t status, struct pin_outcome *outcome)
{
    switch (status) {
    case STATUS_DONE:
        outcome->accepted = true;
        return RESULT_OK;
    case STATUS_BLOCKED:
        outcome->tries_left = 0;
        return RESULT_OK;
    case STATUS_PAD_TIMED_OUT:
        outcome->entry = PIN_ENTRY_TIMED_OUT;
        return RESULT_OK;
    case STATUS_PAD_CANCELLED:
        outcome->entry = PIN_ENTRY_CANCELLED;
        return RESULT_OK;
    case STATUS_PAD_WRONG_LENGTH:
        outcome->entry = PIN_ENTRY_WRONG_LENGTH;
        return RESULT_OK;
    case STATUS_PAD_NOT_ALLOWED:
    case STATUS_PAD_BAD_STRUCTURE:
        log_error("eid", "the reader refuses to take a PIN at its keys", status);
        return RESULT_REFUSED;
    default:
        break;
    }
    if ((status & 0xFFF0) == STATUS_TRIES_LEFT) {
        outcome->tries_left = status & 0x0F;
        return RESULT_OK;
    }
    log_warning("eid", "a status word that VERIFY should not have", status);
    return RESULT_FAILED;
}

static uint8_t at_least(uint8_t a, uint8_t b)
{
    return a > b ? a : b;
}

static uint8_t at_most(uint8_t a, uint8_t b)
{
    return a < b ? a : b;
}

enum result eid_verify_on_pad(struct eid_applet *applet, int seconds, enum language language,
                              struct pin_outcome *outcome)
{
    // GlobalPlatform's PIN block: 2 and the number of digits, two digits a byte, the rest F. The
    // reader writes the number into the low half of the first byte, the digits behind it.
    static const uint8_t template[] = {0x00, 0x20, 0x00, 0x01, 0x08, 0x20, 0xFF,
                                       0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
    const struct card_channel *channel = &applet->channel;
    struct pin_pad pad;
    uint16_t status = 0;

    if (seconds < 1 || seconds > UINT8_MAX)
        return RESULT_INVALID;
    TRY(eid_find_pin_pad(applet, &pad));
    if (!pad.fitted)
        return RESULT_REFUSED;
    const struct pin_pad_entry entry = {
        .first_key_s = (uint8_t)seconds,
        .next_key_s = (uint8_t)seconds,
        .least = at_least(PIN_LEAST, pad.least),
        .most = at_most(PIN_MOST, pad.most),
        .bm_format_string = 0x89,     // BCD, left, from the second byte on
        .bm_pin_block_string = 0x47,  // a number of four bits; seven bytes of digits
        .bm_pin_length_format = 0x04, // the number stands at bit 4
        .language = language,
        .command = {template, sizeof template},
    };
    TRY(channel->verbs->enter_pin(channel->self, &entry, &status));
    return read_status(status, outcome);
}
