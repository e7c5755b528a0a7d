// eid_read.h: from a connected card to files and findings.
#pragma once
#include <openssl/evp.h>

#include "card_reader.h"
#include "eid_certificates.h"
#include "eid_commands.h"

// Tells the kind of the card and reads it. *key: the public key of the authentication certificate,
// owned by the caller, NULL when there is none. On failure files may be there in part.
enum result eid_read_card(struct eid_applet *applet, const struct eid_trust *trust,
                          const struct answer_to_reset *answer, struct card_files *files,
                          struct card_findings *findings, EVP_PKEY **key);
