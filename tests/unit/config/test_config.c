// One wrong configuration per key and kind of error, made from the documented file; and that file
// against the table of keys.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "config_keys.h"
#include "str.h"

#define TEXT_SIZE 32768
#define FILE_NAME "terminal.ini"

struct text {
    char bytes[TEXT_SIZE];
    size_t size;
};

static void add(struct text *text, const char *more)
{
    size_t length = strlen(more);

    assert_true(text->size + length < sizeof text->bytes);
    memcpy(text->bytes + text->size, more, length + 1);
    text->size += length;
}

// The whole table as a file, with one key's line replaced by `instead`; "" leaves the key out.
static size_t file_with(struct text *text, size_t index, const char *instead)
{
    size_t count = 0, lines = 0, line_of_key = 0;
    const struct config_key *keys = config_keys(&count);
    char line[CONFIG_TEXT_SIZE + 64];

    *text = (struct text){};
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || !str_equal(keys[i].section, keys[i - 1].section)) {
            snprintf(line, sizeof line, "[%s]\n", keys[i].section);
            add(text, line);
            lines++;
        }
        snprintf(line, sizeof line, "%s = %s\n", keys[i].key, keys[i].fallback);
        if (i == index) {
            add(text, instead);
            line_of_key = lines + 1;
        } else {
            add(text, line);
        }
        lines += i == index && *instead == '\0' ? 0 : 1;
    }
    return line_of_key;
}

static enum result parse(const struct text *text, struct config *config,
                         struct config_problem *problem)
{
    return config_parse(FILE_NAME,
                        (struct bytes){.data = (const uint8_t *)text->bytes, .size = text->size},
                        config, problem);
}

// Every message names the file, the line, what is meant and what to do.
static void expect_problem(const struct text *text, size_t line, const char *about)
{
    struct config config;
    struct config_problem problem = {};
    char place[64];

    assert_int_equal(parse(text, &config, &problem), RESULT_MALFORMED);
    snprintf(place, sizeof place, FILE_NAME ", line %zu: ", line);
    if (!str_starts_with(problem.text, place) || strstr(problem.text, about) == NULL)
        fail_msg("expected \"%s\" about \"%s\", got: %s", place, about, problem.text);
    assert_int_equal(problem.line, line);
    assert_null(strchr(problem.text, '\n'));
    assert_int_equal(problem.text[strlen(problem.text) - 1], '.');
}

static void expect_value_refused(size_t index, const char *value)
{
    size_t count = 0;
    const struct config_key *key = &config_keys(&count)[index];
    struct text text;
    char line[2048], expectation[256];

    snprintf(line, sizeof line, "%s = %s\n", key->key, value);
    size_t at = file_with(&text, index, line);
    expect_problem(&text, at, key->key);
    assert_int_equal(config_key_expectation(key, expectation, sizeof expectation), RESULT_OK);
    expect_problem(&text, at, expectation);
}

static void test_the_table_as_a_file_is_accepted(void **state)
{
    struct text text;
    struct config config;
    struct config_problem problem;

    (void)state;
    (void)file_with(&text, SIZE_MAX, "");
    assert_int_equal(parse(&text, &config, &problem), RESULT_OK);
    assert_string_equal(config.terminal.municipality[LANGUAGE_NL], "Stad Brussel");
    assert_int_equal(config.screen.diagonal, 546);
    assert_int_equal(config.limits.paper_empty, 300000);
    assert_int_equal(config.limits.help, 120000);
    assert_int_equal(config.polling.printer_job, 300);
    assert_string_equal(config.receipt_device, "");
}

static void test_the_documented_file_is_the_table(void **state)
{
    static char documented[TEXT_SIZE], stored[TEXT_SIZE];
    FILE *file = fopen(DOCUMENTED_FILE, "r");

    (void)state;
    assert_non_null(file);
    size_t size = fread(stored, 1, sizeof stored - 1, file);
    fclose(file);
    stored[size] = '\0';
    assert_int_equal(config_document(documented, sizeof documented), RESULT_OK);
    assert_string_equal(stored, documented);
}

static void test_every_key_misspelt(void **state)
{
    size_t count = 0;
    const struct config_key *keys = config_keys(&count);
    struct text text;
    char line[CONFIG_TEXT_SIZE + 64], wrong[64];

    (void)state;
    for (size_t i = 0; i < count; i++) {
        snprintf(wrong, sizeof wrong, "%sx", keys[i].key);
        snprintf(line, sizeof line, "%s = %s\n", wrong, keys[i].fallback);
        expect_problem(&text, file_with(&text, i, line), wrong);
    }
}

static void test_every_key_stated_twice(void **state)
{
    size_t count = 0;
    const struct config_key *keys = config_keys(&count);
    struct text text;
    char line[2 * CONFIG_TEXT_SIZE + 128];

    (void)state;
    for (size_t i = 0; i < count; i++) {
        snprintf(line, sizeof line, "%s = %s\n%s = %s\n", keys[i].key, keys[i].fallback,
                 keys[i].key, keys[i].fallback);
        size_t first = file_with(&text, i, line);
        expect_problem(&text, first + 1, keys[i].key);
    }
}

static void test_every_key_left_out(void **state)
{
    size_t count = 0, stated = 0;
    const struct config_key *keys = config_keys(&count);
    struct text text;
    struct config config;
    struct config_problem problem;

    (void)state;
    for (size_t i = 0; i < count; i++) {
        (void)file_with(&text, i, "");
        if (keys[i].must_be_stated) {
            assert_int_equal(parse(&text, &config, &problem), RESULT_MALFORMED);
            assert_non_null(strstr(problem.text, keys[i].key));
            assert_non_null(strstr(problem.text, keys[i].section));
            stated++;
        } else {
            assert_int_equal(parse(&text, &config, &problem), RESULT_OK);
        }
    }
    assert_in_range(stated, 10, count);
}

static void test_every_key_empty(void **state)
{
    size_t count = 0;
    const struct config_key *keys = config_keys(&count);
    struct text text;
    struct config config;
    struct config_problem problem;
    char line[128];

    (void)state;
    for (size_t i = 0; i < count; i++) {
        if (!keys[i].may_be_empty) {
            expect_value_refused(i, "");
            continue;
        }
        snprintf(line, sizeof line, "%s =\n", keys[i].key);
        (void)file_with(&text, i, line);
        assert_int_equal(parse(&text, &config, &problem), RESULT_OK);
    }
}

static void refuse_each(size_t index, const char *const *values)
{
    for (; *values != NULL; values++)
        expect_value_refused(index, *values);
}

static void refuse_wrong_values(size_t index, const struct config_key *key)
{
    static const char *const not_numbers[] = {"many",    "1e3",  "-1", "+5000",
                                              "5000 ms", "0x10", NULL};
    static const char *const not_paths[] = {"relative/path", "~/file", "/", NULL};
    static const char *const not_https[] = {
        "http://host",       "https://",       "https://a b",        "host:443",
        "https://user@host", "https://host:0", "https://host:70000", NULL};
    static const char *const not_ipp[] = {"http://host/ipp", "ipp://", "socket://host", NULL};
    static const char *const not_devices[] = {"tcp:host", "tcp://host:9100", "host:9100", NULL};
    static const char *const not_switches[] = {"Yes", "true", "1", NULL};
    static const char *const not_sides[] = {"Left", "top", "left right", NULL};
    static const char *const not_text[] = {"\xC3", "bell \x07", "\xED\xA0\x80", NULL};

    refuse_each(index, not_text);
    switch (key->type) {
    case CONFIG_TYPE_TEXT:
        break; // any other text is right
    case CONFIG_TYPE_NUMBER:
        refuse_each(index, not_numbers);
        break;
    case CONFIG_TYPE_SIDE:
        refuse_each(index, not_sides);
        break;
    case CONFIG_TYPE_SWITCH:
        refuse_each(index, not_switches);
        break;
    case CONFIG_TYPE_FILE:
    case CONFIG_TYPE_DIRECTORY:
        refuse_each(index, not_paths);
        break;
    case CONFIG_TYPE_NEW_FILE:
        refuse_each(index, not_paths);
        expect_value_refused(index, "/directory/");
        break;
    case CONFIG_TYPE_HTTPS:
        refuse_each(index, not_https);
        break;
    case CONFIG_TYPE_IPP:
        refuse_each(index, not_ipp);
        break;
    case CONFIG_TYPE_DEVICE:
        refuse_each(index, not_devices);
        break;
    }
}

static void test_every_key_with_values_of_another_type(void **state)
{
    size_t count = 0;
    const struct config_key *keys = config_keys(&count);

    (void)state;
    for (size_t i = 0; i < count; i++)
        refuse_wrong_values(i, &keys[i]);
}

static void test_every_key_out_of_range(void **state)
{
    size_t count = 0;
    const struct config_key *keys = config_keys(&count);
    char value[CONFIG_TEXT_SIZE + 16];

    (void)state;
    for (size_t i = 0; i < count; i++) {
        if (keys[i].type == CONFIG_TYPE_NUMBER) {
            snprintf(value, sizeof value, "%lld", (long long)keys[i].least - 1);
            expect_value_refused(i, value);
            snprintf(value, sizeof value, "%lld", (long long)keys[i].most + 1);
        } else {
            memset(value, 'x', sizeof value);
            memcpy(value, keys[i].fallback, strlen(keys[i].fallback));
            value[keys[i].most + 1] = '\0';
        }
        expect_value_refused(i, value);
    }
}

static void test_every_named_file_must_be_there(void **state)
{
    size_t count = 0, looked_at = 0;
    const struct config_key *keys = config_keys(&count);
    struct config config = {};

    (void)state;
    for (size_t i = 0; i < count; i++) {
        if (keys[i].type != CONFIG_TYPE_FILE && keys[i].type != CONFIG_TYPE_DIRECTORY &&
            keys[i].type != CONFIG_TYPE_NEW_FILE)
            continue;
        assert_int_equal(config_key_store(&keys[i], "/no/such/place", &config), RESULT_OK);
        assert_int_equal(config_key_check_file(&keys[i], &config), RESULT_NOT_FOUND);
        looked_at++;
    }
    assert_in_range(looked_at, 8, count);
}

static void test_what_is_no_key_is_explained(void **state)
{
    static const struct {
        const char *text;
        size_t line;
        const char *about;
    } wrong[] = {
        {"width = 1080\n", 1, "width"},      {"# comment\n\n[screens]\n", 3, "screens"},
        {"[screen\n", 1, "[screen"},         {"[screen]\nwidth 1080\n", 2, "width 1080"},
        {"[screen]\n= 1080\n", 2, "= 1080"}, {"[screen]\n[terminal]\nwidth = 1080\n", 3, "width"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct text text = {};

        add(&text, wrong[i].text);
        expect_problem(&text, wrong[i].line, wrong[i].about);
    }
}

static void test_endless_lines_and_zero_bytes_are_refused(void **state)
{
    struct text text = {};

    (void)state;
    memset(text.bytes, 'x', 2000);
    text.size = 2000;
    expect_problem(&text, 1, "text");
    text = (struct text){.bytes = "[screen]\nwid\0th = 1080\n", .size = 23};
    expect_problem(&text, 2, "text");
}

static void test_a_file_that_cannot_be_read(void **state)
{
    struct config config;
    struct config_problem problem;

    (void)state;
    assert_int_equal(config_load("/no/such/file.ini", &config, &problem), RESULT_NOT_FOUND);
    assert_non_null(strstr(problem.text, "/no/such/file.ini"));
    assert_non_null(strstr(problem.text, "--config"));
    assert_int_equal(config_load("/", &config, &problem), RESULT_NOT_FOUND);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_table_as_a_file_is_accepted),
        cmocka_unit_test(test_the_documented_file_is_the_table),
        cmocka_unit_test(test_every_key_misspelt),
        cmocka_unit_test(test_every_key_stated_twice),
        cmocka_unit_test(test_every_key_left_out),
        cmocka_unit_test(test_every_key_empty),
        cmocka_unit_test(test_every_key_with_values_of_another_type),
        cmocka_unit_test(test_every_key_out_of_range),
        cmocka_unit_test(test_every_named_file_must_be_there),
        cmocka_unit_test(test_what_is_no_key_is_explained),
        cmocka_unit_test(test_endless_lines_and_zero_bytes_are_refused),
        cmocka_unit_test(test_a_file_that_cannot_be_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
