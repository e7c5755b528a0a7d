// tls_binding.h: what ties a message to the TLS connection that an answer came on.
#pragma once
#include <curl/curl.h>
#include <openssl/x509.h>

#include "challenge.h"
#include "result.h"

struct tls_binding {
    uint8_t exporter[EXPORTER_SIZE];
    X509 *server; // owned; NULL when nothing was read
};

// Only inside a callback of the transfer: afterwards libcurl does not say which connection it was.
enum result tls_binding_read(CURL *transfer, struct tls_binding *out);
void tls_binding_clear(struct tls_binding *binding);

// Is the server's verified certificate valid for this DNS name?
bool tls_binding_is_server(const struct tls_binding *binding, const char *name);
