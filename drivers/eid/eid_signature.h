// eid_signature.h: the two kinds of signature around a card: the register's over its files, and the
// chip's over a challenge. The algorithm always follows from the key in the certificate.
#pragma once
#include <openssl/evp.h>
#include <stdbool.h>

#include "bytes.h"
#include "result.h"

// Is `signature` (a whole signature file) the register's over the identity file? The size of the
// photo's hash, a field of that file, is a hint at the hash that RSA cards were signed with.
bool eid_identity_signature_valid(EVP_PKEY *signer, struct bytes identity, struct bytes signature,
                                  size_t photo_hash_size);

// The same over the address file without its padding and the whole identity signature file.
bool eid_address_signature_valid(EVP_PKEY *signer, struct bytes address,
                                 struct bytes identity_signature, struct bytes signature,
                                 size_t photo_hash_size);

// How the chip has to be asked for a signature with this key.
#define EID_HASH_MAXIMUM 64
#define EID_DIGEST_INFO_MAXIMUM (19 + EID_HASH_MAXIMUM)
struct eid_signing_plan {
    const EVP_MD *hash;
    uint8_t algorithm;   // tag 80 of MSE SET
    bool in_digest_info; // the chip wants the hash inside a DigestInfo (RFC 8017, 9.2)
};

// `applet_version` is byte 21 of GET CARD DATA. RESULT_INVALID: a key that no card has.
enum result eid_signing_plan_make(EVP_PKEY *key, uint8_t applet_version,
                                  struct eid_signing_plan *out);

// What goes to the chip for `message`.
enum result eid_signing_input(const struct eid_signing_plan *plan, struct bytes message,
                              uint8_t out[EID_DIGEST_INFO_MAXIMUM], size_t *size);

// Is `signature` (r and s side by side) one by the EC `key` over `hash` itself?
bool eid_hash_signature_valid(EVP_PKEY *key, struct bytes hash, struct bytes signature);

// Is `signature`, as the chip gives it (RSA number, or r and s side by side), one over `message`?
bool eid_chip_signature_valid(EVP_PKEY *key, const struct eid_signing_plan *plan,
                              struct bytes message, struct bytes signature);
