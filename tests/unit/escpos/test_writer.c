// The encoder: the bytes of each command, the code page, and nothing from a text that a printer
// would obey.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <iconv.h>
#include <string.h>

#include "escpos_code_page.h"
#include "escpos_writer.h"

static const uint8_t beginning[] = {0x1B, 0x40, 0x1D, 0x61, 0x0F, 0x1B,
                                    0x74, 0x10, 0x1B, 0x52, 0x00};
static const uint8_t ending[] = {0x1B, 0x64, 0x01, 0x1D, 0x56, 0x42, 0x18, 0x1D, 0x72, 0x01};

static struct bytes text(const char *ascii)
{
    return (struct bytes){(const uint8_t *)ascii, strlen(ascii)};
}

// What was written since the beginning.
static void assert_written(const struct escpos_writer *writer, const uint8_t *expected, size_t size)
{
    assert_memory_equal(writer->memory, beginning, sizeof beginning);
    assert_int_equal(writer->size, sizeof beginning + size);
    assert_memory_equal(writer->memory + sizeof beginning, expected, size);
}

static void modes_are_sent_when_they_change(void **state)
{
    static const uint8_t expected[] = {
        0x1B, 0x61, 0x01, 0x1B, 0x45, 0x01, 0x1D, 0x21, 0x11, 'A', 0x0A, // centre, bold, doubled
        'B',  0x0A,                                                      // the same
        0x1D, 0x21, 0x00, 'C',  0x0A,                                    // centre, bold
        0x1B, 0x61, 0x00, 0x1B, 0x45, 0x00, 0x1B, 0x64, 0x01,            // a space is plain
    };
    const struct escpos_style large = {ESCPOS_CENTRE, true, true};
    uint8_t memory[128];
    struct escpos_writer writer;

    (void)state;
    escpos_begin(&writer, memory, sizeof memory);
    escpos_line(&writer, large, text("A"));
    escpos_line(&writer, large, text("B"));
    escpos_line(&writer, (struct escpos_style){ESCPOS_CENTRE, true, false}, text("C"));
    escpos_space(&writer);
    assert_written(&writer, expected, sizeof expected);
}

static void a_qr_code_is_five_blocks(void **state)
{
    static const uint8_t expected[] = {
        0x1B, 0x64, 0x01, 0x1B, 0x61, 0x01,                        // quiet zone, centre
        0x1D, 0x28, 0x6B, 0x04, 0x00, 0x31, 0x41, 0x32, 0x00,      // model 2
        0x1D, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x43, 0x06,            // 6 dots
        0x1D, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x45, 0x31,            // M
        0x1D, 0x28, 0x6B, 0x05, 0x00, 0x31, 0x50, 0x30, 'a',  'b', // store
        0x1D, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x51, 0x30, 0x0A,      // print
    };
    uint8_t memory[128];
    struct escpos_writer writer;

    (void)state;
    escpos_begin(&writer, memory, sizeof memory);
    assert_int_equal(escpos_qr(&writer, "ab", 6), RESULT_OK);
    assert_written(&writer, expected, sizeof expected);
}

static void a_qr_code_of_anything_but_plain_ascii_is_refused(void **state)
{
    static const char *const wrong[] = {"", "a\x10\x04\x01", "\x1D", "a\nb", "\x7F", "caf\xC3\xA9"};
    char long_text[202];
    uint8_t memory[1024];
    struct escpos_writer writer;

    (void)state;
    memset(long_text, 'x', 201);
    long_text[201] = '\0';
    escpos_begin(&writer, memory, sizeof memory);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(escpos_qr(&writer, wrong[i], 6), RESULT_INVALID);
    assert_int_equal(escpos_qr(&writer, long_text, 6), RESULT_INVALID);
    assert_int_equal(escpos_qr(&writer, "a", 0), RESULT_INVALID);
    assert_int_equal(escpos_qr(&writer, "a", 17), RESULT_INVALID);
    assert_written(&writer, NULL, 0);
    assert_int_equal(escpos_qr(&writer, long_text + 1, 16), RESULT_OK);
}

static void the_end_cuts_once_and_asks(void **state)
{
    uint8_t memory[64];
    struct escpos_writer writer;
    struct bytes stream;

    (void)state;
    escpos_begin(&writer, memory, sizeof memory);
    assert_int_equal(escpos_finish(&writer, &stream), RESULT_OK);
    assert_written(&writer, ending, sizeof ending);
    assert_int_equal(stream.size, sizeof beginning + sizeof ending);
}

static void too_little_room_is_told_at_the_end(void **state)
{
    uint8_t memory[sizeof beginning + sizeof ending];
    struct escpos_writer writer;
    struct bytes stream;

    (void)state;
    for (size_t room = 0; room <= sizeof memory; room++) {
        escpos_begin(&writer, memory, room);
        assert_int_equal(escpos_finish(&writer, &stream),
                         room == sizeof memory ? RESULT_OK : RESULT_TOO_LARGE);
        assert_int_equal(stream.size, room == sizeof memory ? room : 0);
    }
}

static void no_byte_of_a_text_is_obeyed(void **state)
{
    uint8_t memory[1024], all[256];
    struct escpos_writer writer;

    (void)state;
    for (int i = 0; i < 256; i++)
        all[i] = (uint8_t)i;
    escpos_begin(&writer, memory, sizeof memory);
    escpos_line(&writer, (struct escpos_style){}, (struct bytes){all, sizeof all});
    assert_int_equal(writer.size, sizeof beginning + 256 + 1);
    for (size_t i = 0; i < 256; i++) {
        uint8_t byte = memory[sizeof beginning + i];
        assert_true(byte >= 0x20 && byte != 0x7F);
    }
    assert_int_equal(memory[sizeof beginning + 0x1B], '?');
    assert_int_equal(memory[sizeof beginning + 0xA0], ' ');
}

// The system's own table is the judge; it leaves five bytes undefined.
static void the_code_page_is_the_systems(void **state)
{
    iconv_t table = iconv_open("UTF-32LE", "CP1252");
    int undefined = 0;

    (void)state;
    assert_true(table != (iconv_t)-1);
    for (int i = 0x20; i < 0x100; i++) {
        char in[1] = {(char)i};
        uint32_t character = 0;
        char *from = in, *to = (char *)&character;
        size_t from_size = 1, to_size = sizeof character;
        uint8_t byte = 0;
        if (i == 0x7F)
            continue;
        if (iconv(table, &from, &from_size, &to, &to_size) == (size_t)-1) {
            undefined++;
            continue;
        }
        assert_true(escpos_code_page_byte(character, &byte));
        assert_int_equal(byte, i);
    }
    assert_int_equal(undefined, 5);
    iconv_close(table);
}

static void what_the_page_does_not_have_is_replaced_one_for_one(void **state)
{
    static const struct {
        const char *utf8;
        const char *encoded;
        size_t replaced;
    } rows[] = {
        {"caf\u00E9 \u20AC", "caf\xE9 \x80", 0},
        {"\u0141\u00F3d\u017A",
         "?\xF3"
         "d?",
         2},                  // a Polish town
        {"e\u0301", "e?", 1}, // an accent of its own
        {"\u1E9E", "?", 1},   // capital sharp s
        {"a\tb\x1B", "a?b?", 2},
        {"\xC3", "?", 1}, // broken off
        {"\xC3(", "?(", 1},
        {"\xE2\x82", "??", 2},
        {"\xFF\xFE", "??", 2},
        {"\U0001F600", "?", 1},
        {"non\u2011stop\u202F!", "non-stop\xA0!", 0},
    };
    struct escpos_text text_found;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(escpos_text_encode(rows[i].utf8, &text_found), rows[i].replaced);
        assert_int_equal(text_found.size, strlen(rows[i].encoded));
        assert_memory_equal(text_found.bytes, rows[i].encoded, text_found.size);
    }
}

static void capitals_keep_their_accents(void **state)
{
    struct escpos_text small, large;

    (void)state;
    escpos_text_encode("ville de lège, brüssel, œuvre, ÿ, straße, 5 ÷ 2", &small);
    escpos_text_encode("VILLE DE LÈGE, BRÜSSEL, ŒUVRE, Ÿ, STRAßE, 5 ÷ 2", &large);
    escpos_text_capitals(&small);
    assert_int_equal(small.size, large.size);
    assert_memory_equal(small.bytes, large.bytes, large.size);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(modes_are_sent_when_they_change),
        cmocka_unit_test(a_qr_code_is_five_blocks),
        cmocka_unit_test(a_qr_code_of_anything_but_plain_ascii_is_refused),
        cmocka_unit_test(the_end_cuts_once_and_asks),
        cmocka_unit_test(too_little_room_is_told_at_the_end),
        cmocka_unit_test(no_byte_of_a_text_is_obeyed),
        cmocka_unit_test(the_code_page_is_the_systems),
        cmocka_unit_test(what_the_page_does_not_have_is_replaced_one_for_one),
        cmocka_unit_test(capitals_keep_their_accents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
