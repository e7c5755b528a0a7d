#include "terminal_dialogues.h"

#include <stdio.h>
#include <string.h>

#define GOOD 0x00
#define ABORTED_BY_KEY 0x6C
#define NO_RECEIPT 0x66
#define ALREADY_REVERSED 0xB4
#define PAYER_WAITS_MS 20000

void terminal_write_book(const struct card_terminal *terminal)
{
    char text[128];

    (void)snprintf(text, sizeof text, "authorisations %d\ncharged %d\nreversed %d\n",
                   terminal->authorisations, terminal->charged, terminal->reversed);
    folder_write(terminal->folder, "ledger", text);
}

// ---- messages

static bool say(struct till *till, uint8_t high, uint8_t low, uint8_t byte)
{
    const uint8_t packet[] = {high, low, 0x01, byte};

    return till_send(till, packet, sizeof packet);
}

static bool acknowledge(struct till *till)
{
    static const uint8_t packet[] = {0x80, 0x00, 0x00};

    return till_send(till, packet, sizeof packet);
}

static void put_bcd(uint8_t *to, int bytes, int64_t number)
{
    for (int i = bytes - 1; i >= 0; i--, number /= 100)
        to[i] = (uint8_t)(number / 10 % 10 << 4 | number % 10);
}

// With a card's number and name, as real ones have them, for the till to leave alone.
static bool say_status(struct card_terminal *terminal, struct till *till)
{
    static const uint8_t card[] = {0x22, 0xF0, 0xF5, 0x67, 0x03, 0xEE, 0xEE, 0x42,
                                   0x8B, 0xF0, 0xF4, 'C',  'A',  'R',  'D'};
    uint8_t packet[64] = {0x04, 0x0F, 0, 0x27, (uint8_t)terminal->result, 0x04};
    size_t size = 6;

    put_bcd(packet + size, 6, terminal->cents);
    size += 6;
    packet[size++] = 0x49;
    put_bcd(packet + size, 2, 978);
    size += 2;
    packet[size++] = 0x87;
    put_bcd(packet + size, 2, terminal->receipt);
    size += 2;
    memcpy(packet + size, card, sizeof card);
    size += sizeof card;
    packet[2] = (uint8_t)(size - 3);
    return till_send(till, packet, size);
}

// ---- the payment

static void charge(struct card_terminal *terminal)
{
    terminal->receipt = terminal->receipt % 9999 + 1;
    terminal->result = GOOD;
    terminal->charged++;
    terminal_write_book(terminal);
}

static bool payer(const struct card_terminal *terminal, const char *word)
{
    char found[16];

    folder_word(terminal->folder, "payer", found, sizeof found);
    return strcmp(found[0] == '\0' ? "pays" : found, word) == 0;
}

// The payer does nothing until the till stops the payment, or for too long.
static void wait_for_stop(struct card_terminal *terminal, struct till *till)
{
    uint8_t packet[300];
    size_t size = 0;
    bool stopped = till_receive(till, PAYER_WAITS_MS, packet, sizeof packet, &size) &&
                   packet[0] == 0x06 && packet[1] == 0xB0;

    if (stopped && payer(terminal, "races")) {
        static const uint8_t too_late[] = {0x84, 0x9C, 0x00};
        (void)till_send(till, too_late, sizeof too_late);
        charge(terminal);
        (void)(say_status(terminal, till) && say(till, 0x06, 0x0F, 0x00));
        return;
    }
    if (stopped)
        (void)acknowledge(till);
    (void)say(till, 0x06, 0x1E, ABORTED_BY_KEY);
}

static void decline(struct card_terminal *terminal, struct till *till)
{
    static const uint8_t status[] = {0x04, 0x0F, 0x02, 0x27, ABORTED_BY_KEY};

    (void)terminal;
    if (till_send(till, status, sizeof status))
        (void)say(till, 0x06, 0x1E, ABORTED_BY_KEY);
}

// What comes after a fault that lets the dialogue go on inside.
static void after_payment(struct card_terminal *terminal, const struct till *till)
{
    if (till->struck == FAULT_FORGET)
        terminal->receipt = 0;
    if (till->struck == FAULT_OTHER) {
        terminal->receipt++;
        terminal->cents += 100;
    }
}

static void authorise(struct card_terminal *terminal, struct till *till, const uint8_t *packet,
                      size_t size)
{
    int64_t cents = 0;

    for (size_t i = 4; i < 10 && i < size; i++)
        cents = cents * 100 + (packet[i] >> 4) * 10 + (packet[i] & 0x0F);
    terminal->authorisations++;
    terminal->cents = cents;
    terminal_write_book(terminal);
    bool goes_on = acknowledge(till) && say(till, 0x04, 0xFF, 0x0A);
    if (goes_on && (payer(terminal, "leaves") || payer(terminal, "races"))) {
        wait_for_stop(terminal, till);
        return;
    }
    goes_on = goes_on && say(till, 0x04, 0xFF, 0x01) && say(till, 0x04, 0xFF, 0x0E);
    if (!goes_on) {
        terminal->payer_stands_there = till->struck == FAULT_BUSY;
        terminal->refusals_left = 2;
        return;
    }
    if (payer(terminal, "declines")) {
        decline(terminal, till);
        return;
    }
    charge(terminal);
    if (say_status(terminal, till))
        (void)say(till, 0x06, 0x0F, 0x00);
    after_payment(terminal, till);
}

// ---- the other commands

static void reverse(struct card_terminal *terminal, struct till *till, const uint8_t *packet,
                    size_t size)
{
    int receipt = 0;

    for (size_t i = 7; i < 9 && i < size; i++)
        receipt = receipt * 100 + (packet[i] >> 4) * 10 + (packet[i] & 0x0F);
    if (!acknowledge(till))
        return;
    if (receipt == terminal->reversed_receipt) {
        (void)say(till, 0x06, 0x1E, ALREADY_REVERSED);
        return;
    }
    if (!say(till, 0x04, 0xFF, 0x0E))
        return;
    terminal->reversed_receipt = receipt;
    terminal->reversed++;
    terminal->receipt = terminal->receipt % 9999 + 1;
    terminal_write_book(terminal);
    if (say_status(terminal, till))
        (void)say(till, 0x06, 0x0F, 0x00);
}

static void repeat_receipt(struct card_terminal *terminal, struct till *till)
{
    if (!acknowledge(till))
        return;
    if (terminal->receipt == 0)
        (void)say(till, 0x06, 0x1E, NO_RECEIPT);
    else if (say_status(terminal, till))
        (void)say(till, 0x06, 0x0F, 0x00);
}

// A payment whose till is gone: refused a few times, then the payer pays.
static bool is_busy(struct card_terminal *terminal, struct till *till)
{
    static const uint8_t refusal[] = {0x84, 0x9C, 0x00};

    if (!terminal->payer_stands_there)
        return false;
    if (till->command == 0x06B0) {
        terminal->payer_stands_there = false; // stopped
        return false;
    }
    if (terminal->refusals_left-- > 0) {
        (void)till_send(till, refusal, sizeof refusal);
        return true;
    }
    terminal->payer_stands_there = false;
    charge(terminal);
    return false;
}

void terminal_serve(struct card_terminal *terminal, struct till *till, const uint8_t *packet,
                    size_t size)
{
    till->command = (unsigned)packet[0] << 8 | packet[1];
    till->message = 0;
    till->struck = FAULT_NONE;
    if (is_busy(terminal, till))
        return;
    switch (till->command) {
    case 0x0600:
    case 0x0501:
        if (acknowledge(till))
            (void)say(till, 0x06, 0x0F, 0x00);
        return;
    case 0x0601:
        authorise(terminal, till, packet, size);
        return;
    case 0x0620:
        repeat_receipt(terminal, till);
        return;
    case 0x0630:
        reverse(terminal, till, packet, size);
        return;
    case 0x0650:
        if (acknowledge(till))
            (void)say(till, 0x06, 0x0F, 0x00);
        return;
    case 0x06B0:
        (void)acknowledge(till);
        return;
    default: // not one of ours
        return;
    }
}
