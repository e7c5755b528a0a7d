// order_crashes [--cases N] [--seed N] [--replay CASE] | --table: plays random cases of the shipped
// order rules with up to four power cuts each, judges every end by the books of the world outside,
// and lets the same judgement catch planted defects. --replay tells one case step by step, --table
// writes what caught each defect as the page in kiosk/order has it.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crash_kiosk.h"
#include "str.h"

#define MUTATION_CASES 20000

struct options {
    int64_t cases, seed, replay; // replay: -1 none
};

static uint64_t seed_of(const struct options *options, int64_t number)
{
    return (uint64_t)options->seed * 1000003 + (uint64_t)number + 1;
}

static int replay(const struct options *options)
{
    (void)printf("case %lld of seed %lld\n", (long long)options->replay, (long long)options->seed);
    struct crash_case played =
        crash_case_play(&shipped_rules, seed_of(options, options->replay), true);

    (void)printf("broken: %s\n", ledger_rule_text(played.broken));
    return played.broken == LEDGER_HOLDS ? EXIT_SUCCESS : EXIT_FAILURE;
}

static bool shipped_rules_hold(const struct options *options)
{
    int64_t ends[ORDER_STATE_COUNT] = {}, crashes = 0, broken = 0;

    for (int64_t i = 0; i < options->cases; i++) {
        struct crash_case played = crash_case_play(&shipped_rules, seed_of(options, i), false);

        ends[played.end]++;
        crashes += played.crashes;
        if (played.broken != LEDGER_HOLDS && ++broken <= 5)
            (void)printf("BROKEN in case %lld: %s; order_crashes --seed %lld --replay %lld\n",
                         (long long)i, ledger_rule_text(played.broken), (long long)options->seed,
                         (long long)i);
    }
    (void)printf("seed %lld: %lld cases, %lld power cuts: %lld delivered, %lld refunded, "
                 "%lld closed unpaid, %lld staff; broken: %lld\n",
                 (long long)options->seed, (long long)options->cases, (long long)crashes,
                 (long long)ends[ORDER_DELIVERED], (long long)ends[ORDER_REFUNDED],
                 (long long)ends[ORDER_CLOSED], (long long)ends[ORDER_STAFF], (long long)broken);
    return broken == 0 && crashes > 0 && ends[ORDER_DELIVERED] > 0 && ends[ORDER_REFUNDED] > 0 &&
           ends[ORDER_CLOSED] > 0 && ends[ORDER_STAFF] > 0;
}

static bool defect_is_caught(const struct options *options, int which)
{
    for (int64_t i = 0; i < MUTATION_CASES; i++) {
        struct crash_case played = crash_case_play(&defects[which], seed_of(options, i), false);

        if (played.broken == LEDGER_HOLDS)
            continue;
        (void)printf("| %s | %s | %lld | %s |\n",
                     which < PROTECTING_RULES ? "protecting rule" : "other", defects[which].name,
                     (long long)i + 1, ledger_rule_text(played.broken));
        return true;
    }
    (void)printf("| NOT CAUGHT | %s | | |\n", defects[which].name);
    return false;
}

static bool defects_are_caught(const struct options *options)
{
    bool good = true;

    (void)printf("| kind | what is wrong | caught in case | by |\n| --- | --- | --- | --- |\n");
    for (int i = 0; i < defect_count; i++)
        good = defect_is_caught(options, i) && good;
    return good;
}

static bool read_options(int count, char **texts, struct options *options)
{
    for (int i = 1; i + 1 < count; i += 2) {
        int64_t *number = strcmp(texts[i], "--cases") == 0    ? &options->cases
                          : strcmp(texts[i], "--seed") == 0   ? &options->seed
                          : strcmp(texts[i], "--replay") == 0 ? &options->replay
                                                              : NULL;
        if (number == NULL || str_to_int(texts[i + 1], 0, INT32_MAX, number) != RESULT_OK)
            return false;
    }
    return count % 2 == 1;
}

int main(int count, char **texts)
{
    struct options options = {.cases = 200000, .seed = 2026, .replay = -1};

    if (count == 2 && strcmp(texts[1], "--table") == 0)
        return defects_are_caught(&options) ? EXIT_SUCCESS : EXIT_FAILURE;
    if (!read_options(count, texts, &options)) {
        (void)fprintf(stderr,
                      "usage: order_crashes [--cases N] [--seed N] [--replay CASE] | --table\n");
        return 2;
    }
    if (options.replay >= 0)
        return replay(&options);
    bool good = shipped_rules_hold(&options);
    good = defects_are_caught(&options) && good;
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
