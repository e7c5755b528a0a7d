// generation.h: what differs between the generations of Belgian cards, in one table.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pki_authority.h"

struct generation {
    const char *name;
    uint8_t applet_version;       // byte 21 of GET CARD DATA
    bool elliptic;                // authorities and register's key are EC P-384, not RSA
    enum pki_key_kind holder_key; // of both of the holder's keys
    const char *holder_digest;    // with which the authority signs the holder's certificates
    const char *register_digest;  // of the register's signatures
    const char *photo_digest;
    size_t certificate_padding; // zero bytes behind a certificate
    size_t no_certificate_size; // zero bytes instead of one
    size_t
        register_signature_size; // with zero bytes behind a DER signature; 0: as the key makes it
    bool basic_key;              // against copies: EF 4040 and INTERNAL AUTHENTICATE
};

// NULL: none has this name.
const struct generation *generation_find(const char *name);
// Names of all, with blanks between.
const char *generation_names(void);
