// pcscd is restarted, pcscd is frozen.
#include "moments.h"

#define FROZEN_MS 300

static void restarted_at(struct scene *scene, const struct moment *moment, int exchange)
{
    int64_t milliseconds;
    struct visit *visit = scene_stop_at(scene, exchange);

    card_bench_kill_service(scene->bench);
    enum outcome outcome = visit_end(visit, &milliseconds);
    card_slot_until(&scene->slot, CARD_PRESENCE_NO_READER);
    card_bench_start_service(scene->bench);
    card_slot_until(&scene->slot, CARD_PRESENCE_PRESENT); // the card never left the slot
    scene_tried(scene, moment, outcome, milliseconds);
}

static void restarted(struct scene *scene)
{
    static const struct moment moment = {"pcscd killed at an exchange, and back", 5000,
                                         1u << OUTCOME_UNREACHABLE};

    for (int n = 1; n <= scene->exchanges; n = scene_next_exchange(scene, n, 13))
        restarted_at(scene, &moment, n);
}

static void restarted_between(struct scene *scene)
{
    static const struct moment moment = {"pcscd killed with nobody there, and back", 10000,
                                         1u << OUTCOME_UNREACHABLE};
    int64_t start = microseconds_now();

    card_bench_kill_service(scene->bench);
    card_slot_until(&scene->slot, CARD_PRESENCE_NO_READER);
    card_bench_start_service(scene->bench);
    card_slot_until(&scene->slot, CARD_PRESENCE_ABSENT);
    scene_tried(scene, &moment, OUTCOME_UNREACHABLE, (microseconds_now() - start) / 1000);
}

static void wait_ms(int milliseconds)
{
    int64_t start = microseconds_now();

    while (microseconds_now() - start < milliseconds * 1000)
        wait_a_moment();
}

// A frozen daemon has no time limit: the call lasts until it thaws, and then goes on.
static enum outcome thaw(struct scene *scene, struct visit *visit, int64_t *milliseconds)
{
    wait_ms(FROZEN_MS);
    bool waited = !visit_is_over(visit);
    card_bench_thaw_service(scene->bench);
    enum outcome outcome = visit_end(visit, milliseconds);
    return waited ? outcome : OUTCOME_FAILED;
}

static void frozen_at(struct scene *scene, const struct moment *moment, int exchange)
{
    int64_t milliseconds;
    struct visit *visit = scene_stop_at(scene, exchange);

    card_bench_freeze_service(scene->bench);
    scene_say(scene, "let-go");
    enum outcome outcome = thaw(scene, visit, &milliseconds);
    scene_tried(scene, moment, outcome, milliseconds);
}

static void frozen(struct scene *scene)
{
    static const struct moment moment = {"pcscd frozen for 0.3 s at an exchange", 10000,
                                         1u << OUTCOME_SERVED};

    for (int n = 1; n <= scene->exchanges; n = scene_next_exchange(scene, n, 13))
        frozen_at(scene, &moment, n);
}

static void frozen_before(struct scene *scene)
{
    static const struct moment moment = {"pcscd frozen for 0.3 s before the card is connected",
                                         10000, 1u << OUTCOME_SERVED};
    int64_t milliseconds;

    scene_insert(scene, scene->card);
    card_bench_freeze_service(scene->bench);
    struct visit *visit = visit_start(&scene->slot, scene->bench, scene->card);
    enum outcome outcome = thaw(scene, visit, &milliseconds);
    scene_tried(scene, &moment, outcome, milliseconds);
}

void moments_of_the_service(struct scene *scene)
{
    restarted(scene);
    restarted_between(scene);
    frozen(scene);
    frozen_before(scene);
}
