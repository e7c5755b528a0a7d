#include "terminal.h"

#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <string.h>

#include "clock.h"
#include "log.h"

#define STANDING_MS 1000

static bool chain_is_good(gnutls_session_t tls)
{
    unsigned int status = 0;
    gnutls_typed_vdata_st purpose = {.type = GNUTLS_DT_KEY_PURPOSE_OID,
                                     .data = (unsigned char *)GNUTLS_KP_TLS_WWW_CLIENT};

    return gnutls_certificate_verify_peers(tls, &purpose, 1, &status) == GNUTLS_E_SUCCESS &&
           status == 0;
}

// The only common name, without a zero byte inside.
static bool read_name(const gnutls_datum_t *der, char to[TERMINAL_NAME_SIZE])
{
    gnutls_x509_crt_t certificate;
    size_t size = TERMINAL_NAME_SIZE, second = 0;
    bool good;

    if (gnutls_x509_crt_init(&certificate) != GNUTLS_E_SUCCESS)
        return false;
    good = gnutls_x509_crt_import(certificate, der, GNUTLS_X509_FMT_DER) == GNUTLS_E_SUCCESS &&
           gnutls_x509_crt_get_dn_by_oid(certificate, GNUTLS_OID_X520_COMMON_NAME, 0, 0, to,
                                         &size) == GNUTLS_E_SUCCESS &&
           strlen(to) == size &&
           gnutls_x509_crt_get_dn_by_oid(certificate, GNUTLS_OID_X520_COMMON_NAME, 1, 0, NULL,
                                         &second) == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE;
    gnutls_x509_crt_deinit(certificate);
    return good;
}

// RFC 9266: label EXPORTER-Channel-Binding, empty context, 32 bytes.
static bool read_exporter(gnutls_session_t tls, uint8_t to[CHALLENGE_EXPORTER_SIZE])
{
    gnutls_datum_t binding = {};

    if (gnutls_session_channel_binding(tls, GNUTLS_CB_TLS_EXPORTER, &binding) != GNUTLS_E_SUCCESS)
        return false;
    bool good = binding.size == CHALLENGE_EXPORTER_SIZE;
    if (good)
        memcpy(to, binding.data, CHALLENGE_EXPORTER_SIZE);
    gnutls_free(binding.data);
    return good;
}

static bool look_at(struct terminal *terminal, gnutls_session_t tls, const struct fleet *fleet)
{
    unsigned int count = 0;
    const gnutls_datum_t *chain = gnutls_certificate_get_peers(tls, &count);
    struct session_peer *peer = &terminal->peer;

    if (chain == NULL || count == 0 || !chain_is_good(tls) || !read_name(&chain[0], peer->terminal))
        return false;
    if (gnutls_hash_fast(GNUTLS_DIG_SHA256, chain[0].data, chain[0].size,
                         peer->certificate_sha256) != GNUTLS_E_SUCCESS ||
        !read_exporter(tls, peer->exporter))
        return false;
    terminal->listed = fleet_knows(fleet, peer->terminal);
    return true;
}

static enum result ask_book(struct terminal *terminal, struct terminal_book *book)
{
    uint64_t now = clock_monotonic_ms();

    if (terminal->asked && now - terminal->asked_ms < STANDING_MS)
        return RESULT_OK;
    TRY(terminal_book_standing(book, terminal->peer.terminal, terminal->peer.certificate_sha256,
                               &terminal->standing));
    terminal->asked = true;
    terminal->asked_ms = now;
    return RESULT_OK;
}

static enum problem admission_of(struct terminal *terminal, const struct city_hall *hall)
{
    if (!terminal->admitted)
        return PROBLEM_TERMINAL_UNKNOWN;
    if (ask_book(terminal, hall->est.book) != RESULT_OK)
        return PROBLEM_INTERNAL;
    if (terminal->standing == TERMINAL_STANDING_REVOKED)
        return PROBLEM_TERMINAL_REVOKED;
    return terminal->standing == TERMINAL_STANDING_ACTIVE || terminal->listed
               ? PROBLEM_NONE
               : PROBLEM_TERMINAL_UNKNOWN;
}

enum problem terminal_admission(struct terminal *terminal, gnutls_session_t tls,
                                const struct city_hall *hall)
{
    if (!terminal->looked_at) {
        terminal->looked_at = true;
        terminal->admitted = look_at(terminal, tls, hall->fleet);
    }
    enum problem problem = admission_of(terminal, hall);
    if (problem != PROBLEM_NONE)
        log_warning("api", "a connection without a certificate of the fleet that holds", 0);
    return problem;
}
