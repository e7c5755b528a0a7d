#include "time_stamper.h"

#include <openssl/err.h>
#include <openssl/http.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "clock.h"
#include "log.h"
#include "str.h"

#define LIMIT_SECONDS 3
#define REST_MS 5000
#define ANSWER_MAXIMUM 8192
#define PLAUSIBLE_SECONDS 300
#define NONCE_BYTES 16

struct time_stamper {
    char *host, *port, *path;
    X509 *authority;
    _Atomic uint64_t silent_until_ms; // clock_monotonic_ms
};

#define RELEASED_BY(release) __attribute__((cleanup(release)))

static void release_bio(BIO **bio)
{
    BIO_free(*bio);
}

static void release_request(TS_REQ **request)
{
    TS_REQ_free(*request);
}

static void release_response(TS_RESP **response)
{
    TS_RESP_free(*response);
}

static void release_rules(TS_VERIFY_CTX **rules)
{
    TS_VERIFY_CTX_free(*rules);
}

static void release_token(PKCS7 **token)
{
    PKCS7_free(*token);
}

enum result time_stamper_create(const char *url, X509 *authority, struct time_stamper **out)
{
    owned(time_stamper) stamper = calloc(1, sizeof *stamper);
    int secured = 0;

    if (stamper == NULL)
        return RESULT_NO_MEMORY;
    if (!str_starts_with(url, "http://") ||
        OSSL_HTTP_parse_url(url, &secured, NULL, &stamper->host, &stamper->port, NULL,
                            &stamper->path, NULL, NULL) != 1 ||
        X509_up_ref(authority) != 1) {
        ERR_clear_error();
        return RESULT_INVALID;
    }
    stamper->authority = authority;
    *out = take(stamper);
    return RESULT_OK;
}

void time_stamper_destroy(struct time_stamper *time_stamper)
{
    if (time_stamper == NULL)
        return;
    OPENSSL_free(time_stamper->host);
    OPENSSL_free(time_stamper->port);
    OPENSSL_free(time_stamper->path);
    X509_free(time_stamper->authority);
    free(time_stamper);
}

bool time_stamper_is_down(const struct time_stamper *stamper)
{
    return clock_monotonic_ms() < atomic_load(&stamper->silent_until_ms);
}

// ---- asking -----------------------------------------------------------------------------------

static bool set_imprint(TS_REQ *request, struct bytes octets)
{
    uint8_t digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
    X509_ALGOR *algorithm = X509_ALGOR_new();
    bool good = imprint != NULL && algorithm != NULL &&
                EVP_Digest(octets.data, octets.size, digest, &size, EVP_sha256(), NULL) == 1 &&
                X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL) == 1 &&
                TS_MSG_IMPRINT_set_algo(imprint, algorithm) == 1 &&
                TS_MSG_IMPRINT_set_msg(imprint, digest, (int)size) == 1 &&
                TS_REQ_set_msg_imprint(request, imprint) == 1;

    TS_MSG_IMPRINT_free(imprint);
    X509_ALGOR_free(algorithm);
    return good;
}

// By the nonce an old answer is told from this one.
static bool set_nonce(TS_REQ *request)
{
    uint8_t random[NONCE_BYTES];
    BIGNUM *number =
        RAND_bytes(random, sizeof random) == 1 ? BN_bin2bn(random, sizeof random, NULL) : NULL;
    ASN1_INTEGER *nonce = number == NULL ? NULL : BN_to_ASN1_INTEGER(number, NULL);
    bool good = nonce != NULL && TS_REQ_set_nonce(request, nonce) == 1;

    ASN1_INTEGER_free(nonce);
    BN_free(number);
    return good;
}

static TS_REQ *make_request(struct bytes octets)
{
    TS_REQ *request = TS_REQ_new();

    if (request != NULL && TS_REQ_set_version(request, 1) == 1 && set_imprint(request, octets) &&
        TS_REQ_set_cert_req(request, 1) == 1 && set_nonce(request))
        return request;
    TS_REQ_free(request);
    return NULL;
}

static enum result exchange(const struct time_stamper *stamper, TS_REQ *request, TS_RESP **out)
{
    RELEASED_BY(release_bio) BIO *question = BIO_new(BIO_s_mem());

    if (question == NULL || i2d_TS_REQ_bio(question, request) != 1)
        return RESULT_NO_MEMORY;
    RELEASED_BY(release_bio)
    BIO *answer =
        OSSL_HTTP_transfer(NULL, stamper->host, stamper->port, stamper->path, 0, "", NULL, NULL,
                           NULL, NULL, NULL, 0, NULL, "application/timestamp-query", question,
                           "application/timestamp-reply", 1, ANSWER_MAXIMUM, LIMIT_SECONDS, 0);
    if (answer == NULL)
        return RESULT_UNREACHABLE;
    *out = d2i_TS_RESP_bio(answer, NULL);
    return *out == NULL ? RESULT_REFUSED : RESULT_OK;
}

// ---- judging ----------------------------------------------------------------------------------

// A store that trusts the one authority now; its certificates stand directly under it.
static X509_STORE *store_of(X509 *authority)
{
    X509_STORE *store = X509_STORE_new();

    if (store == NULL || X509_STORE_add_cert(store, authority) != 1) {
        X509_STORE_free(store);
        return NULL;
    }
    X509_VERIFY_PARAM *parameters = X509_STORE_get0_param(store);
    X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_X509_STRICT | X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_depth(parameters, 0);
    X509_VERIFY_PARAM_set_auth_level(parameters, 2);
    return store;
}

// The rules of an answer: status, signature, purpose (time stamping alone, critical), version,
// imprint, and the request's nonce and policy.
static bool answer_holds(TS_REQ *request, TS_RESP *response, X509 *authority)
{
    RELEASED_BY(release_rules) TS_VERIFY_CTX *rules = TS_REQ_to_TS_VERIFY_CTX(request, NULL);
    X509_STORE *store = rules == NULL ? NULL : store_of(authority);

    if (store == NULL)
        return false;
    TS_VERIFY_CTX_set_store(rules, store);
    TS_VERIFY_CTX_add_flags(rules, TS_VFY_SIGNATURE);
    return TS_RESP_verify_response(rules, response) == 1;
}

enum result time_stamper_stamp(struct time_stamper *stamper, struct bytes octets, uint8_t **token,
                               int *size)
{
    RELEASED_BY(release_request) TS_REQ *request = NULL;
    RELEASED_BY(release_response) TS_RESP *response = NULL;

    if (time_stamper_is_down(stamper))
        return RESULT_UNREACHABLE;
    request = make_request(octets);
    if (request == NULL)
        return RESULT_NO_MEMORY;
    enum result result = exchange(stamper, request, &response);
    if (result == RESULT_OK && !answer_holds(request, response, stamper->authority))
        result = RESULT_REFUSED;
    if (result != RESULT_OK) {
        log_error("seal", "no time stamp of the time-stamping authority", (int64_t)result);
        ERR_clear_error();
        atomic_store(&stamper->silent_until_ms, clock_monotonic_ms() + REST_MS);
        return result;
    }
    *token = NULL;
    *size = i2d_PKCS7(TS_RESP_get_token(response), token);
    return *size > 0 ? RESULT_OK : RESULT_NO_MEMORY;
}

static PKCS7 *token_of(const CMS_SignerInfo *signer)
{
    X509_ATTRIBUTE *attribute = CMS_unsigned_get_attr(signer, 0);

    if (CMS_unsigned_get_attr_count(signer) != 1 ||
        OBJ_obj2nid(X509_ATTRIBUTE_get0_object(attribute)) != NID_id_smime_aa_timeStampToken ||
        X509_ATTRIBUTE_count(attribute) != 1)
        return NULL;
    const ASN1_TYPE *value = X509_ATTRIBUTE_get0_type(attribute, 0);
    if (ASN1_TYPE_get(value) != V_ASN1_SEQUENCE)
        return NULL;
    const uint8_t *at = value->value.sequence->data;
    return d2i_PKCS7(NULL, &at, value->value.sequence->length);
}

static bool says(PKCS7 *token, int64_t at)
{
    struct tm parts = {};
    TS_TST_INFO *info = PKCS7_to_TS_TST_INFO(token);
    bool good = info != NULL && ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &parts) == 1;
    int64_t told = good ? (int64_t)timegm(&parts) : 0;

    if (good)
        good = OBJ_obj2nid(TS_MSG_IMPRINT_get_algo(TS_TST_INFO_get_msg_imprint(info))->algorithm) ==
               NID_sha256;
    TS_TST_INFO_free(info);
    return good && told >= at - PLAUSIBLE_SECONDS && told <= at + PLAUSIBLE_SECONDS;
}

static bool token_holds(PKCS7 *token, const ASN1_OCTET_STRING *octets, X509 *authority)
{
    RELEASED_BY(release_rules) TS_VERIFY_CTX *rules = TS_VERIFY_CTX_new();
    BIO *data = BIO_new_mem_buf(octets->data, octets->length);
    X509_STORE *store = store_of(authority);

    if (rules == NULL || data == NULL || store == NULL) {
        BIO_free(data);
        X509_STORE_free(store);
        return false;
    }
    TS_VERIFY_CTX_set_flags(rules, TS_VFY_SIGNATURE | TS_VFY_VERSION | TS_VFY_DATA);
    TS_VERIFY_CTX_set_data(rules, data);
    TS_VERIFY_CTX_set_store(rules, store);
    return TS_RESP_verify_token(rules, token) == 1;
}

enum result time_stamp_judge(const CMS_SignerInfo *signer, X509 *authority, int64_t at)
{
    if (CMS_unsigned_get_attr_count(signer) <= 0)
        return RESULT_NOT_FOUND;
    RELEASED_BY(release_token) PKCS7 *token = authority == NULL ? NULL : token_of(signer);
    const ASN1_OCTET_STRING *octets = CMS_SignerInfo_get0_signature((CMS_SignerInfo *)signer);

    return token != NULL && PKCS7_type_is_signed(token) && says(token, at) &&
                   token_holds(token, octets, authority)
               ? RESULT_OK
               : RESULT_REFUSED;
}
