// population_register.h: what the municipality asks of its population register. A city that
// connects its own register implements these four verbs; nothing above them knows where the
// answers are from.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "owned.h"
#include "paper_language.h"
#include "result.h"

#define NATIONAL_NUMBER_SIZE 12 // 11 digits and a NUL

// Every enumeration below has the words of the database beside it, by enumerator.

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

extern const char *const sex_words[3]; // M, F, X

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

extern const char *const relation_words[RELATION_COUNT];

// Where the register stands with a person.
#define STANDING_LIST(X)                                                                           \
    X(RESIDENT, "resident")                                                                        \
    X(COUNTER, "counter")      /* any mark that only a person may explain */                       \
    X(MOVED, "moved")          /* no longer, or never, a resident here */                          \
    X(STRUCK_OFF, "struckoff") /* ex officio: not found at the address */                          \
    X(DECEASED, "deceased")    /* and yet somebody asks */

enum standing {
#define X(id, word) STANDING_##id,
    STANDING_LIST(X)
#undef X
        STANDING_COUNT
};

extern const char *const standing_words[STANDING_COUNT];

// Legal cohabitation is no marital status: it stands beside it.
#define MARITAL_STATUS_LIST(X)                                                                     \
    X(NOT_KNOWN, "unknown")                                                                        \
    X(SINGLE, "single")                                                                            \
    X(MARRIED, "married")                                                                          \
    X(WIDOWED, "widowed")                                                                          \
    X(DIVORCED, "divorced")                                                                        \
    X(SEPARATED, "separated") /* by judgment, still married */

enum marital_status {
#define X(id, word) MARITAL_STATUS_##id,
    MARITAL_STATUS_LIST(X)
#undef X
        MARITAL_STATUS_COUNT
};

extern const char *const marital_status_words[MARITAL_STATUS_COUNT];

// What the nationality means for a document; its name is a text of the resident.
#define CITIZENSHIP_LIST(X)                                                                        \
    X(BELGIAN, "belgian")                                                                          \
    X(EUROPEAN, "eu")                                                                              \
    X(OTHER, "other")                                                                              \
    X(REFUGEE, "refugee")                                                                          \
    X(STATELESS, "stateless")                                                                      \
    X(UNDETERMINED, "undetermined")

enum citizenship {
#define X(id, word) CITIZENSHIP_##id,
    CITIZENSHIP_LIST(X)
#undef X
        CITIZENSHIP_COUNT
};

extern const char *const citizenship_words[CITIZENSHIP_COUNT];

// The book in which a person is entered (law of 19 July 1991, article 1).
#define REGISTER_BOOK_LIST(X)                                                                      \
    X(POPULATION, "population")                                                                    \
    X(FOREIGNERS, "foreigners")                                                                    \
    X(WAITING, "waiting")

enum register_book {
#define X(id, word) REGISTER_BOOK_##id,
    REGISTER_BOOK_LIST(X)
#undef X
        REGISTER_BOOK_COUNT
};

extern const char *const register_book_words[REGISTER_BOOK_COUNT];

// What kind of address it is.
#define DWELLING_LIST(X)                                                                           \
    X(HOME, "home")                                                                                \
    X(REFERENCE, "reference")     /* an address to be reached at, of whoever lodges the person */  \
    X(INSTITUTION, "institution") /* a care home, a community */

enum dwelling {
#define X(id, word) DWELLING_##id,
    DWELLING_LIST(X)
#undef X
        DWELLING_COUNT
};

extern const char *const dwelling_words[DWELLING_COUNT];

struct resident {
    char national_number[NATIONAL_NUMBER_SIZE];
    char surname[128];     // as registered, not in capitals
    char given_names[256]; // all of them; empty when there is none
    enum sex sex;
    struct partial_date birth;
    char birth_place[PAPER_LANGUAGE_COUNT][96];   // empty when unknown
    char birth_country[PAPER_LANGUAGE_COUNT][64]; // empty when in Belgium
    char nationality[PAPER_LANGUAGE_COUNT][64];   // agrees with the word nationality
    enum citizenship citizenship;
    struct partial_date nationality_since; // the birth date when by birth; year 0: not recorded
    enum marital_status marital_status;
    bool legal_cohabitant; // has declared legal cohabitation
    enum relation relation;
    char parents[2][NATIONAL_NUMBER_SIZE]; // filiation; empty when not recorded
    struct partial_date here_since;        // at this address
    enum register_book book;
    struct partial_date book_since; // entered into that book of this municipality
    enum standing standing;
    struct partial_date deceased_on; // year 0 for the living
    bool temporarily_absent, under_administration;
    enum paper_language language; // in which the municipality writes to the person
};

struct home_address {
    char street[PAPER_LANGUAGE_COUNT][128];
    char number[16];
    char box[16];
    char postal_code[8];
    char municipality[PAPER_LANGUAGE_COUNT][64];
    char quarter[PAPER_LANGUAGE_COUNT][64]; // part of the city that has a name of its own
    enum dwelling dwelling;
    char lodged_at[PAPER_LANGUAGE_COUNT][96]; // whose reference address or house; empty for a home
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

// Is `parent` one of the two parents whom the register links to `child`?
bool resident_is_parent_of(const struct resident *parent, const struct resident *child);

// One former address: it may be in another municipality.
struct stay {
    struct home_address address;
    struct partial_date from, until;
};

#define HISTORY_MAXIMUM 64

// A person's addresses before the present one, the latest first.
struct address_history {
    size_t count;
    struct stay stays[HISTORY_MAXIMUM];
};

void address_history_destroy(struct address_history *address_history); // wipes; NULL is fine
DEFINE_OWNED(address_history)

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

    // The subject's former addresses, which the caller owns; recorded before they are handed out;
    // none for somebody who never moved. RESULT_NOT_FOUND and RESULT_FAILED as above.
    enum result (*history)(void *self, const struct consultation *consultation,
                           struct address_history **out);

    // Was this card reported lost, stolen or withdrawn? RESULT_OK, or RESULT_FAILED.
    enum result (*card_is_blocked)(void *self, const char *card_number, bool *blocked);
};

struct population_register {
    const struct population_register_verbs *verbs;
    void *self;
};
