#include "card_authorities.h"

#include "clock.h"
#include "str.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_SIZE 4096
#define YEAR ((int64_t)365 * 24 * 3600)

// Wide enough around every card: a certificate must not begin before its authority.
#define YEARS_BEFORE 12
#define YEARS_AFTER 20

static const struct pki_profile root_profile = {
    .subject = {.country = "BE", .common_name = "Demo Belgium Root CA"},
    .authority = true,
    .key_usage = "critical,keyCertSign,cRLSign"};
static const struct pki_profile citizens_profile = {
    .subject = {.country = "BE", .common_name = "Citizen CA", .serial_number = "209901"},
    .authority = true,
    .key_usage = "critical,keyCertSign,cRLSign"};
// Signs files, not certificates; by its name a reader tells it from a holder's certificate.
static const struct pki_profile register_profile = {
    .subject = {.country = "BE",
                .organization = "Demo National Register",
                .common_name = "demo RRN"},
    .key_usage = "critical,digitalSignature,nonRepudiation"};

static enum result report(enum result result, const char *what, const char *path)
{
    if (result != RESULT_OK)
        fprintf(stderr, "make-card: %s %s: %s\n", path, what, result_text(result));
    return result;
}

static enum result make(const struct pki_profile *profile, const struct pki_identity *issuer,
                        struct pki_identity **out)
{
    struct pki_profile dated = *profile;

    dated.not_before = clock_wall_seconds() - YEARS_BEFORE * YEAR;
    dated.not_after = clock_wall_seconds() + YEARS_AFTER * YEAR;
    return issuer != NULL ? pki_issued_create(issuer, &dated, PKI_KEY_RSA_2048, out)
                          : pki_self_signed_create(&dated, PKI_KEY_RSA_2048, out);
}

static enum result read_or_make(const char *directory, const char *name,
                                const struct pki_profile *profile,
                                const struct pki_identity *issuer, struct pki_identity **out)
{
    char certificate[PATH_SIZE], key[PATH_SIZE];

    TRY(str_format(certificate, sizeof certificate, "%s/%s.pem", directory, name));
    TRY(str_format(key, sizeof key, "%s/%s.key", directory, name));
    if (access(certificate, F_OK) == 0)
        return report(pki_identity_read(certificate, key, out), "cannot be used", certificate);
    TRY(report(make(profile, issuer, out), "cannot be made", certificate));
    TRY(report(pki_write_key_pem(*out, key), "cannot be written", key));
    return report(pki_write_certificate_pem(*out, certificate), "cannot be written", certificate);
}

static enum result fill(const char *directory, struct card_authorities *authorities)
{
    TRY(read_or_make(directory, "card-root", &root_profile, NULL, &authorities->root));
    TRY(read_or_make(directory, "card-citizen-ca", &citizens_profile, authorities->root,
                     &authorities->citizens));
    return read_or_make(directory, "card-register", &register_profile, authorities->root,
                        &authorities->register_signer);
}

static enum result lock(const char *directory, int *out)
{
    char path[PATH_SIZE];

    TRY(str_format(path, sizeof path, "%s/card-authorities.lock", directory));
    if (mkdir(directory, 0755) == 0 || errno == EEXIST)
        *out = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (*out >= 0 && flock(*out, LOCK_EX) == 0)
        return RESULT_OK;
    return report(RESULT_FAILED, strerrordesc_np(errno), path);
}

enum result card_authorities_create(const char *directory, struct card_authorities **out)
{
    owned(card_authorities) authorities = calloc(1, sizeof *authorities);
    int held = -1;

    if (authorities == NULL)
        return RESULT_NO_MEMORY;
    enum result result = lock(directory, &held);
    if (result == RESULT_OK)
        result = fill(directory, authorities);
    if (held >= 0)
        close(held);
    TRY(result);
    *out = take(authorities);
    return RESULT_OK;
}

void card_authorities_destroy(struct card_authorities *authorities)
{
    if (authorities == NULL)
        return;
    pki_identity_destroy(authorities->root);
    pki_identity_destroy(authorities->citizens);
    pki_identity_destroy(authorities->register_signer);
    free(authorities);
}
