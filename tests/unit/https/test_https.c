#include "test_parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// after the four above
#include <cmocka.h>

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_challenge_bytes), cmocka_unit_test(test_challenge_too_long),
        cmocka_unit_test(test_catalogue),       cmocka_unit_test(test_session),
        cmocka_unit_test(test_proved),          cmocka_unit_test(test_order),
        cmocka_unit_test(test_problems),        cmocka_unit_test(test_every_member),
        cmocka_unit_test(test_not_json),        cmocka_unit_test(test_session_request),
        cmocka_unit_test(test_small_requests),  cmocka_unit_test(test_order_with_choices),
        cmocka_unit_test(test_choices),         cmocka_unit_test(test_outcome_keys),
        cmocka_unit_test(test_base64),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
