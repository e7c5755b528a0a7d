#include "city.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "city_seed.h"
#include "national_number.h"
#include "str.h"

// The day on which the invented city is looked at, and the age for a card with certificates.
static const struct partial_date city_day = {2026, 11, 24};
#define CARD_AGE 12
#define SEED 0x00C17E5EEDULL

// A fixed stream of numbers for each person (splitmix64, Steele et al. 2014).
static uint64_t mixed(uint64_t person, uint64_t what)
{
    uint64_t z = SEED + (person * 16 + what) * 0x9E3779B97F4A7C15ULL;

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

static const struct seed_place *place_of(const char *french)
{
    for (size_t i = 0; i < seed_place_count; i++)
        if (str_equal(seed_places[i].name[PAPER_FRENCH], french))
            return &seed_places[i];
    return NULL;
}

static const struct seed_nationality *nationality_of(const char *french)
{
    for (size_t i = 0; i < seed_nationality_count; i++)
        if (str_equal(seed_nationalities[i].adjective[PAPER_FRENCH], french))
            return &seed_nationalities[i];
    return NULL;
}

static enum sex sex_of(char letter)
{
    if (letter == 'M')
        return SEX_MALE;
    return letter == 'F' ? SEX_FEMALE : SEX_NOT_STATED;
}

// Serials are odd for men and even for women; everybody in the city has one of their own.
static int serial_of(size_t person)
{
    return (int)(2 * person) + (seed_persons[person].sex == 'M' ? 1 : 2);
}

#define COPY(to, from) TRY(str_copy(to, sizeof(to), from))

static enum result fill_resident(size_t index, struct resident *to)
{
    const struct seed_person *seed = &seed_persons[index];
    const struct seed_place *place = place_of(seed->place);
    const struct seed_nationality *nationality = nationality_of(seed->nationality);

    if (place == NULL || nationality == NULL)
        return RESULT_INVALID;
    TRY(partial_date_from_text(seed->birth, &to->birth));
    struct partial_date numbered =
        to->birth.year == 0 ? (struct partial_date){1970, 0, 0} : to->birth;
    TRY(national_number_make_synthetic(numbered, serial_of(index), to->national_number));
    COPY(to->surname, seed->surname);
    COPY(to->given_names, seed->given_names);
    to->sex = sex_of(seed->sex);
    to->relation = seed->relation;
    to->standing = seed->standing;
    for (enum paper_language in = 0; in < PAPER_LANGUAGE_COUNT; in++) {
        COPY(to->birth_place[in], place->name[in]);
        COPY(to->birth_country[in], place->country[in]);
        COPY(to->nationality[in], nationality->adjective[in]);
    }
    TRY(partial_date_from_text(seed_households[seed->household].since, &to->here_since));
    bool born_here =
        to->birth.year > to->here_since.year; // a child came by birth, not by moving in
    if (born_here)
        to->here_since = to->birth;
    return RESULT_OK;
}

static enum result fill_address(const struct seed_household *seed, struct home_address *to)
{
    static const char *const municipality[PAPER_LANGUAGE_COUNT] = {"Bruxelles", "Brussel"};

    COPY(to->number, seed->number);
    COPY(to->box, seed->box);
    COPY(to->postal_code, seed->postal_code);
    for (enum paper_language in = 0; in < PAPER_LANGUAGE_COUNT; in++) {
        COPY(to->street[in], seed->street[in]);
        COPY(to->municipality[in], municipality[in]);
        COPY(to->quarter[in], seed_quarter(seed->postal_code, in));
        COPY(to->lodged_at[in], seed->lodged_at[in]);
    }
    return RESULT_OK;
}

size_t city_household_count(void)
{
    return seed_household_count;
}

enum result city_household(size_t number, struct household **out)
{
    owned(household) home = calloc(1, sizeof *home);

    if (home == NULL)
        return RESULT_NO_MEMORY;
    TRY(fill_address(&seed_households[number], &home->address));
    for (size_t i = 0; i < seed_person_count; i++) {
        if ((size_t)seed_persons[i].household != number)
            continue;
        TRY(fill_resident(i, &home->persons[home->count]));
        home->count++;
    }
    *out = take(home);
    return RESULT_OK;
}

static bool carries_card(size_t index)
{
    struct partial_date birth;

    if (partial_date_from_text(seed_persons[index].birth, &birth) != RESULT_OK)
        return false;
    return birth.year == 0 || partial_date_age(birth, city_day) >= CARD_AGE;
}

size_t city_card_count(void)
{
    size_t count = 0;

    for (size_t i = 0; i < seed_person_count; i++)
        count += carries_card(i) ? 1 : 0;
    return count;
}

// The first two given names go onto the chip, the first letter of the third beside them.
static enum result split_given_names(const char *all, struct resident_card *to)
{
    const char *second = strchr(all, ' ');
    const char *third = second == NULL ? NULL : strchr(second + 1, ' ');
    size_t initial = 0;

    COPY(to->middle_initial, "");
    if (third == NULL)
        return str_copy(to->given_names, sizeof to->given_names, all);
    TRY(str_format(to->given_names, sizeof to->given_names, "%.*s", (int)(third - all), all));
    do { // one whole letter: a lead byte and its continuation bytes (RFC 3629)
        initial++;
    } while (((uint8_t)third[1 + initial] & 0xC0) == 0x80);
    return str_format(to->middle_initial, sizeof to->middle_initial, "%.*s", (int)initial,
                      third + 1);
}

static enum result fill_numbers(size_t index, struct resident_card *to)
{
    long long ten = 5920000000LL + (long long)(mixed(index, 0) % 9999999);
    int from_year = 2019 + (int)(mixed(index, 1) % 6), month = 1 + (int)(mixed(index, 2) % 12);
    long long check = ten % 97 == 0 ? 97 : ten % 97;

    TRY(str_format(to->card_number, sizeof to->card_number, "%010lld%02lld", ten, check));
    TRY(str_format(to->chip_number, sizeof to->chip_number, "%016llX%016llX",
                   (unsigned long long)mixed(index, 3), (unsigned long long)mixed(index, 4)));
    TRY(str_format(to->valid_from, sizeof to->valid_from, "%04d-%02d-05", from_year, month));
    TRY(str_format(to->valid_until, sizeof to->valid_until, "%04d-%02d-05", from_year + 10, month));
    return str_format(to->pin, sizeof to->pin, "%04d", (int)(mixed(index, 5) % 10000));
}

static enum result fill_card_address(const struct seed_household *home, enum paper_language in,
                                     struct resident_card *to)
{
    static const char *const box_word[PAPER_LANGUAGE_COUNT] = {"bte", "bus"};
    static const char *const municipality[PAPER_LANGUAGE_COUNT] = {"Bruxelles", "Brussel"};

    COPY(to->postal_code, home->postal_code);
    COPY(to->municipality, municipality[in]);
    COPY(to->issuing_municipality, municipality[in]);
    if (home->box[0] == '\0')
        return str_format(to->street, sizeof to->street, "%s %s", home->street[in], home->number);
    return str_format(to->street, sizeof to->street, "%s %s %s %s", home->street[in], home->number,
                      box_word[in], home->box);
}

static enum result fill_card(size_t index, struct resident_card *to)
{
    const struct seed_person *seed = &seed_persons[index];
    const struct seed_nationality *nationality = nationality_of(seed->nationality);
    struct resident who = {};

    TRY(fill_resident(index, &who));
    COPY(to->name, seed->name);
    COPY(to->national_number, who.national_number);
    COPY(to->surname, who.surname);
    TRY(split_given_names(who.given_names, to));
    TRY(str_format(to->sex, sizeof to->sex, "%c", seed->sex));
    COPY(to->birth_date, seed->birth);
    COPY(to->birth_place, who.birth_place[seed->language]);
    COPY(to->nationality, nationality->on_card[seed->language]);
    COPY(to->document_type, nationality->document_type);
    TRY(fill_card_address(&seed_households[seed->household], seed->language, to));
    COPY(to->noble_condition, "");
    COPY(to->special_status, "0");
    TRY(fill_numbers(index, to));
    if (str_equal(to->name, "amina-benali")) // the resident of the examples in the documentation
        COPY(to->pin, "1234");
    return RESULT_OK;
}

enum result city_card(size_t number, struct resident_card *out, bool *blocked)
{
    for (size_t i = 0; i < seed_person_count; i++) {
        if (!carries_card(i) || number-- > 0)
            continue;
        *blocked = seed_persons[i].card_is_blocked;
        return fill_card(i, out);
    }
    return RESULT_NOT_FOUND;
}

static enum result fill_stranger(const struct resident_card *card, struct resident *who)
{
    if (!national_number_is_valid(card->national_number))
        return RESULT_MALFORMED;
    COPY(who->national_number, card->national_number);
    COPY(who->surname, card->surname);
    TRY(str_format(who->given_names, sizeof who->given_names, "%s%s%s", card->given_names,
                   card->middle_initial[0] == '\0' ? "" : " ", card->middle_initial));
    who->sex = sex_of(card->sex[0]);
    TRY(partial_date_from_text(card->birth_date, &who->birth));
    TRY(partial_date_from_text(card->valid_from, &who->here_since));
    who->relation = RELATION_REFERENCE;
    who->standing = STANDING_RESIDENT;
    const struct seed_nationality *nationality = nationality_of("belge");
    for (enum paper_language in = 0; in < PAPER_LANGUAGE_COUNT; in++) {
        COPY(who->birth_place[in], card->birth_place);
        COPY(who->nationality[in], nationality->adjective[in]);
    }
    return RESULT_OK;
}

enum result city_household_of_card(const struct resident_card *card, struct household **out)
{
    owned(household) home = calloc(1, sizeof *home);

    if (home == NULL)
        return RESULT_NO_MEMORY;
    TRY(fill_stranger(card, &home->persons[0]));
    home->count = 1;
    const struct seed_household alone = {
        .street = {card->street, card->street},
        .number = "",
        .box = "",
        .postal_code = card->postal_code,
        .lodged_at = {"", ""},
    };
    TRY(fill_address(&alone, &home->address));
    *out = take(home);
    return RESULT_OK;
}
