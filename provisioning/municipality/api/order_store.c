#include "order_store.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "log.h"

static const char schema[] =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
    "CREATE TABLE IF NOT EXISTS running_number ("
    " year INTEGER NOT NULL, letter TEXT NOT NULL, last INTEGER NOT NULL,"
    " PRIMARY KEY (year, letter)) STRICT;"
    "CREATE TABLE IF NOT EXISTS document_order ("
    " id TEXT PRIMARY KEY, terminal TEXT NOT NULL, session TEXT NOT NULL, requester TEXT NOT NULL,"
    " kind TEXT NOT NULL, subject TEXT NOT NULL, language TEXT NOT NULL,"
    " reference TEXT NOT NULL UNIQUE, code TEXT NOT NULL UNIQUE, code_is_void INTEGER NOT NULL,"
    " state TEXT NOT NULL, price_cents INTEGER NOT NULL, pages INTEGER NOT NULL,"
    " sha256 TEXT NOT NULL, issued_at INTEGER NOT NULL, sheets INTEGER, pdf BLOB NOT NULL) STRICT;";

struct order_store {
    sqlite3 *database;
};

static const char *const state_words[ORDER_STATE_COUNT] = {
#define X(id) [ORDER_STATE_##id] = #id,
    ORDER_STATE_LIST(X)
#undef X
};

const char *order_state_word(enum order_state state)
{
    return state_words[state];
}

static void finalize_statement(sqlite3_stmt **statement)
{
    sqlite3_finalize(*statement);
}
#define owned_statement __attribute__((cleanup(finalize_statement))) sqlite3_stmt *

static enum result failed(const struct order_store *store)
{
    log_error("orders", "the store refuses", sqlite3_extended_errcode(store->database));
    return RESULT_FAILED;
}

static enum result prepare(struct order_store *store, const char *sql, sqlite3_stmt **out)
{
    return sqlite3_prepare_v2(store->database, sql, -1, out, NULL) == SQLITE_OK ? RESULT_OK
                                                                                : failed(store);
}

static void bind_text(sqlite3_stmt *statement, int at, const char *text)
{
    sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC);
}

enum result order_store_create(const char *path, struct order_store **out)
{
    owned(order_store) store = calloc(1, sizeof *store);

    if (store == NULL)
        return RESULT_NO_MEMORY;
    if (sqlite3_open_v2(path, &store->database,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX,
                        NULL) != SQLITE_OK)
        return failed(store);
    sqlite3_busy_timeout(store->database, 2000);
    if (sqlite3_exec(store->database, schema, NULL, NULL, NULL) != SQLITE_OK)
        return failed(store);
    *out = take(store);
    return RESULT_OK;
}

void order_store_destroy(struct order_store *order_store)
{
    if (order_store == NULL)
        return;
    sqlite3_close(order_store->database);
    free(order_store);
}

enum result order_store_next_number(struct order_store *store, int year, char letter,
                                    int64_t *number)
{
    owned_statement statement = NULL;
    const char word[2] = {letter, '\0'};

    TRY(prepare(store,
                "INSERT INTO running_number VALUES (?, ?, 1)"
                " ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last",
                &statement));
    sqlite3_bind_int(statement, 1, year);
    bind_text(statement, 2, word);
    if (sqlite3_step(statement) != SQLITE_ROW)
        return failed(store);
    *number = sqlite3_column_int64(statement, 0);
    return sqlite3_step(statement) == SQLITE_DONE ? RESULT_OK : failed(store);
}

enum result order_store_add(struct order_store *store, const struct stored_order *order,
                            struct bytes pdf)
{
    owned_statement insert = NULL;
    const char *const texts[] = {order->id,        order->terminal,  order->session,
                                 order->requester, order->kind,      order->subject,
                                 order->language,  order->reference, order->code};
    int at = 1;

    TRY(prepare(store,
                "INSERT INTO document_order VALUES"
                " (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, NULL, ?)",
                &insert));
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        bind_text(insert, at++, texts[i]);
    bind_text(insert, at++, order_state_word(order->state));
    sqlite3_bind_int64(insert, at++, order->price_cents);
    sqlite3_bind_int(insert, at++, order->pages);
    bind_text(insert, at++, order->sha256);
    sqlite3_bind_int64(insert, at++, order->issued_at);
    sqlite3_bind_blob64(insert, at, pdf.data, pdf.size, SQLITE_STATIC);
    int step = sqlite3_step(insert);
    if (step == SQLITE_CONSTRAINT)
        return RESULT_REFUSED;
    return step == SQLITE_DONE ? RESULT_OK : failed(store);
}

static enum result copy_column(sqlite3_stmt *row, int column, char *to, size_t capacity)
{
    const unsigned char *text = sqlite3_column_text(row, column);

    return str_copy(to, capacity, text == NULL ? "" : (const char *)text);
}
#define COPY(row, column, member) TRY(copy_column(row, column, member, sizeof(member)))

static enum result read_order(sqlite3_stmt *row, struct stored_order *to)
{
    char word[16];

    COPY(row, 0, to->id);
    COPY(row, 1, to->terminal);
    COPY(row, 2, to->session);
    COPY(row, 3, to->requester);
    COPY(row, 4, to->kind);
    COPY(row, 5, to->subject);
    COPY(row, 6, to->language);
    COPY(row, 7, to->reference);
    COPY(row, 8, to->code);
    COPY(row, 9, word);
    COPY(row, 10, to->sha256);
    to->price_cents = sqlite3_column_int64(row, 11);
    to->pages = sqlite3_column_int(row, 12);
    to->issued_at = sqlite3_column_int64(row, 13);
    for (to->state = 0; to->state < ORDER_STATE_COUNT; to->state++)
        if (str_equal(word, state_words[to->state]))
            return RESULT_OK;
    return RESULT_MALFORMED;
}

enum result order_store_find(struct order_store *store, const char *id, const char *terminal,
                             struct stored_order *out)
{
    owned_statement row = NULL;

    TRY(prepare(store,
                "SELECT id, terminal, session, requester, kind, subject, language, reference, code,"
                " state, sha256, price_cents, pages, issued_at"
                " FROM document_order WHERE id = ? AND terminal = ?",
                &row));
    bind_text(row, 1, id);
    bind_text(row, 2, terminal);
    int step = sqlite3_step(row);
    if (step == SQLITE_DONE)
        return RESULT_NOT_FOUND;
    if (step != SQLITE_ROW)
        return failed(store);
    *out = (struct stored_order){};
    return read_order(row, out);
}

enum result order_store_has(struct order_store *store, const char *id, bool *has)
{
    owned_statement row = NULL;

    TRY(prepare(store, "SELECT 1 FROM document_order WHERE id = ?", &row));
    bind_text(row, 1, id);
    int step = sqlite3_step(row);
    if (step != SQLITE_ROW && step != SQLITE_DONE)
        return failed(store);
    *has = step == SQLITE_ROW;
    return RESULT_OK;
}

enum result order_store_document(struct order_store *store, const char *id, uint8_t **pdf,
                                 size_t *size)
{
    owned_statement row = NULL;

    TRY(prepare(store, "SELECT pdf FROM document_order WHERE id = ?", &row));
    bind_text(row, 1, id);
    int step = sqlite3_step(row);
    if (step == SQLITE_DONE)
        return RESULT_NOT_FOUND;
    if (step != SQLITE_ROW)
        return failed(store);
    const void *blob = sqlite3_column_blob(row, 0);
    *size = (size_t)sqlite3_column_bytes(row, 0);
    *pdf = malloc(*size + 1);
    if (*pdf == NULL)
        return RESULT_NO_MEMORY;
    if (*size > 0)
        memcpy(*pdf, blob, *size);
    return RESULT_OK;
}

// What state is it in now?
static enum result state_of(struct order_store *store, const char *id, char *word, size_t capacity)
{
    owned_statement row = NULL;

    TRY(prepare(store, "SELECT state FROM document_order WHERE id = ?", &row));
    bind_text(row, 1, id);
    int step = sqlite3_step(row);
    if (step == SQLITE_DONE)
        return RESULT_NOT_FOUND;
    return step == SQLITE_ROW ? copy_column(row, 0, word, capacity) : failed(store);
}

enum result order_store_settle(struct order_store *store, const char *id, enum order_state state,
                               int64_t sheets)
{
    owned_statement update = NULL;
    char word[16];

    TRY(prepare(store,
                "UPDATE document_order SET state = ?1, sheets = ?2, code_is_void = ?1 = 'CLOSED'"
                " WHERE id = ?3 AND state = 'ISSUED'",
                &update));
    bind_text(update, 1, order_state_word(state));
    sqlite3_bind_int64(update, 2, sheets);
    bind_text(update, 3, id);
    if (sqlite3_step(update) != SQLITE_DONE)
        return failed(store);
    TRY(state_of(store, id, word, sizeof word));
    return str_equal(word, order_state_word(state)) ? RESULT_OK : RESULT_REFUSED;
}
