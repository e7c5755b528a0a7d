#include "anchors.h"

#include "str.h"

#include <openssl/pem.h>
#include <stdlib.h>

#define SECURITY_LEVEL 2
#define LARGEST_PEM 65536

// Exactly one certificate; an empty view gives none.
static enum result read_certificate(struct bytes pem, X509 **out)
{
    *out = NULL;
    if (pem.size == 0)
        return RESULT_OK;
    if (pem.size > LARGEST_PEM)
        return RESULT_MALFORMED;
    owned(bio_st) source = BIO_new_mem_buf(pem.data, (int)pem.size);
    if (source == NULL)
        return RESULT_NO_MEMORY;
    owned(x509_st) certificate = PEM_read_bio_X509(source, NULL, NULL, NULL);
    owned(x509_st) second = PEM_read_bio_X509(source, NULL, NULL, NULL);
    if (certificate == NULL || second != NULL)
        return RESULT_MALFORMED;
    *out = take(certificate);
    return RESULT_OK;
}

static enum result fill(struct seal_anchors *anchors, const struct seal_trust *trust)
{
    for (size_t i = 0; i < 2; i++)
        TRY(read_certificate(trust->authorities[i], &anchors->authorities[i]));
    TRY(read_certificate(trust->time_authority, &anchors->time_authority));
    if (anchors->authorities[0] == NULL || trust->organization == NULL ||
        trust->organization[0] == '\0')
        return RESULT_INVALID;
    return str_copy(anchors->organization, sizeof anchors->organization, trust->organization);
}

enum result seal_anchors_create(const struct seal_trust *trust, struct seal_anchors **out)
{
    owned(seal_anchors) anchors = malloc(sizeof *anchors);

    *out = NULL;
    if (anchors == NULL)
        return RESULT_NO_MEMORY;
    *anchors = (struct seal_anchors){};
    TRY(fill(anchors, trust));
    *out = take(anchors);
    return RESULT_OK;
}

void seal_anchors_destroy(struct seal_anchors *anchors)
{
    if (anchors == NULL)
        return;
    for (size_t i = 0; i < 2; i++)
        X509_free(anchors->authorities[i]);
    X509_free(anchors->time_authority);
    free(anchors);
}

X509_STORE *anchors_store(X509 *const authorities[], size_t count, int64_t at)
{
    owned(x509_store_st) store = X509_STORE_new();

    if (store == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++)
        if (authorities[i] != NULL && !X509_STORE_add_cert(store, authorities[i]))
            return NULL;
    X509_VERIFY_PARAM *rules = X509_STORE_get0_param(store);
    X509_VERIFY_PARAM_set_time(rules, (time_t)at);
    X509_VERIFY_PARAM_set_depth(rules, 0);
    X509_VERIFY_PARAM_set_auth_level(rules, SECURITY_LEVEL);
    // A pinned authority may itself be issued by one above it; the pin is what counts.
    if (!X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_X509_STRICT | X509_V_FLAG_PARTIAL_CHAIN))
        return NULL;
    return take(store);
}
