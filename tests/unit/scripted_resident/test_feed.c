// The screen feed as the scripted resident reads it: whole lines, boxes, and text that is cut off.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include <unistd.h>

#include "feed.h"

#define SCREEN(items)                                                                              \
    "{\"screen\":\"PIN\",\"language\":\"fr\",\"width\":100,\"height\":200,\"items\":[" items "]}"
#define ITEM(id, label, box, ink)                                                                  \
    "{\"id\":\"" id "\",\"role\":\"button\",\"label\":\"" label "\",\"box\":" box ",\"ink\":" ink  \
    ",\"enabled\":true}"

static void lines_become_screens_however_they_arrive(void **state)
{
    static const char text[] =
        SCREEN(ITEM("key-1", "1", "[0,0,10,10]", "[2,2,3,3]")) "\n" SCREEN("") "\n";
    owned(feed) feed = NULL;
    owned(feed_screen) first = NULL;
    owned(feed_screen) second = NULL;
    owned(feed_screen) third = NULL;
    int ends[2];

    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(feed_create(ends[0], &feed), RESULT_OK);
    assert_int_equal(write(ends[1], text, 20), 20);
    assert_false(feed_has_more(feed, 10));
    assert_int_equal(feed_next(feed, 10, &first), RESULT_TIMED_OUT);
    assert_int_equal(write(ends[1], text + 20, sizeof text - 21), sizeof text - 21);
    assert_int_equal(feed_next(feed, 10, &first), RESULT_OK);
    assert_true(feed_has_more(feed, 10));
    assert_int_equal(first->count, 1);
    assert_int_equal(feed_find_id(first, "key-1")->ink.width, 3);
    assert_int_equal(feed_next(feed, 10, &second), RESULT_OK);
    assert_int_equal(second->count, 0);
    close(ends[1]);
    assert_int_equal(feed_next(feed, 10, &third), RESULT_UNREACHABLE);
    close(ends[0]);
}

static void letters_outside_their_box_are_found(void **state)
{
    static const struct {
        const char *line;
        bool clipped;
    } cases[] = {
        {SCREEN(ITEM("a", "fits", "[0,0,50,20]", "[0,0,50,20]")), false},
        {SCREEN(ITEM("a", "no letters", "[0,0,50,20]", "[0,0,0,0]")), false},
        {SCREEN(ITEM("a", "too wide", "[0,0,50,20]", "[1,0,50,20]")), true},
        {SCREEN(ITEM("a", "too low", "[0,0,50,20]", "[0,1,50,20]")), true},
        {SCREEN(ITEM("a", "off the screen", "[60,0,50,20]", "[61,1,10,10]")), true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        owned(feed_screen) screen = NULL;
        assert_int_equal(feed_parse(cases[i].line, &screen), RESULT_OK);
        assert_int_equal(feed_find_clipped(screen) != NULL, cases[i].clipped);
    }
}

static void what_is_no_screen_is_refused(void **state)
{
    static const char *const lines[] = {
        "",
        "[]",
        "{\"screen\":\"PIN\"}",
        "{\"screen\":\"\",\"width\":1,\"height\":1,\"items\":[]}",
        SCREEN(ITEM("a", "b", "[0,0,1]", "[0,0,0,0]")),
        SCREEN(ITEM("a", "b", "[0,0,1,\"1\"]", "[0,0,0,0]")),
    };

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct feed_screen *screen = NULL;
        assert_int_equal(feed_parse(lines[i], &screen), RESULT_MALFORMED);
        assert_null(screen);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_become_screens_however_they_arrive),
        cmocka_unit_test(letters_outside_their_box_are_found),
        cmocka_unit_test(what_is_no_screen_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
