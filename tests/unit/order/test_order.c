// The life of an order: only forward, and an honest end.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "order.h"

// Every pair of states, legal or not, as the architecture draws them for documents free of charge.
static void only_the_drawn_moves_are_legal(void **state)
{
    static const char *const legal[ORDER_STATE_COUNT] = {
        [ORDER_NONE] = ".I.....",     [ORDER_INTENT] = "..S..C.",    [ORDER_ISSUED] = "...P.C.",
        [ORDER_PRINTING] = "....DCF", [ORDER_DELIVERED] = ".......", [ORDER_CLOSED] = ".......",
        [ORDER_STAFF] = ".......",
    };

    (void)state;
    for (int from = 0; from < ORDER_STATE_COUNT; from++)
        for (int to = 0; to < ORDER_STATE_COUNT; to++)
            assert_int_equal(order_may_move((enum order_state)from, (enum order_state)to),
                             legal[from][to] != '.');
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

static void sheets_are_believed_not_job_states(void **state)
{
    (void)state;
    assert_int_equal(order_after_printing(ORDER_PRINT_COMPLETED, 2, 2), ORDER_DELIVERED);
    assert_int_equal(order_after_printing(ORDER_PRINT_COMPLETED, -1, 2), ORDER_DELIVERED);
    assert_int_equal(order_after_printing(ORDER_PRINT_COMPLETED, 1, 2), ORDER_STAFF);
    assert_int_equal(order_after_printing(ORDER_PRINT_COMPLETED, 0, 2), ORDER_STAFF);
    assert_int_equal(order_after_printing(ORDER_PRINT_NOTHING_CAME, 0, 2), ORDER_CLOSED);
    assert_int_equal(order_after_printing(ORDER_PRINT_UNCLEAR, -1, 2), ORDER_STAFF);
}

static void names_are_those_of_the_reports(void **state)
{
    (void)state;
    assert_string_equal(order_state_name(ORDER_INTENT), "INTENT");
    assert_string_equal(order_state_name(ORDER_STAFF), "STAFF");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_drawn_moves_are_legal),
        cmocka_unit_test(final_states_lead_nowhere),
        cmocka_unit_test(sheets_are_believed_not_job_states),
        cmocka_unit_test(names_are_those_of_the_reports),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
