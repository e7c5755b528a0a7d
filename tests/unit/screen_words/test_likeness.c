// What counts as read: one edit in eight letters, anywhere in the text, and no more.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "likeness.h"

static void edits_are_counted_letter_by_letter(void **state)
{
    (void)state;
    assert_int_equal(likeness_edits("Retour", "Aide Retour Langue"), 0);
    assert_int_equal(likeness_edits("Retour", "Aide Retuur Langue"), 1);
    assert_int_equal(likeness_edits("Retour", "Ret\nour"), 0);
    assert_int_equal(likeness_edits("Ménage", "Menage"), 1);
    assert_int_equal(likeness_edits("l’écran", "l'écran"), 0);
    assert_int_equal(likeness_edits("Retour", ""), 6);
    assert_int_equal(likeness_edits("", "anything"), 0);
}

static void what_is_cut_off_is_not_accepted(void **state)
{
    static const char label[] = "Voulez-vous encore un document ?";

    (void)state;
    assert_true(likeness_accepts(label, "Voulez-vous encore un document ?"));
    assert_true(likeness_accepts(label, "Voulez-vous encore un docurnent ?"));
    assert_false(likeness_accepts(label, "Voulez-vous encore un docu"));
    assert_false(likeness_accepts(label, "Voulez-vous un document ?"));
    assert_true(likeness_accepts("Aide", "Alde"));
    assert_false(likeness_accepts("Aide", "Al"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edits_are_counted_letter_by_letter),
        cmocka_unit_test(what_is_cut_off_is_not_accepted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
