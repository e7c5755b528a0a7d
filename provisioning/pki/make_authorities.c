// make-authorities DIR: the demo city's throw-away authorities and what they certify.
#include "clock.h"
#include "pki_authority.h"
#include "str.h"

#include <errno.h>
#include <openssl/err.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_SIZE 4096
#define HOUR 3600
#define DAY (24 * HOUR)
#define AUTHORITY_DAYS 3650
#define TLS_DAYS 90
#define SEAL_DAYS 730

// The demo city as a legal person; the number is invented.
#define CITY "Ville de Bruxelles (demo)"
#define CITY_IDENTIFIER "VATBE-0000000196"

// What one run makes: an authority keeps no key file, unless somebody is to issue from it later.
struct product {
    const char *name;
    const char *issuer; // NULL: signs itself
    bool with_key;
    int days;
    enum pki_key_kind kind;
    struct pki_profile profile;
};

static const struct product products[] = {
    {.name = "tls-ca",
     .days = AUTHORITY_DAYS,
     .kind = PKI_KEY_P256,
     .profile = {.subject = {.country = "BE",
                             .organization = CITY,
                             .common_name = "Demo server authority"},
                 .authority = true,
                 .key_usage = "critical,keyCertSign,cRLSign"}},
    {.name = "server",
     .issuer = "tls-ca",
     .with_key = true,
     .days = TLS_DAYS,
     .kind = PKI_KEY_P256,
     .profile = {.subject = {.country = "BE", .organization = CITY, .common_name = "localhost"},
                 .key_usage = "critical,digitalSignature",
                 .extended_key_usage = "serverAuth",
                 .subject_alternative_name = "DNS:localhost,IP:127.0.0.1"}},
    {.name = "fleet-ca",
     .with_key = true, // terminals enrol with the municipality itself
     .days = AUTHORITY_DAYS,
     .kind = PKI_KEY_P256,
     .profile = {.subject = {.country = "BE",
                             .organization = CITY,
                             .common_name = "Demo fleet authority"},
                 .authority = true,
                 .key_usage = "critical,keyCertSign,cRLSign"}},
    {.name = "kiosk",
     .issuer = "fleet-ca",
     .with_key = true,
     .days = TLS_DAYS,
     .kind = PKI_KEY_P256,
     .profile = {.subject = {.country = "BE", .organization = CITY, .common_name = "kiosk-0001"},
                 .key_usage = "critical,digitalSignature",
                 .extended_key_usage = "clientAuth"}},
    {.name = "seal-ca",
     .days = AUTHORITY_DAYS,
     .kind = PKI_KEY_P384,
     .profile = {.subject = {.country = "BE",
                             .organization = CITY,
                             .common_name = "Demo seal authority"},
                 .authority = true,
                 .key_usage = "critical,keyCertSign,cRLSign",
                 .digest = "SHA384"}},
    {.name = "seal",
     .issuer = "seal-ca",
     .with_key = true,
     .days = SEAL_DAYS,
     .kind = PKI_KEY_RSA_3072,
     .profile = {.subject = {.country = "BE",
                             .organization = CITY,
                             .organization_identifier = CITY_IDENTIFIER,
                             .common_name = "Demo seal, without value"},
                 .key_usage = "critical,digitalSignature,nonRepudiation",
                 .digest = "SHA384"}},
    {.name = "time-stamp", // RFC 3161, 2.3: this use alone, and critical
     .issuer = "seal-ca",
     .with_key = true,
     .days = SEAL_DAYS,
     .kind = PKI_KEY_P256,
     .profile = {.subject = {.country = "BE", .organization = CITY, .common_name = "Demo clock"},
                 .key_usage = "critical,digitalSignature",
                 .extended_key_usage = "critical,timeStamping"}},
};
#define PRODUCT_COUNT (sizeof products / sizeof products[0])

struct made {
    struct pki_identity *identities[PRODUCT_COUNT];
};

static void made_destroy(struct made *made)
{
    for (size_t i = 0; i < PRODUCT_COUNT; i++)
        pki_identity_destroy(made->identities[i]);
}

static enum result path_of(const char *directory, const struct product *product,
                           const char *extension, char path[PATH_SIZE])
{
    enum result result =
        str_format(path, PATH_SIZE, "%s/%s.%s", directory, product->name, extension);

    if (result != RESULT_OK)
        fprintf(stderr, "make-authorities: the path of the directory is too long\n");
    return result;
}

static enum result refuse_existing(const char *path)
{
    if (access(path, F_OK) != 0)
        return RESULT_OK;
    fprintf(stderr,
            "make-authorities: %s exists already and is not overwritten;"
            " name an empty or new directory\n",
            path);
    return RESULT_INVALID;
}

static enum result check_directory(const char *directory)
{
    char path[PATH_SIZE];

    if (mkdir(directory, 0755) != 0 && errno != EEXIST) {
        fprintf(stderr, "make-authorities: cannot make the directory %s: %s\n", directory,
                strerrordesc_np(errno));
        return RESULT_FAILED;
    }
    for (size_t i = 0; i < PRODUCT_COUNT; i++) {
        TRY(path_of(directory, &products[i], "pem", path));
        TRY(refuse_existing(path));
        TRY(path_of(directory, &products[i], "key", path));
        TRY(refuse_existing(path));
    }
    return RESULT_OK;
}

static const struct pki_identity *made_named(const struct made *made, const char *name)
{
    for (size_t i = 0; name != NULL && i < PRODUCT_COUNT; i++)
        if (str_equal(products[i].name, name))
            return made->identities[i];
    return NULL;
}

static enum result make_all(struct made *made)
{
    int64_t now = clock_wall_seconds();

    for (size_t i = 0; i < PRODUCT_COUNT; i++) {
        struct pki_profile profile = products[i].profile;
        profile.not_before = now - HOUR; // the machines of a demo may disagree a little
        profile.not_after = now + (int64_t)products[i].days * DAY;
        enum result result = pki_issued_create(made_named(made, products[i].issuer), &profile,
                                               products[i].kind, &made->identities[i]);
        if (result != RESULT_OK) {
            fprintf(stderr, "make-authorities: %s could not be made: %s\n", products[i].name,
                    result_text(result));
            ERR_print_errors_fp(stderr);
            return result;
        }
    }
    return RESULT_OK;
}

static enum result report_write(enum result result, const char *path)
{
    if (result != RESULT_OK)
        fprintf(stderr, "make-authorities: cannot write %s: %s\n", path, strerrordesc_np(errno));
    return result;
}

static enum result write_all(const struct made *made, const char *directory)
{
    char path[PATH_SIZE];

    for (size_t i = 0; i < PRODUCT_COUNT; i++) {
        TRY(path_of(directory, &products[i], "pem", path));
        TRY(report_write(pki_write_certificate_pem(made->identities[i], path), path));
        if (!products[i].with_key)
            continue;
        TRY(path_of(directory, &products[i], "key", path));
        TRY(report_write(pki_write_key_pem(made->identities[i], path), path));
    }
    return RESULT_OK;
}

int main(int argc, char **argv)
{
    __attribute__((cleanup(made_destroy))) struct made made = {};

    if (argc != 2 || argv[1][0] == '-' || argv[1][0] == '\0') {
        fprintf(stderr, "usage: make-authorities DIR\n"
                        "Makes the throw-away authorities of the demo city in DIR,"
                        " which must not hold any yet.\n");
        return 2;
    }
    if (check_directory(argv[1]) != RESULT_OK || make_all(&made) != RESULT_OK ||
        write_all(&made, argv[1]) != RESULT_OK)
        return 1;
    return 0;
}
