#include "sqlite_register.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "log.h"
#include "str.h"

const char sqlite_register_schema[] =
    "CREATE TABLE household ("
    " id INTEGER PRIMARY KEY, street_fr TEXT NOT NULL, street_nl TEXT NOT NULL,"
    " number TEXT NOT NULL, box TEXT NOT NULL, postal_code TEXT NOT NULL,"
    " municipality_fr TEXT NOT NULL, municipality_nl TEXT NOT NULL,"
    " quarter_fr TEXT NOT NULL, quarter_nl TEXT NOT NULL,"
    " lodged_at_fr TEXT NOT NULL, lodged_at_nl TEXT NOT NULL) STRICT;"
    "CREATE TABLE resident ("
    " national_number TEXT PRIMARY KEY, household INTEGER NOT NULL REFERENCES household,"
    " position INTEGER NOT NULL, relation TEXT NOT NULL, surname TEXT NOT NULL,"
    " given_names TEXT NOT NULL, sex TEXT NOT NULL, birth TEXT NOT NULL,"
    " birth_place_fr TEXT NOT NULL, birth_place_nl TEXT NOT NULL,"
    " birth_country_fr TEXT NOT NULL, birth_country_nl TEXT NOT NULL,"
    " nationality_fr TEXT NOT NULL, nationality_nl TEXT NOT NULL,"
    " here_since TEXT NOT NULL, standing TEXT NOT NULL, UNIQUE (household, position)) STRICT;"
    "CREATE TABLE blocked_card (card_number TEXT PRIMARY KEY) STRICT;"
    "CREATE TABLE consultation ("
    " id INTEGER PRIMARY KEY, at INTEGER NOT NULL, requester TEXT NOT NULL,"
    " subject TEXT NOT NULL, terminal TEXT NOT NULL, purpose TEXT NOT NULL) STRICT;";

struct sqlite_register {
    sqlite3 *database;
};

// A statement is finalised by scope; one statement belongs to one call, so threads never share any.
static void finalize_statement(sqlite3_stmt **statement)
{
    sqlite3_finalize(*statement);
}
#define owned_statement __attribute__((cleanup(finalize_statement))) sqlite3_stmt *

static enum result failed(const struct sqlite_register *book, const char *what)
{
    (void)what;
    log_error("register", "the database refuses", sqlite3_extended_errcode(book->database));
    return RESULT_FAILED;
}

static enum result prepare(struct sqlite_register *book, const char *sql, sqlite3_stmt **out)
{
    if (sqlite3_prepare_v2(book->database, sql, -1, out, NULL) != SQLITE_OK)
        return failed(book, sql);
    return RESULT_OK;
}

static void bind_text(sqlite3_stmt *statement, int at, const char *text)
{
    sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC);
}

static enum result copy_column(sqlite3_stmt *row, int column, char *to, size_t capacity)
{
    const unsigned char *text = sqlite3_column_text(row, column);

    return str_copy(to, capacity, text == NULL ? "" : (const char *)text);
}

#define COPY(row, column, member) TRY(copy_column(row, column, member, sizeof(member)))

static enum result register_available(void *self)
{
    struct sqlite_register *book = self;
    owned_statement probe = NULL;

    TRY(prepare(book, "SELECT national_number FROM resident LIMIT 1", &probe));
    int step = sqlite3_step(probe);
    return step == SQLITE_ROW || step == SQLITE_DONE ? RESULT_OK : failed(book, "probe");
}

static enum result record(struct sqlite_register *book, const struct consultation *consultation)
{
    owned_statement insert = NULL;

    TRY(prepare(book,
                "INSERT INTO consultation (at, requester, subject, terminal, purpose)"
                " VALUES (?, ?, ?, ?, ?)",
                &insert));
    sqlite3_bind_int64(insert, 1, consultation->at);
    bind_text(insert, 2, consultation->requester);
    bind_text(insert, 3, consultation->subject);
    bind_text(insert, 4, consultation->terminal);
    bind_text(insert, 5, consultation->purpose);
    return sqlite3_step(insert) == SQLITE_DONE ? RESULT_OK : failed(book, "consultation");
}

static enum sex sex_from_word(const char *word)
{
    if (str_equal(word, "M"))
        return SEX_MALE;
    return str_equal(word, "F") ? SEX_FEMALE : SEX_NOT_STATED;
}

static enum standing standing_from_word(const char *word)
{
    for (enum standing standing = 0; standing < STANDING_COUNT; standing++)
        if (str_equal(word, standing_word(standing)))
            return standing;
    return STANDING_COUNTER; // a mark that this program does not know is one to be explained
}

static enum result read_resident(sqlite3_stmt *row, struct resident *to)
{
    char word[32];

    COPY(row, 0, to->national_number);
    COPY(row, 1, word);
    TRY(relation_from_word(word, &to->relation));
    COPY(row, 2, to->surname);
    COPY(row, 3, to->given_names);
    COPY(row, 4, word);
    to->sex = sex_from_word(word);
    COPY(row, 5, word);
    TRY(partial_date_from_text(word, &to->birth));
    COPY(row, 6, to->birth_place[PAPER_FRENCH]);
    COPY(row, 7, to->birth_place[PAPER_DUTCH]);
    COPY(row, 8, to->birth_country[PAPER_FRENCH]);
    COPY(row, 9, to->birth_country[PAPER_DUTCH]);
    COPY(row, 10, to->nationality[PAPER_FRENCH]);
    COPY(row, 11, to->nationality[PAPER_DUTCH]);
    COPY(row, 12, word);
    TRY(partial_date_from_text(word, &to->here_since));
    COPY(row, 13, word);
    to->standing = standing_from_word(word);
    return RESULT_OK;
}

static enum result read_persons(struct sqlite_register *book, int64_t id, struct household *to)
{
    owned_statement rows = NULL;
    int step;

    TRY(prepare(book,
                "SELECT national_number, relation, surname, given_names, sex, birth,"
                " birth_place_fr, birth_place_nl, birth_country_fr, birth_country_nl,"
                " nationality_fr, nationality_nl, here_since, standing"
                " FROM resident WHERE household = ? ORDER BY position",
                &rows));
    sqlite3_bind_int64(rows, 1, id);
    while ((step = sqlite3_step(rows)) == SQLITE_ROW) {
        if (to->count == HOUSEHOLD_MAXIMUM)
            return RESULT_TOO_LARGE;
        TRY(read_resident(rows, &to->persons[to->count]));
        to->count++;
    }
    return step == SQLITE_DONE ? RESULT_OK : failed(book, "persons");
}

static enum result read_address(sqlite3_stmt *row, struct home_address *to)
{
    COPY(row, 1, to->street[PAPER_FRENCH]);
    COPY(row, 2, to->street[PAPER_DUTCH]);
    COPY(row, 3, to->number);
    COPY(row, 4, to->box);
    COPY(row, 5, to->postal_code);
    COPY(row, 6, to->municipality[PAPER_FRENCH]);
    COPY(row, 7, to->municipality[PAPER_DUTCH]);
    COPY(row, 8, to->quarter[PAPER_FRENCH]);
    COPY(row, 9, to->quarter[PAPER_DUTCH]);
    COPY(row, 10, to->lodged_at[PAPER_FRENCH]);
    COPY(row, 11, to->lodged_at[PAPER_DUTCH]);
    return RESULT_OK;
}

static enum result register_household(void *self, const struct consultation *consultation,
                                      struct household **out)
{
    struct sqlite_register *book = self;
    owned_statement row = NULL;
    owned(household) found = calloc(1, sizeof *found);

    if (found == NULL)
        return RESULT_NO_MEMORY;
    TRY(record(book, consultation));
    TRY(prepare(book,
                "SELECT id, street_fr, street_nl, number, box, postal_code, municipality_fr,"
                " municipality_nl, quarter_fr, quarter_nl, lodged_at_fr, lodged_at_nl"
                " FROM household"
                " WHERE id = (SELECT household FROM resident WHERE national_number = ?)",
                &row));
    bind_text(row, 1, consultation->subject);
    int step = sqlite3_step(row);
    if (step == SQLITE_DONE)
        return RESULT_NOT_FOUND;
    if (step != SQLITE_ROW)
        return failed(book, "household");
    TRY(read_address(row, &found->address));
    TRY(read_persons(book, sqlite3_column_int64(row, 0), found));
    *out = take(found);
    return RESULT_OK;
}

static enum result register_card_is_blocked(void *self, const char *card_number, bool *blocked)
{
    struct sqlite_register *book = self;
    owned_statement row = NULL;

    TRY(prepare(book, "SELECT 1 FROM blocked_card WHERE card_number = ?", &row));
    bind_text(row, 1, card_number);
    int step = sqlite3_step(row);
    if (step != SQLITE_ROW && step != SQLITE_DONE)
        return failed(book, "blocked card");
    *blocked = step == SQLITE_ROW;
    return RESULT_OK;
}

enum result sqlite_register_create(const char *path, struct sqlite_register **out)
{
    if (access(path, F_OK) != 0)
        return RESULT_NOT_FOUND;
    owned(sqlite_register) book = calloc(1, sizeof *book);
    if (book == NULL)
        return RESULT_NO_MEMORY;
    // One connection for all threads: SQLite serialises its calls (FULLMUTEX).
    if (sqlite3_open_v2(path, &book->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_FULLMUTEX,
                        NULL) != SQLITE_OK)
        return failed(book, "open");
    sqlite3_busy_timeout(book->database, 2000);
    if (sqlite3_exec(book->database, "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON", NULL,
                     NULL, NULL) != SQLITE_OK)
        return failed(book, "set-up");
    TRY(register_available(book));
    *out = take(book);
    return RESULT_OK;
}

void sqlite_register_destroy(struct sqlite_register *sqlite_register)
{
    if (sqlite_register == NULL)
        return;
    sqlite3_close(sqlite_register->database);
    free(sqlite_register);
}

struct population_register sqlite_register_verbs(struct sqlite_register *sqlite_register)
{
    static const struct population_register_verbs verbs = {
        .available = register_available,
        .household = register_household,
        .card_is_blocked = register_card_is_blocked,
    };

    return (struct population_register){.verbs = &verbs, .self = sqlite_register};
}
