// A document that costs something: paid once, told honestly, never printed for nothing.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "stage.h"
#include "test_session.h"

#define END_OF_SESSION "CLOSE_BACKEND_SESSION RELEASE_CARD WIPE JOURNAL_SESSION"

static struct play at_pay_choice(void)
{
    static const struct scene scenes[] = {
        {"PAYMENT_CHANGED QR 1", SCREEN_LIST, ""},
        {"PAYMENT_CHANGED TERMINAL 1", SCREEN_LIST, ""},
        {"RECEIPT_CHANGED 1", SCREEN_LIST, ""},
        {"DOCUMENT_CHOSEN 0", SCREEN_ISSUING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_ISSUING, "ORDER_DOCUMENT"},
        {"ORDERED 2 500", SCREEN_ISSUING, "FETCH_DOCUMENT"},
        {"SEALED", SCREEN_ISSUING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PREVIEW, ""},
        {"CONTINUE", SCREEN_PAY_CHOICE, ""},
    };
    struct play play = at_list();

    PERFORM(&play, scenes);
    return play;
}

static struct play at_code(void)
{
    static const struct scene scenes[] = {
        {"WAY_CHOSEN QR", SCREEN_PAY_QR, "PREPARE_PAYMENT"},
        {"PAYMENT_READY", SCREEN_PAY_QR, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PAY_QR, "TAKE_PAYMENT"},
        {"PAYMENT_SHOWN 120000", SCREEN_PAY_QR, ""},
    };
    struct play play = at_pay_choice();

    PERFORM(&play, scenes);
    return play;
}

static void what_is_paid_is_printed_and_gets_a_receipt(void **state)
{
    static const struct scene scenes[] = {
        {"PAYMENT_PROMPT 1", SCREEN_PAY_QR, ""},
        {"PAYMENT_MADE", SCREEN_PAY_QR, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PRINTING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PRINTING, "PRINT"},
        {"PRINT_ACCEPTED", SCREEN_PRINTING, "DROP_DOCUMENT"},
        {"PRINT_COMPLETED 2", SCREEN_PRINTING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PRINTING, "REPORT_OUTCOME"},
        {"NO", SCREEN_TAKE_CARD, END_OF_SESSION},
        {"CARD_OUT", SCREEN_TAKE_PAPER, ""},
        {"CONTINUE", SCREEN_RECEIPT_PRINTING, "PRINT_RECEIPT"},
    };
    struct play play = at_code();

    (void)state;
    PERFORM(&play, scenes);
    assert_int_equal(play.session.receipt.price_cents, 500);
}

static void what_is_refused_may_be_paid_in_another_way(void **state)
{
    static const struct scene scenes[] = {
        {"PAYMENT_REFUSED REFUSED", SCREEN_PAY_QR, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PAY_REFUSED, ""},
        {"CONTINUE", SCREEN_PAY_CHOICE, ""},
        {"WAY_CHOSEN TERMINAL", SCREEN_PAY_TERMINAL, "PREPARE_PAYMENT"},
        {"PAYMENT_READY", SCREEN_PAY_TERMINAL, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PAY_TERMINAL, "TAKE_PAYMENT"},
        {"PAYMENT_PROMPT 3", SCREEN_PAY_TERMINAL, ""},
        {"PAYMENT_MADE", SCREEN_PAY_TERMINAL, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PRINTING, "JOURNAL_ORDER"},
    };
    struct play play = at_code();
    struct identifier first = play.session.payment;

    (void)state;
    PERFORM(&play, scenes);
    assert_false(identifier_equal(&first, &play.session.payment)); // another try, another payment
}

static void the_resident_stops_and_the_scheme_agrees(void **state)
{
    static const struct scene scenes[] = {
        {"STOP", SCREEN_PAY_QR, "STOP_PAYMENT"},
        {"STOP", SCREEN_PAY_QR, ""},
        {"PAYMENT_REFUSED CANCELLED", SCREEN_PAY_QR, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PAY_CANCELLED, ""},
    };
    struct play play = at_code();

    (void)state;
    PERFORM(&play, scenes);
}

static void money_that_was_faster_than_the_stop_is_not_lost(void **state)
{
    static const struct scene scenes[] = {
        {"STOP", SCREEN_PAY_QR, "STOP_PAYMENT"},
        {"PAYMENT_MADE", SCREEN_PAY_QR, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PRINTING, "JOURNAL_ORDER"},
    };
    struct play play = at_code();

    (void)state;
    PERFORM(&play, scenes);
}

static void a_code_that_is_over_is_stopped(void **state)
{
    static const struct scene scenes[] = {
        {"TIMER", SCREEN_PAY_QR, "STOP_PAYMENT"},
        {"PAYMENT_REFUSED EXPIRED", SCREEN_PAY_QR, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PAY_EXPIRED, ""},
        {"CONTINUE", SCREEN_PAY_CHOICE, ""},
    };
    struct play play = at_code();

    (void)state;
    PERFORM(&play, scenes);
}

static void what_nobody_knows_is_asked_about_and_then_printed(void **state)
{
    static const struct scene scenes[] = {
        {"PAYMENT_UNCLEAR", SCREEN_PAY_CHECKING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PAY_CHECKING, "STOP_PAYMENT"},
        {"PAYMENT_UNCLEAR", SCREEN_PAY_CHECKING, ""},
        {"PAYMENT_MADE", SCREEN_PAY_CHECKING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PRINTING, "JOURNAL_ORDER"},
    };
    struct play play = at_code();

    (void)state;
    PERFORM(&play, scenes);
}

static void what_nobody_knows_in_time_gets_a_slip(void **state)
{
    static const struct scene scenes[] = {
        {"PAYMENT_UNCLEAR", SCREEN_PAY_CHECKING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PAY_CHECKING, "STOP_PAYMENT"},
        {"TIMER", SCREEN_PAY_UNKNOWN, "HAND_ON_ORDER " END_OF_SESSION " PRINT_RECEIPT"},
        {"RECEIPT_FAILED", SCREEN_PAY_UNKNOWN, ""},
    };
    struct play play = at_code();

    (void)state;
    PERFORM(&play, scenes);
    assert_true(play.session.slip_failed);
}

static void a_card_pulled_while_paying_leaves_nothing_open(void **state)
{
    static const struct scene scenes[] = {
        {"CARD_OUT", SCREEN_PAY_UNKNOWN, "JOURNAL_ORDER " END_OF_SESSION " PRINT_RECEIPT"},
        {"JOURNALED", SCREEN_PAY_UNKNOWN, "HAND_ON_ORDER"},
    };
    struct play play = at_code();

    (void)state;
    PERFORM(&play, scenes);
}

static void a_card_pulled_when_it_is_paid_gives_the_money_back(void **state)
{
    static const struct scene scenes[] = {
        {"PRINTER_CHANGED EMPTY", SCREEN_PAY_QR, ""},
        {"PAYMENT_MADE", SCREEN_PAY_QR, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PRINTER_EMPTY, "CALL_STAFF"},
        {"CARD_OUT", SCREEN_PAID_NOT_PRINTED, "JOURNAL_ORDER " END_OF_SESSION " PRINT_RECEIPT"},
        {"JOURNALED", SCREEN_PAID_NOT_PRINTED, "HAND_ON_ORDER"},
    };
    struct play play = at_code();

    (void)state;
    PERFORM(&play, scenes);
}

static void who_stops_after_paying_gets_the_money_back(void **state)
{
    static const struct scene scenes[] = {
        {"PRINTER_CHANGED EMPTY", SCREEN_PAY_QR, ""},
        {"PAYMENT_MADE", SCREEN_PAY_QR, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PRINTER_EMPTY, "CALL_STAFF"},
        {"NO", SCREEN_PAID_NOT_PRINTED, "JOURNAL_ORDER " END_OF_SESSION " PRINT_RECEIPT"},
        {"JOURNALED", SCREEN_PAID_NOT_PRINTED, "HAND_ON_ORDER"},
        {"CONTINUE", SCREEN_TAKE_CARD, ""},
    };
    struct play play = at_code();

    (void)state;
    PERFORM(&play, scenes);
}

static void a_paid_job_without_a_sheet_is_paid_back(void **state)
{
    static const struct scene scenes[] = {
        {"PAYMENT_MADE", SCREEN_PAY_QR, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PRINTING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PRINTING, "PRINT"},
        {"PRINT_REFUSED", SCREEN_PRINTING, "DROP_DOCUMENT JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PAID_NOT_PRINTED, "HAND_ON_ORDER " END_OF_SESSION " PRINT_RECEIPT"},
    };
    struct play play = at_code();

    (void)state;
    PERFORM(&play, scenes);
    assert_int_equal(play.session.money, SESSION_MONEY_BACK);
}

static void without_a_way_to_pay_the_free_documents_stay(void **state)
{
    static const struct scene scenes[] = {
        {"WAY_CHOSEN QR", SCREEN_PAY_QR, "PREPARE_PAYMENT"},
        {"PAYMENT_NOT_READY", SCREEN_PAY_CHOICE, ""},
        {"WAY_CHOSEN TERMINAL", SCREEN_PAY_TERMINAL, "PREPARE_PAYMENT"},
        {"PAYMENT_NOT_READY", SCREEN_PAY_DOWN, ""},
        {"CONTINUE", SCREEN_LIST, "DROP_DOCUMENT JOURNAL_ORDER"},
    };
    struct play play = at_pay_choice();

    (void)state;
    PERFORM(&play, scenes);
}

int stories_of_paying(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_paid_is_printed_and_gets_a_receipt),
        cmocka_unit_test(what_is_refused_may_be_paid_in_another_way),
        cmocka_unit_test(the_resident_stops_and_the_scheme_agrees),
        cmocka_unit_test(money_that_was_faster_than_the_stop_is_not_lost),
        cmocka_unit_test(a_code_that_is_over_is_stopped),
        cmocka_unit_test(what_nobody_knows_is_asked_about_and_then_printed),
        cmocka_unit_test(what_nobody_knows_in_time_gets_a_slip),
        cmocka_unit_test(a_card_pulled_while_paying_leaves_nothing_open),
        cmocka_unit_test(a_card_pulled_when_it_is_paid_gives_the_money_back),
        cmocka_unit_test(who_stops_after_paying_gets_the_money_back),
        cmocka_unit_test(a_paid_job_without_a_sheet_is_paid_back),
        cmocka_unit_test(without_a_way_to_pay_the_free_documents_stay),
    };

    return cmocka_run_group_tests_name("paying", tests, NULL, NULL);
}
