// eid_signer.h: what the chip computes for PSO: COMPUTE DIGITAL SIGNATURE.
#pragma once
#include <openssl/evp.h>
#include <stdbool.h>

#include "bytes.h"
#include "result.h"

#define EID_SIGNATURE_MAXIMUM 512

// Is `algorithm` (tag 80 of MSE SET) known for this kind of key?
bool eid_signer_knows(EVP_PKEY *key, uint8_t algorithm);

// RSA: PKCS #1 v1.5 over DigestInfo (01) or a hash (02 SHA-1, 08 SHA-256), PSS with a salt as long
// as the hash (10 SHA-1, 20 SHA-256). EC: r and s side by side over a hash (01 SHA-256, 02 SHA-384,
// 04 SHA-512, 40 any). RESULT_INVALID: a length that the algorithm does not take.
enum result eid_signer_sign(EVP_PKEY *key, uint8_t algorithm, struct bytes input,
                            uint8_t signature[EID_SIGNATURE_MAXIMUM], size_t *size);
