#include "card_authorities.h"

#include "clock.h"
#include "str.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/pem.h>
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
static const struct pki_profile later_root_profile = {
    .subject = {.country = "BE", .common_name = "Demo Belgium Root CA6"},
    .authority = true,
    .key_usage = "critical,keyCertSign,cRLSign"};
static const struct pki_profile citizens_profile = {
    .subject = {.country = "BE", .common_name = "Citizen CA", .serial_number = "209901"},
    .authority = true,
    .key_usage = "critical,keyCertSign,cRLSign"};
static const struct pki_profile foreigners_profile = {
    .subject = {.country = "BE", .common_name = "Foreigner CA", .serial_number = "209901"},
    .authority = true,
    .key_usage = "critical,keyCertSign,cRLSign"};
// Signs files, not certificates; by its name a reader tells it from a holder's certificate.
static const struct pki_profile register_profile = {
    .subject = {.country = "BE",
                .organization = "Demo National Register",
                .common_name = "demo RRN"},
    .key_usage = "critical,digitalSignature,nonRepudiation"};

struct authority {
    const char *name; // of its files
    const struct pki_profile *profile;
    enum pki_key_kind kind;
    const char *digest;
    const char *bundle; // where its certificate stands besides; NULL: nowhere
};

// One set of them in RSA, one in EC.
static const struct authority roots[2] = {
    {"card-root", &root_profile, PKI_KEY_RSA_2048, "SHA256", NULL},
    {"card-root-ec", &later_root_profile, PKI_KEY_P384, "SHA384", "card-root"}};
static const struct authority citizens[2] = {
    {"card-citizen-ca", &citizens_profile, PKI_KEY_RSA_2048, "SHA256", NULL},
    {"card-citizen-ca-ec", &citizens_profile, PKI_KEY_P384, "SHA384", "card-citizen-ca"}};
// Configured nowhere: what a terminal does not know it reads from the card.
static const struct authority foreigners[2] = {
    {"card-foreigner-ca", &foreigners_profile, PKI_KEY_RSA_2048, "SHA256", NULL},
    {"card-foreigner-ca-ec", &foreigners_profile, PKI_KEY_P384, "SHA384", NULL}};
static const struct authority registers[2] = {
    {"card-register", &register_profile, PKI_KEY_RSA_2048, "SHA256", NULL},
    {"card-register-ec", &register_profile, PKI_KEY_P384, "SHA384", NULL}};
static const struct authority old_register = {"card-register-v11", &register_profile,
                                              PKI_KEY_RSA_1024, "SHA1", NULL};

static enum result report(enum result result, const char *what, const char *path)
{
    if (result != RESULT_OK)
        fprintf(stderr, "make-card: %s %s: %s\n", path, what, result_text(result));
    return result;
}

static enum result make(const struct authority *authority, const struct pki_identity *issuer,
                        struct pki_identity **out)
{
    struct pki_profile profile = *authority->profile;

    profile.not_before = clock_wall_seconds() - YEARS_BEFORE * YEAR;
    profile.not_after = clock_wall_seconds() + YEARS_AFTER * YEAR;
    profile.digest = authority->digest;
    return issuer != NULL ? pki_issued_create(issuer, &profile, authority->kind, out)
                          : pki_self_signed_create(&profile, authority->kind, out);
}

static enum result add_to_bundle(const char *directory, const char *bundle,
                                 const struct pki_identity *authority)
{
    char path[PATH_SIZE];

    if (bundle == NULL)
        return RESULT_OK;
    TRY(str_format(path, sizeof path, "%s/%s.pem", directory, bundle));
    FILE *file = fopen(path, "ae");
    bool done = file != NULL && PEM_write_X509(file, pki_certificate(authority)) == 1;
    if (file != NULL && fclose(file) != 0)
        done = false;
    return report(done ? RESULT_OK : RESULT_FAILED, "cannot be added to", path);
}

static enum result read_or_make(const char *directory, const struct authority *authority,
                                const struct pki_identity *issuer, struct pki_identity **out)
{
    char certificate[PATH_SIZE], key[PATH_SIZE];

    TRY(str_format(certificate, sizeof certificate, "%s/%s.pem", directory, authority->name));
    TRY(str_format(key, sizeof key, "%s/%s.key", directory, authority->name));
    if (access(certificate, F_OK) == 0)
        return report(pki_identity_read(certificate, key, out), "cannot be used", certificate);
    TRY(report(make(authority, issuer, out), "cannot be made", certificate));
    TRY(report(pki_write_key_pem(*out, key), "cannot be written", key));
    TRY(report(pki_write_certificate_pem(*out, certificate), "cannot be written", certificate));
    return add_to_bundle(directory, authority->bundle, *out);
}

// Roots and citizen authorities of both kinds at once: a program that was started with the first
// card must know those of the next.
static enum result fill_kind(const char *directory, bool elliptic, struct card_authorities *set)
{
    TRY(read_or_make(directory, &roots[elliptic], NULL, &set->root));
    return read_or_make(directory, &citizens[elliptic], set->root, &set->holders);
}

static enum result fill(const char *directory, const struct generation *generation, bool foreign,
                        struct card_authorities *authorities)
{
    const struct authority *signer =
        generation->applet_version < 0x17 ? &old_register : &registers[generation->elliptic];
    struct card_authorities other = {};

    enum result result = fill_kind(directory, false, generation->elliptic ? &other : authorities);
    if (result == RESULT_OK)
        result = fill_kind(directory, true, generation->elliptic ? authorities : &other);
    pki_identity_destroy(other.root);
    pki_identity_destroy(other.holders);
    TRY(result);
    if (foreign) {
        pki_identity_destroy(take(authorities->holders));
        TRY(read_or_make(directory, &foreigners[generation->elliptic], authorities->root,
                         &authorities->holders));
    }
    return read_or_make(directory, signer, authorities->root, &authorities->register_signer);
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

enum result card_authorities_create(const char *directory, const struct generation *generation,
                                    bool foreign, struct card_authorities **out)
{
    owned(card_authorities) authorities = calloc(1, sizeof *authorities);
    int held = -1;

    if (authorities == NULL)
        return RESULT_NO_MEMORY;
    enum result result = lock(directory, &held);
    if (result == RESULT_OK)
        result = fill(directory, generation, foreign, authorities);
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
    pki_identity_destroy(authorities->holders);
    pki_identity_destroy(authorities->register_signer);
    free(authorities);
}
