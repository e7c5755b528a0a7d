// The bytes of ZVT: frames, numbers, and what a status tells.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "zvt_facts.h"
#include "zvt_packet.h"

#define BYTES(...)                                                                                 \
    (struct bytes)                                                                                 \
    {                                                                                              \
        (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__})                     \
    }

static void an_authorisation_of_12_50_is_as_in_the_specification(void **state)
{
    static const uint8_t expected[] = {0x06, 0x01, 0x07, 0x04, 0x00, 0x00, 0x00, 0x00, 0x12, 0x50};
    struct zvt_writer writer;

    (void)state;
    zvt_write_begin(&writer, ZVT_AUTHORISATION);
    zvt_write_byte(&writer, 0x04);
    zvt_write_bcd(&writer, 1250, 12);
    assert_true(bytes_equal(zvt_write_end(&writer), (struct bytes){expected, sizeof expected}));
}

static void what_does_not_fit_is_not_sent(void **state)
{
    struct zvt_writer writer;

    (void)state;
    zvt_write_begin(&writer, ZVT_AUTHORISATION);
    for (int i = 0; i < ZVT_REQUEST_MAXIMUM; i++)
        zvt_write_byte(&writer, 0);
    assert_int_equal(zvt_write_end(&writer).size, 0);
}

static void a_frame_is_whole_or_not_yet(void **state)
{
    static const uint8_t memory[] = {0x04, 0x0F, 0x02, 0x27, 0x00, 0x80};
    size_t size = 99;
    struct zvt_packet packet;

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(zvt_packet_size((struct bytes){memory, i}, &size), RESULT_OK);
        assert_int_equal(size, 0);
    }
    assert_int_equal(zvt_packet_size((struct bytes){memory, 3}, &size), RESULT_OK);
    assert_int_equal(size, 5);
    assert_int_equal(zvt_packet_read((struct bytes){memory, 5}, &packet), RESULT_OK);
    assert_int_equal(packet.command, ZVT_STATUS_INFORMATION);
    assert_int_equal(packet.data.size, 2);
    assert_int_equal(zvt_packet_read((struct bytes){memory, 4}, &packet), RESULT_MALFORMED);
    assert_int_equal(zvt_packet_read((struct bytes){memory, 6}, &packet), RESULT_MALFORMED);
}

static void long_frames_have_their_length_low_byte_first(void **state)
{
    size_t size = 0;

    (void)state;
    assert_int_equal(zvt_packet_size(BYTES(0x06, 0xD3, 0xFF, 0x34), &size), RESULT_OK);
    assert_int_equal(size, 0);
    assert_int_equal(zvt_packet_size(BYTES(0x06, 0xD3, 0xFF, 0x34, 0x01), &size), RESULT_OK);
    assert_int_equal(size, 5 + 0x134);
    assert_int_equal(zvt_packet_size(BYTES(0x06, 0xD3, 0xFF, 0xFF, 0xFF), &size), RESULT_TOO_LARGE);
}

static void a_status_tells_what_we_ask_and_the_card_is_skipped(void **state)
{
    struct zvt_facts facts;

    (void)state;
    assert_int_equal(
        zvt_facts_read(BYTES(0x27, 0x00, 0x04, 0x00, 0x00, 0x00, 0x00, 0x05, 0x00, 0x22, 0xF0, 0xF2,
                             0x67, 0xE4, 0x87, 0x00, 0x42, 0x0C, 0x18, 0x30, 0x59, 0x49, 0x09, 0x78,
                             0x06, 0x81, 0x01, 0xAA, 0x3C, 0xF0, 0xF0, 0xF1, 0x41),
                       &facts),
        RESULT_OK);
    assert_int_equal(facts.result, 0);
    assert_int_equal(facts.cents, 500);
    assert_int_equal(facts.receipt, 42);
    assert_int_equal(facts.time, 183059);
    assert_int_equal(facts.currency, 978);
}

static void a_status_that_breaks_the_format_is_refused(void **state)
{
    static const struct {
        const char *why;
        uint8_t bytes[8];
        size_t size;
    } cases[] = {
        {"an unknown field", {0x99, 0x00}, 2},
        {"a field cut off", {0x04, 0x00, 0x00}, 3},
        {"a number that is none", {0x87, 0x0A, 0x00}, 3},
        {"a length that is none", {0x22, 0x12, 0x00}, 3},
        {"a length beyond the end", {0x22, 0xF0, 0xF9, 0x00}, 4},
        {"a TLV length of a kind that is not used", {0x06, 0x84, 0x00, 0x00, 0x00, 0x01, 0xFF}, 7},
        {"a TLV length cut off", {0x06, 0x82, 0x01}, 3},
    };
    struct zvt_facts facts;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (zvt_facts_read((struct bytes){cases[i].bytes, cases[i].size}, &facts) !=
            RESULT_MALFORMED)
            fail_msg("taken: %s", cases[i].why);
}

static void nothing_told_is_nothing_known(void **state)
{
    struct zvt_facts facts;

    (void)state;
    assert_int_equal(zvt_facts_read((struct bytes){}, &facts), RESULT_OK);
    assert_int_equal(facts.result, -1);
    assert_int_equal(facts.receipt, -1);
    assert_int_equal(facts.cents, -1);
}

static void intermediate_states_become_prompts(void **state)
{
    (void)state;
    assert_int_equal(zvt_prompt(BYTES(0x0A)), PAYMENT_PROMPT_INSERT_CARD);
    assert_int_equal(zvt_prompt(BYTES(0x01)), PAYMENT_PROMPT_ENTER_PIN);
    assert_int_equal(zvt_prompt(BYTES(0x0B)), PAYMENT_PROMPT_TAKE_CARD);
    assert_int_equal(zvt_prompt(BYTES(0x15)), PAYMENT_PROMPT_PIN_WRONG);
    assert_int_equal(zvt_prompt(BYTES(0xC7)), PAYMENT_PROMPT_WAIT);
    assert_int_equal(zvt_prompt((struct bytes){}), PAYMENT_PROMPT_WAIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_authorisation_of_12_50_is_as_in_the_specification),
        cmocka_unit_test(what_does_not_fit_is_not_sent),
        cmocka_unit_test(a_frame_is_whole_or_not_yet),
        cmocka_unit_test(long_frames_have_their_length_low_byte_first),
        cmocka_unit_test(a_status_tells_what_we_ask_and_the_card_is_skipped),
        cmocka_unit_test(a_status_that_breaks_the_format_is_refused),
        cmocka_unit_test(nothing_told_is_nothing_known),
        cmocka_unit_test(intermediate_states_become_prompts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
