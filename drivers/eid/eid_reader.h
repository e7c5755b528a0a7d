// eid_reader.h: the Belgian eID in a card slot, as the terminal's card reader.
#pragma once
#include "card_channel.h"
#include "card_reader.h"
#include "owned.h"
#include "result.h"

struct eid_reader_settings {
    struct card_channel channel; // borrowed: must outlive the reader
    const char *roots;           // PEM file: the roots that this municipality trusts
    // PEM file of the authorities below them; NULL or empty: they are read from each card.
    const char *issuers;
};

struct eid_reader;

// Reads the two files; touches no card. RESULT_NOT_FOUND: no such file; RESULT_MALFORMED: no
// certificate in it.
enum result eid_reader_create(const struct eid_reader_settings *settings, struct eid_reader **out);

// No verb may be running. Lets go of the card as release does. NULL is fine.
void eid_reader_destroy(struct eid_reader *reader);
DEFINE_OWNED(eid_reader)

// The port; it lives as long as the reader. The files of a card stay with the caller; the reader
// keeps the public key of the authentication certificate from read to release, nothing else.
struct card_reader eid_reader_port(struct eid_reader *reader);
