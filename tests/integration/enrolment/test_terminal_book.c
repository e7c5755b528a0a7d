// The fleet's book: what a code is worth, and which certificates hold. Times are the test's own.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "terminal_book.h"

#define NOW 1790000000

struct shelf {
    char folder[64], file[96];
    struct terminal_book *book;
};

static int set_up(void **state)
{
    struct shelf *shelf = calloc(1, sizeof *shelf);
    snprintf(shelf->folder, sizeof shelf->folder, "/tmp/terminal-book-XXXXXX");
    if (mkdtemp(shelf->folder) == NULL)
        return 1;
    snprintf(shelf->file, sizeof shelf->file, "%s/book.db", shelf->folder);
    const struct database_address address = {DATABASE_SQLITE, shelf->file, true};

    *state = shelf;
    return terminal_book_create(&address, &shelf->book) != RESULT_OK;
}

static int tear_down(void **state)
{
    struct shelf *shelf = *state;
    char file[128];

    terminal_book_destroy(shelf->book);
    unlink(shelf->file);
    snprintf(file, sizeof file, "%s-wal", shelf->file);
    unlink(file);
    snprintf(file, sizeof file, "%s-shm", shelf->file);
    unlink(file);
    rmdir(shelf->folder);
    free(shelf);
    return 0;
}

static void make(struct shelf *shelf, const char *terminal, char code[ENROLMENT_CODE_SIZE])
{
    assert_int_equal(terminal_book_make_code(shelf->book, terminal, NOW, code), RESULT_OK);
    assert_int_equal(strlen(code), 10);
}

static enum result try(struct shelf *shelf, const char *code, int64_t at)
{
    char terminal[TERMINAL_BOOK_NAME_SIZE];

    return terminal_book_take_code(shelf->book, code, at, terminal);
}

static void a_code_is_for_one_terminal_and_once(void **state)
{
    struct shelf *shelf = *state;
    char code[ENROLMENT_CODE_SIZE], terminal[TERMINAL_BOOK_NAME_SIZE], typed[32];

    make(shelf, "kiosk-once", code);
    snprintf(typed, sizeof typed, " %.5s-%s", code, code + 5);
    assert_int_equal(terminal_book_take_code(shelf->book, typed, NOW, terminal), RESULT_OK);
    assert_string_equal(terminal, "kiosk-once");
    assert_int_equal(try(shelf, code, NOW), RESULT_NOT_FOUND);
}

static void a_code_holds_a_day(void **state)
{
    struct shelf *shelf = *state;
    char code[ENROLMENT_CODE_SIZE];

    make(shelf, "kiosk-day", code);
    assert_int_equal(try(shelf, code, NOW + ENROLMENT_CODE_SECONDS), RESULT_NOT_FOUND);
    assert_int_equal(try(shelf, code, NOW + ENROLMENT_CODE_SECONDS - 1), RESULT_OK);
}

static void a_newer_code_ends_the_older(void **state)
{
    struct shelf *shelf = *state;
    char older[ENROLMENT_CODE_SIZE], newer[ENROLMENT_CODE_SIZE];

    make(shelf, "kiosk-two", older);
    make(shelf, "kiosk-two", newer);
    assert_int_not_equal(try(shelf, older, NOW), RESULT_OK);
    assert_int_equal(try(shelf, newer, NOW), RESULT_OK);
}

static void five_wrong_tries_end_it(void **state)
{
    struct shelf *shelf = *state;
    char code[ENROLMENT_CODE_SIZE], wrong[ENROLMENT_CODE_SIZE];

    make(shelf, "kiosk-five", code);
    memcpy(wrong, code, sizeof wrong);
    wrong[9] = wrong[9] == 'Z' ? 'Y' : 'Z';
    for (int i = 0; i < ENROLMENT_CODE_TRIES; i++)
        assert_int_equal(try(shelf, wrong, NOW), RESULT_REFUSED);
    assert_int_equal(try(shelf, code, NOW), RESULT_NOT_FOUND);
}

static void what_is_no_code_is_found_nowhere(void **state)
{
    static const char *const words[] = {"",           "ABCDE",      "ABCDEFGHJKM",
                                        "ABCDE'FGHJ", "((((((((((", "          "};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        assert_int_equal(try(*state, words[i], NOW), RESULT_NOT_FOUND);
}

static enum terminal_standing standing(struct shelf *shelf, const char *terminal, uint8_t letter)
{
    uint8_t sha256[32];
    enum terminal_standing told;

    memset(sha256, letter, sizeof sha256);
    assert_int_equal(terminal_book_standing(shelf->book, terminal, sha256, &told), RESULT_OK);
    return told;
}

static void note(struct shelf *shelf, const char *terminal, uint8_t letter)
{
    uint8_t sha256[32];

    memset(sha256, letter, sizeof sha256);
    assert_int_equal(terminal_book_note_certificate(shelf->book, terminal, sha256, NOW), RESULT_OK);
}

static void a_revoked_terminal_comes_back_only_with_a_new_certificate(void **state)
{
    struct shelf *shelf = *state;
    const char *name = "kiosk-back";

    assert_int_equal(standing(shelf, name, 1), TERMINAL_STANDING_UNKNOWN);
    note(shelf, name, 1);
    assert_int_equal(standing(shelf, name, 1), TERMINAL_STANDING_ACTIVE);
    assert_int_equal(standing(shelf, "kiosk-other", 1), TERMINAL_STANDING_UNKNOWN);
    assert_int_equal(terminal_book_revoke(shelf->book, name), RESULT_OK);
    assert_int_equal(standing(shelf, name, 1), TERMINAL_STANDING_REVOKED);
    assert_int_equal(standing(shelf, name, 9), TERMINAL_STANDING_REVOKED);
    note(shelf, name, 2);
    assert_int_equal(standing(shelf, name, 2), TERMINAL_STANDING_ACTIVE);
    assert_int_equal(standing(shelf, name, 1), TERMINAL_STANDING_REVOKED);
}

static void revoking_ends_an_open_code(void **state)
{
    struct shelf *shelf = *state;
    char code[ENROLMENT_CODE_SIZE];

    make(shelf, "kiosk-lost", code);
    assert_int_equal(terminal_book_revoke(shelf->book, "kiosk-lost"), RESULT_OK);
    assert_int_equal(try(shelf, code, NOW), RESULT_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_is_for_one_terminal_and_once),
        cmocka_unit_test(a_code_holds_a_day),
        cmocka_unit_test(a_newer_code_ends_the_older),
        cmocka_unit_test(five_wrong_tries_end_it),
        cmocka_unit_test(what_is_no_code_is_found_nowhere),
        cmocka_unit_test(a_revoked_terminal_comes_back_only_with_a_new_certificate),
        cmocka_unit_test(revoking_ends_an_open_code),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
