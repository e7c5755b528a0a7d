// bench-seal PROGRAMS [ROW…]: prints the row seal_verify, fields with tabs between. Both sides
// verify the same certificate of the demo's city in turn; the peer was given the signed bytes and
// the signature already apart.
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "plain_cms_verify.h"
#include "processes.h"
#include "seal.h"
#include "times.h"

#define LARGEST_FILE (8u << 20)
#define LARGEST_CERTIFICATE 16384
#define RUNS 501

struct sample {
    uint8_t *pdf, *content, *signature;
    size_t pdf_size, content_size, signature_size;
};

static void need(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "bench-seal: %s\n", what);
    exit(1);
}

static void run(const char *programs, const char *program, const char *const words[])
{
    char path[TEST_PATH_SIZE];
    const char *arguments[8] = {path};

    test_path(path, programs, program);
    for (int i = 0; words[i] != NULL; i++)
        arguments[i + 1] = words[i];
    pid_t process = process_start(arguments);
    while (!process_has_ended(process))
        wait_a_moment();
}

// Draws and seals the city's certificates in `folder`.
static void make_certificates(const char *programs, const char *folder)
{
    char authorities[TEST_PATH_SIZE];

    test_path(authorities, folder, "authorities");
    run(programs, "make-authorities", (const char *const[]){authorities, NULL});
    run(programs, "../tests/seal_city",
        (const char *const[]){authorities, BENCH_FONTS, BENCH_CATALOGUE, folder, "1", NULL});
}

static int digit(uint8_t character)
{
    return character <= '9' ? character - '0' : (character | 0x20) - 'a' + 10;
}

// Everything but the value of /Contents, and that value.
static void take_apart(struct sample *sample)
{
    uint8_t *open = memmem(sample->pdf, sample->pdf_size, "/Contents <", 11);
    size_t gap = 0;

    if (open == NULL)
        open = memmem(sample->pdf, sample->pdf_size, "/Contents<", 10);
    need(open != NULL, "the certificate has no signature");
    open = memchr(open, '<', 16);
    uint8_t *close = memchr(open, '>', sample->pdf_size - (size_t)(open - sample->pdf));
    need(close != NULL, "the signature has no end");
    size_t before = (size_t)(open - sample->pdf);
    gap = (size_t)(close + 1 - open);
    sample->content_size = sample->pdf_size - gap;
    memcpy(sample->content, sample->pdf, before);
    memcpy(sample->content + before, close + 1, sample->content_size - before);
    for (uint8_t *at = open + 1; at + 1 < close; at += 2)
        sample->signature[sample->signature_size++] = (uint8_t)(digit(at[0]) << 4 | digit(at[1]));
}

static struct sample load(const char *folder)
{
    char path[TEST_PATH_SIZE];
    struct sample sample = {.pdf = malloc(LARGEST_FILE),
                            .content = malloc(LARGEST_FILE),
                            .signature = malloc(LARGEST_FILE)};

    need(sample.pdf != NULL && sample.content != NULL && sample.signature != NULL, "no memory");
    test_path(path, folder, "household-00-fr.pdf");
    sample.pdf_size = read_whole_file(path, sample.pdf, LARGEST_FILE);
    take_apart(&sample);
    return sample;
}

static X509_STORE *trust_in(const char *pem, size_t size)
{
    BIO *source = BIO_new_mem_buf(pem, (int)size);
    X509 *authority = PEM_read_bio_X509(source, NULL, NULL, NULL);
    X509_STORE *store = X509_STORE_new();

    need(authority != NULL && store != NULL && X509_STORE_add_cert(store, authority) == 1,
         "the authority's certificate");
    X509_VERIFY_PARAM_set_purpose(X509_STORE_get0_param(store), X509_PURPOSE_ANY);
    X509_free(authority);
    BIO_free(source);
    return store;
}

static double time_ours(const struct sample *sample, const struct seal_anchors *anchors)
{
    struct seal_report report;
    double began = milliseconds_now();
    enum result result = seal_verify((struct bytes){sample->pdf, sample->pdf_size}, anchors,
                                     clock_wall_seconds(), &report);
    double took = milliseconds_now() - began;

    need(result == RESULT_OK, seal_reason_sentence(report.reason));
    return took;
}

static double time_plain(const struct sample *sample, X509_STORE *trusted)
{
    double began = milliseconds_now();
    bool good = plain_cms_verify(sample->content, sample->content_size, sample->signature,
                                 sample->signature_size, trusted);
    double took = milliseconds_now() - began;

    need(good, "CMS_verify says no");
    return took;
}

static void measure(const char *folder)
{
    struct sample sample = load(folder);
    struct times ours = {}, plain = {};
    char path[TEST_PATH_SIZE], pem[LARGEST_CERTIFICATE];
    owned(seal_anchors) anchors = NULL;

    test_path(path, folder, "authorities/seal-ca.pem");
    size_t size = read_whole_file(path, pem, sizeof pem);
    const struct seal_trust trust = {.authorities = {{(const uint8_t *)pem, size}},
                                     .organization = "VATBE-0000000196"};
    need(seal_anchors_create(&trust, &anchors) == RESULT_OK, "the anchors");
    X509_STORE *trusted = trust_in(pem, size);
    for (int i = 0; i < RUNS; i++) {
        times_add(&ours, time_ours(&sample, anchors));
        times_add(&plain, time_plain(&sample, trusted));
    }
    times_print("seal_verify", "CMS_verify", &ours, &plain);
    X509_STORE_free(trusted);
    free(sample.pdf);
    free(sample.content);
    free(sample.signature);
}

int main(int argc, char **argv)
{
    char folder[TEST_PATH_SIZE];

    need(argc >= 2, "usage: bench-seal PROGRAMS [ROW…]");
    test_folder_create(folder);
    make_certificates(argv[1], folder);
    measure(folder);
    test_folder_remove(folder);
    return 0;
}
