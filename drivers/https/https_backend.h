// https_backend.h: the municipality over HTTPS: implements backend.h with version 1 of the
// municipal API. README.md says what is checked and when a request may be sent twice.
#pragma once
#include <stdint.h>

#include "backend.h"
#include "result.h"

// Times in milliseconds, sizes in bytes; 0 takes the value in brackets.
struct https_backend_limits {
    uint32_t connect;      // connection and TLS handshake (3000)
    uint32_t total;        // every verb but document (10000)
    uint32_t document;     // (60000)
    uint32_t clock_skew_s; // seconds that the municipality's clock may differ (120)
};

struct https_backend_settings {
    const char *url; // "https://HOST:PORT", nothing behind it
    const char *ca;  // PEM file of the only authority that is trusted
    const char
        *certificate; // PEM file of the terminal; its common name is the terminal's identifier
    const char *key;  // PEM file of the certificate's key
    struct https_backend_limits limits;
};

// Makes libcurl and jansson wipe the memory that they release. Once in the life of the process,
// before any thread exists and before anybody else uses them. RESULT_FAILED: libcurl would not
// start.
enum result https_library_begin(void);
void https_library_end(void);

// Copies the settings and reads the terminal's certificate; connects to nobody yet. Results:
// RESULT_INVALID (the address is not https or too long), RESULT_NOT_FOUND (a file cannot be read),
// RESULT_MALFORMED (a file is not what it should be), RESULT_NO_MEMORY. The caller destroys *out
// when no verb is running.
enum result https_backend_create(const struct https_backend_settings *settings,
                                 struct backend *out);
void https_backend_destroy(struct backend *backend);
