// kioskctl card decode: files of a card, taken from anywhere.
#include "card_report.h"
#include "commands.h"
#include "options.h"
#include "whole_file.h"

// No card comes near it.
#define CARD_FILE_MAXIMUM 65536

struct decode_options {
    const char *paths[EID_CONTENT_COUNT];
    const char *trust_anchor;
    bool json;
};

static bool read_options(int count, const char *const words[], struct decode_options *options)
{
    const char **paths = options->paths;
    const struct option_rule rules[] = {
        {.name = "--identity", .value = &paths[EID_CONTENT_IDENTITY]},
        {.name = "--identity-signature", .value = &paths[EID_CONTENT_IDENTITY_SIGNATURE]},
        {.name = "--address", .value = &paths[EID_CONTENT_ADDRESS]},
        {.name = "--address-signature", .value = &paths[EID_CONTENT_ADDRESS_SIGNATURE]},
        {.name = "--photo", .value = &paths[EID_CONTENT_PHOTO]},
        {.name = "--rrn-certificate", .value = &paths[EID_CONTENT_REGISTER_CERTIFICATE]},
        {.name = "--trust-anchor", .value = &options->trust_anchor},
        {.name = "--json", .given = &options->json},
    };

    if (!options_read(count, words, rules, sizeof rules / sizeof *rules, NULL))
        return false;
    if (paths[EID_CONTENT_IDENTITY] != NULL)
        return true;
    fputs("kioskctl card decode: --identity FILE must be given, the file 3F00/DF01/4031 of a "
          "card.\n",
          stderr);
    return false;
}

static enum answer read_files(const struct decode_options *options, struct eid_contents *contents)
{
    for (size_t i = 0; i < EID_CONTENT_COUNT; i++) {
        if (options->paths[i] == NULL)
            continue;
        enum result result =
            whole_file_read(options->paths[i], CARD_FILE_MAXIMUM, &contents->files[i]);
        if (result != RESULT_OK) {
            fprintf(stderr, "kioskctl: %s: %s. Expected: a file of a card, at most 64 KiB.\n",
                    options->paths[i], result_text(result));
            return result == RESULT_NOT_FOUND ? ANSWER_NOT_THERE : ANSWER_NO;
        }
    }
    return ANSWER_YES;
}

// An empty file is there, and wrong; the rest of the program takes an empty file for one missing.
static enum answer refuse_empty(const struct decode_options *options,
                                const struct eid_contents *contents)
{
    for (size_t i = 0; i < EID_CONTENT_COUNT; i++)
        if (options->paths[i] != NULL &&
            eid_contents_file(contents, (enum eid_content)i).size == 0) {
            fprintf(stderr, "kioskctl: %s: the file is empty.\n", options->paths[i]);
            return ANSWER_NO;
        }
    return ANSWER_YES;
}

static enum answer decode(const struct decode_options *options, const struct eid_contents *contents)
{
    owned(eid_trust) trust = NULL;
    struct output output = {.file = stdout, .json = options->json};

    if (options->trust_anchor != NULL) {
        enum result result = eid_trust_create(options->trust_anchor, NULL, &trust);
        if (result != RESULT_OK) {
            fprintf(stderr,
                    "kioskctl: %s: %s. Expected: root certificates in PEM, or one in DER.\n",
                    options->trust_anchor, result_text(result));
            return result == RESULT_NOT_FOUND ? ANSWER_NOT_THERE : ANSWER_NO;
        }
    }
    struct eid_verification found = eid_contents_verify(contents, trust, NULL, 0);
    const char *reason = card_report_reason(contents, &found);
    output_begin(&output);
    card_report_contents(&output, contents, &found);
    if (reason != NULL)
        output_word(&output, "reason", "reason", reason);
    output_end(&output);
    return reason == NULL ? ANSWER_YES : ANSWER_NO;
}

enum answer card_decode_command(int count, const char *const words[])
{
    struct decode_options options = {};
    struct eid_contents contents = {};

    if (!read_options(count, words, &options))
        return ANSWER_WRONG_USAGE;
    enum answer answer = read_files(&options, &contents);
    if (answer == ANSWER_YES)
        answer = refuse_empty(&options, &contents);
    if (answer == ANSWER_YES)
        answer = decode(&options, &contents);
    eid_contents_wipe(&contents);
    return answer;
}
