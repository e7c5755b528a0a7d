#include "bancontact.h"

#include <curl/curl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "log.h"
#include "str.h"

#define URL_SIZE 512
#define BODY_MAXIMUM ((size_t)64 * 1024)
#define CONNECT_SECONDS 2L
#define ANSWER_SECONDS 4L

struct bancontact {
    char url[256], ca[512];
    char authorization[256];
};

// ---- one call ---------------------------------------------------------------------------------

struct call {
    const char *method, *path;
    const char *body; // JSON; NULL: none
    const char *idempotency_key;
};

struct answer {
    long status;
    char *body; // owned
    size_t size;
    json_t *json; // owned; NULL when the body is none
};

static void answer_clear(struct answer *answer)
{
    free(answer->body);
    json_decref(answer->json);
}
#define scoped_answer __attribute__((cleanup(answer_clear))) struct answer

static void release_curl(CURL **transfer)
{
    curl_easy_cleanup(*transfer);
}

static void release_list(struct curl_slist **list)
{
    curl_slist_free_all(*list);
}

static size_t take_body(char *data, size_t one, size_t size, void *closure)
{
    struct answer *answer = closure;

    (void)one;
    if (size > BODY_MAXIMUM - answer->size)
        return 0;
    char *more = realloc(answer->body, answer->size + size);
    if (more == NULL)
        return 0;
    memcpy(more + answer->size, data, size);
    answer->body = more;
    answer->size += size;
    return size;
}

static bool add_header(struct curl_slist **headers, const char *line)
{
    struct curl_slist *longer = curl_slist_append(*headers, line);

    if (longer != NULL)
        *headers = longer;
    return longer != NULL;
}

static bool add_headers(struct curl_slist **headers, const struct bancontact *bancontact,
                        const struct call *call)
{
    char line[160];

    if (!add_header(headers, bancontact->authorization) ||
        !add_header(headers, "Content-Type: application/json"))
        return false;
    if (call->idempotency_key == NULL)
        return true;
    return str_format(line, sizeof line, "Idempotency-Key: %s", call->idempotency_key) ==
               RESULT_OK &&
           add_header(headers, line);
}

static void prepare(CURL *transfer, const struct bancontact *bancontact, const struct call *call,
                    struct answer *answer)
{
    curl_easy_setopt(transfer, CURLOPT_CUSTOMREQUEST, call->method);
    curl_easy_setopt(transfer, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
    curl_easy_setopt(transfer, CURLOPT_TIMEOUT, ANSWER_SECONDS);
    curl_easy_setopt(transfer, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(transfer, CURLOPT_PROXY, "");
    curl_easy_setopt(transfer, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(transfer, CURLOPT_WRITEDATA, answer);
    if (call->body != NULL)
        curl_easy_setopt(transfer, CURLOPT_POSTFIELDS, call->body);
    if (bancontact->ca[0] != '\0')
        curl_easy_setopt(transfer, CURLOPT_CAINFO, bancontact->ca);
}

// RESULT_REFUSED: it said no (400 to 499). RESULT_NOT_FOUND: 404.
static enum result judge(const struct answer *answer)
{
    if (answer->status >= 200 && answer->status < 300)
        return RESULT_OK;
    log_warning("payment", "the scheme answered with status", answer->status);
    if (answer->status == 404)
        return RESULT_NOT_FOUND;
    return answer->status >= 400 && answer->status < 500 ? RESULT_REFUSED : RESULT_UNREACHABLE;
}

static enum result ask(const struct bancontact *bancontact, const struct call *call,
                       struct answer *answer)
{
    __attribute__((cleanup(release_curl))) CURL *transfer = curl_easy_init();
    __attribute__((cleanup(release_list))) struct curl_slist *headers = NULL;
    char url[URL_SIZE];

    if (transfer == NULL || !add_headers(&headers, bancontact, call))
        return RESULT_NO_MEMORY;
    TRY(str_format(url, sizeof url, "%s%s", bancontact->url, call->path));
    prepare(transfer, bancontact, call, answer);
    curl_easy_setopt(transfer, CURLOPT_URL, url);
    curl_easy_setopt(transfer, CURLOPT_HTTPHEADER, headers);
    CURLcode done = curl_easy_perform(transfer);
    if (done != CURLE_OK) {
        log_warning("payment", "the scheme does not answer", done);
        return RESULT_UNREACHABLE;
    }
    curl_easy_getinfo(transfer, CURLINFO_RESPONSE_CODE, &answer->status);
    if (answer->size > 0)
        answer->json = json_loadb(answer->body, answer->size, JSON_REJECT_DUPLICATES, NULL);
    return judge(answer);
}

// ---- its words --------------------------------------------------------------------------------

static enum result read_state(const char *word, enum scheme_state *out)
{
    static const struct {
        const char *word;
        enum scheme_state state;
    } words[] = {
        {"PENDING", SCHEME_PENDING},       {"IDENTIFIED", SCHEME_SCANNED},
        {"AUTHORIZED", SCHEME_AUTHORISED}, {"PENDING_MERCHANT_ACKNOWLEDGEMENT", SCHEME_ACKNOWLEDGE},
        {"SUCCEEDED", SCHEME_PAID},        {"AUTHORIZATION_FAILED", SCHEME_REFUSED},
        {"FAILED", SCHEME_REFUSED},        {"CANCELLED", SCHEME_CANCELLED},
        {"VOIDED", SCHEME_CANCELLED},      {"EXPIRED", SCHEME_EXPIRED},
    };

    for (size_t i = 0; word != NULL && i < sizeof words / sizeof words[0]; i++) {
        if (str_equal(word, words[i].word)) {
            *out = words[i].state;
            return RESULT_OK;
        }
    }
    return RESULT_UNREACHABLE; // a word that is new to us decides nothing
}

static const char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));

    return text == NULL ? "" : text;
}

// "2026-11-24T12:00:00.000Z"
static int64_t time_of(const char *text)
{
    struct tm moment = {};

    return strptime(text, "%Y-%m-%dT%H:%M:%S", &moment) == NULL ? 0 : (int64_t)timegm(&moment);
}

static enum result read_payment(const json_t *json, struct scheme_payment *out)
{
    const json_t *links = json_object_get(json, "_links");
    const char *link = text_of(json_object_get(links, "qrcode"), "href");

    *out = (struct scheme_payment){};
    TRY(read_state(json_string_value(json_object_get(json, "status")), &out->state));
    if (str_copy(out->id, sizeof out->id, text_of(json, "paymentId")) != RESULT_OK ||
        str_copy(out->link, sizeof out->link, link) != RESULT_OK || out->id[0] == '\0')
        return RESULT_UNREACHABLE;
    out->expires = time_of(text_of(json, "expiresAt"));
    return RESULT_OK;
}

// ---- verbs ------------------------------------------------------------------------------------

static enum result create(void *self, const char *reference, int64_t cents,
                          struct scheme_payment *out)
{
    char body[256];
    scoped_answer answer = {};

    TRY(str_format(body, sizeof body, "{\"amount\":%lld,\"currency\":\"EUR\",\"reference\":\"%s\"}",
                   (long long)cents, reference));
    TRY(ask(self, &(struct call){"POST", "/v3/payments", body, NULL}, &answer));
    return read_payment(answer.json, out);
}

static enum result search(void *self, const char *reference, struct scheme_payment *out)
{
    char body[128];
    scoped_answer answer = {};

    TRY(str_format(body, sizeof body, "{\"reference\":\"%s\"}", reference));
    TRY(ask(self, &(struct call){"POST", "/v3/payments/search", body, NULL}, &answer));
    const json_t *details = json_object_get(answer.json, "details");
    if (!json_is_array(details))
        return RESULT_UNREACHABLE;
    if (json_array_size(details) == 0)
        return RESULT_NOT_FOUND;
    return read_payment(json_array_get(details, 0), out);
}

static enum result call_of(void *self, const char *method, const char *id, const char *what,
                           struct answer *answer)
{
    char path[160];

    TRY(str_format(path, sizeof path, "/v3/payments/%s%s", id, what));
    return ask(self, &(struct call){method, path, method[0] == 'P' ? "{}" : NULL, NULL}, answer);
}

static enum result get(void *self, const char *id, struct scheme_payment *out)
{
    scoped_answer answer = {};

    TRY(call_of(self, "GET", id, "", &answer));
    return read_payment(answer.json, out);
}

static enum result cancel(void *self, const char *id)
{
    scoped_answer answer = {};

    return call_of(self, "DELETE", id, "", &answer);
}

static enum result acknowledge(void *self, const char *id)
{
    scoped_answer answer = {};

    return call_of(self, "POST", id, "/acknowledge", &answer);
}

static enum result refund(void *self, const char *id, int64_t cents, const char *key)
{
    char path[160], body[96];
    scoped_answer answer = {};

    TRY(str_format(path, sizeof path, "/v3/payments/%s/refunds", id));
    TRY(str_format(body, sizeof body, "{\"amount\":%lld,\"currency\":\"EUR\"}", (long long)cents));
    return ask(self, &(struct call){"POST", path, body, key}, &answer);
}

static const struct payment_scheme_verbs verbs = {
    .create = create,
    .search = search,
    .get = get,
    .cancel = cancel,
    .acknowledge = acknowledge,
    .refund = refund,
};

struct payment_scheme bancontact_scheme(struct bancontact *bancontact)
{
    return (struct payment_scheme){.verbs = &verbs, .self = bancontact};
}

// ---- life -------------------------------------------------------------------------------------

enum result bancontact_create(const struct bancontact_settings *settings, struct bancontact **out)
{
    bool safe = str_starts_with(settings->url, "https://") ||
                str_starts_with(settings->url, "http://127.0.0.1:");

    if (!safe)
        return RESULT_INVALID;
    owned(bancontact) bancontact = calloc(1, sizeof *bancontact);
    if (bancontact == NULL)
        return RESULT_NO_MEMORY;
    TRY(str_copy(bancontact->url, sizeof bancontact->url, settings->url));
    TRY(str_copy(bancontact->ca, sizeof bancontact->ca, settings->ca));
    TRY(str_format(bancontact->authorization, sizeof bancontact->authorization,
                   "Authorization: Bearer %s", settings->key));
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return RESULT_FAILED;
    *out = take(bancontact);
    return RESULT_OK;
}

void bancontact_destroy(struct bancontact *bancontact)
{
    if (bancontact == NULL)
        return;
    explicit_bzero(bancontact, sizeof *bancontact);
    free(bancontact);
    curl_global_cleanup();
}
