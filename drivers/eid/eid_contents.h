// eid_contents.h: a whole card, read from a slot or handed over as files, and what is to be thought
// of it. The terminal and the tools read and judge with the same code and differ in what they wish.
#pragma once
#include "card_channel.h"
#include "card_reader.h"
#include "eid_certificates.h"
#include "eid_commands.h"

enum eid_content {
    EID_CONTENT_IDENTITY,
    EID_CONTENT_IDENTITY_SIGNATURE,
    EID_CONTENT_ADDRESS,
    EID_CONTENT_ADDRESS_SIGNATURE,
    EID_CONTENT_PHOTO,
    EID_CONTENT_REGISTER_CERTIFICATE,       // of the key that signed identity and address
    EID_CONTENT_AUTHENTICATION_CERTIFICATE, // the holder's
    EID_CONTENT_ISSUER_CERTIFICATE,         // only when no configured authority signed the holder's
    EID_CONTENT_BASIC_KEY,                  // the chip's, applet 1.8 only
    EID_CONTENT_COUNT
};

// Files as read, certificates without their padding. Owned; NULL: not read, or not on this card.
struct eid_contents {
    struct secret *files[EID_CONTENT_COUNT];
    // Has the chip signed a challenge of ours with its basic key? Not done where the identity does
    // not say that it has one.
    enum check chip_proof;
};
void eid_contents_wipe(struct eid_contents *contents);
// A room of this size holds the files of every real card.
#define EID_CONTENTS_ROOM 32768
// Empty when the file is not there.
struct bytes eid_contents_file(const struct eid_contents *contents, enum eid_content which);

struct eid_wish {
    bool identity, address;
    bool register_files; // both of these with their signatures and the register's certificate
    bool photo;
    bool holder; // the holder's certificate; a card without one is no failure
    bool chip;   // the basic key and the chip's proof, where the identity names one
    const struct eid_trust *trust; // knows authorities above the holder's; NULL: none
};

// Reads what is wished for and not in `contents` yet, from a card that was recognised; blocks for
// the exchanges. RESULT_NOT_FOUND: a file that every eID has is not there; RESULT_REFUSED: not
// activated; RESULT_MALFORMED: larger than any card's; else as the channel. What was read before a
// failure stays.
enum result eid_contents_read(struct eid_applet *applet, const struct eid_wish *wish,
                              struct eid_contents *contents);

// What the chip says of itself (GET CARD DATA).
struct eid_chip {
    struct answer_to_reset answer; // size 0: the card is mute
    bool asked;                    // the two below come from the chip
    uint8_t applet_version;        // 0x17: applet 1.7
    uint8_t number[16];
};

// Two ways for tools to read a card. RESULT_NOT_FOUND: no Belgian eID; RESULT_REFUSED and
// RESULT_MALFORMED as above.
typedef enum result eid_contents_way(struct eid_applet *applet, const struct eid_wish *wish,
                                     struct eid_contents *contents, struct eid_chip *chip);
// Identity and address alone; the chip is not asked. Needs no libcrypto, so that a program which
// does no more is there at once.
eid_contents_way eid_contents_read_name;
// All that is wished for, after the chip was asked.
eid_contents_way eid_contents_read_whole;

// The card that is connected to `channel`, in one go. `contents` is empty before, and again after a
// failure. After a transport error the card is reset and read again from the beginning, once.
enum result eid_contents_read_card(struct card_channel channel, eid_contents_way *way,
                                   const struct eid_wish *wish, struct eid_contents *contents,
                                   struct eid_chip *chip);

// CHECK_NOT_DONE where a file that the check needs is not there.
struct eid_verification {
    enum check identity_signature, address_signature; // by the register certificate's key
    enum check photo_hash;
    // Register's and holder's certificate lead to a root and may do what they are for, whenever.
    enum check certificate_chain;
    enum check chip_number;  // GET CARD DATA's against the identity file's
    enum check genuine_chip; // no copy: its key is the one that the identity names, and it has it
    enum check national_number; // the holder's certificate's against the identity file's
    // The given time is within the dates of the card, and of the holder's certificate: each ends
    // on its own.
    enum check card_dates, certificate_dates;
};

// Touches no card and never fails: a file that cannot be decoded makes its check invalid. `trust`
// NULL: the chain is not checked. `chip` NULL, or not asked: no card was there. `at`: Unix seconds;
// 0: the dates are not checked.
struct eid_verification eid_contents_verify(const struct eid_contents *contents,
                                            const struct eid_trust *trust,
                                            const struct eid_chip *chip, int64_t at);
