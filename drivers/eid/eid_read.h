// eid_read.h: from a connected card to files and findings, in two steps: what has to be known
// before a PIN is asked for, and the rest, which may be read while it is typed.
#pragma once
#include <openssl/evp.h>

#include "card_reader.h"
#include "eid_certificates.h"
#include "eid_commands.h"
#include "eid_contents.h"

// The card in the slot, between the two steps and afterwards. Zero-initialised; of the thread that
// uses the card.
struct eid_reading {
    struct card_findings findings; // so far
    bool goes_on;                  // a resident's card whose rest is still to be read
    struct eid_contents contents;  // until then
    struct secret_room *room;      // that they lie in
};
// Wipes what was read; the findings stay.
void eid_reading_forget(struct eid_applet *applet, struct eid_reading *reading);

// Tells the kind of the card; of an eID reads the identity and asks for the PIN's tries. Nothing of
// it is checked yet. RESULT_MALFORMED: an eID whose identity breaks its format; else as
// eid_commands.h says.
enum result eid_look(struct eid_applet *applet, const struct answer_to_reset *answer,
                     struct eid_reading *reading);

// Goes on where eid_look stopped (`goes_on`), and judges. *key: the public key of the
// authentication certificate, owned by the caller, NULL when there is none. On failure files may be
// there in part.
enum result eid_read_rest(struct eid_applet *applet, const struct eid_trust *trust,
                          struct eid_reading *reading, struct card_files *files, EVP_PKEY **key);
