// kioskctl seal verify: is this PDF sealed by the municipality?
#include "clock.h"
#include "commands.h"
#include "options.h"
#include "output.h"
#include "seal.h"
#include "str.h"
#include "whole_file.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

// Of the reference municipality, whose register entry it is.
#define DEFAULT_ORGANIZATION "VATBE-0000000196"
#define DOCUMENT_MAXIMUM (8 * 1024 * 1024)
#define CERTIFICATE_MAXIMUM 65536
#define TIME_SIZE 32

struct seal_options {
    const char *trust_anchor, *time_anchor, *organization, *at, *path;
    bool json;
};

static bool read_time(const char *text, int64_t *seconds)
{
    struct tm broken = {};
    const char *end = strptime(text, "%Y-%m-%dT%H:%M:%SZ", &broken);

    if (end == NULL || *end != '\0') {
        fprintf(stderr,
                "kioskctl seal verify: --at %s: expected a time in UTC, 2026-11-24T13:00:00Z.\n",
                text);
        return false;
    }
    *seconds = timegm(&broken);
    return true;
}

static bool read_options(int count, const char *const words[], struct seal_options *options)
{
    const struct option_rule rules[] = {
        {.name = "--trust-anchor", .value = &options->trust_anchor},
        {.name = "--time-anchor", .value = &options->time_anchor},
        {.name = "--organization", .value = &options->organization},
        {.name = "--at", .value = &options->at},
        {.name = "--json", .given = &options->json},
    };

    if (!options_read(count, words, rules, sizeof rules / sizeof *rules, &options->path))
        return false;
    if (options->trust_anchor != NULL && options->path != NULL)
        return true;
    fputs("kioskctl seal verify: --trust-anchor CA.pem and a PDF must be given.\n", stderr);
    return false;
}

static enum answer read_file(const char *path, size_t maximum, struct secret **out)
{
    enum result result = whole_file_read(path, maximum, out);

    if (result == RESULT_OK)
        return ANSWER_YES;
    fprintf(stderr, "kioskctl: %s: %s.\n", path, result_text(result));
    return result == RESULT_NOT_FOUND ? ANSWER_NOT_THERE : ANSWER_NO;
}

static enum answer make_anchors(const struct seal_options *options, struct seal_anchors **anchors)
{
    owned(secret) authority = NULL, *time_authority = NULL;
    struct seal_trust trust = {.organization = options->organization != NULL
                                                   ? options->organization
                                                   : DEFAULT_ORGANIZATION};

    enum answer answer = read_file(options->trust_anchor, CERTIFICATE_MAXIMUM, &authority);
    if (answer == ANSWER_YES && options->time_anchor != NULL)
        answer = read_file(options->time_anchor, CERTIFICATE_MAXIMUM, &time_authority);
    if (answer != ANSWER_YES)
        return answer;
    trust.authorities[0] = secret_bytes(authority);
    // One authority may issue both, the seal and the clock; OpenSSL tells them apart by their use.
    trust.time_authority = secret_bytes(time_authority != NULL ? time_authority : authority);
    if (seal_anchors_create(&trust, anchors) == RESULT_OK)
        return ANSWER_YES;
    fprintf(stderr, "kioskctl: %s: expected one certificate in PEM.\n", options->trust_anchor);
    return ANSWER_NO;
}

static void report(const struct seal_options *options, const struct seal_report *seal)
{
    struct output output = {.file = stdout, .json = options->json};
    bool good = seal->status == SEAL_STATUS_GOOD;
    char text[TIME_SIZE];
    struct tm broken;
    time_t when = (time_t)seal->signed_at;
    bool timed = seal->signed_at != 0 && gmtime_r(&when, &broken) != NULL &&
                 strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &broken) > 0;

    output_begin(&output);
    output_open(&output, "seal", "Seal");
    output_word(&output, "status", "status", good ? "good" : "refused");
    output_word(&output, "reason", "reason",
                options->json ? seal_reason_word(seal->reason)
                              : seal_reason_sentence(seal->reason));
    output_word(&output, "signer", "sealed by", seal->signer[0] != '\0' ? seal->signer : NULL);
    output_word(&output, "signed_at", "sealed at", timed ? text : NULL);
    output_truth(&output, "timestamped", "time stamp", seal->timestamped);
    output_truth(&output, "covers_whole_file", "covers the whole file", seal->covers_whole_file);
    output_close(&output);
    output_end(&output);
}

enum answer seal_verify_command(int count, const char *const words[])
{
    struct seal_options options = {};
    owned(secret) document = NULL;
    owned(seal_anchors) anchors = NULL;
    struct seal_report seal = {};
    int64_t at = clock_wall_seconds();

    if (!read_options(count, words, &options) ||
        (options.at != NULL && !read_time(options.at, &at)))
        return ANSWER_WRONG_USAGE;
    enum answer answer = make_anchors(&options, &anchors);
    if (answer == ANSWER_YES)
        answer = read_file(options.path, DOCUMENT_MAXIMUM, &document);
    if (answer != ANSWER_YES)
        return answer;
    enum result result = seal_verify(secret_bytes(document), anchors, at, &seal);
    report(&options, &seal);
    return result == RESULT_OK ? ANSWER_YES : ANSWER_NO;
}
