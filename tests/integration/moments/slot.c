// The card is pulled, the reader is unplugged.
#include "moments.h"

static void pulled(struct scene *scene)
{
    static const struct moment moment = {"card pulled at each exchange", 5000,
                                         1u << OUTCOME_REMOVED};

    for (int n = 1; n <= scene->exchanges; n++) {
        scene_say(scene, "pull-at %d", n);
        scene_try_visit(scene, &moment);
    }
}

// The reset that ends a visit: the card is already out.
static void pulled_after(struct scene *scene)
{
    static const struct moment moment = {"card pulled when all is done, then let go", 5000,
                                         1u << OUTCOME_SERVED};
    int64_t milliseconds;

    scene_insert(scene, scene->card);
    enum outcome outcome = visit_whole(&scene->slot, scene->bench, scene->card, &milliseconds);
    card_bench_remove(scene->bench);
    scene_tried(scene, &moment, outcome, milliseconds);
}

static void unplugged_at(struct scene *scene, const struct moment *moment, int exchange)
{
    int64_t milliseconds;
    struct visit *visit = scene_stop_at(scene, exchange);

    card_bench_unplug(scene->bench);
    enum outcome outcome = visit_end(visit, &milliseconds);
    card_slot_until(&scene->slot, CARD_PRESENCE_NO_READER);
    card_bench_plug_in(scene->bench);
    card_slot_until(&scene->slot, CARD_PRESENCE_PRESENT); // the card never left the slot
    scene_tried(scene, moment, outcome, milliseconds);
}

static void unplugged(struct scene *scene)
{
    static const struct moment moment = {"reader unplugged at an exchange, and back", 5000,
                                         1u << OUTCOME_UNREACHABLE};

    for (int n = 1; n <= scene->exchanges; n = scene_next_exchange(scene, n, 13))
        unplugged_at(scene, &moment, n);
}

// Not every pcscd wakes its clients for this; they look again by themselves after 60 s.
static void unplugged_between(struct scene *scene)
{
    static const struct moment moment = {"reader unplugged with nobody there, and back", 10000,
                                         1u << OUTCOME_UNREACHABLE};
    int64_t start = microseconds_now();

    card_bench_unplug(scene->bench);
    card_slot_until(&scene->slot, CARD_PRESENCE_NO_READER);
    card_bench_plug_in(scene->bench);
    card_slot_until(&scene->slot, CARD_PRESENCE_ABSENT);
    scene_tried(scene, &moment, OUTCOME_UNREACHABLE, (microseconds_now() - start) / 1000);
}

void moments_of_a_pull(struct scene *scene)
{
    pulled(scene);
    pulled_after(scene);
}

void moments_of_the_reader(struct scene *scene)
{
    unplugged(scene);
    unplugged_between(scene);
}
