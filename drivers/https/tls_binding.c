#include "tls_binding.h"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <string.h>

#define LABEL "EXPORTER-Channel-Binding" // RFC 9266, 4: with an empty context

enum result tls_binding_read(CURL *transfer, struct tls_binding *out)
{
    struct curl_tlssessioninfo *session = NULL;

    tls_binding_clear(out);
    if (curl_easy_getinfo(transfer, CURLINFO_TLS_SSL_PTR, &session) != CURLE_OK ||
        session == NULL || session->backend != CURLSSLBACKEND_OPENSSL || session->internals == NULL)
        return RESULT_FAILED;
    SSL *connection = session->internals;
    if (SSL_version(connection) != TLS1_3_VERSION ||
        SSL_export_keying_material(connection, out->exporter, sizeof out->exporter, LABEL,
                                   strlen(LABEL), NULL, 0, 1) != 1)
        return RESULT_FAILED;
    out->server = SSL_get1_peer_certificate(connection);
    return out->server != NULL ? RESULT_OK : RESULT_FAILED;
}

void tls_binding_clear(struct tls_binding *binding)
{
    X509_free(binding->server);
    *binding = (struct tls_binding){};
}

bool tls_binding_is_server(const struct tls_binding *binding, const char *name)
{
    return binding->server != NULL && X509_check_host(binding->server, name, 0, 0, NULL) == 1;
}
