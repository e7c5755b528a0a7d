#include "sql_register.h"

#include <stdlib.h>
#include <string.h>

#include "register_tables.h"
#include "str.h"

struct sql_register {
    struct database *database;
};

// Reads the columns of a row one after the other; the first that does not fit decides the result.
struct cursor {
    const struct sql_row *row;
    size_t column;
    enum result result;
};

static void next_text(struct cursor *cursor, char *to, size_t capacity)
{
    enum result read = sql_row_text(cursor->row, cursor->column++, to, capacity);

    if (cursor->result == RESULT_OK)
        cursor->result = read;
}
#define NEXT_TEXT(cursor, member) next_text(cursor, member, sizeof(member))

static void next_date(struct cursor *cursor, struct partial_date *to)
{
    char text[PARTIAL_DATE_SIZE];

    NEXT_TEXT(cursor, text);
    if (cursor->result == RESULT_OK)
        cursor->result = partial_date_from_text(text, to);
}

static bool next_flag(struct cursor *cursor)
{
    int64_t whole = 0;
    enum result read = sql_row_whole(cursor->row, cursor->column++, &whole);

    if (cursor->result == RESULT_OK)
        cursor->result = read;
    return whole != 0;
}

// The enumerator that has this word; a word that this program does not know is `otherwise`, or when
// that is negative a row that it cannot read.
static int next_word(struct cursor *cursor, const char *const *words, int count, int otherwise)
{
    char word[32] = "";

    NEXT_TEXT(cursor, word);
    for (int i = 0; i < count; i++)
        if (str_equal(word, words[i]))
            return i;
    if (otherwise < 0 && cursor->result == RESULT_OK)
        cursor->result = RESULT_MALFORMED;
    return otherwise < 0 ? 0 : otherwise;
}

static void read_address(struct cursor *cursor, struct home_address *to)
{
    NEXT_TEXT(cursor, to->street[PAPER_FRENCH]);
    NEXT_TEXT(cursor, to->street[PAPER_DUTCH]);
    NEXT_TEXT(cursor, to->number);
    NEXT_TEXT(cursor, to->box);
    NEXT_TEXT(cursor, to->postal_code);
    NEXT_TEXT(cursor, to->municipality[PAPER_FRENCH]);
    NEXT_TEXT(cursor, to->municipality[PAPER_DUTCH]);
    NEXT_TEXT(cursor, to->quarter[PAPER_FRENCH]);
    NEXT_TEXT(cursor, to->quarter[PAPER_DUTCH]);
    to->dwelling = next_word(cursor, dwelling_words, DWELLING_COUNT, DWELLING_HOME);
    NEXT_TEXT(cursor, to->lodged_at[PAPER_FRENCH]);
    NEXT_TEXT(cursor, to->lodged_at[PAPER_DUTCH]);
}

static void read_civil_state(struct cursor *cursor, struct resident *to)
{
    to->citizenship =
        next_word(cursor, citizenship_words, CITIZENSHIP_COUNT, CITIZENSHIP_UNDETERMINED);
    next_date(cursor, &to->nationality_since);
    to->marital_status =
        next_word(cursor, marital_status_words, MARITAL_STATUS_COUNT, MARITAL_STATUS_NOT_KNOWN);
    to->legal_cohabitant = next_flag(cursor);
    to->relation = next_word(cursor, relation_words, RELATION_COUNT, -1);
    NEXT_TEXT(cursor, to->parents[0]);
    NEXT_TEXT(cursor, to->parents[1]);
}

static void read_entry(struct cursor *cursor, struct resident *to)
{
    next_date(cursor, &to->here_since);
    to->book = next_word(cursor, register_book_words, REGISTER_BOOK_COUNT, -1);
    next_date(cursor, &to->book_since);
    // A mark that this program does not know is one to be explained.
    to->standing = next_word(cursor, standing_words, STANDING_COUNT, STANDING_COUNTER);
    next_date(cursor, &to->deceased_on);
    to->temporarily_absent = next_flag(cursor);
    to->under_administration = next_flag(cursor);
    to->language = next_word(cursor, paper_language_words, PAPER_LANGUAGE_COUNT, PAPER_FRENCH);
}

static enum result read_resident(void *closure, const struct sql_row *row)
{
    struct household *household = closure;
    struct cursor cursor = {.row = row};

    if (household->count == HOUSEHOLD_MAXIMUM)
        return RESULT_TOO_LARGE;
    struct resident *to = &household->persons[household->count++];
    NEXT_TEXT(&cursor, to->national_number);
    NEXT_TEXT(&cursor, to->surname);
    NEXT_TEXT(&cursor, to->given_names);
    to->sex = next_word(&cursor, sex_words, 3, SEX_NOT_STATED);
    next_date(&cursor, &to->birth);
    NEXT_TEXT(&cursor, to->birth_place[PAPER_FRENCH]);
    NEXT_TEXT(&cursor, to->birth_place[PAPER_DUTCH]);
    NEXT_TEXT(&cursor, to->birth_country[PAPER_FRENCH]);
    NEXT_TEXT(&cursor, to->birth_country[PAPER_DUTCH]);
    NEXT_TEXT(&cursor, to->nationality[PAPER_FRENCH]);
    NEXT_TEXT(&cursor, to->nationality[PAPER_DUTCH]);
    read_civil_state(&cursor, to);
    read_entry(&cursor, to);
    return cursor.result;
}

static enum result read_stay(void *closure, const struct sql_row *row)
{
    struct address_history *history = closure;
    struct cursor cursor = {.row = row};

    if (history->count == HISTORY_MAXIMUM)
        return RESULT_TOO_LARGE;
    struct stay *to = &history->stays[history->count++];
    read_address(&cursor, &to->address);
    next_date(&cursor, &to->from);
    next_date(&cursor, &to->until);
    return cursor.result;
}

struct found_home {
    struct home_address *address;
    int64_t id; // 0: none found
};

static enum result read_home(void *closure, const struct sql_row *row)
{
    struct found_home *found = closure;
    struct cursor cursor = {.row = row};

    read_address(&cursor, found->address);
    TRY(cursor.result);
    return sql_row_whole(row, cursor.column, &found->id);
}

static enum result note_row(void *closure, const struct sql_row *row)
{
    (void)row;
    *(bool *)closure = true;
    return RESULT_OK;
}

// One text or number to look for, rows to a reader.
static enum result look_up(struct sql_register *book, const char *sql, struct sql_value key,
                           sql_reader *reader, void *closure)
{
    const struct sql_statement statement = {sql, &key, 1, reader, closure};

    return database_run(book->database, &statement);
}

static enum result register_available(void *self)
{
    struct sql_register *book = self;
    const struct sql_statement probe = {.sql = "SELECT national_number FROM resident LIMIT 1"};

    return database_run(book->database, &probe);
}

static enum result record(struct sql_register *book, const struct consultation *consultation)
{
    const struct sql_value values[] = {
        sql_whole(consultation->at), sql_text(consultation->requester),
        sql_text(consultation->subject), sql_text(consultation->terminal),
        sql_text(consultation->purpose)};
    const struct sql_statement insert = {
        .sql = "INSERT INTO consultation (at, requester, subject, terminal, purpose)"
               " VALUES ($1, $2, $3, $4, $5)",
        .values = values,
        .count = 5,
    };

    return database_run(book->database, &insert);
}

static enum result register_household(void *self, const struct consultation *consultation,
                                      struct household **out)
{
    struct sql_register *book = self;
    owned(household) found = calloc(1, sizeof *found);

    if (found == NULL)
        return RESULT_NO_MEMORY;
    struct found_home home = {.address = &found->address};
    TRY(record(book, consultation));
    TRY(look_up(book,
                "SELECT " ADDRESS_COLUMNS ", id FROM household"
                " WHERE id = (SELECT household FROM resident WHERE national_number = $1)",
                sql_text(consultation->subject), read_home, &home));
    if (home.id == 0)
        return RESULT_NOT_FOUND;
    TRY(look_up(book,
                "SELECT " PERSON_COLUMNS " FROM resident WHERE household = $1 ORDER BY position",
                sql_whole(home.id), read_resident, found));
    *out = take(found);
    return RESULT_OK;
}

static enum result register_history(void *self, const struct consultation *consultation,
                                    struct address_history **out)
{
    struct sql_register *book = self;
    bool known = false;
    owned(address_history) found = calloc(1, sizeof *found);

    if (found == NULL)
        return RESULT_NO_MEMORY;
    TRY(record(book, consultation));
    TRY(look_up(book, "SELECT 1 FROM resident WHERE national_number = $1",
                sql_text(consultation->subject), note_row, &known));
    if (!known)
        return RESULT_NOT_FOUND;
    TRY(look_up(book,
                "SELECT " ADDRESS_COLUMNS ", lived_from, lived_until FROM former_address"
                " WHERE national_number = $1 ORDER BY position",
                sql_text(consultation->subject), read_stay, found));
    *out = take(found);
    return RESULT_OK;
}

static enum result register_card_is_blocked(void *self, const char *card_number, bool *blocked)
{
    struct sql_register *book = self;

    *blocked = false;
    return look_up(book, "SELECT 1 FROM blocked_card WHERE card_number = $1", sql_text(card_number),
                   note_row, blocked);
}

enum result sql_register_create(const struct database_address *address, struct sql_register **out)
{
    owned(sql_register) book = calloc(1, sizeof *book);

    if (book == NULL)
        return RESULT_NO_MEMORY;
    TRY(database_create(address, &book->database));
    TRY(register_available(book));
    *out = take(book);
    return RESULT_OK;
}

void sql_register_destroy(struct sql_register *sql_register)
{
    if (sql_register == NULL)
        return;
    database_destroy(sql_register->database);
    free(sql_register);
}

struct population_register sql_register_verbs(struct sql_register *sql_register)
{
    static const struct population_register_verbs verbs = {
        .available = register_available,
        .household = register_household,
        .history = register_history,
        .card_is_blocked = register_card_is_blocked,
    };

    return (struct population_register){.verbs = &verbs, .self = sql_register};
}
