// card_reader.h: what the terminal wishes for from its card slot: notice a card, read a Belgian
// eID, have the PIN verified, sign one challenge, let go.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "language.h"
#include "result.h"
#include "secret.h"

enum card_presence {
    CARD_PRESENCE_UNKNOWN, // before the first look
    CARD_PRESENCE_NO_READER,
    CARD_PRESENCE_ABSENT,
    CARD_PRESENCE_PRESENT,
    CARD_PRESENCE_MUTE, // something is in the slot and does not answer to reset
};

enum card_kind {
    CARD_KIND_EID,
    CARD_KIND_KIDS, // document type 06: nothing is kept beyond the type
    CARD_KIND_BANK,
    CARD_KIND_FOREIGN,
    CARD_KIND_OTHER,
    CARD_KIND_MUTE,
};

enum check { CHECK_NOT_DONE, CHECK_VALID, CHECK_INVALID };

// The files of one card as read, in the order in which the backend wants them. Owned by the caller,
// one secret each; an absent file is NULL.
struct card_files {
    struct secret *identity;
    struct secret *identity_signature;
    struct secret *address;
    struct secret *address_signature;
    struct secret *authentication_certificate; // DER, without the card's padding
    struct secret *issuer_certificate;         // DER of the authority above it
    struct secret *register_certificate;       // DER; signed identity and address (RRN)
};

// A second set, for whoever may lose it; `copy` is empty before, and after RESULT_NO_MEMORY.
enum result card_files_copy(const struct card_files *files, struct card_files *copy);

// Wipes and frees what is there and sets every member to NULL.
void card_files_wipe(struct card_files *files);

// What the terminal may know about a card; no personal datum is in it.
struct card_findings {
    enum card_kind kind;
    enum check identity_signature; // by the key of the card's own register certificate
    enum check address_signature;
    // Both certificates lead to a configured root, and belong to this chip and this national
    // number.
    enum check certificate_chain;
    // The chip has proved itself with a key of its own. Not done: chips before applet 1.8 cannot.
    enum check genuine_chip;
    bool activated; // the files can be read and, as soon as `read` knows, there is a certificate
    int pin_tries_left; // -1: the card does not say
    // Days since 1970-01-01 of the last day of card and certificate, whichever ends first; 0
    // unknown. What has ended is no fault of certificate_chain.
    int64_t valid_until_day;
    bool pin_pad; // the reader has keys of its own for the PIN; told of an eID alone
};

// How an entry at the reader's own keys ended; nothing but SENT has used a try.
enum pin_entry {
    PIN_ENTRY_SENT, // to the card, which answered; always so with a PIN from elsewhere
    PIN_ENTRY_CANCELLED,
    PIN_ENTRY_TIMED_OUT,
    PIN_ENTRY_WRONG_LENGTH,
};

struct pin_outcome {
    enum pin_entry entry;
    bool accepted;
    int tries_left; // after this try; 0 blocked, -1 unknown; meaningless when accepted
};

#define CARD_SIGNATURE_MAXIMUM 512
struct card_signature {
    uint8_t bytes[CARD_SIGNATURE_MAXIMUM];
    size_t size;
};

// Two threads at most: one calls watch, the other all the rest, one verb at a time; watch shares
// nothing with the others. The two cancels may come from any thread and never block. Besides the
// results named below each verb may return RESULT_REMOVED (card out), RESULT_UNREACHABLE (reader or
// pcscd gone), RESULT_BUSY (another process holds the card), RESULT_CANCELLED, RESULT_FAILED.
struct card_reader_verbs {
    // Returns when the presence differs from `known` (at once if it already does). A card that was
    // changed for another between two calls is told as ABSENT first. No time limit: only an event
    // or cancel_watch ends it. A missing reader or service is told as NO_READER, not as a failure.
    enum result (*watch)(void *self, enum card_presence known, enum card_presence *now);

    // The watch that runs now, or else the next one, returns RESULT_CANCELLED.
    void (*cancel_watch)(void *self);

    // What has to be known before a PIN is asked for, so that the rest may be read while it is
    // typed: connects exclusively, tells the kind, and of an eID reads the identity and asks for
    // the tries. No check is done yet, and the identity is believed until `read`: a PIN is sent to
    // no card of which `read` did not find everything valid. RESULT_OK also for a card that is not
    // wanted: the findings say so, and `read` would find no more. RESULT_MALFORMED as `read`.
    enum result (*look)(void *self, struct card_findings *findings);

    // Goes on where `look` stopped, or begins with it, and checks the files. After an error of the
    // reader each of the two is tried again once, from the beginning. `files` (empty before, by
    // card_files_wipe) is filled for an activated CARD_KIND_EID alone; on failure it is empty
    // again. RESULT_OK also for a card that is not wanted: the findings say so. RESULT_MALFORMED:
    // an eID whose files break their format. A card stays connected until release.
    enum result (*read)(void *self, struct card_files *files, struct card_findings *findings);

    // One VERIFY, never repeated by the driver, not even after a transport error. The tries left
    // are looked at first: with none left nothing is sent and the outcome says 0. RESULT_INVALID:
    // not 4 to 12 digits, or no eID was read; nothing was sent.
    enum result (*verify_pin)(void *self, const struct secret *pin, struct pin_outcome *outcome);

    // The same with a PIN that is typed at the reader's own keys and never comes here. The reader
    // waits `seconds` (1 to 255) for the first key, and for each next one; `language` is that of
    // its display. `cancel` cannot end the entry: it lasts until the reader's time is over or the
    // card is out. The result is RESULT_CANCELLED then, and a right that was given meanwhile is
    // taken back at once. RESULT_REFUSED: the reader has no keys, or does not want to use them.
    enum result (*verify_pin_on_pad)(void *self, int seconds, enum language language,
                                     struct pin_outcome *outcome);

    // Signs `message` with the authentication key; hash and scheme follow from the certificate's
    // key (RSA: SHA-256 with RSASSA-PKCS1-v1_5; EC: ECDSA, raw r||s, hash as long as the curve
    // asks). RESULT_REFUSED: the card wants the PIN first.
    enum result (*sign)(void *self, struct bytes message, struct card_signature *signature);

    // Takes back the right that the PIN gave (LOG OFF); the card stays connected.
    enum result (*log_off)(void *self);

    // Logs off, resets the card and disconnects. May be called at any time and again; what was
    // known of the card is forgotten whatever it returns.
    enum result (*release)(void *self);

    // The verbs that follow, but for watch, belong to the job of this number, until the next begin.
    void (*begin)(void *self, uint32_t number);

    // A read, verify_pin, verify_pin_on_pad or sign of this job that runs, or has yet to run,
    // returns RESULT_CANCELLED before its next exchange with the card; those of other jobs notice
    // nothing. log_off and release are never cut short.
    void (*cancel)(void *self, uint32_t number);
};

struct card_reader {
    const struct card_reader_verbs *verbs;
    void *self;
};
