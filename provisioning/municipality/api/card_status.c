#include "card_status.h"

#include <openssl/err.h>
#include <openssl/http.h>
#include <openssl/ocsp.h>
#include <stdbool.h>

#include "log.h"
#include "openssl_owned.h"

#define ANSWER_MAXIMUM (64 * 1024)
// How far the clocks of responder and municipality may be apart.
#define SKEW_SECONDS 120

struct responder {
    char *host, *port, *path; // OpenSSL's
};

static void responder_clear(struct responder *responder)
{
    OPENSSL_free(responder->host);
    OPENSSL_free(responder->port);
    OPENSSL_free(responder->path);
}

static enum result parse(const char *url, struct responder *out)
{
    int tls = 0;

    *out = (struct responder){};
    if (OSSL_HTTP_parse_url(url, &tls, NULL, &out->host, &out->port, NULL, &out->path, NULL,
                            NULL) != 1) {
        ERR_clear_error();
        return RESULT_INVALID;
    }
    return tls == 0 ? RESULT_OK : RESULT_INVALID; // the answer carries its own signature
}

enum result card_status_settings_check(const struct card_status_settings *settings)
{
    __attribute__((cleanup(responder_clear))) struct responder responder = {};

    return settings->responder == NULL ? RESULT_OK : parse(settings->responder, &responder);
}

// The certificate's name in questions: SHA-1, which every responder knows (RFC 5019, 2.1.1).
static OCSP_REQUEST *make_request(X509 *certificate, X509 *issuer)
{
    scoped(OCSP_REQUEST) request = OCSP_REQUEST_new();
    OCSP_CERTID *id = OCSP_cert_to_id(EVP_sha1(), certificate, issuer);

    if (request == NULL || id == NULL || OCSP_request_add0_id(request, id) == NULL) {
        OCSP_CERTID_free(id);
        return NULL;
    }
    if (OCSP_request_add1_nonce(request, NULL, 32) != 1)
        return NULL;
    OCSP_REQUEST *made = request;
    request = NULL;
    return made;
}

static OCSP_RESPONSE *exchange(const struct card_status_settings *settings,
                               const OCSP_REQUEST *request)
{
    __attribute__((cleanup(responder_clear))) struct responder to = {};
    scoped(BIO) question = BIO_new(BIO_s_mem());
    scoped(BIO) answer = NULL;

    if (question == NULL || parse(settings->responder, &to) != RESULT_OK ||
        i2d_OCSP_REQUEST_bio(question, request) != 1)
        return NULL;
    // The host is named as one without a proxy: none of the environment's gets between.
    answer =
        OSSL_HTTP_transfer(NULL, to.host, to.port, to.path, 0, NULL, to.host, NULL, NULL, NULL,
                           NULL, 0, NULL, "application/ocsp-request", question,
                           "application/ocsp-response", 1, ANSWER_MAXIMUM, settings->seconds, 0);
    return answer == NULL ? NULL : d2i_OCSP_RESPONSE_bio(answer, NULL);
}

static bool signed_by_authority(OCSP_BASICRESP *basic, STACK_OF(X509) * roots,
                                STACK_OF(X509) * between, X509 *issuer)
{
    scoped(X509_STORE) store = X509_STORE_new();
    STACK_OF(X509) *known = between == NULL ? sk_X509_new_null() : sk_X509_dup(between);
    bool good = store != NULL && known != NULL && sk_X509_push(known, issuer) > 0;

    for (int i = 0; good && i < sk_X509_num(roots); i++)
        good = X509_STORE_add_cert(store, sk_X509_value(roots, i)) == 1;
    good = good && OCSP_basic_verify(basic, known, store, 0) == 1;
    sk_X509_free(known);
    return good;
}

// What a believed answer says of this certificate; `oldest` in seconds, -1: of any age.
static enum card_status read_status(OCSP_BASICRESP *basic, OCSP_REQUEST *request, long oldest)
{
    OCSP_CERTID *id = OCSP_onereq_get0_id(OCSP_request_onereq_get0(request, 0));
    ASN1_GENERALIZEDTIME *made = NULL, *until = NULL;
    int status = V_OCSP_CERTSTATUS_UNKNOWN;

    if (OCSP_resp_find_status(basic, id, &status, NULL, NULL, &made, &until) != 1 ||
        OCSP_check_validity(made, until, SKEW_SECONDS, oldest) != 1)
        return CARD_STATUS_NOT_TOLD;
    if (status == V_OCSP_CERTSTATUS_GOOD)
        return CARD_STATUS_GOOD;
    return status == V_OCSP_CERTSTATUS_REVOKED ? CARD_STATUS_REVOKED : CARD_STATUS_UNKNOWN;
}

static enum card_status judge(const struct card_status_settings *settings, OCSP_REQUEST *request,
                              OCSP_RESPONSE *response, X509 *issuer, STACK_OF(X509) * roots,
                              STACK_OF(X509) * between)
{
    if (response == NULL || OCSP_response_status(response) != OCSP_RESPONSE_STATUS_SUCCESSFUL)
        return CARD_STATUS_NOT_TOLD;
    scoped(OCSP_BASICRESP) basic = OCSP_response_get1_basic(response);
    if (basic == NULL || !signed_by_authority(basic, roots, between, issuer))
        return CARD_STATUS_NOT_TOLD;
    int nonce = OCSP_check_nonce(request, basic);
    if (nonce == 0)
        return CARD_STATUS_NOT_TOLD; // made for another question
    // -1: the responder signs beforehand (RFC 5019, section 4) and does not repeat it.
    return read_status(basic, request, nonce == 1 ? -1 : settings->oldest_seconds);
}

enum card_status card_status_ask(const struct card_status_settings *settings, X509 *certificate,
                                 X509 *issuer, STACK_OF(X509) * roots, STACK_OF(X509) * between)
{
    if (settings->responder == NULL)
        return CARD_STATUS_GOOD;
    scoped(OCSP_REQUEST) request = make_request(certificate, issuer);
    if (request == NULL)
        return CARD_STATUS_NOT_TOLD;
    scoped(OCSP_RESPONSE) response = exchange(settings, request);
    enum card_status status = judge(settings, request, response, issuer, roots, between);
    ERR_clear_error();
    if (status != CARD_STATUS_NOT_TOLD)
        return status;
    log_warning("card", "the card authority's responder gives no answer to be believed", 0);
    return settings->accepted_when_down ? CARD_STATUS_GOOD : CARD_STATUS_NOT_TOLD;
}
