// population_register.h: what the municipality asks of its population register. A city that
// connects its own register implements these three verbs; nothing above them knows where the
// answers are from.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "owned.h"
#include "paper_language.h"
#include "result.h"

#define NATIONAL_NUMBER_SIZE 12 // 11 digits and a NUL

// A date as a register may know it: month or day 0 when unknown, year 0 when nothing is known.
struct partial_date {
    int year, month, day;
};

// "1985-07-30", "1985-07", "1985" or ""; RESULT_MALFORMED for anything else.
enum result partial_date_from_text(const char *text, struct partial_date *out);
#define PARTIAL_DATE_SIZE 16
void partial_date_to_text(struct partial_date date, char out[PARTIAL_DATE_SIZE]);

// Age in whole years on a day; an unknown month or day counts as the last of its kind, so that
// nobody is taken for older than the register knows.
int partial_date_age(struct partial_date birth, struct partial_date today);

enum sex { SEX_MALE, SEX_FEMALE, SEX_NOT_STATED };

// Relations to the reference person: identifier and the word of the database.
#define RELATION_LIST(X)                                                                           \
    X(REFERENCE, "ref")                                                                            \
    X(SPOUSE, "spouse")                                                                            \
    X(COHABITANT, "cohab")                                                                         \
    X(CHILD, "child")                                                                              \
    X(STEPCHILD, "stepchild")                                                                      \
    X(CHILD_IN_LAW, "childlaw")                                                                    \
    X(GRANDCHILD, "grandchild")                                                                    \
    X(PARENT, "parent")                                                                            \
    X(PARENT_IN_LAW, "parentlaw")                                                                  \
    X(GRANDPARENT, "grandparent")                                                                  \
    X(SIBLING, "sibling")                                                                          \
    X(NEPHEW, "nephew")                                                                            \
    X(OTHER, "other")                                                                              \
    X(NONE, "none")

enum relation {
#define X(id, word) RELATION_##id,
    RELATION_LIST(X)
#undef X
        RELATION_COUNT
};

const char *relation_word(enum relation relation);
enum result relation_from_word(const char *word, enum relation *out);

// Where the register stands with a person.
#define STANDING_LIST(X)                                                                           \
    X(RESIDENT, "resident")                                                                        \
    X(COUNTER, "counter")   /* any mark that only a person may explain */                          \
    X(MOVED, "moved")       /* no longer, or never, a resident here */                             \
    X(DECEASED, "deceased") /* and yet somebody asks */

enum standing {
#define X(id, word) STANDING_##id,
    STANDING_LIST(X)
#undef X
        STANDING_COUNT
};

const char *standing_word(enum standing standing);

struct resident {
    char national_number[NATIONAL_NUMBER_SIZE];
    char surname[128];     // as registered, not in capitals
    char given_names[256]; // all of them; empty when there is none
    enum sex sex;
    struct partial_date birth;
    char birth_place[PAPER_LANGUAGE_COUNT][96];   // empty when unknown
    char birth_country[PAPER_LANGUAGE_COUNT][64]; // empty when in Belgium
    char nationality[PAPER_LANGUAGE_COUNT][64];   // agrees with the word nationality
    enum relation relation;
    struct partial_date here_since;
    enum standing standing;
};

struct home_address {
    char street[PAPER_LANGUAGE_COUNT][128];
    char number[16];
    char box[16];
    char postal_code[8];
    char municipality[PAPER_LANGUAGE_COUNT][64];
    char quarter[PAPER_LANGUAGE_COUNT][64];   // part of the city that has a name of its own
    char lodged_at[PAPER_LANGUAGE_COUNT][96]; // whose reference address it is; empty for a home
};

#define HOUSEHOLD_MAXIMUM 40

// Reference person first, then in the register's order.
struct household {
    struct home_address address;
    size_t count;
    struct resident persons[HOUSEHOLD_MAXIMUM];
};

void household_destroy(struct household *household); // wipes and frees; NULL is fine
DEFINE_OWNED(household)

// The place of a person in the household; RESULT_NOT_FOUND.
enum result household_find(const struct household *household, const char *national_number,
                           const struct resident **out);

// Every look into the register is recorded there: who asked, about whom, from where, for what.
struct consultation {
    const char *requester; // national numbers
    const char *subject;
    const char *terminal;
    const char *purpose;
    int64_t at; // Unix seconds
};

// Called by several threads at once; each verb may block for as long as a database does.
struct population_register_verbs {
    // Can the register be asked now? RESULT_OK, or RESULT_FAILED.
    enum result (*available)(void *self);

    // The subject's whole household, which the caller owns; recorded before it is handed out.
    // RESULT_NOT_FOUND: nobody here has that number. RESULT_FAILED: the register does not work.
    enum result (*household)(void *self, const struct consultation *consultation,
                             struct household **out);

    // Was this card reported lost, stolen or withdrawn? RESULT_OK, or RESULT_FAILED.
    enum result (*card_is_blocked)(void *self, const char *card_number, bool *blocked);
};

struct population_register {
    const struct population_register_verbs *verbs;
    void *self;
};
