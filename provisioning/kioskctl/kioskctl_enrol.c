// kioskctl-enrol: makes this machine a terminal of a municipality. kioskctl becomes it; a program
// of its own, because no other command loads libcurl.
#include "commands.h"
#include "est_client.h"
#include "est_messages.h"
#include "identity_files.h"
#include "options.h"
#include "output.h"
#include "str.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DEFAULT_DIRECTORY "/etc/eguichet-kiosk"
#define TEXT_SIZE 256

struct enrol_options {
    const char *url, *code, *fingerprint, *directory;
    char digits[65]; // of the fingerprint
    bool json;
};

struct enrolment {
    EVP_PKEY *key;
    char *request;
    STACK_OF(X509) * authorities, *certificates;
    struct identity identity; // borrows from the above
};

static void enrolment_clear(struct enrolment *enrolment)
{
    EVP_PKEY_free(enrolment->key);
    free(enrolment->request);
    sk_X509_pop_free(enrolment->authorities, X509_free);
    sk_X509_pop_free(enrolment->certificates, X509_free);
}

static bool read_options(int count, const char *const words[], struct enrol_options *options)
{
    const struct option_rule rules[] = {
        {.name = "--url", .value = &options->url},
        {.name = "--code", .value = &options->code},
        {.name = "--ca-fingerprint", .value = &options->fingerprint},
        {.name = "--directory", .value = &options->directory},
        {.name = "--json", .given = &options->json},
    };

    if (!options_read(count, words, rules, sizeof rules / sizeof *rules, NULL))
        return false;
    if (options->directory == NULL)
        options->directory = DEFAULT_DIRECTORY;
    if (options->url == NULL || options->code == NULL || options->fingerprint == NULL) {
        fputs("kioskctl enrol: --url URL --code CODE --ca-fingerprint SHA256 must be given.\n",
              stderr);
        return false;
    }
    if (!str_starts_with(options->url, "https://")) {
        fputs("kioskctl enrol: --url: expected https://HOST or https://HOST:PORT.\n", stderr);
        return false;
    }
    if (est_fingerprint_read(options->fingerprint, options->digits))
        return true;
    fputs("kioskctl enrol: --ca-fingerprint: expected the 64 hexadecimal digits of SHA-256, or at "
          "least the first 24.\n",
          stderr);
    return false;
}

static enum answer no(enum answer answer, const char *why)
{
    fprintf(stderr, "kioskctl enrol: %s\n", why);
    return answer;
}

// What happened, and how to mend it.
static enum answer explain(enum result result, enum est_refusal refusal)
{
    static const char *const words[] = {
        [EST_REFUSAL_NONE] = "The municipality's answer is not as expected.",
        [EST_REFUSAL_CODE] = "The code is wrong, was used, or is older than 24 hours. Ask the "
                             "municipality for a new one.",
        [EST_REFUSAL_TERMINAL] = "The municipality does not take this terminal. Ask it for a code "
                                 "and enrol again.",
        [EST_REFUSAL_NOBODY] = "Nobody enrols at this address. Expected: the municipality's public "
                               "address, where papers are checked, too.",
        [EST_REFUSAL_TOO_MANY] = "Too many tries. Wait a minute, then try again.",
        [EST_REFUSAL_OTHER] = "The municipality has a fault of its own. Try later, or tell it.",
    };

    if (result == RESULT_REFUSED)
        return no(ANSWER_NO, words[refusal]);
    if (result == RESULT_UNREACHABLE)
        return no(ANSWER_NOT_THERE, "No connection with the municipality, or its server is not "
                                    "under the authority that was named. Check address, network "
                                    "and clock.");
    return no(ANSWER_NO, words[EST_REFUSAL_NONE]);
}

// The fingerprint is compared before anything is sent.
static enum answer find_anchor(const struct enrol_options *options, struct enrolment *enrolment)
{
    const struct est_server server = {.url = options->url};
    enum est_refusal refusal;
    enum result result = est_authorities(&server, &enrolment->authorities, &refusal);

    if (result != RESULT_OK)
        return explain(result, refusal);
    enrolment->identity.anchor = est_find_anchor(enrolment->authorities, options->digits);
    if (enrolment->identity.anchor != NULL)
        return ANSWER_YES;
    return no(ANSWER_NO, "This server does not have the authority with that fingerprint; the code "
                         "was not sent. Check fingerprint and address with the municipality.");
}

static enum answer ask(const struct enrol_options *options, struct enrolment *enrolment)
{
    const struct est_server server = {.url = options->url, .anchor = enrolment->identity.anchor};
    enum est_refusal refusal;

    enrolment->key = est_new_key();
    if (enrolment->key == NULL || est_request(enrolment->key, &enrolment->request) != RESULT_OK)
        return no(ANSWER_NO, "No key could be made on this machine.");
    enum result result =
        est_enrol(&server, enrolment->request, options->code, &enrolment->certificates, &refusal);
    if (result != RESULT_OK)
        return explain(result, refusal);
    enrolment->identity.key = enrolment->key;
    enrolment->identity.certificate = est_find_own(enrolment->certificates, enrolment->key);
    return enrolment->identity.certificate != NULL
               ? ANSWER_YES
               : no(ANSWER_NO, "The municipality's certificate is for another key.");
}

static void report(const struct enrol_options *options, const struct identity *identity)
{
    struct output output = {.file = stdout, .json = options->json};
    char name[TEXT_SIZE] = "", until[TEXT_SIZE] = "", fingerprint[65] = "";
    struct tm end = {};

    X509_NAME_get_text_by_NID(X509_get_subject_name(identity->certificate), NID_commonName, name,
                              sizeof name);
    bool told = ASN1_TIME_to_tm(X509_get0_notAfter(identity->certificate), &end) == 1 &&
                strftime(until, sizeof until, "%Y-%m-%dT%H:%M:%SZ", &end) > 0 &&
                est_fingerprint(identity->anchor, fingerprint) == RESULT_OK;
    output_begin(&output);
    output_open(&output, "enrolment", "Enrolment");
    output_text(&output, "terminal", "terminal",
                (struct bytes){(const uint8_t *)name, strlen(name)});
    output_word(&output, "valid_until", "valid until", told ? until : NULL);
    output_word(&output, "ca_fingerprint", "authority", told ? fingerprint : NULL);
    output_word(&output, "directory", "files in", options->directory);
    output_close(&output);
    output_end(&output);
}

static enum answer enrol(const struct enrol_options *options, struct enrolment *enrolment)
{
    if (identity_files_prepare(options->directory) != RESULT_OK) {
        fprintf(stderr,
                "kioskctl enrol: %s: %s. Expected: a directory that can be written; the code was "
                "not used.\n",
                options->directory, strerrordesc_np(errno));
        return ANSWER_NO;
    }
    enum answer answer = find_anchor(options, enrolment);
    if (answer == ANSWER_YES)
        answer = ask(options, enrolment);
    if (answer != ANSWER_YES)
        return answer;
    if (identity_files_write(options->directory, &enrolment->identity) != RESULT_OK) {
        fprintf(stderr, "kioskctl enrol: %s: %s. The code is used: ask for another one.\n",
                options->directory, strerrordesc_np(errno));
        return ANSWER_NO;
    }
    report(options, &enrolment->identity);
    return ANSWER_YES;
}

int main(int argc, char *argv[])
{
    __attribute__((cleanup(enrolment_clear))) struct enrolment enrolment = {};
    struct enrol_options options = {};

    if (argc < 2 || !read_options(argc - 2, (const char *const *)argv + 2, &options))
        return ANSWER_WRONG_USAGE;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return ANSWER_NO;
    enum answer answer = enrol(&options, &enrolment);
    curl_global_cleanup();
    return (int)answer;
}
