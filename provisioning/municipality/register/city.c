#include "city.h"

#include <stdlib.h>

#include "city_inside.h"
#include "national_number.h"
#include "str.h"

const struct partial_date city_day = {2026, 11, 24};
#define SEED 0x00C17E5EEDULL

// A fixed stream of numbers for each person (splitmix64, Steele et al. 2014).
uint64_t city_mixed(uint64_t person, uint64_t what)
{
    uint64_t z = SEED + (person * 16 + what) * 0x9E3779B97F4A7C15ULL;

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

enum result city_born_in(const char *french, struct resident *to)
{
    size_t at = 0;

    while (at < seed_place_count && !str_equal(seed_places[at].name[PAPER_FRENCH], french))
        at++;
    if (at == seed_place_count)
        return RESULT_INVALID;
    for (enum paper_language in = 0; in < PAPER_LANGUAGE_COUNT; in++) {
        CITY_COPY(to->birth_place[in], seed_places[at].name[in]);
        CITY_COPY(to->birth_country[in], seed_places[at].country[in]);
    }
    return RESULT_OK;
}

const struct seed_nationality *city_nationality(const char *french)
{
    for (size_t i = 0; i < seed_nationality_count; i++)
        if (str_equal(seed_nationalities[i].adjective[PAPER_FRENCH], french))
            return &seed_nationalities[i];
    return NULL;
}

const struct seed_remark *city_remark(const char *name)
{
    static const struct seed_remark none = {};

    for (size_t i = 0; i < seed_remark_count; i++)
        if (str_equal(seed_remarks[i].name, name))
            return &seed_remarks[i];
    return &none;
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

static enum result number_of(size_t index, char out[NATIONAL_NUMBER_SIZE])
{
    struct partial_date birth;

    TRY(partial_date_from_text(seed_persons[index].birth, &birth));
    if (birth.year == 0)
        birth.year = 1970;
    return national_number_make_synthetic(birth, serial_of(index), out);
}

// The first of the same household with this relation; seed_person_count when there is none.
static size_t first_with(int household, enum relation relation)
{
    for (size_t i = 0; i < seed_person_count; i++)
        if (seed_persons[i].household == household && seed_persons[i].relation == relation)
            return i;
    return seed_person_count;
}

static size_t partner_in(int household)
{
    size_t spouse = first_with(household, RELATION_SPOUSE);

    return spouse < seed_person_count ? spouse : first_with(household, RELATION_COHABITANT);
}

static size_t person_called(const char *name)
{
    size_t i = 0;

    while (i < seed_person_count && !str_equal(seed_persons[i].name, name))
        i++;
    return i;
}

// A child is of the reference person and of their partner; a stepchild of the partner alone.
static enum result fill_parents(size_t index, struct resident *to)
{
    const struct seed_person *seed = &seed_persons[index];
    const struct seed_remark *remark = city_remark(seed->name);
    size_t parents[2] = {seed_person_count, seed_person_count};

    for (size_t i = 0; i < 2; i++)
        if (remark->parents[i] != NULL)
            parents[i] = person_called(remark->parents[i]);
    if (remark->parents[0] == NULL && seed->relation == RELATION_CHILD)
        parents[0] = first_with(seed->household, RELATION_REFERENCE);
    if (remark->parents[0] == NULL &&
        (seed->relation == RELATION_CHILD || seed->relation == RELATION_STEPCHILD))
        parents[1] = partner_in(seed->household);
    for (size_t i = 0; i < 2; i++)
        if (parents[i] < seed_person_count)
            TRY(number_of(parents[i], to->parents[i]));
    return RESULT_OK;
}

static enum marital_status marital_status_of(const struct seed_person *seed,
                                             const struct seed_remark *remark)
{
    bool has_spouse = first_with(seed->household, RELATION_SPOUSE) < seed_person_count;

    if (remark->marital_status != MARITAL_STATUS_NOT_KNOWN)
        return remark->marital_status;
    if (seed->relation == RELATION_SPOUSE || seed->relation == RELATION_CHILD_IN_LAW ||
        (seed->relation == RELATION_REFERENCE && has_spouse))
        return MARITAL_STATUS_MARRIED;
    return seed->birth[0] == '\0' ? MARITAL_STATUS_NOT_KNOWN : MARITAL_STATUS_SINGLE;
}

static enum result fill_civil_state(size_t index, struct resident *to)
{
    const struct seed_person *seed = &seed_persons[index];
    const struct seed_remark *remark = city_remark(seed->name);
    bool has_cohabitant = first_with(seed->household, RELATION_COHABITANT) < seed_person_count;

    to->citizenship = city_nationality(seed->nationality)->citizenship;
    to->nationality_since = to->birth;
    if (remark->nationality_since != NULL)
        TRY(partial_date_from_text(remark->nationality_since, &to->nationality_since));
    to->marital_status = marital_status_of(seed, remark);
    to->legal_cohabitant = seed->relation == RELATION_COHABITANT ||
                           (seed->relation == RELATION_REFERENCE && has_cohabitant);
    return fill_parents(index, to);
}

// Belgians and holders of a permanent card stand in the population register, other foreigners in
// theirs.
static enum register_book book_of(const struct seed_person *seed)
{
    const struct seed_nationality *nationality = city_nationality(seed->nationality);

    if (city_remark(seed->name)->waiting_register)
        return REGISTER_BOOK_WAITING;
    if (nationality->citizenship == CITIZENSHIP_BELGIAN ||
        str_equal(nationality->document_type, "32") || str_equal(nationality->document_type, "36"))
        return REGISTER_BOOK_POPULATION;
    return REGISTER_BOOK_FOREIGNERS;
}

static enum result fill_entry(size_t index, struct resident *to)
{
    const struct seed_person *seed = &seed_persons[index];
    const struct seed_remark *remark = city_remark(seed->name);
    bool born_citizen = str_equal(seed->place, "Bruxelles") &&
                        to->citizenship == CITIZENSHIP_BELGIAN && to->birth.day != 0;

    TRY(partial_date_from_text(seed_households[seed->household].since, &to->here_since));
    if (to->birth.year > to->here_since.year) // a child came by birth, not by moving in
        to->here_since = to->birth;
    to->book = book_of(seed);
    to->book_since = born_citizen ? to->birth : to->here_since;
    to->standing = seed->standing;
    if (remark->deceased_on != NULL)
        TRY(partial_date_from_text(remark->deceased_on, &to->deceased_on));
    to->temporarily_absent = remark->temporarily_absent;
    to->under_administration = remark->under_administration;
    to->language = seed->language;
    return RESULT_OK;
}

enum result city_fill_resident(size_t index, struct resident *to)
{
    const struct seed_person *seed = &seed_persons[index];
    const struct seed_nationality *nationality = city_nationality(seed->nationality);

    if (nationality == NULL)
        return RESULT_INVALID;
    TRY(city_born_in(seed->place, to));
    TRY(partial_date_from_text(seed->birth, &to->birth));
    TRY(number_of(index, to->national_number));
    CITY_COPY(to->surname, seed->surname);
    CITY_COPY(to->given_names, seed->given_names);
    to->sex = sex_of(seed->sex);
    to->relation = seed->relation;
    for (enum paper_language in = 0; in < PAPER_LANGUAGE_COUNT; in++)
        CITY_COPY(to->nationality[in], nationality->adjective[in]);
    TRY(fill_civil_state(index, to));
    return fill_entry(index, to);
}

enum result city_fill_address(const struct seed_household *seed, struct home_address *to)
{
    CITY_COPY(to->number, seed->number);
    CITY_COPY(to->box, seed->box);
    CITY_COPY(to->postal_code, seed->postal_code);
    to->dwelling = seed->dwelling;
    for (enum paper_language in = 0; in < PAPER_LANGUAGE_COUNT; in++) {
        CITY_COPY(to->street[in], seed->street[in]);
        CITY_COPY(to->municipality[in], seed_municipality(seed->postal_code, in));
        CITY_COPY(to->quarter[in], seed_quarter(seed->postal_code, in));
        CITY_COPY(to->lodged_at[in], seed->lodged_at[in]);
    }
    return RESULT_OK;
}

const char *city_name(size_t number, size_t position)
{
    for (size_t i = 0; i < seed_person_count; i++)
        if ((size_t)seed_persons[i].household == number && position-- == 0)
            return seed_persons[i].name;
    return NULL;
}

size_t city_resident_count(void)
{
    return seed_person_count;
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
    TRY(city_fill_address(&seed_households[number], &home->address));
    for (size_t i = 0; i < seed_person_count; i++) {
        if ((size_t)seed_persons[i].household != number)
            continue;
        TRY(city_fill_resident(i, &home->persons[home->count]));
        home->count++;
    }
    *out = take(home);
    return RESULT_OK;
}

static enum result fill_stranger(const struct resident_card *card, struct resident *who)
{
    if (!national_number_is_valid(card->national_number))
        return RESULT_MALFORMED;
    CITY_COPY(who->national_number, card->national_number);
    CITY_COPY(who->surname, card->surname);
    TRY(str_format(who->given_names, sizeof who->given_names, "%s%s%s", card->given_names,
                   card->middle_initial[0] == '\0' ? "" : " ", card->middle_initial));
    who->sex = sex_of(card->sex[0]);
    TRY(partial_date_from_text(card->birth_date, &who->birth));
    TRY(partial_date_from_text(card->valid_from, &who->here_since));
    who->relation = RELATION_REFERENCE;
    who->standing = STANDING_RESIDENT;
    who->citizenship = CITIZENSHIP_BELGIAN;
    who->nationality_since = who->birth;
    who->marital_status = MARITAL_STATUS_SINGLE;
    who->book = REGISTER_BOOK_POPULATION;
    who->book_since = who->here_since;
    const struct seed_nationality *nationality = city_nationality("belge");
    for (enum paper_language in = 0; in < PAPER_LANGUAGE_COUNT; in++) {
        CITY_COPY(who->birth_place[in], card->birth_place);
        CITY_COPY(who->nationality[in], nationality->adjective[in]);
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
    TRY(city_fill_address(&alone, &home->address));
    *out = take(home);
    return RESULT_OK;
}
