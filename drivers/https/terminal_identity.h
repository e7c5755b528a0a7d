// terminal_identity.h: who this terminal is, from its own certificate.
#pragma once
#include "challenge.h"
#include "https_backend.h"

// RFC 5280, appendix A: a common name has at most 64 characters, here bytes, with its NUL.
#define TERMINAL_NAME_SIZE 65

struct terminal_identity {
    char name[TERMINAL_NAME_SIZE];
    uint8_t certificate_digest[DIGEST_SIZE];
};

// Also checks that certificate, key and authority can be read and that certificate and key belong
// together. Results as https_backend_create.
enum result terminal_identity_read(const struct https_backend_settings *settings,
                                   struct terminal_identity *out);
