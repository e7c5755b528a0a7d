// Stories of a reader with keys of its own.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "story.h"
#include "test_pad.h"

static void press(struct story *story, struct pin_outcome outcome, enum result result)
{
    fakes_lock(&story->fakes);
    story->fakes.pad_outcome = outcome;
    story->fakes.pad_result = result;
    story->fakes.pad_pressed = true;
    fakes_unlock(&story->fakes);
}

static int read_count(struct story *story, const int *counter)
{
    fakes_lock(&story->fakes);
    int count = *counter;
    fakes_unlock(&story->fakes);
    return count;
}

// The reader asks, and the screen says where to type.
static void story_to_pad(struct story *story)
{
    story->fakes.findings.pin_pad = true;
    story_start(story);
    story_until_screen(story, SCREEN_ATTRACT);
    story_choose_language(story, LANGUAGE_DE);
    fakes_put_card(&story->fakes, CARD_PRESENCE_PRESENT);
    story_until_screen(story, SCREEN_PIN_ON_PAD);
    story_until_count(story, &story->fakes.entries, 1);
}

void test_a_pin_typed_at_the_reader_opens_the_way(void **state)
{
    struct story *story = *state;

    story_to_pad(story);
    services_pin_digit(story->services, 1); // the screen has no keypad for it
    assert_int_equal(services_session(story->services)->pin_digits, 0);
    press(story, (struct pin_outcome){.tries_left = 2}, RESULT_OK);
    story_until_screen(story, SCREEN_PIN_WRONG);
    assert_int_equal(services_session(story->services)->tries_left, 2);
    story_tell(story, EVENT_CONTINUE);
    story_until_count(story, &story->fakes.entries, 2);
    press(story, (struct pin_outcome){.accepted = true}, RESULT_OK);
    story_until_screen(story, SCREEN_LIST);
    assert_int_equal(read_count(story, &story->fakes.verifies), 0);
    assert_int_equal(read_count(story, &story->fakes.entries), 2);
    assert_int_equal(story->fakes.pad_language, LANGUAGE_DE);
    assert_int_equal(story->fakes.pad_seconds, (int)(story->settings.limits.pin / 2000));
}

void test_a_reader_that_nobody_types_at_asks_twice(void **state)
{
    struct story *story = *state;

    story_to_pad(story);
    press(story, (struct pin_outcome){.entry = PIN_ENTRY_TIMED_OUT}, RESULT_OK);
    story_until_count(story, &story->fakes.entries, 2);
    press(story, (struct pin_outcome){.entry = PIN_ENTRY_TIMED_OUT}, RESULT_OK);
    story_until_screen(story, SCREEN_STILL_THERE);
    story_tell(story, EVENT_YES);
    story_until_count(story, &story->fakes.entries, 3);
    press(story, (struct pin_outcome){.entry = PIN_ENTRY_CANCELLED}, RESULT_OK);
    story_until_screen(story, SCREEN_PIN_CANCELLED);
    story_tell(story, EVENT_CONTINUE);
    story_until_count(story, &story->fakes.entries, 4);
    press(story, (struct pin_outcome){.entry = PIN_ENTRY_WRONG_LENGTH}, RESULT_OK);
    story_until_count(story, &story->fakes.entries, 5);
    press(story, (struct pin_outcome){}, RESULT_REFUSED);
    story_until_screen(story, SCREEN_CARD_MUTE);
    story_until_count(story, &story->fakes.releases, 1);
}

// The resident has left; the reader goes on asking, and somebody types.
void test_a_pin_typed_after_the_end_changes_nothing(void **state)
{
    struct story *story = *state;

    story_to_pad(story);
    story_tell(story, EVENT_STOP);
    story_tell(story, EVENT_STOP);
    story_until_screen(story, SCREEN_TAKE_CARD);
    assert_int_equal(read_count(story, &story->fakes.releases), 0); // it has to wait for its turn
    press(story, (struct pin_outcome){.accepted = true}, RESULT_OK);
    story_until_count(story, &story->fakes.releases, 1);
    assert_int_equal(services_session(story->services)->screen, SCREEN_TAKE_CARD);
    assert_int_equal(read_count(story, &story->fakes.opened), 0);
}

void test_a_card_pulled_while_the_reader_asks_is_a_card_pulled(void **state)
{
    struct story *story = *state;

    story_to_pad(story);
    fakes_put_card(&story->fakes, CARD_PRESENCE_ABSENT);
    story_until_screen(story, SCREEN_CARD_EARLY);
    story_until_count(story, &story->fakes.releases, 1);
}
