#include "est.h"

#include <stdlib.h>
#include <string.h>

#include "base64_text.h"
#include "log.h"
#include "str.h"

#define CREDENTIALS_MAXIMUM 256

enum result est_authorities(const struct est_desk *desk, char **answer)
{
    uint8_t *pkcs7 = NULL;
    size_t size;

    TRY(certificate_issuer_authorities(desk->issuer, &pkcs7, &size));
    enum result result = base64_text_encode((struct bytes){pkcs7, size}, answer);
    free(pkcs7);
    return result;
}

// Noted before it is handed out: what is not noted is not the terminal's.
static enum result issue(const struct est_desk *desk, struct bytes request, const char *terminal,
                         int64_t now, char **answer)
{
    struct issued_certificate issued = {};
    enum result result = certificate_issuer_issue(desk->issuer, request, terminal, now, &issued);

    if (result == RESULT_OK)
        result =
            terminal_book_note_certificate(desk->book, terminal, issued.sha256, issued.not_after);
    if (result == RESULT_OK)
        result = base64_text_encode((struct bytes){issued.pkcs7, issued.size}, answer);
    free(issued.pkcs7);
    return result == RESULT_OK ? RESULT_OK : RESULT_FAILED;
}

static enum result read_request(struct bytes body, uint8_t *to, struct bytes *request)
{
    size_t size;

    if (body.size > EST_REQUEST_MAXIMUM)
        return RESULT_MALFORMED;
    TRY(base64_text_decode(body, to, EST_REQUEST_MAXIMUM, &size));
    *request = (struct bytes){to, size};
    return certificate_issuer_check(*request);
}

// "Basic " and base64 of NAME:PASSWORD.
static enum result read_password(const char *authorization, char password[CREDENTIALS_MAXIMUM])
{
    char credentials[CREDENTIALS_MAXIMUM];
    size_t size;

    if (authorization == NULL || !str_starts_with(authorization, "Basic "))
        return RESULT_REFUSED;
    const char *text = authorization + strlen("Basic ");
    if (base64_text_decode((struct bytes){(const uint8_t *)text, strlen(text)},
                           (uint8_t *)credentials, sizeof credentials - 1, &size) != RESULT_OK)
        return RESULT_REFUSED;
    credentials[size] = '\0';
    const char *colon = strchr(credentials, ':');
    if (colon == NULL)
        return RESULT_REFUSED;
    return str_copy(password, CREDENTIALS_MAXIMUM, colon + 1);
}

enum result est_enrol(const struct est_desk *desk, struct bytes body, const char *authorization,
                      int64_t now, char **answer)
{
    uint8_t der[EST_REQUEST_MAXIMUM];
    char password[CREDENTIALS_MAXIMUM], terminal[TERMINAL_BOOK_NAME_SIZE];
    struct bytes request;

    TRY(read_request(body, der, &request));
    TRY(read_password(authorization, password));
    enum result taken = terminal_book_take_code(desk->book, password, now, terminal);
    explicit_bzero(password, sizeof password);
    if (taken == RESULT_NOT_FOUND || taken == RESULT_REFUSED) {
        log_warning("est", "an enrolment code that is not worth anything", 0);
        return RESULT_REFUSED;
    }
    TRY(taken);
    return issue(desk, request, terminal, now, answer);
}

enum result est_renew(const struct est_desk *desk, struct bytes body, const char *terminal,
                      int64_t now, char **answer)
{
    uint8_t der[EST_REQUEST_MAXIMUM];
    struct bytes request;

    TRY(read_request(body, der, &request));
    return issue(desk, request, terminal, now, answer);
}
