#include "est_client.h"

#include <curl/curl.h>
#include <openssl/pem.h>
#include <stdlib.h>
#include <string.h>

#include "est_messages.h"
#include "str.h"

#define URL_SIZE 1024
#define ANSWER_MAXIMUM 16384
#define CONNECT_MS 5000
#define TOTAL_MS 30000

struct answer {
    size_t size;
    uint8_t bytes[ANSWER_MAXIMUM];
};

struct operation {
    const char *path;
    const char *request; // NULL: GET
    const char *code;    // NULL: none
    bool trust_anybody;
};

static size_t take_body(char *data, size_t size, size_t count, void *user)
{
    struct answer *answer = user;

    if (size * count > sizeof answer->bytes - answer->size)
        return CURL_WRITEFUNC_ERROR;
    memcpy(answer->bytes + answer->size, data, size * count);
    answer->size += size * count;
    return size * count;
}

#define SET(option, value) (curl_easy_setopt(curl, option, value) == CURLE_OK)

// TLS 1.3 alone, no proxy from the environment, no redirect, no other protocol.
static bool set_common(CURL *curl, const char *url, struct answer *answer)
{
    return SET(CURLOPT_URL, url) && SET(CURLOPT_PROTOCOLS_STR, "https") && SET(CURLOPT_PROXY, "") &&
           SET(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_3 | CURL_SSLVERSION_MAX_TLSv1_3) &&
           SET(CURLOPT_FOLLOWLOCATION, 0L) && SET(CURLOPT_NOSIGNAL, 1L) &&
           SET(CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS) &&
           SET(CURLOPT_TIMEOUT_MS, (long)TOTAL_MS) && SET(CURLOPT_WRITEFUNCTION, take_body) &&
           SET(CURLOPT_WRITEDATA, answer);
}

// One anchor and no directory, else the system's would stay trusted.
static bool set_trust(CURL *curl, const struct est_server *server, bool anybody)
{
    BIO *pem = BIO_new(BIO_s_mem());
    char *data = NULL;
    bool set;

    if (anybody) {
        set = SET(CURLOPT_SSL_VERIFYPEER, 0L) && SET(CURLOPT_SSL_VERIFYHOST, 0L);
    } else {
        set = pem != NULL && PEM_write_bio_X509(pem, server->anchor) == 1;
        long size = set ? BIO_get_mem_data(pem, &data) : 0;
        struct curl_blob blob = {data, (size_t)size, CURL_BLOB_COPY};
        set = set && SET(CURLOPT_SSL_VERIFYPEER, 1L) && SET(CURLOPT_SSL_VERIFYHOST, 2L) &&
              SET(CURLOPT_CAINFO, NULL) && SET(CURLOPT_CAPATH, NULL) &&
              SET(CURLOPT_CAINFO_BLOB, &blob);
    }
    BIO_free(pem);
    return set;
}

static bool set_request(CURL *curl, const struct est_server *server,
                        const struct operation *operation, const struct curl_slist *headers)
{
    bool set = true;

    if (operation->request != NULL)
        set = SET(CURLOPT_HTTPHEADER, headers) && SET(CURLOPT_POSTFIELDS, operation->request);
    if (operation->code != NULL)
        set = set && SET(CURLOPT_HTTPAUTH, CURLAUTH_BASIC) && SET(CURLOPT_USERNAME, "terminal") &&
              SET(CURLOPT_PASSWORD, operation->code);
    if (server->certificate != NULL && !operation->trust_anybody)
        set = set && SET(CURLOPT_SSLCERT, server->certificate) && SET(CURLOPT_SSLKEY, server->key);
    return set;
}

static enum est_refusal refusal_of(long status)
{
    switch (status) {
    case 401:
        return EST_REFUSAL_CODE;
    case 403:
        return EST_REFUSAL_TERMINAL;
    case 404:
        return EST_REFUSAL_NOBODY;
    case 429:
        return EST_REFUSAL_TOO_MANY;
    default:
        return EST_REFUSAL_OTHER;
    }
}

static enum result perform(CURL *curl, enum est_refusal *refusal)
{
    long status = 0;
    CURLcode code = curl_easy_perform(curl);

    if (code == CURLE_WRITE_ERROR)
        return RESULT_MALFORMED;
    if (code != CURLE_OK || curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status) != CURLE_OK)
        return RESULT_UNREACHABLE;
    *refusal = status == 200 ? EST_REFUSAL_NONE : refusal_of(status);
    return status == 200 ? RESULT_OK : RESULT_REFUSED;
}

static enum result run(const struct est_server *server, const struct operation *operation,
                       STACK_OF(X509) * *out, enum est_refusal *refusal)
{
    struct answer answer = {};
    char url[URL_SIZE];

    *out = NULL;
    *refusal = EST_REFUSAL_NONE;
    TRY(str_format(url, sizeof url, "%s/.well-known/est/%s", server->url, operation->path));
    CURL *curl = curl_easy_init();
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/pkcs10");
    bool ready = curl != NULL && headers != NULL && set_common(curl, url, &answer) &&
                 set_trust(curl, server, operation->trust_anybody) &&
                 set_request(curl, server, operation, headers);
    enum result result = ready ? perform(curl, refusal) : RESULT_FAILED;
    curl_easy_cleanup(curl);
    curl_slist_free_all(headers);
    TRY(result);
    return est_read_certificates((struct bytes){answer.bytes, answer.size}, out);
}

enum result est_authorities(const struct est_server *server, STACK_OF(X509) * *out,
                            enum est_refusal *refusal)
{
    const struct operation operation = {.path = "cacerts", .trust_anybody = true};

    return run(server, &operation, out, refusal);
}

enum result est_enrol(const struct est_server *server, const char *request, const char *code,
                      STACK_OF(X509) * *out, enum est_refusal *refusal)
{
    const struct operation operation = {.path = "simpleenroll", .request = request, .code = code};

    return run(server, &operation, out, refusal);
}

enum result est_renew(const struct est_server *server, const char *request, STACK_OF(X509) * *out,
                      enum est_refusal *refusal)
{
    const struct operation operation = {.path = "simplereenroll", .request = request};

    return run(server, &operation, out, refusal);
}
