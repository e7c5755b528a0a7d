#include "moments.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define LINE_SIZE 64

void scene_say(struct scene *scene, const char *format, ...)
{
    char line[LINE_SIZE], answer[LINE_SIZE];
    va_list arguments;

    va_start(arguments, format);
    int size = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (size < 0 || size >= LINE_SIZE)
        exit(1);
    card_bench_control(scene->bench, line, answer, sizeof answer);
}

void scene_insert(struct scene *scene, const char *card)
{
    card_bench_insert(scene->bench, card);
    card_slot_until(&scene->slot, CARD_PRESENCE_PRESENT);
}

struct visit *scene_stop_at(struct scene *scene, int exchange)
{
    scene_say(scene, "silent-at %d", exchange);
    scene_insert(scene, scene->card);
    struct visit *visit = visit_start(&scene->slot, scene->bench, scene->card);
    while (card_bench_holding(scene->bench) == 0 && !visit_is_over(visit))
        wait_a_moment();
    return visit;
}

bool scene_next_is_served(struct scene *scene)
{
    const struct card_reader *port = &scene->slot.port;
    int64_t milliseconds;

    (void)port->verbs->release(port->self); // of a card or a service that may be gone
    scene_say(scene, "pull-at 0");
    card_bench_remove(scene->bench);
    card_slot_until(&scene->slot, CARD_PRESENCE_ABSENT);
    scene_insert(scene, NEXT_CARD);
    enum outcome outcome = visit_whole(&scene->slot, scene->bench, NEXT_CARD, &milliseconds);
    enum result released = port->verbs->release(port->self);
    card_bench_remove(scene->bench);
    card_slot_until(&scene->slot, CARD_PRESENCE_ABSENT);
    return outcome == OUTCOME_SERVED && released == RESULT_OK;
}

void scene_tried(struct scene *scene, const struct moment *moment, enum outcome outcome,
                 int64_t milliseconds)
{
    table_add(scene->table, moment, outcome, milliseconds, scene_next_is_served(scene));
}

void scene_try_visit(struct scene *scene, const struct moment *moment)
{
    int64_t milliseconds;

    scene_insert(scene, scene->card);
    enum outcome outcome = visit_whole(&scene->slot, scene->bench, scene->card, &milliseconds);
    scene_tried(scene, moment, outcome, milliseconds);
}

int scene_next_exchange(const struct scene *scene, int exchange, int step)
{
    int next = exchange + (scene->thorough ? 1 : step);

    return exchange < scene->exchanges && next > scene->exchanges ? scene->exchanges : next;
}
