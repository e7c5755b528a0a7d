// The life of an order: only forward, and an honest end.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "order.h"

// Every pair of states, legal or not, as the architecture draws them.
static void only_the_drawn_moves_are_legal(void **state)
{
    static const enum order_state legal[ORDER_STATE_COUNT][5] = {
        [ORDER_NONE] = {ORDER_INTENT},
        [ORDER_INTENT] = {ORDER_ISSUED, ORDER_CLOSED},
        [ORDER_ISSUED] = {ORDER_PAYING, ORDER_PRINTING, ORDER_CLOSED},
        [ORDER_PAYING] = {ORDER_PAID, ORDER_CANCELLING, ORDER_ISSUED, ORDER_CLOSED},
        [ORDER_CANCELLING] = {ORDER_CLOSED, ORDER_PAID, ORDER_STAFF},
        [ORDER_PAID] = {ORDER_PRINTING, ORDER_REFUND_DUE},
        [ORDER_PRINTING] = {ORDER_DELIVERED, ORDER_CLOSED, ORDER_REFUND_DUE, ORDER_STAFF},
        [ORDER_REFUND_DUE] = {ORDER_REFUNDED, ORDER_STAFF},
    };

    (void)state;
    for (int from = 0; from < ORDER_STATE_COUNT; from++) {
        bool drawn[ORDER_STATE_COUNT] = {};
        for (int i = 0; i < 5; i++)
            drawn[legal[from][i]] = legal[from][i] != ORDER_NONE;
        for (int to = 0; to < ORDER_STATE_COUNT; to++)
            assert_int_equal(order_may_move((enum order_state)from, (enum order_state)to),
                             drawn[to]);
    }
}

static void final_states_lead_nowhere(void **state)
{
    (void)state;
    for (int from = 0; from < ORDER_STATE_COUNT; from++) {
        bool leads_on = false;
        for (int to = 0; to < ORDER_STATE_COUNT; to++)
            leads_on = leads_on || order_may_move((enum order_state)from, (enum order_state)to);
        assert_int_equal(order_state_is_final((enum order_state)from), !leads_on);
    }
}

// Whatever comes in whatever order to an order that is alone, giving it up leads to an end without
// the resident, and every state that waits for an answer asks for it.
static void an_order_left_alone_has_something_to_do_until_its_end(void **state)
{
    (void)state;
    for (int costs = 0; costs < 2; costs++) {
        for (int at = ORDER_INTENT; at < ORDER_STATE_COUNT; at++) {
            const struct order order = {(enum order_state)at, ORDER_FOUND, costs == 1};
            enum order_act act = order_act(&order);

            assert_int_equal(act == ORDER_WAIT, order_state_is_final(order.state));
            assert_true(act != ORDER_PRINT && act != ORDER_TAKE_PAYMENT);
            if (act == ORDER_GIVE_UP)
                assert_int_not_equal(order_next(&order, ORDER_LEFT), order.state);
        }
    }
}

static enum order_state next(enum order_state from, enum order_company company, bool costs,
                             enum order_news news)
{
    const struct order order = {from, company, costs};

    return order_next(&order, news);
}

static void money_goes_before_paper_and_only_where_there_is_a_price(void **state)
{
    (void)state;
    assert_int_equal(next(ORDER_ISSUED, ORDER_ATTENDED, true, ORDER_TO_BE_PRINTED), ORDER_ISSUED);
    assert_int_equal(next(ORDER_ISSUED, ORDER_ATTENDED, true, ORDER_TO_BE_PAID), ORDER_PAYING);
    assert_int_equal(next(ORDER_ISSUED, ORDER_ATTENDED, false, ORDER_TO_BE_PAID), ORDER_ISSUED);
    assert_int_equal(next(ORDER_PRINTING, ORDER_ATTENDED, true, ORDER_NO_SHEET), ORDER_REFUND_DUE);
    assert_int_equal(next(ORDER_PRINTING, ORDER_ATTENDED, false, ORDER_NO_SHEET), ORDER_CLOSED);
}

static void only_the_schemes_own_no_lets_the_resident_try_again(void **state)
{
    (void)state;
    assert_int_equal(next(ORDER_PAYING, ORDER_ATTENDED, true, ORDER_PAYMENT_REFUSED), ORDER_ISSUED);
    assert_int_equal(next(ORDER_PAYING, ORDER_LEFT_ALONE, true, ORDER_PAYMENT_REFUSED),
                     ORDER_CLOSED);
    assert_int_equal(next(ORDER_PAYING, ORDER_ATTENDED, true, ORDER_PAYMENT_UNCLEAR),
                     ORDER_CANCELLING);
    assert_int_equal(next(ORDER_CANCELLING, ORDER_ATTENDED, true, ORDER_PAYMENT_MADE), ORDER_PAID);
    assert_int_equal(next(ORDER_CANCELLING, ORDER_FOUND, true, ORDER_PAYMENT_UNCLEAR),
                     ORDER_CANCELLING);
}

static void nothing_is_printed_late(void **state)
{
    (void)state;
    assert_int_equal(next(ORDER_PAID, ORDER_ATTENDED, true, ORDER_TO_BE_PRINTED), ORDER_PRINTING);
    assert_int_equal(next(ORDER_PAID, ORDER_FOUND, true, ORDER_TO_BE_PRINTED), ORDER_PAID);
    assert_int_equal(next(ORDER_PAID, ORDER_FOUND, true, ORDER_LEFT), ORDER_REFUND_DUE);
}

static void sheets_are_believed_not_job_states(void **state)
{
    (void)state;
    assert_int_equal(order_news_of_job(ORDER_PRINT_COMPLETED, 2, 2), ORDER_PRINTED);
    assert_int_equal(order_news_of_job(ORDER_PRINT_COMPLETED, -1, 2), ORDER_PRINTED);
    assert_int_equal(order_news_of_job(ORDER_PRINT_COMPLETED, 1, 2), ORDER_PRINT_UNCLEAR);
    assert_int_equal(order_news_of_job(ORDER_PRINT_COMPLETED, 0, 2), ORDER_PRINT_UNCLEAR);
    assert_int_equal(order_news_of_job(ORDER_PRINT_NOTHING_CAME, 0, 2), ORDER_NO_SHEET);
    assert_int_equal(order_news_of_job(ORDER_PRINT_NOBODY_KNOWS, -1, 2), ORDER_PRINT_UNCLEAR);
}

static void a_missing_job_is_believed_of_a_printer_that_would_know(void **state)
{
    (void)state;
    assert_int_equal(order_news_of_missing_job(30, 500, 530), ORDER_NO_SHEET);
    assert_int_equal(order_news_of_missing_job(2, 500, 502), ORDER_NO_NEWS);
    assert_int_equal(order_news_of_missing_job(30, 500, 20), ORDER_PRINT_UNCLEAR);
    assert_int_equal(order_news_of_missing_job(1000, 500, 1500), ORDER_PRINT_UNCLEAR);
    assert_int_equal(order_news_of_missing_job(30, 0, 530), ORDER_PRINT_UNCLEAR);
    assert_int_equal(order_news_of_missing_job(30, 1, 29), ORDER_PRINT_UNCLEAR); // two starts
    assert_int_equal(order_news_of_missing_job(-30, 500, 530), ORDER_PRINT_UNCLEAR);
}

static void names_are_those_of_the_reports(void **state)
{
    static const char *const names[ORDER_STATE_COUNT] = {
        [ORDER_NONE] = "NONE",           [ORDER_INTENT] = "INTENT",
        [ORDER_ISSUED] = "ISSUED",       [ORDER_PAYING] = "PAYING",
        [ORDER_PAID] = "PAID",           [ORDER_CANCELLING] = "CANCELLING",
        [ORDER_PRINTING] = "PRINTING",   [ORDER_REFUND_DUE] = "REFUND_DUE",
        [ORDER_DELIVERED] = "DELIVERED", [ORDER_CLOSED] = "CLOSED",
        [ORDER_REFUNDED] = "REFUNDED",   [ORDER_STAFF] = "STAFF"};

    (void)state;
    for (int i = 0; i < ORDER_STATE_COUNT; i++)
        assert_string_equal(order_state_name((enum order_state)i), names[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_drawn_moves_are_legal),
        cmocka_unit_test(final_states_lead_nowhere),
        cmocka_unit_test(an_order_left_alone_has_something_to_do_until_its_end),
        cmocka_unit_test(money_goes_before_paper_and_only_where_there_is_a_price),
        cmocka_unit_test(only_the_schemes_own_no_lets_the_resident_try_again),
        cmocka_unit_test(nothing_is_printed_late),
        cmocka_unit_test(sheets_are_believed_not_job_states),
        cmocka_unit_test(a_missing_job_is_believed_of_a_printer_that_would_know),
        cmocka_unit_test(names_are_those_of_the_reports),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
