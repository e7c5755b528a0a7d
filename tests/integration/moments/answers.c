// Answers that mean nothing, answers that are forged, answers that never come.
#include "moments.h"

#include <stdio.h>
#include <stdlib.h>

// Of the virtual reader: a card that thinks longer is silent.
#define ANSWER_LIMIT_MS "1000"
#define GARBAGE_MAXIMUM 258
#define FORGED_MAXIMUM 256
#define DEFINED                                                                                    \
    (1u << OUTCOME_SERVED | 1u << OUTCOME_FAILED | 1u << OUTCOME_MALFORMED |                       \
     1u << OUTCOME_NOT_VALID | 1u << OUTCOME_OTHER | 1u << OUTCOME_PIN_WRONG |                     \
     1u << OUTCOME_REFUSED)

// Lengths at which something changes, for the short form.
static int next_length(const struct scene *scene, int length)
{
    static const int turns[] = {0, 1, 2, 3, 28, 30, 121, 128, 255, 256, 257, 258};

    if (scene->thorough)
        return length + 1;
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++)
        if (turns[i] > length)
            return turns[i];
    return GARBAGE_MAXIMUM + 1;
}

// By elevens, so that few lengths meet every part of a visit, and many every exchange.
static int next_exchange(const struct scene *scene, int exchange)
{
    return (exchange + 10) % scene->exchanges + 1;
}

static void garbled(struct scene *scene)
{
    static const struct moment moment = {"garbage of a length from 0 to 258, at an exchange", 5000,
                                         DEFINED};
    int exchange = 0;

    for (int length = 0; length <= GARBAGE_MAXIMUM; length = next_length(scene, length)) {
        exchange = next_exchange(scene, exchange);
        scene_say(scene, "garble-at %d %d", exchange, length);
        scene_try_visit(scene, &moment);
    }
}

static void forged(struct scene *scene)
{
    static const struct moment moment = {
        "random data of a length from 0 to 256 and \"all is well\", at an exchange", 5000, DEFINED};
    int exchange = 0;

    for (int length = 0; length <= FORGED_MAXIMUM; length = next_length(scene, length)) {
        exchange = next_exchange(scene, exchange);
        scene_say(scene, "forge-at %d %d", exchange, length);
        scene_try_visit(scene, &moment);
    }
}

// Reading begins once more from the start; VERIFY and signing never do: nobody knows whether the
// card has counted a try.
static void must_not_be_sent_again(struct scene *scene, enum outcome outcome, int exchange)
{
    if (outcome != OUTCOME_FAILED || card_bench_commands(scene->bench) == exchange)
        return;
    fprintf(stderr, "after a silence at command %d the card got %ld\n", exchange,
            card_bench_commands(scene->bench));
    exit(1);
}

static void silent_once(struct scene *scene)
{
    static const struct moment moment = {"an answer that never comes, at an exchange", 5000,
                                         1u << OUTCOME_SERVED | 1u << OUTCOME_FAILED};
    int64_t milliseconds;

    for (int n = 1; n <= scene->exchanges; n = scene_next_exchange(scene, n, 7)) {
        scene_say(scene, "silent-at %d", n);
        scene_insert(scene, scene->card);
        enum outcome outcome = visit_whole(&scene->slot, scene->bench, scene->card, &milliseconds);
        must_not_be_sent_again(scene, outcome, n);
        scene_tried(scene, &moment, outcome, milliseconds);
    }
}

static void silent_for_good(struct scene *scene)
{
    static const struct moment moment = {"no answer from an exchange on", 5000,
                                         1u << OUTCOME_FAILED};

    for (int n = 1; n <= scene->exchanges; n = scene_next_exchange(scene, n, 13)) {
        scene_say(scene, "silent-from %d", n);
        scene_try_visit(scene, &moment);
    }
}

static void dead(struct scene *scene)
{
    static const struct moment moment = {"the chip dies at an exchange, and answers no reset", 5000,
                                         1u << OUTCOME_FAILED | 1u << OUTCOME_MUTE |
                                             1u << OUTCOME_REMOVED};

    for (int n = 1; n <= scene->exchanges; n = scene_next_exchange(scene, n, 13)) {
        scene_say(scene, "dead-from %d", n);
        scene_try_visit(scene, &moment);
    }
}

static void make_the_reader_impatient(struct scene *scene)
{
    setenv("VIRTUAL_READER_ANSWER_LIMIT_MS", ANSWER_LIMIT_MS, 1);
    card_bench_kill_service(scene->bench);
    card_slot_until(&scene->slot, CARD_PRESENCE_NO_READER);
    card_bench_start_service(scene->bench);
    card_slot_until(&scene->slot, CARD_PRESENCE_ABSENT);
}

void moments_of_answers(struct scene *scene)
{
    make_the_reader_impatient(scene);
    garbled(scene);
    forged(scene);
    silent_once(scene);
    silent_for_good(scene);
    dead(scene);
}
