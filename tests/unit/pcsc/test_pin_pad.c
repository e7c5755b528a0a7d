// What drivers of readers say about keys, and the structure in which an entry is asked for.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "pcsc_pin_pad.h"

#define FEATURE_VERIFY 0x06
#define BYTES(...) ((struct bytes){(const uint8_t[]){__VA_ARGS__}, sizeof(uint8_t[]){__VA_ARGS__}})

static void a_feature_is_found_by_its_tag(void **state)
{
    struct bytes list = BYTES(0x07, 4, 0x42, 0x33, 0x00, 0x07, 0x06, 4, 0x42, 0x33, 0x00, 0x06);

    (void)state;
    assert_int_equal(pcsc_pin_pad_feature(list, FEATURE_VERIFY), 0x42330006);
    assert_int_equal(pcsc_pin_pad_feature(list, 0x12), 0);
}

static void a_list_that_breaks_its_form_offers_nothing(void **state)
{
    struct bytes cut = BYTES(0x06, 4, 0x42, 0x33, 0x00, 0x06, 0x07);
    struct bytes odd = BYTES(0x06, 2, 0x42, 0x33, 0x00, 0x06);

    (void)state;
    assert_int_equal(pcsc_pin_pad_feature((struct bytes){}, FEATURE_VERIFY), 0);
    assert_int_equal(pcsc_pin_pad_feature(cut, FEATURE_VERIFY), 0);
    assert_int_equal(pcsc_pin_pad_feature(odd, FEATURE_VERIFY), 0);
}

static void properties_narrow_the_digits(void **state)
{
    struct pin_pad pad = {.most = 255};

    (void)state;
    assert_true(
        pcsc_pin_pad_properties(BYTES(1, 2, 0x10, 0x02, 2, 1, 0x07, 6, 1, 5, 7, 1, 8, 9), &pad));
    assert_int_equal(pad.least, 5);
    assert_int_equal(pad.most, 8);
    assert_true(pcsc_pin_pad_properties((struct bytes){}, &pad));
    assert_int_equal(pad.most, 8);
    assert_false(pcsc_pin_pad_properties(BYTES(2, 1, 0x05), &pad)); // full, or time over; no OK
    assert_true(pcsc_pin_pad_properties(BYTES(7, 200, 1), &pad));   // runs past its end
    assert_int_equal(pad.most, 8);
}

// Byte for byte what the official middleware sends, but for the order in wLangId: low byte first.
static void an_entry_is_packed_as_part_10_says(void **state)
{
    static const uint8_t expected[] = {
        0x1E, 0x1E, 0x89, 0x47, 0x04, 0x0C, 0x04, 0x02, 0x01, 0x13, 0x08,
        0x00, 0x00, 0x00, 0x00, 0x0D, 0x00, 0x00, 0x00, 0x00, 0x20, 0x00,
        0x01, 0x08, 0x20, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
    };
    const struct pin_pad_entry entry = {
        .first_key_s = 30,
        .next_key_s = 30,
        .least = 4,
        .most = 12,
        .bm_format_string = 0x89,
        .bm_pin_block_string = 0x47,
        .bm_pin_length_format = 0x04,
        .language = LANGUAGE_NL,
        .command =
            BYTES(0x00, 0x20, 0x00, 0x01, 0x08, 0x20, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF),
    };
    uint8_t request[PCSC_PIN_PAD_REQUEST_SIZE];
    size_t size = 0;

    (void)state;
    assert_int_equal(pcsc_pin_pad_pack(&entry, request, &size), RESULT_OK);
    assert_int_equal(size, sizeof expected);
    assert_memory_equal(request, expected, sizeof expected);
}

static void a_command_that_is_too_long_is_not_packed(void **state)
{
    static const uint8_t command[261];
    const struct pin_pad_entry entry = {.command = {command, sizeof command}};
    uint8_t request[PCSC_PIN_PAD_REQUEST_SIZE];
    size_t size = 0;

    (void)state;
    assert_int_equal(pcsc_pin_pad_pack(&entry, request, &size), RESULT_TOO_LARGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_feature_is_found_by_its_tag),
        cmocka_unit_test(a_list_that_breaks_its_form_offers_nothing),
        cmocka_unit_test(properties_narrow_the_digits),
        cmocka_unit_test(an_entry_is_packed_as_part_10_says),
        cmocka_unit_test(a_command_that_is_too_long_is_not_packed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
