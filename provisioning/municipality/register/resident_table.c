#include "resident_table.h"

#include <string.h>

#include "city.h"
#include "str.h"

#define CITY_DAY "2026-11-24"

static const char *const relations[RELATION_COUNT] = {
    [RELATION_REFERENCE] = "reference person",
    [RELATION_SPOUSE] = "spouse",
    [RELATION_COHABITANT] = "legal cohabitant",
    [RELATION_CHILD] = "child",
    [RELATION_STEPCHILD] = "stepchild",
    [RELATION_CHILD_IN_LAW] = "child-in-law",
    [RELATION_GRANDCHILD] = "grandchild",
    [RELATION_PARENT] = "parent",
    [RELATION_PARENT_IN_LAW] = "parent-in-law",
    [RELATION_GRANDPARENT] = "grandparent",
    [RELATION_SIBLING] = "sibling",
    [RELATION_NEPHEW] = "nephew or niece",
    [RELATION_OTHER] = "other relative",
    [RELATION_NONE] = "not related",
};

static const char *standing_mark(enum standing standing)
{
    switch (standing) {
    case STANDING_RESIDENT:
    case STANDING_COUNT:
        return "";
    case STANDING_COUNTER:
        return "counter only";
    case STANDING_MOVED:
        return "no resident here";
    case STANDING_STRUCK_OFF:
        return "struck off";
    case STANDING_DECEASED:
        return "deceased";
    }
    return "";
}

static const char *dwelling_mark(enum dwelling dwelling)
{
    switch (dwelling) {
    case DWELLING_HOME:
    case DWELLING_COUNT:
        return "";
    case DWELLING_REFERENCE:
        return "reference address";
    case DWELLING_INSTITUTION:
        return "institution";
    }
    return "";
}

// One mark more in the column of marks.
static void print_mark(FILE *to, bool *first, const char *mark)
{
    if (mark[0] == '\0')
        return;
    fprintf(to, "%s%s", *first ? "" : ", ", mark);
    *first = false;
}

static enum result print_marks(FILE *to, const struct resident *person,
                               const struct home_address *home, size_t former)
{
    char lines[32];
    bool first = true;

    print_mark(to, &first, standing_mark(person->standing));
    print_mark(to, &first, dwelling_mark(home->dwelling));
    if (person->book == REGISTER_BOOK_FOREIGNERS)
        print_mark(to, &first, "register of foreigners");
    if (person->book == REGISTER_BOOK_WAITING)
        print_mark(to, &first, "waiting register");
    if (person->temporarily_absent)
        print_mark(to, &first, "temporarily absent");
    if (person->under_administration)
        print_mark(to, &first, "under administration");
    TRY(str_format(lines, sizeof lines, "%zu former address%s", former, former == 1 ? "" : "es"));
    print_mark(to, &first, former == 0 ? "" : lines);
    return RESULT_OK;
}

static void print_card(FILE *to, const struct resident_card *card, bool blocked)
{
    const char *kind = str_equal(card->document_type, "6") ? "Kids-ID, " : "";

    fprintf(to, "%sPIN %s%s%s", kind, card->pin, blocked ? ", reported lost" : "",
            strcmp(card->valid_until, CITY_DAY) < 0 ? ", expired" : "");
}

static enum result print_person(FILE *to, size_t number, size_t position,
                                const struct household *home)
{
    const struct resident *person = &home->persons[position];
    const char *name = city_name(number, position);
    char birth[PARTIAL_DATE_SIZE];
    struct resident_card card = {};
    owned(address_history) history = NULL;
    bool blocked = false;

    TRY(city_history(number, position, &history));
    partial_date_to_text(person->birth, birth);
    fprintf(to, "| %zu | `%s` | %s%s%s | %s | %s | %s | %s | ", number + 1, name,
            person->given_names, person->given_names[0] == '\0' ? "" : " ", person->surname,
            birth[0] == '\0' ? "unknown" : birth, relations[person->relation],
            marital_status_words[person->marital_status], person->nationality[PAPER_FRENCH]);
    TRY(print_marks(to, person, &home->address, history->count));
    fputs(" | ", to);
    if (city_card_of(name, &card, &blocked) == RESULT_OK)
        print_card(to, &card, blocked);
    else
        fputs("no card", to);
    fputs(" |\n", to);
    return RESULT_OK;
}

enum result resident_table_print(FILE *to)
{
    fputs("| household | name | resident | born | relation | civil state | nationality | besides "
          "| card |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
          to);
    for (size_t number = 0; number < city_household_count(); number++) {
        owned(household) home = NULL;
        TRY(city_household(number, &home));
        for (size_t position = 0; position < home->count; position++)
            TRY(print_person(to, number, position, home));
    }
    return fflush(to) == 0 ? RESULT_OK : RESULT_FAILED;
}
