// Sorting what a receipt printer says, and what it means.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "escpos_status.h"

// Kinds of the whole answers in a stream, as one letter each.
static void assert_sorted(const uint8_t *stream, size_t size, const char *expected)
{
    static const char letters[] = {[ESCPOS_ANSWER_REAL_TIME] = 'r',
                                   [ESCPOS_ANSWER_AUTOMATIC] = 'a',
                                   [ESCPOS_ANSWER_PROCESS] = 'p',
                                   [ESCPOS_ANSWER_PAPER] = 's'};
    struct escpos_sorter sorter = {};
    char found[64] = "";
    size_t count = 0;

    for (size_t i = 0; i < size; i++) {
        struct escpos_answer answer = escpos_sort(&sorter, stream[i]);
        if (answer.kind != ESCPOS_ANSWER_NONE)
            found[count++] = letters[answer.kind];
    }
    assert_string_equal(found, expected);
}
#define ASSERT_SORTED(expected, ...)                                                               \
    assert_sorted((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}), expected)

static void answers_are_told_apart_by_their_fixed_bits(void **state)
{
    (void)state;
    ASSERT_SORTED("r", 0x12);
    ASSERT_SORTED("rrr", 0x1A, 0x32, 0x7E);
    ASSERT_SORTED("a", 0x10, 0x00, 0x00, 0x00);
    ASSERT_SORTED("a", 0x38, 0x08, 0x0F, 0x0F);
    ASSERT_SORTED("p", 0x37, 0x22, 'k', 'i', 'o', 's', 0x00);
    ASSERT_SORTED("s", 0x00);
    ASSERT_SORTED("s", 0x0F);
    ASSERT_SORTED("arps", 0x10, 0, 0, 0, 0x12, 0x37, 0x22, 'a', 'b', 'c', 'd', 0, 0x03);
}

static void what_comes_between_is_skipped(void **state)
{
    (void)state;
    ASSERT_SORTED("ar", 0x10, 0x11, 0x00, 0x13, 0x00, 0x00, 0x12); // XON, XOFF
    ASSERT_SORTED("r", 0x37, 0x25, 0x00, 0x12); // "buffers cleared" is no paper sensor
    ASSERT_SORTED("r", 0xFF, 0x80, 0x9A, 0x12);
}

static void a_broken_answer_ends_where_the_next_begins(void **state)
{
    (void)state;
    ASSERT_SORTED("r", 0x10, 0x00, 0x12);
    ASSERT_SORTED("a", 0x10, 0x00, 0x10, 0x00, 0x00, 0x00);
    ASSERT_SORTED("p", 0x37, 0x37, 0x22, 'a', 'b', 'c', 'd', 0x00);
    ASSERT_SORTED("r", 0x37, 0x22, 'a', 'b', 0x12);
}

static enum receipt_printer_condition asked(uint8_t first, uint8_t second, uint8_t third,
                                            uint8_t fourth)
{
    struct escpos_state state = {};

    escpos_state_real_time(&state, 1, first);
    escpos_state_real_time(&state, 2, second);
    escpos_state_real_time(&state, 3, third);
    escpos_state_real_time(&state, 4, fourth);
    return escpos_condition(&state);
}

static void four_answers_make_a_condition(void **state)
{
    (void)state;
    assert_int_equal(asked(0x12, 0x12, 0x12, 0x12), RECEIPT_PRINTER_READY);
    assert_int_equal(asked(0x12, 0x12, 0x12, 0x1E), RECEIPT_PRINTER_NEAR_END);
    assert_int_equal(asked(0x1A, 0x32, 0x12, 0x7E), RECEIPT_PRINTER_PAPER_OUT);
    assert_int_equal(asked(0x12, 0x12, 0x12, 0x72), RECEIPT_PRINTER_PAPER_OUT);
    assert_int_equal(asked(0x1A, 0x16, 0x12, 0x12), RECEIPT_PRINTER_COVER_OPEN);
    assert_int_equal(asked(0x1A, 0x52, 0x1A, 0x12), RECEIPT_PRINTER_CUTTER_JAM);
    assert_int_equal(asked(0x12, 0x52, 0x32, 0x12), RECEIPT_PRINTER_CUTTER_JAM); // power off and on
    assert_int_equal(asked(0x12, 0x52, 0x52, 0x12), RECEIPT_PRINTER_READY);      // a hot head
    assert_int_equal(asked(0x1A, 0x12, 0x12, 0x12), RECEIPT_PRINTER_OFFLINE);
    assert_int_equal(asked(0x16, 0x12, 0x12, 0x12), RECEIPT_PRINTER_READY); // a drawer
}

static enum receipt_printer_condition told(uint8_t a, uint8_t b, uint8_t c)
{
    struct escpos_state state = {.offline = true, .paper_end = true, .cover_open = true};

    escpos_state_automatic(&state, (const uint8_t[]){a, b, c, 0});
    return escpos_condition(&state);
}

static void automatic_status_replaces_what_was_known(void **state)
{
    (void)state;
    assert_int_equal(told(0x10, 0x00, 0x00), RECEIPT_PRINTER_READY);
    assert_int_equal(told(0x14, 0x00, 0x00), RECEIPT_PRINTER_READY);
    assert_int_equal(told(0x10, 0x00, 0x03), RECEIPT_PRINTER_NEAR_END);
    assert_int_equal(told(0x18, 0x00, 0x0F), RECEIPT_PRINTER_PAPER_OUT);
    assert_int_equal(told(0x38, 0x00, 0x00), RECEIPT_PRINTER_COVER_OPEN);
    assert_int_equal(told(0x18, 0x08, 0x00), RECEIPT_PRINTER_CUTTER_JAM);
    assert_int_equal(told(0x18, 0x00, 0x00), RECEIPT_PRINTER_OFFLINE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_told_apart_by_their_fixed_bits),
        cmocka_unit_test(what_comes_between_is_skipped),
        cmocka_unit_test(a_broken_answer_ends_where_the_next_begins),
        cmocka_unit_test(four_answers_make_a_condition),
        cmocka_unit_test(automatic_status_replaces_what_was_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
