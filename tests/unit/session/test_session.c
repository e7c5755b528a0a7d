// The main stories of a resident's session, told as scripts.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "stage.h"
#include "view.h"

static void a_french_resident_gets_a_certificate(void **state)
{
    static const struct scene scenes[] = {
        {"PRINT_PROGRESS 1", SCREEN_PRINTING, ""},
        {"PRINT_COMPLETED 2", SCREEN_PRINTING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PRINTING, "REPORT_OUTCOME"},
        {"OUTCOME_REPORTED", SCREEN_PRINTING, ""},
        {"NO", SCREEN_TAKE_CARD, "CLOSE_BACKEND_SESSION RELEASE_CARD WIPE JOURNAL_SESSION"},
        {"CARD_OUT", SCREEN_TAKE_PAPER, ""},
        {"CONTINUE", SCREEN_RECEIPT, ""},
        {"YES", SCREEN_RECEIPT_PRINTING, "PRINT_RECEIPT"},
        {"RECEIPT_PRINTED", SCREEN_RECEIPT_PRINTING, ""},
        {"TIMER", SCREEN_END, ""},
        {"TIMER", SCREEN_ATTRACT, ""},
    };
    struct play play = at_printing();

    (void)state;
    PERFORM(&play, scenes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_french_resident_gets_a_certificate),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
