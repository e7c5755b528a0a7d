// Where the people of the invented city lived before.
#include <stdlib.h>

#include "city.h"
#include "city_inside.h"
#include "str.h"

#define GROWN_UP 18
#define DAYS 28 // every month has these

static struct partial_date some_day(uint64_t who, size_t line, int year)
{
    uint64_t chance = city_mixed(who, 64 + line);

    return (struct partial_date){year, 1 + (int)(chance % 12), 1 + (int)(chance / 12 % DAYS)};
}

static enum result fill_stay(uint64_t who, size_t line, struct stay *to)
{
    uint64_t chance = city_mixed(who, 128 + line);
    const struct seed_street *street = &seed_streets[chance % seed_street_count];
    struct home_address *home = &to->address;

    CITY_COPY(home->postal_code, street->postal_code);
    TRY(str_format(home->number, sizeof home->number, "%d", 1 + (int)(chance / 16 % 240)));
    if (chance / 4096 % 3 == 0)
        TRY(str_format(home->box, sizeof home->box, "%d", 1 + (int)(chance / 65536 % 30)));
    for (enum paper_language in = 0; in < PAPER_LANGUAGE_COUNT; in++) {
        CITY_COPY(home->street[in], street->name[in]);
        CITY_COPY(home->municipality[in], seed_municipality(street->postal_code, in));
        CITY_COPY(home->quarter[in], seed_quarter(street->postal_code, in));
    }
    return RESULT_OK;
}

static size_t lines_of(size_t index, const struct resident *person)
{
    const struct seed_remark *remark = city_remark(seed_persons[index].name);

    if (remark->former_addresses > 0 || remark->waiting_register)
        return (size_t)remark->former_addresses;
    bool grown_up =
        person->birth.year != 0 && person->here_since.year > person->birth.year + GROWN_UP;
    return grown_up ? (size_t)(city_mixed(index, 6) % 4) : 0;
}

static bool is_before(struct partial_date one, struct partial_date other)
{
    if (one.year != other.year)
        return one.year < other.year;
    return one.month != other.month ? one.month < other.month : one.day < other.day;
}

// From the present address backwards, one to four years each, until the birth.
enum result city_past(uint64_t who, const struct resident *person, size_t lines,
                      struct address_history *to)
{
    struct partial_date until = person->here_since;

    while (to->count < lines && is_before(person->birth, until)) {
        struct stay *stay = &to->stays[to->count];
        int years = 1 + (int)(city_mixed(who, 32 + to->count) % 4);
        TRY(fill_stay(who, to->count, stay));
        stay->until = until;
        stay->from = some_day(who, to->count, until.year - years);
        if (is_before(stay->from, person->birth))
            stay->from = person->birth;
        until = stay->from;
        to->count++;
    }
    return RESULT_OK;
}

static enum result fill_history(size_t index, struct address_history *to)
{
    struct resident person = {};

    TRY(city_fill_resident(index, &person));
    return city_past(index, &person, lines_of(index, &person), to);
}

enum result city_history(size_t number, size_t position, struct address_history **out)
{
    owned(address_history) history = calloc(1, sizeof *history);

    if (history == NULL)
        return RESULT_NO_MEMORY;
    for (size_t i = 0; i < seed_person_count; i++) {
        if ((size_t)seed_persons[i].household != number || position-- > 0)
            continue;
        TRY(fill_history(i, history));
        *out = take(history);
        return RESULT_OK;
    }
    return RESULT_NOT_FOUND;
}
