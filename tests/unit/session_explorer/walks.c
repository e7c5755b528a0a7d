// Random walks: what the finite picture leaves out (time, numbers, identifiers, counts) is real
// here.
#include "explorer.h"

#include <stdio.h>
#include <string.h>

#include "session_play.h"

#define WRONG_PICTURE ((enum rule)RULE_COUNT)
#define SHOWN 40 // last lines of a walk that failed

struct walk {
    step_function *step;
    struct session_event events[WORLD_LINES_MAXIMUM];
    size_t good[48]; // lines that lead on
    uint64_t random;
    struct session session;
    struct monitor monitor;
    uint64_t now;
    size_t last[SHOWN];
    size_t taken;
    bool delivered; // in the last step
};

// xorshift64*: the walks are the same on every machine.
static uint32_t dice(struct walk *walk, uint32_t sides)
{
    walk->random ^= walk->random >> 12;
    walk->random ^= walk->random << 25;
    walk->random ^= walk->random >> 27;
    return (uint32_t)((walk->random * 2685821657736338717u) >> 32) % sides;
}

static struct session_limits random_limits(struct walk *walk)
{
    struct session_limits limits = play_limits();
    uint32_t *each = (uint32_t *)(void *)&limits;

    for (size_t i = 0; i < sizeof limits / sizeof *each; i++)
        each[i] = 1 + dice(walk, dice(walk, 2) == 0 ? 5 : 300000);
    return limits;
}

// What leads on. Walks follow it most of the time, so that they go deep.
static const char *const good_lines[] = {
    "READER_READY",
    "BACKEND_READY",
    "JOURNAL_READY",
    "PRINTER_CHANGED READY",
    "LANGUAGE_CHOSEN de",
    "CARD_IN",
    "CARD_OUT",
    "CARD_KNOWN 3",
    "CARD_READ GOOD 3",
    "CARD_READ GOOD 3 PAD",
    "PIN_DIGITS 4",
    "PIN_CONFIRMED",
    "PIN_ACCEPTED",
    "CHALLENGED",
    "SIGNED",
    "PROVED",
    "PROVED CHILD",
    "SUBJECT_CHOSEN 1",
    "ORDERED 2",
    "ORDERED 2 500",
    "PAYMENT_CHANGED QR 1",
    "WAY_CHOSEN QR",
    "PAYMENT_READY",
    "PAYMENT_SHOWN 120000",
    "PAYMENT_MADE",
    "DOCUMENT_CHOSEN 0",
    "DOCUMENT_CHOSEN 2",
    "PURPOSE_CHOSEN 0",
    "SEALED",
    "JOURNALED",
    "PRINT_ACCEPTED",
    "PAPER_LANGUAGE_CHOSEN fr",
    "CONTINUE",
    "PRINT_PROGRESS 1",
    "YES",
    "PRINT_COMPLETED 2",
    "NO",
    "RECEIPT_PRINTED",
    "TIMER",
};
#define GOOD_COUNT (sizeof good_lines / sizeof *good_lines)

static size_t find_line(const char *text)
{
    size_t line = 0;

    while (strcmp(world_line(line), text) != 0)
        line++;
    return line;
}

// How seldom a hand or a device leads on, when no answer is waited for.
static uint32_t odds(const struct walk *walk, enum session_event_kind kind)
{
    if (kind == EVENT_CARD_OUT)
        return walk->session.open ? 200 : 3;
    if (kind == EVENT_CARD_IN)
        return walk->session.screen == SCREEN_INSERT ? 1 : 20;
    if (kind == EVENT_TIMER || kind == EVENT_NO)
        return 60;
    return 2;
}

static bool choose_good_line(struct walk *walk, size_t *line)
{
    for (int tries = 0; tries < 60; tries++) {
        *line = walk->good[dice(walk, GOOD_COUNT)];
        const struct session_event *event = &walk->events[*line];
        bool answer = world_is_answer(event->kind);
        if (answer && world_is_asked(&walk->session, event))
            return true;
        if (!answer && tries > 20 && dice(walk, odds(walk, event->kind)) == 0)
            return true;
    }
    return false;
}

static size_t choose_line(struct walk *walk)
{
    size_t line = 0;

    if (dice(walk, 40) != 0 && choose_good_line(walk, &line))
        return line;
    return dice(walk, (uint32_t)world_line_count());
}

// What stands for something else in the picture, because it could have come later as well.
static void restore(const struct walk *walk, struct session *session, struct monitor *monitor)
{
    session->reader = walk->session.reader;
    session->backend = walk->session.backend;
    session->journal = walk->session.journal;
    session->printer = walk->session.printer;
    session->receipts_work = walk->session.receipts_work;
    session->qr_works = walk->session.qr_works;
    session->terminal_works = walk->session.terminal_works;
    session->way = walk->session.way;
    session->language = walk->session.language;
    session->paper = walk->session.paper;
    session->choice_paper = walk->session.choice_paper;
    monitor->printer_ready = walk->monitor.printer_ready;
}

// The same step from the picture of the state must lead to the picture of the state after.
static bool picture_is_right(const struct walk *walk, const struct session_event *event,
                             const struct world_key *before, const struct world_key *after)
{
    struct session session;
    struct monitor monitor;
    struct session_effects effects;
    struct session_event again = *event;
    struct world_key key;

    world_unpack(before, &walk->session.limits, &session, &monitor);
    restore(walk, &session, &monitor);
    world_fill(&session, 2000, &again);
    if (event->kind == EVENT_TIMER && event->number != walk->session.timer)
        again.number = session.timer + 1000;
    bool asked = world_is_asked(&session, &again);
    struct session then = session;
    walk->step(&session, &again, &then, &effects);
    struct watched seen = {&monitor, session.screen, &again, asked, &effects, &then};
    if (asked)
        (void)monitor_watch(&seen);
    world_pack(&then, &monitor, &key);
    return memcmp(&key, after, sizeof key) == 0;
}

static enum rule take_step(struct walk *walk)
{
    size_t line = choose_line(walk);
    struct session_event event = walk->events[line];
    struct session after;
    struct session_effects effects;
    struct world_key before_key, after_key;
    uint64_t due = walk->session.timer_due;

    if (event.kind == EVENT_TIMER && due > walk->now)
        walk->now = due;
    walk->now += dice(walk, 3000);
    walk->last[walk->taken++ % SHOWN] = line;
    world_pack(&walk->session, &walk->monitor, &before_key);
    world_fill(&walk->session, walk->now, &event);
    bool asked = world_is_asked(&walk->session, &event);
    walk->step(&walk->session, &event, &after, &effects);
    struct watched seen = {&walk->monitor, walk->session.screen, &event, asked, &effects, &after};
    if (!asked && effects.count != 0)
        return RULE_NOTHING_FROM_LATE;
    enum rule rule = asked ? monitor_watch(&seen) : RULE_NONE;
    world_pack(&after, &walk->monitor, &after_key);
    if (rule == RULE_NONE && !picture_is_right(walk, &event, &before_key, &after_key))
        rule = WRONG_PICTURE;
    walk->delivered = after.papers > walk->session.papers;
    walk->session = after;
    return rule;
}

static void print_end(const struct walk *walk)
{
    size_t shown = walk->taken < SHOWN ? walk->taken : SHOWN;

    (void)printf("the last %zu lines of the walk:\n", shown);
    for (size_t i = walk->taken - shown; i < walk->taken; i++)
        (void)printf("%s\n", world_line(walk->last[i % SHOWN]));
}

enum rule random_walks(step_function *step, unsigned walks, unsigned steps, struct walked *walked)
{
    struct walk walk = {.step = step, .random = 88172645463325252u};

    *walked = (struct walked){};
    world_parse(walk.events);
    for (size_t i = 0; i < GOOD_COUNT; i++)
        walk.good[i] = find_line(good_lines[i]);
    for (unsigned i = 0; i < walks; i++) {
        struct session_limits limits = i % 2 == 0 ? play_limits() : random_limits(&walk);
        walk.session = session_begin(&limits);
        walk.monitor = monitor_begin();
        walk.now = 1000;
        walk.taken = 0;
        for (unsigned j = 0; j < steps; j++) {
            enum rule rule = take_step(&walk);
            walked->steps++;
            walked->delivered += walk.delivered;
            if (rule != RULE_NONE) {
                print_end(&walk);
                return rule;
            }
        }
    }
    return RULE_NONE;
}
