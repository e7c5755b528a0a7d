// kioskctl card read: the card in the reader.
#include "card_read.h"
#include "card_report.h"
#include "clock.h"
#include "options.h"
#include "pcsc_channel.h"
#include "whole_file.h"

#include <string.h>
#include <unistd.h>

// "identity", "address" or both with a comma between.
static bool read_only_list(const char *list, struct eid_wish *wish)
{
    static const char identity[] = "identity", address[] = "address";

    while (*list != '\0') {
        size_t size = strcspn(list, ",");
        bool is_identity = size == strlen(identity) && strncmp(list, identity, size) == 0;
        bool is_address = size == strlen(address) && strncmp(list, address, size) == 0;
        bool ends_in_comma = list[size] == ',' && list[size + 1] == '\0';
        if ((!is_identity && !is_address) || ends_in_comma)
            return false;
        wish->identity |= is_identity;
        wish->address |= is_address;
        list += size + (list[size] == ',');
    }
    return true;
}

bool card_read_options(int count, const char *const words[], struct card_read_options *options)
{
    const struct option_rule rules[] = {
        {.name = "--reader", .value = &options->reader},
        {.name = "--only", .value = &options->only},
        {.name = "--photo", .value = &options->photo},
        {.name = "--trust-anchor", .value = &options->trust_anchor},
        {.name = "--intermediates", .value = &options->intermediates},
        {.name = "--json", .given = &options->json},
    };

    if (!options_read(count, words, rules, sizeof rules / sizeof *rules, NULL))
        return false;
    if (options->only == NULL)
        options->wish =
            (struct eid_wish){.register_files = true, .photo = true, .holder = true, .chip = true};
    if (options->only != NULL && !read_only_list(options->only, &options->wish)) {
        fputs("kioskctl card read: --only takes identity, address or identity,address.\n", stderr);
        return false;
    }
    if (options->only != NULL && options->photo != NULL) {
        fputs("kioskctl card read: --only leaves the photo out; give --photo without it.\n",
              stderr);
        return false;
    }
    return true;
}

static enum answer refuse(const struct card_read_options *options, enum answer answer,
                          const char *reason)
{
    struct output output = {.file = stdout, .json = options->json};

    if (options->json) {
        output_begin(&output);
        output_word(&output, "reason", "", reason);
        output_end(&output);
    }
    fprintf(stderr, "kioskctl card read: %s.\n", reason);
    return answer;
}

struct refusal {
    enum result result;
    enum answer answer;
    const char *reason;
};

static enum answer explain(const struct card_read_options *options, enum result result,
                           const struct refusal *refusals, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (refusals[i].result == result)
            return refuse(options, refusals[i].answer, refusals[i].reason);
    return refuse(options, ANSWER_NO, result_text(result));
}

static enum answer explain_connect(const struct card_read_options *options, enum result result)
{
    static const struct refusal refusals[] = {
        {RESULT_REMOVED, ANSWER_NOT_THERE, "there is no card in the reader; insert one"},
        {RESULT_UNREACHABLE, ANSWER_NOT_THERE,
         "there is no such reader, or several and none was named with --reader, or pcscd does not "
         "run"},
        {RESULT_BUSY, ANSWER_NO, "another program holds the card; end it and try again"},
    };

    return explain(options, result, refusals, sizeof refusals / sizeof *refusals);
}

static enum answer explain_reading(const struct card_read_options *options, enum result result)
{
    static const struct refusal refusals[] = {
        {RESULT_NOT_FOUND, ANSWER_NO, "the card is not a Belgian identity card"},
        {RESULT_REFUSED, ANSWER_NO, "the card is not activated"},
        {RESULT_MALFORMED, ANSWER_NO, "a file of the card breaks its format"},
        {RESULT_REMOVED, ANSWER_NO, "the card was taken out while it was read"},
        {RESULT_UNREACHABLE, ANSWER_NO, "the reader or pcscd went away while the card was read"},
    };

    return explain(options, result, refusals, sizeof refusals / sizeof *refusals);
}

static void report_traffic(struct output *output, const struct pcsc_channel *channel)
{
    struct pcsc_traffic traffic = pcsc_channel_traffic(channel);

    output_open(output, "apdu", "Exchanges with the card");
    output_number(output, "count", "number", traffic.exchanges);
    output_number(output, "bytes_sent", "bytes sent", traffic.bytes_sent);
    output_number(output, "bytes_received", "bytes received", traffic.bytes_received);
    output_milliseconds(output, "milliseconds", "milliseconds", traffic.nanoseconds);
    output_close(output);
}

static enum answer report(const struct card_read_options *options, const struct card_whole *whole,
                          const struct eid_contents *contents, const struct eid_chip *chip,
                          const struct pcsc_channel *channel)
{
    struct output output = {.file = stdout, .json = options->json};
    struct eid_verification found = {};

    if (whole != NULL)
        found = whole->verify(contents, options->wish.trust, chip, clock_wall_seconds());
    const char *reason = card_report_reason(contents, &found);
    output_begin(&output);
    card_report_contents(&output, contents, &found);
    card_report_chip(&output, contents, &found, chip);
    if (whole != NULL)
        whole->report_certificates(&output, contents);
    else
        card_report_no_certificates(&output);
    report_traffic(&output, channel);
    if (reason != NULL)
        output_word(&output, "reason", "reason", reason);
    output_end(&output);
    return reason == NULL ? ANSWER_YES : ANSWER_NO;
}

static enum answer save_photo(const struct card_read_options *options,
                              const struct eid_contents *contents)
{
    if (options->photo == NULL)
        return ANSWER_YES;
    if (whole_file_write(options->photo, eid_contents_file(contents, EID_CONTENT_PHOTO)) ==
        RESULT_OK)
        return ANSWER_YES;
    return refuse(options, ANSWER_NO, "the photo's file cannot be written");
}

static enum answer read_connected(const struct card_read_options *options,
                                  const struct card_whole *whole, struct pcsc_channel *channel,
                                  struct eid_chip *chip)
{
    struct card_channel port = pcsc_channel_port(channel);
    struct eid_contents contents = {};

    enum result result = eid_contents_read_card(
        port, whole != NULL ? whole->way : eid_contents_read_name, &options->wish, &contents, chip);
    // Let go before anything is worked out: the next program may want the card.
    (void)port.verbs->disconnect(port.self);
    enum answer answer =
        result == RESULT_OK ? save_photo(options, &contents) : explain_reading(options, result);
    if (result == RESULT_OK && answer == ANSWER_YES)
        answer = report(options, whole, &contents, chip, channel);
    eid_contents_wipe(&contents);
    return answer;
}

enum answer card_read(const struct card_read_options *options, const struct card_whole *whole)
{
    owned(pcsc_channel) channel = NULL;
    struct eid_chip chip = {};

    const struct pcsc_channel_settings settings = {.reader = options->reader};
    if (pcsc_channel_create(&settings, &channel) != RESULT_OK)
        return refuse(options, ANSWER_NO, "out of memory");
    struct card_channel port = pcsc_channel_port(channel);
    enum result result = port.verbs->connect(port.self, &chip.answer);
    if (result != RESULT_OK)
        return explain_connect(options, result);
    if (chip.answer.size == 0)
        return refuse(options, ANSWER_NO,
                      "the card does not answer; is it the right way round, chip first?");
    return read_connected(options, whole, channel, &chip);
}
