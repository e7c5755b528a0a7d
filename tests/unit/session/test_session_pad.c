// The PIN at the reader's own keys, told as scripts.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "stage.h"
#include "test_session.h"
#include "view.h"

#define END_OF_SESSION "RELEASE_CARD WIPE JOURNAL_SESSION"

static struct play at_pad(const char *card_read, enum session_screen screen)
{
    const struct scene scenes[] = {
        {"LANGUAGE_CHOSEN nl", SCREEN_INSERT, ""},
        {"CARD_IN", SCREEN_READING, "JOURNAL_SESSION READ_CARD"},
        {card_read, screen, NULL},
    };
    struct play play = open_terminal();

    PERFORM(&play, scenes);
    return play;
}

static const struct session_effect *find(const struct play *play, enum session_effect_kind kind)
{
    for (size_t i = 0; i < play->effects.count; i++)
        if (play->effects.list[i].kind == kind)
            return &play->effects.list[i];
    fail_msg("no %s", session_effect_name(kind));
    return NULL;
}

static void a_pin_at_the_reader_never_comes_by_the_screen(void **state)
{
    static const struct scene scenes[] = {
        {"PIN_DIGITS 4", SCREEN_PIN_ON_PAD, ""}, // there is no keypad here
        {"PIN_CONFIRMED", SCREEN_PIN_ON_PAD, ""},
        {"LANGUAGE_CHOSEN fr", SCREEN_PIN_ON_PAD, ""},
        {"PIN_ACCEPTED", SCREEN_AUTHENTICATING, "OPEN_BACKEND_SESSION"},
        {"CHALLENGED", SCREEN_AUTHENTICATING, "SIGN_CHALLENGE"},
    };
    struct play play = at_pad("CARD_READ GOOD 3 PAD", SCREEN_PIN_ON_PAD);
    const struct session_effect *asked = find(&play, EFFECT_VERIFY_PIN_ON_PAD);

    (void)state;
    assert_int_equal(asked->pad.seconds, 30); // twice that is the keypad's time
    assert_int_equal(asked->pad.language, LANGUAGE_NL);
    PERFORM(&play, scenes);
}

static void wrong_codes_lead_to_consent_and_to_the_end(void **state)
{
    static const struct scene scenes[] = {
        {"PIN_REFUSED 2", SCREEN_PIN_WRONG, ""},
        {"CONTINUE", SCREEN_PIN_ON_PAD, "VERIFY_PIN_ON_PAD"},
        {"PIN_REFUSED 1", SCREEN_PIN_LAST_TRY, ""},
        {"YES", SCREEN_PIN_ON_PAD, "VERIFY_PIN_ON_PAD"},
        {"PIN_PAD_TIMED_OUT", SCREEN_PIN_ON_PAD, "VERIFY_PIN_ON_PAD"}, // the consent still holds
        {"PIN_REFUSED 0", SCREEN_PIN_BLOCKED, END_OF_SESSION},
    };
    struct play play = at_pad("CARD_READ GOOD 3 PAD", SCREEN_PIN_ON_PAD);

    (void)state;
    PERFORM(&play, scenes);
}

static void the_last_try_is_not_asked_for_without_a_yes(void **state)
{
    static const struct scene scenes[] = {
        {"PIN_FORGOT", SCREEN_PIN_FORGOTTEN, ""},
        {"BACK", SCREEN_PIN_LAST_TRY, ""},
        {"YES", SCREEN_PIN_ON_PAD, "VERIFY_PIN_ON_PAD"},
        {"PIN_ACCEPTED", SCREEN_AUTHENTICATING, "OPEN_BACKEND_SESSION"},
    };
    struct play play = at_pad("CARD_READ GOOD 1 PAD", SCREEN_PIN_LAST_TRY);

    (void)state;
    PERFORM(&play, scenes);
    (void)at_pad("CARD_READ GOOD 0 PAD", SCREEN_PIN_BLOCKED);
}

static void the_reader_s_patience_is_renewed_once(void **state)
{
    static const struct scene scenes[] = {
        {"PIN_PAD_TIMED_OUT", SCREEN_PIN_ON_PAD, "VERIFY_PIN_ON_PAD"},
        {"PIN_PAD_TIMED_OUT", SCREEN_STILL_THERE, ""},
        {"YES", SCREEN_PIN_ON_PAD, "VERIFY_PIN_ON_PAD"},
        {"PIN_PAD_TIMED_OUT", SCREEN_PIN_ON_PAD, "VERIFY_PIN_ON_PAD"},
        {"PIN_PAD_TIMED_OUT", SCREEN_STILL_THERE, ""},
        {"TIMER", SCREEN_TIMED_OUT, END_OF_SESSION},
    };
    struct play play = at_pad("CARD_READ GOOD 3 PAD", SCREEN_PIN_ON_PAD);

    (void)state;
    PERFORM(&play, scenes);
}

// A reader cannot be told to stop: it is not asked a second time while it asks.
static void other_screens_leave_the_reader_asking(void **state)
{
    static const struct scene scenes[] = {
        {"HELP", SCREEN_HELP, ""},
        {"HELP", SCREEN_PIN_ON_PAD, ""},
        {"PIN_FORGOT", SCREEN_PIN_FORGOTTEN, ""},
        {"BACK", SCREEN_PIN_ON_PAD, ""},
        {"STOP", SCREEN_PIN_CANCELLED, ""},
        {"PIN_PAD_TIMED_OUT", SCREEN_PIN_CANCELLED, ""},
        {"CONTINUE", SCREEN_PIN_ON_PAD, "VERIFY_PIN_ON_PAD"},
        {"HELP", SCREEN_HELP, ""},
        {"PIN_REFUSED 2", SCREEN_PIN_WRONG, ""}, // typed with the help on the screen
        {"CONTINUE", SCREEN_PIN_ON_PAD, "VERIFY_PIN_ON_PAD"},
        {"STOP", SCREEN_PIN_CANCELLED, ""},
        {"STOP", SCREEN_TAKE_CARD, END_OF_SESSION},
    };
    struct play play = at_pad("CARD_READ GOOD 3 PAD", SCREEN_PIN_ON_PAD);

    (void)state;
    PERFORM(&play, scenes);
}

static void what_used_no_try_is_said_so(void **state)
{
    static const struct scene cancelled[] = {
        {"PIN_PAD_CANCELLED", SCREEN_PIN_CANCELLED, ""},
        {"CONTINUE", SCREEN_PIN_ON_PAD, "VERIFY_PIN_ON_PAD"},
        {"PIN_PAD_TOO_SHORT", SCREEN_PIN_ON_PAD, "VERIFY_PIN_ON_PAD"},
    };
    static const struct scene again[] = {{"PIN_PAD_CANCELLED", SCREEN_PIN_CANCELLED, ""},
                                         {"BACK", SCREEN_PIN_ON_PAD, "VERIFY_PIN_ON_PAD"}};
    struct play play = at_pad("CARD_READ GOOD 3 PAD", SCREEN_PIN_ON_PAD);
    struct view view;

    (void)state;
    PERFORM(&play, cancelled);
    session_view(&play.session, &view);
    assert_true(view.pin_short);
    PERFORM(&play, again);
    session_view(&play.session, &view);
    assert_false(view.pin_short);
}

// Nobody can tell whether a try was used: nothing is asked for again.
static void a_failure_at_the_reader_ends_the_session(void **state)
{
    static const struct scene scenes[] = {
        {"PIN_FAILED", SCREEN_CARD_MUTE, END_OF_SESSION},
        {"CARD_OUT", SCREEN_INSERT, ""},
    };
    struct play play = at_pad("CARD_READ GOOD 3 PAD", SCREEN_PIN_ON_PAD);

    (void)state;
    PERFORM(&play, scenes);
}

static void a_card_pulled_while_the_reader_asks(void **state)
{
    static const struct scene scenes[] = {{"CARD_OUT", SCREEN_CARD_EARLY, END_OF_SESSION},
                                          {"PIN_ACCEPTED", SCREEN_CARD_EARLY, ""}};
    struct play play = at_pad("CARD_READ GOOD 3 PAD", SCREEN_PIN_ON_PAD);

    (void)state;
    PERFORM(&play, scenes);
}

int stories_of_the_pad(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pin_at_the_reader_never_comes_by_the_screen),
        cmocka_unit_test(wrong_codes_lead_to_consent_and_to_the_end),
        cmocka_unit_test(the_last_try_is_not_asked_for_without_a_yes),
        cmocka_unit_test(the_reader_s_patience_is_renewed_once),
        cmocka_unit_test(other_screens_leave_the_reader_asking),
        cmocka_unit_test(what_used_no_try_is_said_so),
        cmocka_unit_test(a_failure_at_the_reader_ends_the_session),
        cmocka_unit_test(a_card_pulled_while_the_reader_asks),
    };

    return cmocka_run_group_tests_name("the reader's own keys", tests, NULL, NULL);
}
