// The PIN asked for while the rest of the card is still being read, told as scripts.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "stage.h"
#include "test_session.h"

#define END_OF_ENTRY "CLEAR_PIN RELEASE_CARD WIPE JOURNAL_SESSION"
#define END_OF_SESSION "RELEASE_CARD WIPE JOURNAL_SESSION"

static struct play at_known(const char *known, enum session_screen screen)
{
    const struct scene scenes[] = {
        {"LANGUAGE_CHOSEN nl", SCREEN_INSERT, ""},
        {"CARD_IN", SCREEN_READING, "JOURNAL_SESSION READ_CARD"},
        {known, screen, ""},
    };
    struct play play = open_terminal();

    PERFORM(&play, scenes);
    return play;
}

static struct play at_confirmed(void)
{
    static const struct scene scenes[] = {
        {"PIN_DIGITS 4", SCREEN_PIN, ""},
        {"PIN_CONFIRMED", SCREEN_PIN_CHECKING, ""}, // typed, and not sent
    };
    struct play play = at_known("CARD_KNOWN 3", SCREEN_PIN);

    PERFORM(&play, scenes);
    return play;
}

static void a_pin_that_was_quick_waits_for_the_verdict(void **state)
{
    static const struct scene scenes[] = {
        {"CARD_READ GOOD 3", SCREEN_PIN_CHECKING, "VERIFY_PIN"},
        {"PIN_ACCEPTED", SCREEN_AUTHENTICATING, "CLEAR_PIN OPEN_BACKEND_SESSION"},
    };
    struct play play = at_confirmed();

    (void)state;
    PERFORM(&play, scenes);
}

static void an_entry_goes_on_when_the_verdict_comes(void **state)
{
    static const struct scene scenes[] = {
        {"PIN_DIGITS 3", SCREEN_PIN, ""},     {"CARD_READ GOOD 3", SCREEN_PIN, ""},
        {"CARD_READ GOOD 3", SCREEN_PIN, ""}, {"PIN_DIGITS 4", SCREEN_PIN, ""},
        {"HELP", SCREEN_HELP, "CLEAR_PIN"},   {"HELP", SCREEN_PIN, ""},
        {"PIN_DIGITS 5", SCREEN_PIN, ""},     {"PIN_CONFIRMED", SCREEN_PIN_CHECKING, "VERIFY_PIN"},
    };
    struct play play = at_known("CARD_KNOWN 3", SCREEN_PIN);

    (void)state;
    PERFORM(&play, scenes);
}

// On whatever screen the resident is by then, and without the PIN.
static void a_bad_verdict_has_its_screen_whenever_it_comes(void **state)
{
    static const struct scene during[] = {
        {"PIN_DIGITS 4", SCREEN_PIN, ""},
        {"CARD_READ NOT_VERIFIABLE", SCREEN_CARD_NOT_VERIFIABLE, END_OF_ENTRY},
    };
    static const struct scene under_help[] = {
        {"HELP", SCREEN_HELP, "CLEAR_PIN"},
        {"CARD_READ EXPIRED", SCREEN_CARD_EXPIRED, END_OF_SESSION},
    };
    static const struct scene after[] = {
        {"CARD_READ NOT_ACTIVATED", SCREEN_CARD_NOT_ACTIVATED, END_OF_ENTRY},
    };
    struct play typing = at_known("CARD_KNOWN 3", SCREEN_PIN);
    struct play helped = at_known("CARD_KNOWN 3", SCREEN_PIN);
    struct play confirmed = at_confirmed();

    (void)state;
    PERFORM(&typing, during);
    PERFORM(&helped, under_help);
    PERFORM(&confirmed, after);
}

static void a_card_that_fails_or_goes_meanwhile_ends_the_visit(void **state)
{
    static const struct scene fails[] = {{"CARD_FAILED", SCREEN_CARD_MUTE, END_OF_ENTRY}};
    static const struct scene pulled[] = {{"CARD_OUT", SCREEN_CARD_EARLY, END_OF_ENTRY}};
    static const struct scene silent[] = {{"CARD_SILENT", SCREEN_CARD_MUTE, END_OF_ENTRY}};
    static const struct scene unplugged[] = {{"READER_LOST", SCREEN_CARD_EARLY, END_OF_ENTRY}};
    static const struct scene late[] = {{"TIMER", SCREEN_CARD_MUTE, END_OF_ENTRY},
                                        {"CARD_READ GOOD 3", SCREEN_CARD_MUTE, ""}};
    struct play plays[] = {at_confirmed(), at_confirmed(), at_confirmed(), at_confirmed(),
                           at_confirmed()};

    (void)state;
    PERFORM(&plays[0], fails);
    PERFORM(&plays[1], pulled);
    PERFORM(&plays[2], silent);
    PERFORM(&plays[3], unplugged);
    PERFORM(&plays[4], late);
}

static void the_last_try_is_warned_of_before_and_after(void **state)
{
    static const struct scene scenes[] = {
        {"YES", SCREEN_PIN, ""},
        {"PIN_DIGITS 4", SCREEN_PIN, ""},
        {"PIN_CONFIRMED", SCREEN_PIN_CHECKING, ""},
        {"CARD_READ GOOD 1", SCREEN_PIN_CHECKING, "VERIFY_PIN"},
    };
    // A card that counts otherwise in the middle of it is not believed silently.
    static const struct scene changed[] = {
        {"CARD_READ GOOD 1", SCREEN_PIN_LAST_TRY, "CLEAR_PIN"},
    };
    struct play play = at_known("CARD_KNOWN 1", SCREEN_PIN_LAST_TRY);
    struct play liar = at_confirmed();

    (void)state;
    PERFORM(&play, scenes);
    PERFORM(&liar, changed);
}

// The reader would send at once what is typed at its keys.
static void keys_at_the_reader_wait_for_the_verdict(void **state)
{
    static const struct scene good[] = {
        {"CARD_READ GOOD 3 PAD", SCREEN_PIN_ON_PAD, "VERIFY_PIN_ON_PAD"}};
    static const struct scene bad[] = {{"CARD_READ KIDS", SCREEN_CARD_KIDS, END_OF_SESSION}};
    struct play play = at_known("CARD_KNOWN 3 PAD", SCREEN_READING);
    struct play child = at_known("CARD_KNOWN 1 PAD", SCREEN_READING);

    (void)state;
    PERFORM(&play, good);
    PERFORM(&child, bad);
}

// That a PIN is blocked is said of good cards alone, for the words say that the card is valid.
static void a_blocked_pin_waits_for_the_verdict(void **state)
{
    static const struct scene good[] = {{"CARD_READ GOOD 0", SCREEN_PIN_BLOCKED, END_OF_SESSION}};
    static const struct scene bad[] = {{"CARD_READ EXPIRED", SCREEN_CARD_EXPIRED, END_OF_SESSION}};
    struct play play = at_known("CARD_KNOWN 0", SCREEN_READING);
    struct play expired = at_known("CARD_KNOWN 0", SCREEN_READING);

    (void)state;
    PERFORM(&play, good);
    PERFORM(&expired, bad);
}

int stories_of_reading(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pin_that_was_quick_waits_for_the_verdict),
        cmocka_unit_test(an_entry_goes_on_when_the_verdict_comes),
        cmocka_unit_test(a_bad_verdict_has_its_screen_whenever_it_comes),
        cmocka_unit_test(a_card_that_fails_or_goes_meanwhile_ends_the_visit),
        cmocka_unit_test(the_last_try_is_warned_of_before_and_after),
        cmocka_unit_test(keys_at_the_reader_wait_for_the_verdict),
        cmocka_unit_test(a_blocked_pin_waits_for_the_verdict),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
