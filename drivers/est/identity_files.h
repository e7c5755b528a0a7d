// identity_files.h: where a terminal's identity lies: DIR/kiosk.key, DIR/kiosk.pem and
// DIR/trust/tls-ca.pem.
#pragma once
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "result.h"

struct identity {
    EVP_PKEY *key;
    X509 *certificate, *anchor;
};

// Makes sure, before a code is used up, that the files can be written there. RESULT_FAILED: errno
// says why.
enum result identity_files_prepare(const char *directory);

// Writes all three beside their places, synced, then renames them; the key with mode 0600, and last
// of all the certificate: without it there is no new identity. RESULT_FAILED: errno says why; what
// was there before still is.
enum result identity_files_write(const char *directory, const struct identity *identity);
