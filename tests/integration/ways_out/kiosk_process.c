#include "kiosk_process.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"
#include "eid_reader.h"
#include "pcsc_channel.h"
#include "processes.h"
#include "story.h"
#include "str.h"

#define CHANNEL_NAME "KIOSK_CHANNEL"

struct kiosk {
    const char *way;
    int channel;
    struct pcsc_channel *slot;
    struct eid_reader *reader;
    struct card_reader card;
    struct story *story;
};

pid_t kiosk_process_start(const char *program, const char *way, const char *folder, int *channel)
{
    const char *const arguments[] = {program, "--kiosk", way, folder, NULL};
    char number[16];
    int ends[2];

    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0 ||
        str_format(number, sizeof number, "%d", ends[1]) != RESULT_OK ||
        setenv(CHANNEL_NAME, number, 1) != 0)
        exit(1);
    pid_t process = process_start(arguments);
    close(ends[1]);
    *channel = ends[0];
    return process;
}

static void say(const struct kiosk *kiosk, char word)
{
    assert_int_equal(write(kiosk->channel, &word, 1), 1);
}

static void wait_for_go(const struct kiosk *kiosk)
{
    char word = 0;

    assert_int_equal(read(kiosk->channel, &word, 1), 1);
    assert_int_equal(word, KIOSK_GO);
}

static void let_time_pass(const struct kiosk *kiosk)
{
    const struct session_event over = {.kind = EVENT_TIMER,
                                       .number = services_session(kiosk->story->services)->timer};

    services_tell(kiosk->story->services, &over);
}

static void stop_waiting(const struct kiosk *kiosk)
{
    fakes_lock(&kiosk->story->fakes);
    kiosk->story->fakes.proof_waits = false;
    fakes_unlock(&kiosk->story->fakes);
}

// ---- the ways out; each begins while the card would sign

static void finished(const struct kiosk *kiosk)
{
    const struct session_event chosen = {.kind = EVENT_DOCUMENT_CHOSEN, .index = 0};

    stop_waiting(kiosk);
    story_until_screen(kiosk->story, SCREEN_LIST);
    services_tell(kiosk->story->services, &chosen);
    story_until_screen(kiosk->story, SCREEN_PREVIEW);
    story_tell(kiosk->story, EVENT_CONTINUE);
    story_until_count(kiosk->story, &kiosk->story->fakes.submits, 1);
    story_printer_ends(kiosk->story, PAGE_JOB_COMPLETED, 1);
    story_until_order(kiosk->story, ORDER_DELIVERED);
    story_tell(kiosk->story, EVENT_NO);
    story_until_screen(kiosk->story, SCREEN_TAKE_CARD);
}

static void stopped(const struct kiosk *kiosk)
{
    story_tell(kiosk->story, EVENT_STOP);
    story_until_screen(kiosk->story, SCREEN_TAKE_CARD);
}

static void timed_out(const struct kiosk *kiosk)
{
    let_time_pass(kiosk);
    story_until_screen(kiosk->story, SCREEN_BACKEND_DOWN);
    let_time_pass(kiosk);
    story_until_screen(kiosk->story, SCREEN_TIMED_OUT);
}

static void card_left(const struct kiosk *kiosk)
{
    stopped(kiosk);
    let_time_pass(kiosk);
    story_until_screen(kiosk->story, SCREEN_CARD_LEFT);
}

static void out_of_service(const struct kiosk *kiosk)
{
    story_tell(kiosk->story, EVENT_JOURNAL_LOST);
    story_tell(kiosk->story, EVENT_READER_LOST);
    story_until_screen(kiosk->story, SCREEN_CARD_EARLY);
    let_time_pass(kiosk);
    story_until_screen(kiosk->story, SCREEN_OUT_OF_SERVICE);
}

static void refused(const struct kiosk *kiosk)
{
    fakes_lock(&kiosk->story->fakes);
    kiosk->story->fakes.refusal = BACKEND_REFUSAL_MINOR;
    kiosk->story->fakes.backend_result = RESULT_REFUSED;
    fakes_unlock(&kiosk->story->fakes);
    stop_waiting(kiosk);
    story_until_screen(kiosk->story, SCREEN_MINOR);
}

// As the program does it: the signal ends the loop, and the services let go of everything.
static void terminated(const struct kiosk *kiosk)
{
    sigset_t ends;
    int number = 0;

    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    assert_int_equal(sigwait(&ends, &number), 0);
    story_stop(kiosk->story);
}

static void killed(const struct kiosk *kiosk)
{
    (void)kiosk;
    kill(getpid(), SIGKILL);
}

static const struct {
    const char *name;
    void (*go)(const struct kiosk *kiosk);
} ways[] = {
    {"finished", finished},   {"stopped", stopped}, {"timed-out", timed_out},
    {"card-left", card_left}, {"refused", refused}, {"out-of-service", out_of_service},
    {"SIGTERM", terminated},  {"SIGKILL", killed},
};

// ---- the process

static void open_card(struct kiosk *kiosk)
{
    const struct pcsc_channel_settings channel = {};

    assert_int_equal(pcsc_channel_create(&channel, &kiosk->slot), RESULT_OK);
    const struct eid_reader_settings settings = {.channel = pcsc_channel_port(kiosk->slot),
                                                 .roots = "auth/card-root.pem",
                                                 .issuers = "auth/card-citizen-ca.pem"};
    assert_int_equal(eid_reader_create(&settings, &kiosk->reader), RESULT_OK);
    kiosk->card = eid_reader_port(kiosk->reader);
    kiosk->story->card = &kiosk->card;
}

static void go_to_the_right(struct kiosk *kiosk)
{
    struct story *story = kiosk->story;

    story->fakes.card_is_real = true;
    story->fakes.proof_waits = true; // so that the right stands until we say
    story_start(story);
    story_until_screen(story, SCREEN_ATTRACT);
    story_choose_language(story, LANGUAGE_FR);
    story_until_screen(story, SCREEN_INSERT);
    say(kiosk, KIOSK_WAITS);
    story_until_screen(story, SCREEN_PIN_ON_PAD);
    say(kiosk, KIOSK_ASKS);
    story_until_count(story, &story->fakes.proved, 1); // the card has signed, and would again
    say(kiosk, KIOSK_RIGHT);
    wait_for_go(kiosk);
}

static void visit(void **state)
{
    struct kiosk *kiosk = *state;

    open_card(kiosk);
    go_to_the_right(kiosk);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (str_equal(kiosk->way, ways[i].name))
            ways[i].go(kiosk);
    say(kiosk, KIOSK_OUT);
    // The terminal stays, and the test looks at the card, until it is ended from outside.
    while (kiosk->story->loop != NULL)
        loop_wait_and_turn(kiosk->story->loop, clock_monotonic_ms() + 20);
}

int kiosk_process_main(const char *way, const char *folder)
{
    struct kiosk kiosk = {.way = way, .channel = (int)strtol(getenv(CHANNEL_NAME), NULL, 10)};
    void *story = NULL;
    sigset_t ends;

    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    if (chdir(folder) != 0 || stage_set_up(NULL) != 0 || story_set_up(&story) != 0)
        return 1;
    kiosk.story = story;
    const struct CMUnitTest tests[] = {cmocka_unit_test_prestate(visit, &kiosk)};
    int failed = cmocka_run_group_tests_name("a terminal", tests, NULL, NULL);
    eid_reader_destroy(kiosk.reader);
    pcsc_channel_destroy(kiosk.slot);
    return failed;
}
