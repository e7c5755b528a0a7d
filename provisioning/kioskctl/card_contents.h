// card_contents.h: a whole card, read from a slot or handed over as files, and what is to be
// thought of it. The terminal itself goes another way and never reads the photo.
#pragma once
#include "card_channel.h"
#include "card_reader.h"
#include "eid_certificates.h"
#include "eid_identity.h"

enum card_file {
    CARD_FILE_IDENTITY,
    CARD_FILE_IDENTITY_SIGNATURE,
    CARD_FILE_ADDRESS,
    CARD_FILE_ADDRESS_SIGNATURE,
    CARD_FILE_PHOTO,
    CARD_FILE_REGISTER_CERTIFICATE,
    CARD_FILE_AUTHENTICATION_CERTIFICATE,
    CARD_FILE_ISSUER_CERTIFICATE, // only when no configured authority signed the one before
    CARD_FILE_COUNT
};

#define CARD_FILE_MAXIMUM 65536

struct card_contents {
    struct secret *files[CARD_FILE_COUNT]; // owned; NULL: not read, or not on this card
};
void card_contents_wipe(struct card_contents *contents);
// Empty when the file is not there.
struct bytes card_contents_file(const struct card_contents *contents, enum card_file file);

struct card_chip {
    struct answer_to_reset answer; // size 0: the card is mute
    bool asked;                    // the two below come from the chip
    uint8_t applet_version;        // 0x17: applet 1.7
    uint8_t number[16];
};

struct card_wish {
    bool whole; // everything, or what follows
    bool identity, address;
    const struct eid_trust *trust; // NULL: none is configured
};

// Reads the card that is connected to `channel`; blocks for the exchanges. After a transport error
// the card is reset and read again from the beginning, once. RESULT_NOT_FOUND: no Belgian eID;
// RESULT_REFUSED: not activated; RESULT_MALFORMED: files that break their format; else as the
// channel.
enum result card_contents_read(struct card_channel channel, const struct card_wish *wish,
                               struct card_contents *contents, struct card_chip *chip);

struct card_verdict {
    enum check identity_signature, address_signature, photo_hash, certificate_chain;
};
bool card_verdict_is_bad(const struct card_verdict *verdict);

// `trust` NULL: the chain is not checked. `chip` NULL, or not asked: no card was there. `at`: when
// the holder's certificate must be valid (Unix seconds). A check whose files are not there is not
// done; a file that cannot be decoded makes its check invalid.
struct card_verdict card_contents_judge(const struct card_contents *contents,
                                        const struct eid_trust *trust, const struct card_chip *chip,
                                        int64_t at);
