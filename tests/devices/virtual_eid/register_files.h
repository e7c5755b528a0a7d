// register_files.h: the identity and address files of a card and the register's signatures.
#pragma once
#include "bytes.h"
#include "generation.h"
#include "pki_authority.h"
#include "resident.h"
#include "result.h"

#define REGISTER_FILE_MAXIMUM 1024
struct register_file {
    uint8_t bytes[REGISTER_FILE_MAXIMUM];
    size_t size;
};

// Tag, length as a sum of bytes, value. RESULT_TOO_LARGE.
// `basic_key`: the chip's public key file, empty before applet 1.8.
enum result register_file_identity(const struct resident *resident,
                                   const struct generation *generation, struct bytes photo,
                                   struct bytes basic_key, struct register_file *out);
// Padded with zero bytes to the fixed size of the file.
enum result register_file_address(const struct resident *resident, struct register_file *out);

// Over both parts, one after the other: RSA PKCS #1 v1.5, or ECDSA in DER with zero bytes behind it
// up to the size of the generation.
enum result register_file_sign(const struct pki_identity *signer,
                               const struct generation *generation, struct bytes first,
                               struct bytes second, struct register_file *out);

// The part that the register signs: without the padding.
struct bytes register_file_unpadded(const struct register_file *file);
