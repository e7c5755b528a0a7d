// pcsc_channel.h: one card slot through PC/SC (pcsc-lite), as a card channel.
#pragma once
#include "card_channel.h"
#include "owned.h"
#include "result.h"

struct pcsc_channel_settings {
    // A part of the reader's name as pcscd tells it; the first reader that has it is taken. NULL or
    // empty: the only reader there is; with several, none is taken.
    const char *reader;
    // For readers that answer nonsense when asked too fast (belgian-eID cards on some: 3); else 0.
    uint32_t delay_before_transmit_ms;
};

struct pcsc_channel;

// Touches no reader and asks no daemon: a missing one is found out by the verbs, and found again by
// them when it comes back. Starts one thread, which sleeps but for cancel_watch.
enum result pcsc_channel_create(const struct pcsc_channel_settings *settings,
                                struct pcsc_channel **out);

// No verb may be running. Disconnects and resets the card. NULL is fine.
void pcsc_channel_destroy(struct pcsc_channel *channel);
DEFINE_OWNED(pcsc_channel)

// The port; it lives as long as the channel. watch has a PC/SC context of its own and shares
// nothing with the other verbs, so that it may block in one thread while another uses the card.
// libpcsclite has no time limit of its own: with a pcscd that is stopped, not ended, every verb
// blocks.
struct card_channel pcsc_channel_port(struct pcsc_channel *channel);

// What went over the connection since the channel was made: every exchange with the card, also
// those that fetch the rest of an answer. Status words count as received. Of the thread that uses
// the card.
struct pcsc_traffic {
    uint64_t exchanges, bytes_sent, bytes_received;
    uint64_t nanoseconds; // spent in them
    uint64_t entries;     // of a PIN at the reader's keys, which are no exchange of ours
};
struct pcsc_traffic pcsc_channel_traffic(const struct pcsc_channel *channel);
