// National numbers, partial dates, and the invented city: big enough, varied, nobody twice.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "city.h"
#include "city_crowd.h"
#include "national_number.h"
#include "str.h"

static void check_digits_follow_the_century(void **state)
{
    (void)state;
    assert_true(national_number_is_valid("42012205181")); // the published example 42.01.22-051.81
    assert_false(national_number_is_valid("42012205182"));
    assert_false(national_number_is_valid("4201220518"));
    assert_false(national_number_is_valid("4201220518x"));
    assert_false(national_number_is_valid(""));
}

static void synthetic_numbers_belong_to_nobody(void **state)
{
    char number[NATIONAL_NUMBER_SIZE];

    (void)state;
    assert_int_equal(national_number_make_synthetic((struct partial_date){1985, 7, 30}, 2, number),
                     RESULT_OK);
    assert_memory_equal(number, "856730002", 9);
    assert_true(national_number_is_valid(number));
    assert_int_equal(national_number_make_synthetic((struct partial_date){2012, 11, 2}, 1, number),
                     RESULT_OK);
    assert_memory_equal(number, "127102001", 9);
    assert_int_equal(97 - (2127102001 % 97), (number[9] - '0') * 10 + number[10] - '0');
    assert_int_equal(national_number_make_synthetic((struct partial_date){1962, 0, 0}, 3, number),
                     RESULT_OK);
    assert_memory_equal(number, "626000003", 9);
    assert_int_equal(national_number_make_synthetic((struct partial_date){1962, 0, 0}, 998, number),
                     RESULT_INVALID);
}

static void dates_may_be_partial(void **state)
{
    struct partial_date date;
    char text[PARTIAL_DATE_SIZE];
    const char *const good[] = {"", "1962", "1984-03", "2024-02-29"};
    const char *const bad[] = {"62", "1962-", "1962-13", "1962-1-1", "1962/03/01", "1962-03-32"};

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(partial_date_from_text(good[i], &date), RESULT_OK);
        partial_date_to_text(date, text);
        assert_string_equal(text, good[i]);
    }
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(partial_date_from_text(bad[i], &date), RESULT_MALFORMED);
}

static void nobody_is_taken_for_older(void **state)
{
    const struct partial_date today = {2026, 11, 24};

    (void)state;
    assert_int_equal(partial_date_age((struct partial_date){2010, 11, 24}, today), 16);
    assert_int_equal(partial_date_age((struct partial_date){2010, 11, 25}, today), 15);
    assert_int_equal(partial_date_age((struct partial_date){2010, 11, 0}, today), 15);
    assert_int_equal(partial_date_age((struct partial_date){2010, 0, 0}, today), 15);
    assert_int_equal(partial_date_age((struct partial_date){}, today), 0);
}

static void city_has_varied_households(void **state)
{
    size_t persons = 0;
    bool of_size[13] = {};

    (void)state;
    for (size_t i = 0; i < city_household_count(); i++) {
        owned(household) home = NULL;
        assert_int_equal(city_household(i, &home), RESULT_OK);
        assert_in_range(home->count, 1, 12);
        assert_int_equal(home->persons[0].relation, RELATION_REFERENCE);
        of_size[home->count] = true;
        persons += home->count;
    }
    assert_true(persons >= 60);
    for (size_t size = 1; size <= 7; size++)
        assert_true(of_size[size]);
    assert_true(of_size[9]);
    assert_true(of_size[12]);
}

static void every_number_is_valid_and_nobodys_twice(void **state)
{
    char seen[128][NATIONAL_NUMBER_SIZE];
    size_t count = 0;

    (void)state;
    for (size_t i = 0; i < city_household_count(); i++) {
        owned(household) home = NULL;
        assert_int_equal(city_household(i, &home), RESULT_OK);
        for (size_t j = 0; j < home->count; j++) {
            const char *number = home->persons[j].national_number;
            assert_true(national_number_is_valid(number));
            assert_true(number[2] >= '6'); // month + 60
            for (size_t k = 0; k < count; k++)
                assert_string_not_equal(seen[k], number);
            assert_int_equal(str_copy(seen[count++], NATIONAL_NUMBER_SIZE, number), RESULT_OK);
        }
    }
}

static int order_of(struct partial_date date)
{
    return date.year * 10000 + date.month * 100 + date.day;
}

static void former_addresses_follow_each_other(void **state)
{
    size_t longest = 0;

    (void)state;
    for (size_t i = 0; i < city_household_count(); i++) {
        owned(household) home = NULL;
        assert_int_equal(city_household(i, &home), RESULT_OK);
        for (size_t j = 0; j < home->count; j++) {
            owned(address_history) history = NULL;
            assert_int_equal(city_history(i, j, &history), RESULT_OK);
            int until = order_of(home->persons[j].here_since);
            for (size_t k = 0; k < history->count; k++) {
                assert_int_equal(order_of(history->stays[k].until), until);
                until = order_of(history->stays[k].from);
                assert_true(until < order_of(history->stays[k].until));
                assert_true(until >= order_of(home->persons[j].birth));
            }
            longest = history->count > longest ? history->count : longest;
        }
    }
    assert_int_equal(longest, 14);
}

// What the data dictionary lists, somebody in the city has.
static void every_hard_case_lives_here(void **state)
{
    bool relations[RELATION_COUNT] = {}, standings[STANDING_COUNT] = {}, books[3] = {};
    bool states[MARITAL_STATUS_COUNT] = {}, citizens[CITIZENSHIP_COUNT] = {};
    bool dwellings[DWELLING_COUNT] = {}, cohabits = false, absent = false, administered = false;

    (void)state;
    for (size_t i = 0; i < city_household_count(); i++) {
        owned(household) home = NULL;
        assert_int_equal(city_household(i, &home), RESULT_OK);
        dwellings[home->address.dwelling] = true;
        for (size_t j = 0; j < home->count; j++) {
            const struct resident *person = &home->persons[j];
            relations[person->relation] = standings[person->standing] = true;
            books[person->book] = states[person->marital_status] = true;
            citizens[person->citizenship] = true;
            cohabits = cohabits || person->legal_cohabitant;
            absent = absent || person->temporarily_absent;
            administered = administered || person->under_administration;
        }
    }
    for (size_t i = 0; i < RELATION_COUNT; i++)
        assert_true(relations[i]);
    for (size_t i = 0; i < STANDING_COUNT; i++)
        assert_true(standings[i]);
    for (size_t i = 0; i < MARITAL_STATUS_COUNT; i++)
        assert_true(states[i]);
    for (size_t i = 0; i < CITIZENSHIP_COUNT; i++)
        assert_true(citizens[i]);
    assert_true(books[0] && books[1] && books[2] && dwellings[0] && dwellings[1] && dwellings[2]);
    assert_true(cohabits && absent && administered);
}

static int compare_numbers(const void *one, const void *other)
{
    return strcmp(one, other);
}

#define CROWD 10000
// Ten thousand people without names to play with: whole, valid, and none with another's number.
static void a_crowd_fills_the_city(void **state)
{
    static char numbers[CROWD + 16][NATIONAL_NUMBER_SIZE];
    owned(city_crowd) crowd = NULL;
    size_t count = 0, of_size[10] = {}, history_lines = 0;

    (void)state;
    assert_int_equal(city_crowd_create(&crowd), RESULT_OK);
    while (count < CROWD) {
        owned(household) home = NULL;
        owned(address_history) history = NULL;
        assert_int_equal(city_crowd_household(crowd, &home), RESULT_OK);
        assert_int_equal(city_crowd_history(crowd, 0, &history), RESULT_OK);
        assert_in_range(home->count, 1, 9);
        assert_int_equal(home->persons[0].relation, RELATION_REFERENCE);
        of_size[home->count]++;
        history_lines += history->count;
        for (size_t i = 0; i < home->count; i++) {
            const char *number = home->persons[i].national_number;
            assert_true(national_number_is_valid(number));
            assert_true(number[2] >= '6');
            assert_int_equal(str_copy(numbers[count++], NATIONAL_NUMBER_SIZE, number), RESULT_OK);
        }
    }
    qsort(numbers, count, sizeof numbers[0], compare_numbers);
    for (size_t i = 1; i < count; i++)
        assert_string_not_equal(numbers[i - 1], numbers[i]);
    for (size_t size = 1; size <= 7; size++)
        assert_true(of_size[size] > 0);
    assert_true(history_lines > 1000);
}

static void the_same_crowd_comes_every_time(void **state)
{
    owned(city_crowd) one = NULL;
    owned(city_crowd) other = NULL;

    (void)state;
    assert_int_equal(city_crowd_create(&one), RESULT_OK);
    assert_int_equal(city_crowd_create(&other), RESULT_OK);
    for (size_t i = 0; i < 50; i++) {
        owned(household) first = NULL;
        owned(household) second = NULL;
        assert_int_equal(city_crowd_household(one, &first), RESULT_OK);
        assert_int_equal(city_crowd_household(other, &second), RESULT_OK);
        assert_memory_equal(first, second, sizeof *first);
    }
}

static void cards_are_the_same_every_time(void **state)
{
    bool amina = false;

    (void)state;
    assert_true(city_card_count() >= 60);
    for (size_t i = 0; i < city_card_count(); i++) {
        struct resident_card first = {}, second = {};
        bool blocked;
        assert_int_equal(city_card(i, &first, &blocked), RESULT_OK);
        assert_int_equal(city_card(i, &second, &blocked), RESULT_OK);
        assert_memory_equal(&first, &second, sizeof first);
        assert_int_equal(strlen(first.chip_number), 32);
        assert_int_equal(strlen(first.card_number), 12);
        assert_true(
            str_is_utf8((struct bytes){(const uint8_t *)first.surname, strlen(first.surname)}));
        amina = amina || (str_equal(first.name, "amina-benali") && str_equal(first.pin, "1234"));
    }
    assert_true(amina);
}

static void a_stranger_lives_alone(void **state)
{
    struct resident_card card = {};
    bool blocked;
    owned(household) home = NULL;

    (void)state;
    assert_int_equal(city_card(0, &card, &blocked), RESULT_OK);
    assert_int_equal(city_household_of_card(&card, &home), RESULT_OK);
    assert_int_equal(home->count, 1);
    assert_string_equal(home->address.street[PAPER_DUTCH], card.street);
    card.national_number[10] = card.national_number[10] == '1' ? '2' : '1';
    household_destroy(take(home));
    assert_int_equal(city_household_of_card(&card, &home), RESULT_MALFORMED);
    assert_null(home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(check_digits_follow_the_century),
        cmocka_unit_test(synthetic_numbers_belong_to_nobody),
        cmocka_unit_test(dates_may_be_partial),
        cmocka_unit_test(nobody_is_taken_for_older),
        cmocka_unit_test(city_has_varied_households),
        cmocka_unit_test(every_number_is_valid_and_nobodys_twice),
        cmocka_unit_test(former_addresses_follow_each_other),
        cmocka_unit_test(every_hard_case_lives_here),
        cmocka_unit_test(a_crowd_fills_the_city),
        cmocka_unit_test(the_same_crowd_comes_every_time),
        cmocka_unit_test(cards_are_the_same_every_time),
        cmocka_unit_test(a_stranger_lives_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
