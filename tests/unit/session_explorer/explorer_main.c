// session_explorer: explores the shipped step, reports what came up, walks at random, and lets the
// rules catch planted defects. With --replay FILE it plays a script and shows what each line does;
// with --picture it prints the machine as a graph for Graphviz.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "defects.h"
#include "explorer.h"
#include "session_play.h"

#define WALKS 400
#define STEPS_OF_A_WALK 500

// ---- what came up

// The money goes back without the session (recovery): it never writes that it did.
static bool is_of_others(enum order_state state)
{
    return state == ORDER_REFUNDED;
}

#define MISSING(what, seen, count, name)                                                           \
    for (int i_ = 0; i_ < (count); i_++)                                                           \
        if (!(seen)[i_]) {                                                                         \
            (void)printf("never came up: %s %s\n", what, name);                                    \
            missing++;                                                                             \
        }

static int count_missing(const struct occurrences *seen)
{
    int missing = 0;

    MISSING("screen", seen->screen, SESSION_SCREEN_COUNT,
            session_screen_name((enum session_screen)i_))
    MISSING("event", seen->event, SESSION_EVENT_COUNT,
            session_event_name((enum session_event_kind)i_))
    MISSING("effect", seen->effect, SESSION_EFFECT_COUNT,
            session_effect_name((enum session_effect_kind)i_))
    MISSING("ending", seen->ending, SESSION_ENDING_FAILED + 1,
            session_ending_name((enum session_ending)i_))
    MISSING("sound", seen->sound, SOUND_ATTENTION + 1, "of the list")
    MISSING("call", seen->call, CALL_PRINTER_TROUBLE + 1, "of the list")
    for (int state = ORDER_INTENT; state < ORDER_STATE_COUNT; state++)
        if (!seen->order[state] && !is_of_others((enum order_state)state)) {
            (void)printf("never came up: order %s\n", order_state_name((enum order_state)state));
            missing++;
        }
    return missing;
}

// Pairs of screen and event: those that occur, those that do something, and the rest by reason.
static int report_pairs(const struct occurrences *seen)
{
    int reached = 0, acting = 0, unasked = 0, unexplained = 0;

    for (int screen = 0; screen < SESSION_SCREEN_COUNT; screen++) {
        for (int kind = 0; kind < SESSION_EVENT_COUNT; kind++) {
            reached += seen->pair[screen][kind];
            acting += seen->acts[screen][kind];
            if (seen->pair[screen][kind])
                continue;
            if (world_is_answer((enum session_event_kind)kind))
                unasked++;
            else
                unexplained++;
        }
    }
    (void)printf("%d of %d pairs of screen and event occur, %d of them do something there;\n"
                 "%d do not: answers to questions that are never open on that screen; "
                 "without a reason: %d\n",
                 reached, SESSION_SCREEN_COUNT * SESSION_EVENT_COUNT, acting, unasked, unexplained);
    return unexplained;
}

static bool explored(void)
{
    struct exploration *all = explore(session_step);
    const struct occurrences *seen = exploration_occurrences(all);
    bool good = exploration_broken(all) == RULE_NONE;

    (void)printf("%zu states of the finite picture, %zu steps\n", exploration_states(all),
                 exploration_steps(all));
    if (good) {
        (void)printf("the longest way home has %zu time-outs\n", exploration_longest_way_home(all));
        good = count_missing(seen) == 0 && report_pairs(seen) == 0;
    } else {
        (void)printf("BROKEN: %s\nreplay with session_explorer --replay FILE:\n",
                     rule_text(exploration_broken(all)));
        exploration_print_script(all);
    }
    exploration_destroy(all);
    return good;
}

static bool walked(void)
{
    struct walked walked;
    enum rule rule = random_walks(session_step, WALKS, STEPS_OF_A_WALK, &walked);

    if (rule == RULE_NONE) {
        (void)printf("%lu steps of random walks broke no rule; %lu documents were printed\n",
                     walked.steps, walked.delivered);
        return walked.delivered > 100;
    }
    (void)printf("BROKEN on a random walk: %s\n",
                 (int)rule == RULE_COUNT ? "the finite picture leaves out something that matters"
                                         : rule_text(rule));
    return false;
}

// ---- planted defects

static bool caught(const struct defect *defect, bool *rules)
{
    struct exploration *all = explore(defect->step);
    enum rule rule = exploration_broken(all);
    bool good = rule == defect->caught_by;

    if (good)
        rules[rule] = true;
    else
        (void)printf("NOT CAUGHT: %s: %s instead of %s\n", defect->name,
                     rule == RULE_NONE ? "nothing" : rule_text(rule), rule_text(defect->caught_by));
    exploration_destroy(all);
    return good;
}

static bool all_caught(void)
{
    bool rules[RULE_COUNT] = {[RULE_NONE] = true};
    size_t count = 0, found = 0;
    const struct defect *each = defects(&count);

    for (size_t i = 0; i < count; i++)
        found += caught(&each[i], rules);
    (void)printf("%zu of %zu planted defects were caught\n", found, count);
    for (int rule = 0; rule < RULE_COUNT; rule++) {
        if (!rules[rule]) {
            (void)printf("no defect for the rule: %s\n", rule_text((enum rule)rule));
            found = 0;
        }
    }
    return found == count;
}

// ---- replay and picture

static bool replay_line(struct play *play, struct monitor *monitor, const char *line)
{
    char effects[PLAY_EFFECTS_SIZE];
    struct session_event event;
    enum session_screen before = play->session.screen;

    if (!play_parse(line, &event))
        return false;
    play_fill(play, &event);
    bool asked = world_is_asked(&play->session, &event);
    play_event(play, &event);
    play_effects(play, effects);
    (void)printf("%-32s %-16s %s\n", line, session_screen_name(play->session.screen), effects);
    struct watched seen = {monitor, before, &event, asked, &play->effects, &play->session};
    enum rule rule = asked ? monitor_watch(&seen) : RULE_NONE;
    if (rule != RULE_NONE)
        (void)printf("BROKEN: %s\n", rule_text(rule));
    return rule == RULE_NONE;
}

static int replay(const char *path)
{
    char line[128];
    FILE *file = fopen(path, "r");
    struct play play = play_begin();
    struct monitor monitor = monitor_begin();
    bool good = true;

    if (file == NULL) {
        (void)fprintf(stderr, "session_explorer: cannot read %s\n", path);
        return 2;
    }
    while (good && fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] != '\0')
            good = replay_line(&play, &monitor, line);
    }
    (void)fclose(file);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

// A card pulled, a device lost and the way into an overlay exist nearly everywhere: not drawn.
static bool is_drawn(int from, int to, int kind)
{
    return kind != EVENT_CARD_OUT && kind != EVENT_CARD_SILENT && kind != EVENT_READER_LOST &&
           from != SCREEN_HELP && to != SCREEN_HELP && from != SCREEN_STILL_THERE &&
           to != SCREEN_STILL_THERE && to != SCREEN_OUT_OF_SERVICE && kind != EVENT_STOP &&
           kind != EVENT_JOURNAL_FAILED;
}

static int picture(void)
{
    struct exploration *all = explore(session_step);
    const struct occurrences *seen = exploration_occurrences(all);

    (void)printf("digraph session {\n  rankdir=LR; node [shape=box, fontname=\"sans-serif\"];\n");
    for (int from = 0; from < SESSION_SCREEN_COUNT; from++)
        for (int to = 0; to < SESSION_SCREEN_COUNT; to++)
            for (int kind = 0; kind < SESSION_EVENT_COUNT; kind++)
                if (seen->edge[from][to][kind] && is_drawn(from, to, kind))
                    (void)printf("  %s -> %s [label=\"%s\"];\n",
                                 session_screen_name((enum session_screen)from),
                                 session_screen_name((enum session_screen)to),
                                 session_event_name((enum session_event_kind)kind));
    (void)printf("}\n");
    exploration_destroy(all);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--replay") == 0)
        return replay(argv[2]);
    if (argc == 2 && strcmp(argv[1], "--picture") == 0)
        return picture();
    if (argc == 2 && strcmp(argv[1], "--walks") == 0)
        return walked() ? EXIT_SUCCESS : EXIT_FAILURE;
    if (argc != 1) {
        (void)fprintf(stderr, "usage: session_explorer [--replay FILE | --picture | --walks]\n");
        return 2;
    }
    bool good = explored();
    good = walked() && good;
    good = all_caught() && good;
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
