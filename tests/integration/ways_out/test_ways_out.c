// Whatever way a session goes, nobody can sign with the card afterwards: looked at by another
// process, with a connection of its own to the same reader.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "card_bench.h"
#include "clock.h"
#include "kiosk_process.h"
#include "other_process.h"
#include "str.h"

#define CARD "card"
#define LIMIT_MS 30000
#define RIGHT_MISSING 0x6982

struct scene {
    struct card_bench *bench;
    const char *program, *folder;
};

struct terminal {
    pid_t process;
    int channel;
};

static void hear(const struct terminal *terminal, char expected)
{
    struct pollfd look = {.fd = terminal->channel, .events = POLLIN};
    char word = 0;

    if (poll(&look, 1, LIMIT_MS) <= 0 || read(terminal->channel, &word, 1) != 1)
        fail_msg("the terminal did not say '%c'", expected);
    assert_int_equal(word, expected);
}

static struct terminal start(const struct scene *scene, const char *way)
{
    struct terminal terminal;

    terminal.process = kiosk_process_start(scene->program, way, scene->folder, &terminal.channel);
    hear(&terminal, KIOSK_WAITS);
    card_bench_insert(scene->bench, CARD);
    hear(&terminal, KIOSK_ASKS);
    return terminal;
}

static void end(const struct scene *scene, const struct terminal *terminal)
{
    kill(terminal->process, SIGKILL);
    waitpid(terminal->process, NULL, 0);
    close(terminal->channel);
    card_bench_remove(scene->bench);
}

// The PIN is typed; the card would sign for the terminal, and for nobody else.
static void give_the_right(const struct scene *scene, const struct terminal *terminal)
{
    card_bench_pad_done(card_bench_pad(scene->bench, "pin 1234"));
    hear(terminal, KIOSK_RIGHT);
    assert_int_equal(card_bench_verified(scene->bench), 1);
    assert_int_equal(other_process_signs(scene->program), 0); // cannot even connect
}

static void assert_nobody_signs(const struct scene *scene)
{
    uint64_t deadline = clock_monotonic_ms() + LIMIT_MS;
    uint16_t status = 0;

    // The terminal lets go, or pcscd notices that it is gone: both take their moment.
    while (status == 0 && clock_monotonic_ms() < deadline)
        status = other_process_signs(scene->program);
    assert_int_equal(status, RIGHT_MISSING);
    assert_int_equal(card_bench_verified(scene->bench), 0);
}

static void go(const struct terminal *terminal)
{
    assert_int_equal(write(terminal->channel, &(char){KIOSK_GO}, 1), 1);
}

static void nobody_signs_after(const struct scene *scene, const char *way)
{
    struct terminal terminal = start(scene, way);

    give_the_right(scene, &terminal);
    go(&terminal);
    hear(&terminal, KIOSK_OUT);
    assert_nobody_signs(scene);
    end(scene, &terminal);
}

static void nobody_signs_when_a_session_is_over(void **state)
{
    static const char *const ways[] = {"finished",  "stopped", "timed-out",
                                       "card-left", "refused", "out-of-service"};

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        printf("%s\n", ways[i]);
        nobody_signs_after(*state, ways[i]);
    }
}

static void nobody_signs_when_the_terminal_is_terminated(void **state)
{
    const struct scene *scene = *state;
    struct terminal terminal = start(scene, "SIGTERM");

    give_the_right(scene, &terminal);
    go(&terminal);
    assert_int_equal(kill(terminal.process, SIGTERM), 0);
    hear(&terminal, KIOSK_OUT);
    assert_nobody_signs(scene);
    end(scene, &terminal);
}

// Nothing of ours runs any more: pcscd finds an exclusive connection abandoned, and resets the
// card.
static void nobody_signs_when_the_terminal_is_killed(void **state)
{
    const struct scene *scene = *state;
    struct terminal terminal = start(scene, "SIGKILL");

    give_the_right(scene, &terminal);
    go(&terminal);
    waitpid(terminal.process, NULL, 0);
    assert_nobody_signs(scene);
    end(scene, &terminal);
}

// The reader goes on asking for somebody who is not there any more.
static void nobody_signs_with_a_pin_typed_after_the_kill(void **state)
{
    const struct scene *scene = *state;
    struct terminal terminal = start(scene, "SIGKILL");

    card_bench_pad_done(card_bench_pad(scene->bench, "wait"));
    kill(terminal.process, SIGKILL);
    waitpid(terminal.process, NULL, 0);
    card_bench_pad_done(card_bench_pad(scene->bench, "pin 1234"));
    assert_nobody_signs(scene);
    end(scene, &terminal);
}

#define SCENE(function) cmocka_unit_test_prestate(function, &scene)

int main(int argc, char **argv)
{
    struct scene scene = {.program = argv[0]};
    char folder[TEST_PATH_SIZE];
    const struct CMUnitTest tests[] = {
        SCENE(nobody_signs_when_a_session_is_over),
        SCENE(nobody_signs_when_the_terminal_is_terminated),
        SCENE(nobody_signs_when_the_terminal_is_killed),
        SCENE(nobody_signs_with_a_pin_typed_after_the_kill),
    };

    if (argc == 2 && str_equal(argv[1], "--sign"))
        return other_process_main();
    if (argc == 4 && str_equal(argv[1], "--kiosk"))
        return kiosk_process_main(argv[2], argv[3]);
    if (argc != 2) {
        fprintf(stderr, "usage: %s FOLDER_OF_PROGRAMS\n", argv[0]);
        return 2;
    }
    scene.bench = card_bench_create_with_pin_pad(argv[1]);
    card_bench_make_card(scene.bench, CARD, "1");
    card_bench_path(scene.bench, ".", folder);
    scene.folder = folder;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    card_bench_destroy(scene.bench);
    return failed;
}
