// A payment terminal that fails at every message of every dialogue: whatever happens, nobody pays
// twice, what is called paid was charged, what is called unpaid was not, and what is called paid
// back was. Prints the table of all of it.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "str.h"
#include "terminal_bench.h"
#include "zvt_terminal.h"

static void print_row(const struct payment_case *played, const struct payment_outcome *outcome)
{
    char faults[128];

    (void)snprintf(faults, sizeof faults, "%s", played->faults);
    for (char *at = faults; *at != '\0'; at++)
        if (*at == '\n')
            *at = at[1] == '\0' ? '\0' : ' ';
    print_message("| %s | %s%s%s | %s | %d | %d | %.1f |\n", faults[0] == '\0' ? "none" : faults,
                  played->payer, played->stopped ? ", then goes" : "",
                  played->restarted ? ", power cut" : "", order_state_name(outcome->end),
                  outcome->charged, outcome->reversed, outcome->seconds);
}

// Staff may be called only where the terminal itself cannot know any more.
static bool can_be_unknowable(const struct payment_case *played)
{
    return strstr(played->faults, "forget") != NULL || strstr(played->faults, "other") != NULL;
}

static enum order_state play(const struct payment_case *played)
{
    struct payment_outcome outcome = payment_case_play(played);
    int kept = outcome.charged - outcome.reversed;

    print_row(played, &outcome);
    if (played->faults[0] == '\0')
        assert_true(outcome.day_closed);
    if (outcome.authorisations > 1 || outcome.charged > 1)
        fail_msg("%s: charged again", played->faults);
    if (outcome.end == ORDER_PAID && kept != 1)
        fail_msg("%s: paid, and the book says %d", played->faults, kept);
    if ((outcome.end == ORDER_CLOSED || outcome.end == ORDER_ISSUED) && outcome.charged != 0)
        fail_msg("%s: unpaid, and charged", played->faults);
    if (outcome.end == ORDER_REFUNDED && (outcome.charged != 1 || outcome.reversed != 1))
        fail_msg("%s: paid back, and the book says %d", played->faults, kept);
    if (outcome.end == ORDER_STAFF && !can_be_unknowable(played))
        fail_msg("%s: staff is called though the terminal knows", played->faults);
    return outcome.end;
}

static void test_residents_who_pay_decline_leave_or_are_fast(void **state)
{
    (void)state;
    assert_int_equal(play(&(struct payment_case){"pays", "", false, false, false}), ORDER_PAID);
    assert_int_equal(play(&(struct payment_case){"declines", "", false, false, false}),
                     ORDER_ISSUED);
    assert_int_equal(play(&(struct payment_case){"leaves", "", true, false, false}), ORDER_CLOSED);
    assert_int_equal(play(&(struct payment_case){"races", "", true, false, false}), ORDER_PAID);
    assert_int_equal(play(&(struct payment_case){"pays", "", false, false, true}), ORDER_REFUNDED);
}

// Each kind in front of each message of a dialogue; the ends that came up are noted.
static void fail_at_every_message(const char *const *kinds, unsigned command, int messages,
                                  struct payment_case played, bool ends[ORDER_STATE_COUNT])
{
    char faults[64];

    for (; *kinds != NULL; kinds++) {
        for (int message = 1; message <= messages; message++) {
            (void)snprintf(faults, sizeof faults, "%s:%04x:%d\n", *kinds, command, message);
            played.faults = faults;
            ends[play(&played)] = true;
        }
    }
}

static void test_a_payment_that_fails_at_every_message(void **state)
{
    static const char *const all[] = {"cut", "half", "silent", "nonsense", "stop", "busy", NULL};
    static const char *const at_a_restart[] = {"cut", "busy", NULL};
    static const char *const acknowledgement[] = {"refuse", NULL};
    struct payment_case played = {"pays", "", false, false, false};
    bool ends[ORDER_STATE_COUNT] = {};

    (void)state;
    fail_at_every_message(all, 0x0601, 6, played, ends);
    fail_at_every_message(acknowledgement, 0x0601, 1, played, ends);
    assert_true(ends[ORDER_PAID] && ends[ORDER_CLOSED] && !ends[ORDER_STAFF]);
    played.restarted = true;
    fail_at_every_message(at_a_restart, 0x0601, 6, played, ends);
    assert_false(ends[ORDER_STAFF]);
}

static void test_a_terminal_that_cannot_know_is_a_matter_for_staff(void **state)
{
    (void)state;
    assert_int_equal(play(&(struct payment_case){"pays", "forget:0601:5\n", 0, 0, 0}), ORDER_STAFF);
    assert_int_equal(play(&(struct payment_case){"pays", "other:0601:5\n", 0, 0, 0}), ORDER_STAFF);
}

// The money has moved, the line broke, and asking what became of it fails, too.
static void test_asking_may_fail_at_every_message_as_well(void **state)
{
    static const char *const kinds[] = {"cut", "silent", "nonsense", "refuse"};
    static const char *const messages[] = {"0600:1", "0600:2", "0501:1", "0501:2",
                                           "0620:1", "0620:2", "0620:3"};
    struct payment_case played = {"pays", "", false, false, false};
    char faults[64];

    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        for (size_t k = 0; k < sizeof messages / sizeof messages[0]; k++) {
            (void)snprintf(faults, sizeof faults, "cut:0601:5\n%s:%s\n", kinds[i], messages[k]);
            played.faults = faults;
            assert_int_equal(play(&played), ORDER_PAID);
        }
    }
}

static void test_a_reversal_that_fails_at_every_message_moves_money_once(void **state)
{
    static const char *const kinds[] = {"cut", "half", "silent", "nonsense", "stop", NULL};
    static const char *const acknowledgement[] = {"refuse", NULL};
    const struct payment_case played = {"pays", "", false, false, true};
    bool ends[ORDER_STATE_COUNT] = {};

    (void)state;
    fail_at_every_message(kinds, 0x0630, 4, played, ends);
    fail_at_every_message(acknowledgement, 0x0630, 1, played, ends);
    for (int i = 0; i < ORDER_STATE_COUNT; i++)
        assert_int_equal(ends[i], i == ORDER_REFUNDED);
}

static void test_a_terminal_that_is_not_there_is_not_offered(void **state)
{
    const struct zvt_settings settings = {
        .address = "127.0.0.1:1", .acknowledge_ms = 500, .answer_ms = 500};
    const struct payment_request request = {.cents = 500, .slip_before = 41, .slip = -1};
    struct payment_status status;
    struct payment payment;
    int slip = 0;

    (void)state;
    assert_int_equal(zvt_terminal_create(&settings, &payment), RESULT_OK);
    assert_int_equal(payment.verbs->prepare(payment.self, &slip), RESULT_UNREACHABLE);
    assert_int_equal(slip, -1);
    // A payment that never left the kiosk was not made; one of before cannot be asked about.
    assert_int_equal(payment.verbs->begin(payment.self, &request, &status), RESULT_OK);
    assert_int_equal(status.state, PAYMENT_REFUSED);
    assert_int_equal(payment.verbs->cancel(payment.self, &request, &status), RESULT_OK);
    assert_int_equal(status.state, PAYMENT_UNCLEAR);
    assert_int_equal(payment.verbs->close_day(payment.self), RESULT_UNREACHABLE);
    zvt_terminal_destroy(&payment);
}

static void test_addresses(void **state)
{
    struct zvt_settings settings = {.address = ":20007"};
    struct payment payment;

    (void)state;
    assert_int_equal(zvt_terminal_create(&settings, &payment), RESULT_INVALID);
    settings.address = "192.0.2.7:123456789";
    assert_int_equal(zvt_terminal_create(&settings, &payment), RESULT_INVALID);
    settings.address = "192.0.2.7";
    assert_int_equal(zvt_terminal_create(&settings, &payment), RESULT_OK);
    zvt_terminal_destroy(&payment);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_a_terminal_that_is_not_there_is_not_offered),
        cmocka_unit_test(test_residents_who_pay_decline_leave_or_are_fast),
        cmocka_unit_test(test_a_payment_that_fails_at_every_message),
        cmocka_unit_test(test_a_terminal_that_cannot_know_is_a_matter_for_staff),
        cmocka_unit_test(test_asking_may_fail_at_every_message_as_well),
        cmocka_unit_test(test_a_reversal_that_fails_at_every_message_moves_money_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
