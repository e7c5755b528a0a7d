// The foundations: bounds of readers and texts, and secrets that leave nothing behind.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "bytes.h"
#include "secret.h"
#include "str.h"

static void reader_stops_at_the_end(void **state)
{
    const uint8_t data[] = {1, 2, 3};
    struct bytes_reader reader = {.rest = {data, sizeof data}};
    uint16_t two = 0;
    uint8_t one = 0;

    (void)state;
    assert_int_equal(bytes_read_u16_be(&reader, &two), RESULT_OK);
    assert_int_equal(two, 0x0102);
    assert_int_equal(bytes_read_u16_be(&reader, &two), RESULT_MALFORMED);
    assert_int_equal(bytes_read_u8(&reader, &one), RESULT_OK);
    assert_int_equal(one, 3);
    assert_int_equal(bytes_read_u8(&reader, &one), RESULT_MALFORMED);
}

static void slice_refuses_what_is_not_there(void **state)
{
    const uint8_t data[4] = {};
    struct bytes whole = {data, sizeof data}, part;

    (void)state;
    assert_int_equal(bytes_slice(whole, 4, 0, &part), RESULT_OK);
    assert_int_equal(bytes_slice(whole, 5, 0, &part), RESULT_MALFORMED);
    assert_int_equal(bytes_slice(whole, 1, SIZE_MAX, &part), RESULT_MALFORMED);
}

// Secrets of one room do not touch each other, give back what they do not need, and stay when the
// room's owner lets go.
static void secrets_share_a_room(void **state)
{
    struct secret_room *room = NULL;
    struct secret *first = NULL, *second = NULL, *third = NULL;

    (void)state;
    assert_int_equal(secret_room_create(64, &room), RESULT_OK);
    assert_int_equal(secret_create_in(room, 4000, &first), RESULT_OK);
    assert_int_equal(secret_append(first, (struct bytes){(const uint8_t *)"1234", 4}), RESULT_OK);
    secret_trim(first);
    assert_int_equal(secret_capacity(first), 4);
    assert_int_equal(secret_append(first, (struct bytes){(const uint8_t *)"5", 1}),
                     RESULT_TOO_LARGE);
    assert_int_equal(secret_create_in(room, 4000, &second), RESULT_OK);
    assert_ptr_equal(secret_bytes(second).data, secret_bytes(first).data + 4);
    assert_int_equal(secret_create_in(room, 4000, &third), RESULT_OK); // no place: on its own
    assert_int_equal(secret_append(second, (struct bytes){(const uint8_t *)"abcd", 4}), RESULT_OK);
    assert_int_equal(secret_append(third, (struct bytes){(const uint8_t *)"efgh", 4}), RESULT_OK);
    secret_room_destroy(room);
    assert_memory_equal(secret_bytes(first).data, "1234", 4);
    const uint8_t *dropped = secret_bytes(second).data;
    assert_int_equal(secret_set_size(second, 1), RESULT_OK);
    assert_int_equal(dropped[1] | dropped[2] | dropped[3], 0);
    secret_destroy(first);
    assert_memory_equal(secret_bytes(second).data, "a", 1);
    secret_destroy(second);
    assert_memory_equal(secret_bytes(third).data, "efgh", 4);
    secret_destroy(third);
    assert_int_equal(secret_create_in(NULL, 4, &first), RESULT_OK);
    secret_destroy(first);
}

static void secret_keeps_its_capacity_and_wipes(void **state)
{
    struct secret *pin = NULL;

    (void)state;
    assert_int_equal(secret_create(4, &pin), RESULT_OK);
    assert_int_equal(secret_append(pin, (struct bytes){(const uint8_t *)"1234", 4}), RESULT_OK);
    assert_int_equal(secret_append(pin, (struct bytes){(const uint8_t *)"5", 1}), RESULT_TOO_LARGE);
    const uint8_t *memory = secret_bytes(pin).data;
    secret_drop_last(pin);
    assert_int_equal(memory[3], 0);
    secret_wipe(pin);
    assert_int_equal(secret_bytes(pin).size, 0);
    assert_memory_equal(memory, "\0\0\0\0", 4);
    secret_destroy(pin);
}

static void numbers_are_whole_and_within_bounds(void **state)
{
    static const char *const bad[] = {"",  "-", "+1", " 1", "1 ", "0x1", "9223372036854775808",
                                      "11"};
    int64_t value = 0;

    (void)state;
    assert_int_equal(str_to_int("-7", -10, 10, &value), RESULT_OK);
    assert_int_equal(value, -7);
    assert_int_equal(str_to_int("-9223372036854775808", INT64_MIN, 0, &value), RESULT_OK);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(str_to_int(bad[i], -10, 10, &value), RESULT_MALFORMED);
}

static void text_that_does_not_fit_is_not_cut(void **state)
{
    char small[4] = "xxx";

    (void)state;
    assert_int_equal(str_copy(small, sizeof small, "abc"), RESULT_OK);
    assert_int_equal(str_copy(small, sizeof small, "abcd"), RESULT_TOO_LARGE);
    assert_string_equal(small, "");
}

static void utf8_follows_rfc_3629(void **state)
{
    static const char *const good[] = {"", "é", "€", "\U0001F600", "\xED\x9F\xBF"};
    static const char *const bad[] = {
        "\x80", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
        "\xC3", "\xE2\x82", "\xFF"};

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(str_is_utf8((struct bytes){(const uint8_t *)good[i], strlen(good[i])}));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(str_is_utf8((struct bytes){(const uint8_t *)bad[i], strlen(bad[i])}));
    assert_false(str_is_utf8((struct bytes){(const uint8_t *)"a\0b", 3}));
}

static void identifiers_survive_the_way_through_text(void **state)
{
    struct identifier made, back;
    char text[IDENTIFIER_TEXT_SIZE];

    (void)state;
    assert_int_equal(identifier_make(&made), RESULT_OK);
    identifier_to_text(&made, text);
    assert_int_equal(text[14], '4');
    assert_int_equal(identifier_from_text(text, &back), RESULT_OK);
    assert_true(identifier_equal(&made, &back));
    assert_int_equal(identifier_from_text("12345678-1234-4234-8234-12345678901g", &back),
                     RESULT_MALFORMED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reader_stops_at_the_end),
        cmocka_unit_test(slice_refuses_what_is_not_there),
        cmocka_unit_test(secret_keeps_its_capacity_and_wipes),
        cmocka_unit_test(secrets_share_a_room),
        cmocka_unit_test(numbers_are_whole_and_within_bounds),
        cmocka_unit_test(text_that_does_not_fit_is_not_cut),
        cmocka_unit_test(utf8_follows_rfc_3629),
        cmocka_unit_test(identifiers_survive_the_way_through_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
