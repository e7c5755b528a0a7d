#include "city_crowd.h"

#include <stdlib.h>

#include "city.h"
#include "city_inside.h"
#include "national_number.h"
#include "str.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

// Serials below are those of the named residents.
#define FIRST_SERIAL 401
#define LAST_SERIAL 997
#define FIRST_YEAR 1926
#define YEARS 101
#define CHILDREN_MOST 7
#define CHILDREN_SINCE 1992 // who was born before lives elsewhere
// Far away from the numbers of the named residents in the stream of chance.
#define FIRST_WHO 1000000

// Where families come from: their names, nationality and places of birth.
struct origin {
    const char *nationality; // a French adjective of seed_nationalities
    enum paper_language language;
    const char *surnames[8], *men[6], *women[6], *places[3]; // the last for those born elsewhere
};

// As often as they stand here.
static const struct origin origins[] = {
    {"belge",
     PAPER_FRENCH,
     {"Dubois", "Lambert", "Dumont", "Renard", "Leclercq", "Noël", "Hénin", "Deprêtre"},
     {"Jean-Luc", "François", "Benoît", "Louis", "Hugo", "Noé"},
     {"Chloé", "Hélène", "Anaïs", "Marie-Ange", "Inès", "Zoé"},
     {"Bruxelles", "Namur", "Liège"}},
    {"belge",
     PAPER_DUTCH,
     {"Peeters", "Van den Broeck", "De Clercq", "Janssens", "D’Hondt", "Vander Elst", "’t Kint",
      "Verhaeghe"},
     {"Jan", "Wout", "Daniël", "Pieter-Jan", "Lars", "Mathéo"},
     {"Lotte", "Zoë", "Marie-Louise", "An", "Noor", "Loïs"},
     {"Bruxelles", "Gand", "Louvain"}},
    {"belge",
     PAPER_FRENCH,
     {"El Amrani", "Benchekroun", "Ait Taleb", "Bouazza", "El Idrissi", "Haddad", "Ouali",
      "Zerouali"},
     {"Mohamed", "Youssef", "Bilal", "Ilyès", "Rayan", "Hamza"},
     {"Fatima-Zahra", "Salma", "Yasmina", "Khadija", "Inès", "Nour"},
     {"Bruxelles", "Bruxelles", "Casablanca"}},
    {"belge",
     PAPER_FRENCH,
     {"Yılmaz", "Çelik", "Öztürk", "Şahin", "Kılıç", "Aydın", "Doğan", "Güneş"},
     {"Emre", "Çağlar", "İbrahim", "Kemal", "Oğuz", "Ali"},
     {"Ayşe", "Elif", "Büşra", "Zeynep", "Gülşen", "Esra"},
     {"Bruxelles", "Bruxelles", "Eskişehir"}},
    {"polonaise",
     PAPER_FRENCH,
     {"Kowalska", "Wiśniewski", "Szczęsny", "Zając", "Wójcik", "Dąbrowski", "Łuczak", "Gąsior"},
     {"Michał", "Paweł", "Krzysztof", "Jan", "Łukasz", "Stanisław"},
     {"Agnieszka", "Małgorzata", "Zofia", "Anna", "Elżbieta", "Żaneta"},
     {"Łódź", "Łódź", "Łódź"}},
    {"roumaine",
     PAPER_FRENCH,
     {"Ionescu", "Brătianu", "Țepeș", "Munteanu", "Șerban", "Dumitrașcu", "Popa", "Văcărescu"},
     {"Ștefan", "Andrei", "Răzvan", "Ion", "Mihai", "Cătălin"},
     {"Ioana", "Mădălina", "Elena", "Raluca", "Ana-Maria", "Ilinca"},
     {"Târgu Mureș", "Târgu Mureș", "Târgu Mureș"}},
    {"française",
     PAPER_FRENCH,
     {"Moreau", "Lefèvre", "Garçon", "Dupré", "Chevalier", "Rousseau", "Fontaine", "d’Estrées"},
     {"Théo", "Gaël", "Jérôme", "Clément", "Loïc", "Maël"},
     {"Léa", "Océane", "Solène", "Maëlle", "Aurélie", "Élodie"},
     {"Lille", "Lille", "Lille"}},
    {"italienne",
     PAPER_FRENCH,
     {"Ferrari", "D’Angelo", "Esposito", "Lo Bianco", "Rizzo", "De Luca", "Conti", "Nicolò"},
     {"Matteo", "Niccolò", "Luca", "Giosuè", "Marco", "Paolo"},
     {"Giulia", "Chiara", "Noemi", "Sofia", "Lucia", "Bianca"},
     {"Milan", "Milan", "Milan"}},
    {"congolaise",
     PAPER_FRENCH,
     {"Ilunga", "Mukendi", "Kabasele", "Tshibangu", "Mbuyi", "Ngoma", "Lukaku", "Nzeza"},
     {"Jean-Baptiste", "Dieudonné", "Patrice", "Fiston", "Gloire", "Trésor"},
     {"Espérance", "Béatrice", "Grâce", "Merveille", "Clémentine", "Naomie"},
     {"Brazzaville", "Brazzaville", "Brazzaville"}},
};

struct city_crowd {
    uint64_t household, drawn; // which one, and how many numbers were drawn for it
    uint64_t who[HOUSEHOLD_MAXIMUM];
    struct household last;
    uint16_t given[YEARS][13][32][2]; // national numbers of each day, of women and men
};

enum result city_crowd_create(struct city_crowd **out)
{
    struct city_crowd *crowd = calloc(1, sizeof *crowd);

    if (crowd == NULL)
        return RESULT_NO_MEMORY;
    crowd->household = FIRST_WHO;
    *out = crowd;
    return RESULT_OK;
}

void city_crowd_destroy(struct city_crowd *city_crowd)
{
    free(city_crowd);
}

// A number from 0 to below `most`.
static int chance(struct city_crowd *crowd, int most)
{
    return (int)(city_mixed(crowd->household * 64, 256 + crowd->drawn++) % (uint64_t)most);
}

static enum result number_person(struct city_crowd *crowd, struct resident *to)
{
    bool man = to->sex == SEX_MALE;
    uint16_t *given =
        &crowd->given[to->birth.year - FIRST_YEAR][to->birth.month][to->birth.day][man];
    int serial = FIRST_SERIAL + 2 * *given + (man ? 0 : 1);

    if (serial > LAST_SERIAL)
        return RESULT_TOO_LARGE;
    (*given)++;
    return national_number_make_synthetic(to->birth, serial, to->national_number);
}

static enum result name_person(struct city_crowd *crowd, const struct origin *origin,
                               const char *surname, struct resident *to)
{
    const char *const *names = to->sex == SEX_MALE ? origin->men : origin->women;
    int first = chance(crowd, COUNT(origin->men)), second = chance(crowd, COUNT(origin->men));

    CITY_COPY(to->surname, surname);
    if (first == second)
        return str_copy(to->given_names, sizeof to->given_names, names[first]);
    return str_format(to->given_names, sizeof to->given_names, "%s %s", names[first],
                      names[second]);
}

static enum result settle_person(const struct origin *origin, struct resident *to)
{
    const struct seed_nationality *nationality = city_nationality(origin->nationality);

    for (enum paper_language in = 0; in < PAPER_LANGUAGE_COUNT; in++)
        CITY_COPY(to->nationality[in], nationality->adjective[in]);
    to->citizenship = nationality->citizenship;
    to->nationality_since = to->birth;
    to->book = to->citizenship == CITIZENSHIP_BELGIAN || str_equal(nationality->document_type, "32")
                   ? REGISTER_BOOK_POPULATION
                   : REGISTER_BOOK_FOREIGNERS;
    to->book_since = to->here_since;
    to->language = origin->language;
    return RESULT_OK;
}

static const char *some_surname(struct city_crowd *crowd, const struct origin *origin)
{
    return origin->surnames[chance(crowd, COUNT(origin->surnames))];
}

struct coming {
    const struct origin *origin;
    const char *surname;
    enum relation relation;
    enum marital_status marital_status;
    int birth_year;
};

// The next person of the household; one in 200 of those from abroad knows the birth year only.
static enum result add_person(struct city_crowd *crowd, struct household *home,
                              const struct coming *coming)
{
    struct resident *to = &home->persons[home->count];
    bool child = coming->relation == RELATION_CHILD;

    to->sex = chance(crowd, 2) == 0 ? SEX_MALE : SEX_FEMALE;
    to->birth =
        (struct partial_date){coming->birth_year, 1 + chance(crowd, 12), 1 + chance(crowd, 28)};
    const char *place =
        coming->origin->places[child ? 0 : chance(crowd, COUNT(coming->origin->places))];
    TRY(city_born_in(child ? "Bruxelles" : place, to));
    if (to->birth_country[PAPER_FRENCH][0] != '\0' && chance(crowd, 200) == 0)
        to->birth.month = to->birth.day = 0;
    TRY(number_person(crowd, to));
    TRY(name_person(crowd, coming->origin, coming->surname, to));
    to->relation = coming->relation;
    to->marital_status = coming->marital_status;
    to->legal_cohabitant = coming->relation == RELATION_COHABITANT;
    to->here_since = home->persons[0].here_since;
    if (to->birth.year >= to->here_since.year)
        to->here_since = to->birth;
    TRY(settle_person(coming->origin, to));
    crowd->who[home->count] = crowd->household * 64 + home->count;
    home->count++;
    return RESULT_OK;
}

// Of the first one or two persons of the household.
static enum result add_child(struct city_crowd *crowd, struct household *home,
                             const struct coming *child, size_t parents)
{
    TRY(add_person(crowd, home, child));
    struct resident *born = &home->persons[home->count - 1];
    for (size_t i = 0; i < parents && i < 2; i++)
        CITY_COPY(born->parents[i], home->persons[i].national_number);
    return RESULT_OK;
}

static enum result add_children(struct city_crowd *crowd, struct household *home,
                                const struct coming *parent, int count)
{
    struct coming child = *parent;
    size_t parents = home->count;

    child.relation = RELATION_CHILD;
    child.marital_status = MARITAL_STATUS_SINGLE;
    child.birth_year = parent->birth_year + 20 + chance(crowd, 8);
    for (int i = 0; i < count && child.birth_year < city_day.year; i++) {
        if (child.birth_year >= CHILDREN_SINCE)
            TRY(add_child(crowd, home, &child, parents));
        child.birth_year += 1 + chance(crowd, 4);
    }
    return RESULT_OK;
}

static enum result add_partner(struct city_crowd *crowd, struct household *home,
                               const struct coming *first)
{
    struct coming partner = *first;
    bool married = first->marital_status == MARITAL_STATUS_MARRIED;

    if (chance(crowd, 4) == 0)
        partner.origin = &origins[chance(crowd, COUNT(origins))];
    partner.surname = some_surname(crowd, partner.origin);
    partner.relation = married ? RELATION_SPOUSE : RELATION_COHABITANT;
    partner.birth_year += chance(crowd, 9) - 4;
    home->persons[0].legal_cohabitant = !married;
    return add_person(crowd, home, &partner);
}

static enum result add_flat_sharers(struct city_crowd *crowd, struct household *home, int count)
{
    for (int i = 0; i < count; i++) {
        struct coming other = {.origin = &origins[chance(crowd, COUNT(origins))],
                               .relation = RELATION_NONE,
                               .marital_status = MARITAL_STATUS_SINGLE,
                               .birth_year = 1985 + chance(crowd, 22)};
        other.surname = some_surname(crowd, other.origin);
        TRY(add_person(crowd, home, &other));
    }
    return RESULT_OK;
}

static enum result add_grandparent(struct city_crowd *crowd, struct household *home,
                                   const struct coming *first)
{
    struct coming parent = *first;

    parent.relation = RELATION_PARENT;
    parent.marital_status = MARITAL_STATUS_WIDOWED;
    parent.birth_year = first->birth_year - 24;
    return parent.birth_year < FIRST_YEAR ? RESULT_OK : add_person(crowd, home, &parent);
}

static enum result fill_address(struct city_crowd *crowd, struct home_address *to)
{
    const struct seed_household *model;

    do {
        model = &seed_households[chance(crowd, (int)seed_household_count)];
    } while (model->dwelling != DWELLING_HOME ||
             !str_equal(seed_municipality(model->postal_code, PAPER_FRENCH), "Bruxelles"));
    TRY(city_fill_address(model, to));
    TRY(str_format(to->number, sizeof to->number, "%d", 1 + chance(crowd, 240)));
    CITY_COPY(to->box, "");
    if (chance(crowd, 5) < 2)
        TRY(str_format(to->box, sizeof to->box, "%d", 1 + chance(crowd, 40)));
    return RESULT_OK;
}

// Some people live alone and can be served at the counter only, were struck off, or have moved.
static enum standing some_standing(struct city_crowd *crowd)
{
    switch (chance(crowd, 250)) {
    case 0:
        return STANDING_COUNTER;
    case 1:
        return STANDING_STRUCK_OFF;
    case 2:
        return STANDING_MOVED;
    default:
        return STANDING_RESIDENT;
    }
}

// Shares out of a hundred, as in a large town: alone, couples, families, parents alone, sharers.
static enum result fill_others(struct city_crowd *crowd, struct household *home,
                               const struct coming *first, int kind)
{
    bool couple = kind < 20 || (kind >= 20 && kind < 42);

    if (couple)
        TRY(add_partner(crowd, home, first));
    if (kind < 20)
        return RESULT_OK;
    if (kind < 38)
        return add_children(crowd, home, first, 1 + chance(crowd, 4));
    if (kind < 41)
        return add_children(crowd, home, first, 4 + chance(crowd, CHILDREN_MOST - 3));
    if (kind < 42) {
        TRY(add_children(crowd, home, first, 1 + chance(crowd, 3)));
        return add_grandparent(crowd, home, first);
    }
    if (kind < 50)
        return add_children(crowd, home, first, 1 + chance(crowd, 3));
    if (kind < 54)
        return add_flat_sharers(crowd, home, 1 + chance(crowd, 3));
    home->persons[0].standing = some_standing(crowd);
    return RESULT_OK;
}

static enum result fill_household(struct city_crowd *crowd, struct household *home)
{
    static const enum marital_status alone[] = {MARITAL_STATUS_SINGLE, MARITAL_STATUS_SINGLE,
                                                MARITAL_STATUS_DIVORCED, MARITAL_STATUS_WIDOWED,
                                                MARITAL_STATUS_SEPARATED};
    int kind = chance(crowd, 100);
    bool couple = kind < 42;
    struct coming first = {.origin = &origins[chance(crowd, COUNT(origins))],
                           .relation = RELATION_REFERENCE,
                           .birth_year = 1932 + chance(crowd, 74)};

    TRY(fill_address(crowd, &home->address));
    first.surname = some_surname(crowd, first.origin);
    first.marital_status = alone[chance(crowd, COUNT(alone))];
    if (couple)
        first.marital_status =
            chance(crowd, 3) == 0 ? MARITAL_STATUS_SINGLE : MARITAL_STATUS_MARRIED;
    int since = first.birth_year + 19 + chance(crowd, 30);
    since = since < city_day.year ? since : city_day.year - 1;
    home->persons[0].here_since =
        (struct partial_date){since, 1 + chance(crowd, 12), 1 + chance(crowd, 28)};
    TRY(add_person(crowd, home, &first));
    return fill_others(crowd, home, &first, kind);
}

enum result city_crowd_household(struct city_crowd *city_crowd, struct household **out)
{
    owned(household) home = calloc(1, sizeof *home);

    if (home == NULL)
        return RESULT_NO_MEMORY;
    city_crowd->household++;
    city_crowd->drawn = 0;
    TRY(fill_household(city_crowd, home));
    city_crowd->last = *home;
    *out = take(home);
    return RESULT_OK;
}

enum result city_crowd_history(const struct city_crowd *city_crowd, size_t position,
                               struct address_history **out)
{
    owned(address_history) history = calloc(1, sizeof *history);
    const struct resident *person = &city_crowd->last.persons[position];
    uint64_t who = city_crowd->who[position];

    if (history == NULL)
        return RESULT_NO_MEMORY;
    bool moved_here = person->here_since.year > person->birth.year;
    TRY(city_past(who, person, moved_here ? city_mixed(who, 6) % 4 : 0, history));
    *out = take(history);
    return RESULT_OK;
}
