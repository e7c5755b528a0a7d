// The residents' cards.
#include <string.h>

#include "city.h"
#include "city_inside.h"
#include "str.h"

#define CARD_AGE 12       // from which a card has certificates
#define KIDS_DOCUMENT "6" // the card of a younger Belgian

static bool is_under_card_age(size_t index)
{
    struct partial_date birth;

    return partial_date_from_text(seed_persons[index].birth, &birth) == RESULT_OK &&
           birth.year != 0 && partial_date_age(birth, city_day) < CARD_AGE;
}

// Belgian children have a Kids-ID; who waits for a decision has a paper without a chip.
static bool carries_card(size_t index)
{
    const struct seed_person *seed = &seed_persons[index];

    if (city_remark(seed->name)->waiting_register)
        return false;
    return !is_under_card_age(index) ||
           city_nationality(seed->nationality)->citizenship == CITIZENSHIP_BELGIAN;
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

    CITY_COPY(to->middle_initial, "");
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
    long long ten = 5920000000LL + (long long)(city_mixed(index, 0) % 9999999);
    bool expired = city_remark(seed_persons[index].name)->card_expired;
    int from_year = expired ? 2015 : 2019 + (int)(city_mixed(index, 1) % 6);
    int month = 1 + (int)(city_mixed(index, 2) % 12);
    long long check = ten % 97 == 0 ? 97 : ten % 97;

    TRY(str_format(to->card_number, sizeof to->card_number, "%010lld%02lld", ten, check));
    TRY(str_format(to->chip_number, sizeof to->chip_number, "%016llX%016llX",
                   (unsigned long long)city_mixed(index, 3),
                   (unsigned long long)city_mixed(index, 4)));
    TRY(str_format(to->valid_from, sizeof to->valid_from, "%04d-%02d-05", from_year, month));
    TRY(str_format(to->valid_until, sizeof to->valid_until, "%04d-%02d-05", from_year + 10, month));
    return str_format(to->pin, sizeof to->pin, "%04d", (int)(city_mixed(index, 5) % 10000));
}

static enum result fill_card_address(const struct seed_household *home, enum paper_language in,
                                     struct resident_card *to)
{
    static const char *const box_word[PAPER_LANGUAGE_COUNT] = {"bte", "bus"};
    const char *municipality = seed_municipality(home->postal_code, in);

    CITY_COPY(to->postal_code, home->postal_code);
    CITY_COPY(to->municipality, municipality);
    CITY_COPY(to->issuing_municipality, municipality);
    if (home->box[0] == '\0')
        return str_format(to->street, sizeof to->street, "%s %s", home->street[in], home->number);
    return str_format(to->street, sizeof to->street, "%s %s %s %s", home->street[in], home->number,
                      box_word[in], home->box);
}

static enum result fill_card(size_t index, struct resident_card *to)
{
    const struct seed_person *seed = &seed_persons[index];
    const struct seed_nationality *nationality = city_nationality(seed->nationality);
    struct resident who = {};

    TRY(city_fill_resident(index, &who));
    CITY_COPY(to->name, seed->name);
    CITY_COPY(to->national_number, who.national_number);
    CITY_COPY(to->surname, who.surname);
    TRY(split_given_names(who.given_names, to));
    TRY(str_format(to->sex, sizeof to->sex, "%c", seed->sex));
    CITY_COPY(to->birth_date, seed->birth);
    CITY_COPY(to->birth_place, who.birth_place[seed->language]);
    CITY_COPY(to->nationality, nationality->on_card[seed->language]);
    CITY_COPY(to->document_type,
              is_under_card_age(index) ? KIDS_DOCUMENT : nationality->document_type);
    TRY(fill_card_address(&seed_households[seed->household], seed->language, to));
    CITY_COPY(to->noble_condition, "");
    CITY_COPY(to->special_status, "0");
    TRY(fill_numbers(index, to));
    if (str_equal(to->name, "amina-benali")) // the resident of the examples in the documentation
        CITY_COPY(to->pin, "1234");
    return RESULT_OK;
}

enum result city_card_of(const char *name, struct resident_card *out, bool *blocked)
{
    for (size_t i = 0; i < seed_person_count; i++) {
        if (!str_equal(seed_persons[i].name, name) || !carries_card(i))
            continue;
        *blocked = seed_persons[i].card_is_blocked;
        return fill_card(i, out);
    }
    return RESULT_NOT_FOUND;
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
