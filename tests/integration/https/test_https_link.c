#include "link.h"
#include "test_parts.h"

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_link),
        cmocka_unit_test(test_refused_servers),
        cmocka_unit_test(test_refused_terminal),
        cmocka_unit_test(test_nobody_there),
        cmocka_unit_test(test_silent_server),
        cmocka_unit_test(test_bad_settings),
        cmocka_unit_test(test_odd_answers),
        cmocka_unit_test(test_broken_transfers),
        cmocka_unit_test(test_too_much),
        cmocka_unit_test(test_no_redirect),
        cmocka_unit_test(test_slow_transfers),
        cmocka_unit_test(test_late_answer),
        cmocka_unit_test(test_cancel),
        cmocka_unit_test(test_dead_connection),
        cmocka_unit_test(test_whole_session),
        cmocka_unit_test(test_clock_differs),
        cmocka_unit_test(test_other_server_name),
        cmocka_unit_test(test_stale_challenge),
        cmocka_unit_test(test_connection_lost_before_proof),
        cmocka_unit_test(test_other_document),
        cmocka_unit_test(test_document_too_large),
        cmocka_unit_test(test_nothing_without_proof),
    };

    return cmocka_run_group_tests(tests, files_setup, files_teardown);
}
