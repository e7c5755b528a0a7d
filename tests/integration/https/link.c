#include "link.h"

#include "clock.h"
#include "str.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DAY 86400

const char answer_catalogue[] =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 83\r\n\r\n"
    "{\"municipality\":{\"fr\":\"Ville\",\"nl\":\"Stad\",\"de\":\"Stadt\",\"en\":\"City\"},"
    "\"documents\":[]}";
const char answer_minor[] =
    "HTTP/1.1 403 Forbidden\r\nContent-Type: application/problem+json\r\nContent-Length: 70\r\n\r\n"
    "{\"type\":\"about:blank\",\"title\":\"Too young\",\"status\":403,\"code\":\"minor\"}";

// ---- certificates -----------------------------------------------------------------------------

static struct pki_profile profile(const char *name, const char *usage, const char *alternative)
{
    return (struct pki_profile){.subject = {.common_name = name},
                                .key_usage = "critical,digitalSignature",
                                .extended_key_usage = usage,
                                .subject_alternative_name = alternative,
                                .not_before = clock_wall_seconds() - 2 * DAY,
                                .not_after = clock_wall_seconds() + DAY};
}

static struct pki_identity *make_authority(const struct files *files, const char *name,
                                           char path[PATH_SIZE])
{
    struct pki_profile of_authority = profile(name, NULL, NULL);
    struct pki_identity *authority = NULL;

    of_authority.authority = true;
    of_authority.key_usage = "critical,keyCertSign";
    assert_int_equal(pki_self_signed_create(&of_authority, PKI_KEY_P256, &authority), RESULT_OK);
    assert_int_equal(str_format(path, PATH_SIZE, "%s/%s.pem", files->directory, name), RESULT_OK);
    assert_int_equal(pki_write_certificate_pem(authority, path), RESULT_OK);
    return authority;
}

static void make_pair(const struct files *files, const struct pki_identity *authority,
                      const char *name, const struct pki_profile *of_pair, struct pair *out)
{
    owned(pki_identity) identity = NULL;

    assert_int_equal(pki_issued_create(authority, of_pair, PKI_KEY_P256, &identity), RESULT_OK);
    assert_int_equal(str_format(out->certificate, PATH_SIZE, "%s/%s.pem", files->directory, name),
                     RESULT_OK);
    assert_int_equal(str_format(out->key, PATH_SIZE, "%s/%s.key", files->directory, name),
                     RESULT_OK);
    assert_int_equal(pki_write_certificate_pem(identity, out->certificate), RESULT_OK);
    assert_int_equal(pki_write_key_pem(identity, out->key), RESULT_OK);
    if (out == &files->kiosk)
        X509_digest(pki_certificate(identity), EVP_sha256(), (uint8_t *)files->kiosk_digest, NULL);
}

int files_setup(void **state)
{
    struct files *files = calloc(1, sizeof *files);
    static const char here[] = "DNS:localhost,IP:127.0.0.1";
    struct pki_profile server = profile("localhost", "serverAuth", here);
    struct pki_profile misnamed = profile("localhost", "serverAuth", "DNS:elsewhere");
    struct pki_profile kiosk = profile("kiosk-0001", "clientAuth", NULL);
    struct pki_profile expired = server;

    assert_int_equal(https_library_begin(), RESULT_OK);
    assert_int_equal(str_copy(files->directory, sizeof files->directory, "/tmp/https-test-XXXXXX"),
                     RESULT_OK);
    assert_non_null(mkdtemp(files->directory));
    owned(pki_identity) server_ca = make_authority(files, "server-ca", files->server_ca);
    owned(pki_identity) other_ca = make_authority(files, "other-ca", files->other_ca);
    owned(pki_identity) fleet_ca = make_authority(files, "fleet-ca", files->fleet_ca);
    expired.not_after = clock_wall_seconds() - DAY;
    make_pair(files, server_ca, "server", &server, &files->server);
    make_pair(files, server_ca, "expired", &expired, &files->expired);
    make_pair(files, server_ca, "misnamed", &misnamed, &files->misnamed);
    make_pair(files, fleet_ca, "kiosk", &kiosk, &files->kiosk);
    make_pair(files, other_ca, "stranger", &kiosk, &files->stranger);
    *state = files;
    return 0;
}

int files_teardown(void **state)
{
    struct files *files = *state;
    DIR *directory = opendir(files->directory);

    for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory))
        unlinkat(dirfd(directory), entry->d_name, 0);
    closedir(directory);
    rmdir(files->directory);
    free(files);
    https_library_end();
    return 0;
}

// ---- both ends --------------------------------------------------------------------------------

struct backend link_to(const struct files *files, const char *host, int port)
{
    char url[64];
    struct backend backend;
    const struct https_backend_settings settings = {
        .url = url,
        .ca = files->server_ca,
        .certificate = files->kiosk.certificate,
        .key = files->kiosk.key,
        .limits = {.connect = 400, .total = 5000, .document = 5000},
    };

    assert_int_equal(str_format(url, sizeof url, "https://%s:%d", host, port), RESULT_OK);
    assert_int_equal(https_backend_create(&settings, &backend), RESULT_OK);
    return backend;
}

struct tls_server *good_server(const struct files *files, const struct scripted_answer *answers,
                               size_t count)
{
    const struct tls_server_settings settings = {.certificate = files->server.certificate,
                                                 .key = files->server.key,
                                                 .client_ca = files->fleet_ca};

    return tls_server_start(&settings, answers, count);
}

struct scripted_answer make_answer(const char *status, const char *type, const char *body)
{
    size_t capacity = strlen(body) + 256;
    char *text = malloc(capacity);

    assert_non_null(text);
    assert_int_equal(str_format(text, capacity,
                                "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n%s",
                                status, type, strlen(body), body),
                     RESULT_OK);
    return (struct scripted_answer){.made = {(uint8_t *)text, strlen(text)}};
}

void free_answer(struct scripted_answer *answer)
{
    free((void *)answer->made.data);
}

enum result ask_catalogue(struct backend *backend, enum backend_refusal *refusal)
{
    owned(catalogue) catalogue = NULL;

    enum result result = backend->verbs->catalogue(backend->self, &catalogue, refusal);
    assert_int_equal(catalogue != NULL, result == RESULT_OK);
    return result;
}
