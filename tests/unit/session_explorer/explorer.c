// Breadth first over the finite picture, so that what is found is the shortest script.
#include "explorer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session_play.h"

#define NOBODY UINT32_MAX
#define NOW 2000

struct exploration {
    step_function *step;
    struct session_limits limits;
    struct session_event events[WORLD_LINES_MAXIMUM];
    struct world_key *keys;
    uint32_t *parents;
    uint8_t *lines;
    uint32_t *after_timer;
    size_t count, capacity;
    uint32_t *table; // open addressing over keys
    size_t table_size;
    size_t steps;
    size_t longest_way_home;
    enum rule broken;
    uint32_t broken_at;
    size_t broken_line; // world_line_count() when no single event is to blame
    struct occurrences seen;
};

static void *need(void *memory)
{
    if (memory == NULL) {
        (void)fprintf(stderr, "session_explorer: out of memory\n");
        exit(EXIT_FAILURE);
    }
    return memory;
}

static size_t hash(const struct world_key *key)
{
    uint64_t value = 14695981039346656037u; // FNV-1a, eight bytes a time
    uint64_t word;

    for (size_t i = 0; i < WORLD_KEY_SIZE; i += sizeof word) {
        memcpy(&word, key->bytes + i, sizeof word);
        value = (value ^ word) * 1099511628211u;
        value ^= value >> 29;
    }
    return (size_t)value;
}

static size_t slot_of(const struct exploration *all, const struct world_key *key)
{
    size_t at = hash(key) % all->table_size;

    while (all->table[at] != NOBODY && memcmp(&all->keys[all->table[at]], key, sizeof *key) != 0)
        at = (at + 1) % all->table_size;
    return at;
}

static void grow(struct exploration *all)
{
    all->capacity = all->capacity == 0 ? 1 << 16 : all->capacity * 2;
    all->keys = need(realloc(all->keys, all->capacity * sizeof *all->keys));
    all->parents = need(realloc(all->parents, all->capacity * sizeof *all->parents));
    all->lines = need(realloc(all->lines, all->capacity * sizeof *all->lines));
    all->after_timer = need(realloc(all->after_timer, all->capacity * sizeof *all->after_timer));
    free(all->table);
    all->table_size = all->capacity * 2;
    all->table = need(malloc(all->table_size * sizeof *all->table));
    memset(all->table, 0xFF, all->table_size * sizeof *all->table);
    for (size_t i = 0; i < all->count; i++)
        all->table[slot_of(all, &all->keys[i])] = (uint32_t)i;
}

static uint32_t find_or_add(struct exploration *all, const struct world_key *key, uint32_t parent,
                            size_t line)
{
    if (all->count == all->capacity)
        grow(all);
    size_t slot = slot_of(all, key);
    if (all->table[slot] != NOBODY)
        return all->table[slot];
    uint32_t added = (uint32_t)all->count++;
    all->keys[added] = *key;
    all->parents[added] = parent;
    all->lines[added] = (uint8_t)line;
    all->after_timer[added] = NOBODY;
    all->table[slot] = added;
    return added;
}

static void note_effects(struct occurrences *seen, const struct session_effects *effects)
{
    for (size_t i = 0; i < effects->count; i++) {
        const struct session_effect *effect = &effects->list[i];
        seen->effect[effect->kind] = true;
        if (effect->kind == EFFECT_SOUND)
            seen->sound[effect->sound] = true;
        if (effect->kind == EFFECT_CALL_STAFF)
            seen->call[effect->call] = true;
        if (effect->kind == EFFECT_JOURNAL_ORDER)
            seen->order[effect->record.state] = true;
        if (effect->kind == EFFECT_JOURNAL_SESSION && !effect->chapter.begins)
            seen->ending[effect->chapter.ending] = true;
    }
}

static bool changes_nothing(const struct session *before, const struct session *after,
                            const struct session_effects *effects)
{
    return effects->count == 0 && memcmp(before, after, sizeof *before) == 0;
}

// A timer that was replaced, on a screen that has one.
static bool late_timer_does_nothing(const struct exploration *all, const struct session *session)
{
    struct session_event late = {.kind = EVENT_TIMER, .now = NOW, .number = session->timer + 1000};
    struct session after;
    struct session_effects effects;

    all->step(session, &late, &after, &effects);
    return changes_nothing(session, &after, &effects);
}

static bool needs_timer(enum session_screen screen)
{
    return screen != SCREEN_ATTRACT && screen != SCREEN_OUT_OF_SERVICE && screen != SCREEN_STARTING;
}

struct taken {
    struct session session;
    struct monitor monitor;
    struct session_effects effects;
    bool asked;
};

// One event in one state, watched.
static enum rule take_event(struct exploration *all, const struct session *before,
                            const struct monitor *monitor, struct session_event event,
                            struct taken *taken)
{
    world_fill(before, NOW, &event);
    taken->monitor = *monitor;
    taken->asked = world_is_asked(before, &event);
    all->step(before, &event, &taken->session, &taken->effects);
    all->steps++;
    bool idle = event.kind == EVENT_TIMER && before->timer == 0;
    if (!taken->asked || idle)
        return changes_nothing(before, &taken->session, &taken->effects) ? RULE_NONE
                                                                         : RULE_NOTHING_FROM_LATE;
    struct watched seen = {&taken->monitor, before->screen,  &event,
                           taken->asked,    &taken->effects, &taken->session};
    enum rule rule = monitor_watch(&seen);
    if (rule == RULE_NONE && taken->session.timer == 0 && needs_timer(taken->session.screen))
        rule = RULE_TIMER_ARMED;
    return rule;
}

static void note_pair(struct exploration *all, const struct session *before,
                      enum session_event_kind kind, const struct taken *taken)
{
    struct occurrences *seen = &all->seen;

    seen->event[kind] = true;
    seen->pair[before->screen][kind] = true;
    if (!changes_nothing(before, &taken->session, &taken->effects))
        seen->acts[before->screen][kind] = true;
    if (before->screen != taken->session.screen)
        seen->edge[before->screen][taken->session.screen][kind] = true;
    note_effects(seen, &taken->effects);
}

static void expand(struct exploration *all, uint32_t node)
{
    struct session session;
    struct monitor monitor;
    struct taken taken;
    struct world_key key;

    world_unpack(&all->keys[node], &all->limits, &session, &monitor);
    all->seen.screen[session.screen] = true;
    if (session.timer != 0 && !late_timer_does_nothing(all, &session))
        all->broken = RULE_NOTHING_FROM_LATE;
    for (size_t line = 0; all->broken == RULE_NONE && line < world_line_count(); line++) {
        all->broken = take_event(all, &session, &monitor, all->events[line], &taken);
        all->broken_at = node;
        all->broken_line = line;
        if (!taken.asked)
            continue;
        note_pair(all, &session, all->events[line].kind, &taken);
        world_pack(&taken.session, &taken.monitor, &key);
        uint32_t next = find_or_add(all, &key, node, line);
        if (all->events[line].kind == EVENT_TIMER)
            all->after_timer[node] = next;
    }
}

// ---- the way home

static bool is_home(const struct exploration *all, uint32_t node)
{
    struct session session;
    struct monitor monitor;

    world_unpack(&all->keys[node], &all->limits, &session, &monitor);
    return session.screen == SCREEN_ATTRACT || session.screen == SCREEN_OUT_OF_SERVICE ||
           // A card that nobody takes: the screen shows no datum and waits for it.
           (session.screen == SCREEN_CARD_LEFT && session.slot != SESSION_SLOT_EMPTY) ||
           // Before the loop's first event.
           (session.screen == SCREEN_STARTING && session.timer == 0);
}

// Time-outs alone: each state has one successor, so that a way longer than all states is a circle.
#define WAY_AT_MOST 200
static size_t way_home(const struct exploration *all, uint32_t node)
{
    size_t length = 0;

    for (; !is_home(all, node); length++) {
        node = all->after_timer[node];
        if (node == NOBODY || length == WAY_AT_MOST)
            return SIZE_MAX;
    }
    return length;
}

static void check_ways_home(struct exploration *all)
{
    for (uint32_t node = 0; node < all->count; node++) {
        size_t length = way_home(all, node);
        if (length == SIZE_MAX) {
            all->broken = RULE_WAY_HOME;
            all->broken_at = node;
            all->broken_line = world_line_count();
            return;
        }
        if (length > all->longest_way_home)
            all->longest_way_home = length;
    }
}

struct exploration *explore(step_function *step)
{
    struct exploration *all = need(calloc(1, sizeof *all));
    struct monitor monitor = monitor_begin();
    struct world_key key;

    all->step = step;
    all->limits = play_limits();
    world_parse(all->events);
    struct session start = session_begin(&all->limits);
    world_pack(&start, &monitor, &key);
    find_or_add(all, &key, NOBODY, 0);
    for (uint32_t node = 0; node < all->count && all->broken == RULE_NONE; node++)
        expand(all, node);
    if (all->broken == RULE_NONE)
        check_ways_home(all);
    return all;
}

void exploration_destroy(struct exploration *all)
{
    if (all == NULL)
        return;
    free(all->keys);
    free(all->parents);
    free(all->lines);
    free(all->after_timer);
    free(all->table);
    free(all);
}

enum rule exploration_broken(const struct exploration *all)
{
    return all->broken;
}

size_t exploration_states(const struct exploration *all)
{
    return all->count;
}

size_t exploration_steps(const struct exploration *all)
{
    return all->steps;
}

size_t exploration_longest_way_home(const struct exploration *all)
{
    return all->longest_way_home;
}

const struct occurrences *exploration_occurrences(const struct exploration *all)
{
    return &all->seen;
}

static void print_way_to(const struct exploration *all, uint32_t node)
{
    if (all->parents[node] == NOBODY)
        return;
    print_way_to(all, all->parents[node]);
    (void)printf("%s\n", world_line(all->lines[node]));
}

void exploration_print_script(const struct exploration *all)
{
    print_way_to(all, all->broken_at);
    if (all->broken_line < world_line_count())
        (void)printf("%s\n", world_line(all->broken_line));
}
