#include "register_writer.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#include "log.h"
#include "sqlite_register.h"
#include "str.h"

struct register_writer {
    sqlite3 *database;
};

static void finalize_statement(sqlite3_stmt **statement)
{
    sqlite3_finalize(*statement);
}
#define owned_statement __attribute__((cleanup(finalize_statement))) sqlite3_stmt *

static enum result execute(struct register_writer *writer, const char *sql)
{
    if (sqlite3_exec(writer->database, sql, NULL, NULL, NULL) == SQLITE_OK)
        return RESULT_OK;
    log_error("register", "the new database refuses", sqlite3_extended_errcode(writer->database));
    return RESULT_FAILED;
}

enum result register_writer_create(const char *path, struct register_writer **out)
{
    if (access(path, F_OK) == 0)
        return RESULT_REFUSED;
    owned(register_writer) writer = calloc(1, sizeof *writer);
    if (writer == NULL)
        return RESULT_NO_MEMORY;
    if (sqlite3_open_v2(path, &writer->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                        NULL) != SQLITE_OK)
        return RESULT_FAILED;
    TRY(execute(writer, "BEGIN"));
    TRY(execute(writer, sqlite_register_schema));
    *out = take(writer);
    return RESULT_OK;
}

void register_writer_destroy(struct register_writer *writer)
{
    if (writer == NULL)
        return;
    sqlite3_close(writer->database);
    free(writer);
}

// Binds the texts in order and runs the statement once.
static enum result insert(struct register_writer *writer, const char *sql, const char *const *texts,
                          size_t count)
{
    owned_statement statement = NULL;

    if (sqlite3_prepare_v2(writer->database, sql, -1, &statement, NULL) != SQLITE_OK)
        return RESULT_FAILED;
    for (size_t i = 0; i < count; i++)
        sqlite3_bind_text(statement, (int)i + 1, texts[i], -1, SQLITE_STATIC);
    if (sqlite3_step(statement) == SQLITE_DONE)
        return RESULT_OK;
    log_error("register", "a row is refused", sqlite3_extended_errcode(writer->database));
    return RESULT_FAILED;
}
#define INSERT(writer, sql, ...)                                                                   \
    insert(writer, sql, (const char *const[]){__VA_ARGS__},                                        \
           sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static enum result add_resident(struct register_writer *writer, const char *household,
                                const char *position, const struct resident *person)
{
    static const char *const sex_words[] = {"M", "F", "X"};
    char birth[PARTIAL_DATE_SIZE], since[PARTIAL_DATE_SIZE];

    partial_date_to_text(person->birth, birth);
    partial_date_to_text(person->here_since, since);
    return INSERT(writer,
                  "INSERT INTO resident VALUES"
                  " (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
                  person->national_number, household, position, relation_word(person->relation),
                  person->surname, person->given_names, sex_words[person->sex], birth,
                  person->birth_place[PAPER_FRENCH], person->birth_place[PAPER_DUTCH],
                  person->birth_country[PAPER_FRENCH], person->birth_country[PAPER_DUTCH],
                  person->nationality[PAPER_FRENCH], person->nationality[PAPER_DUTCH], since,
                  standing_word(person->standing));
}

enum result register_writer_add(struct register_writer *writer, const struct household *household)
{
    const struct home_address *home = &household->address;
    char id[24], position[24];

    TRY(INSERT(writer, "INSERT INTO household VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               home->street[PAPER_FRENCH], home->street[PAPER_DUTCH], home->number, home->box,
               home->postal_code, home->municipality[PAPER_FRENCH], home->municipality[PAPER_DUTCH],
               home->quarter[PAPER_FRENCH], home->quarter[PAPER_DUTCH],
               home->lodged_at[PAPER_FRENCH], home->lodged_at[PAPER_DUTCH]));
    TRY(str_format(id, sizeof id, "%lld", (long long)sqlite3_last_insert_rowid(writer->database)));
    for (size_t i = 0; i < household->count; i++) {
        TRY(str_format(position, sizeof position, "%zu", i + 1));
        TRY(add_resident(writer, id, position, &household->persons[i]));
    }
    return RESULT_OK;
}

enum result register_writer_block_card(struct register_writer *writer, const char *card_number)
{
    return INSERT(writer, "INSERT INTO blocked_card VALUES (?)", card_number);
}

enum result register_writer_commit(struct register_writer *writer)
{
    TRY(execute(writer, "COMMIT"));
    return execute(writer, "BEGIN");
}
