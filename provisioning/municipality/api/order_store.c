#include "order_store.h"

#include <stdlib.h>
#include <string.h>

#define ORDER_COLUMNS                                                                              \
    "id, terminal, session, requester, kind, subject, language, reference, code, code_is_void,"    \
    " state, price_cents, pages, sha256, issued_at, purpose, options"

#define ORDER_TABLES(WHOLE, BYTES, STRICT)                                                         \
    "CREATE TABLE IF NOT EXISTS running_number ("                                                  \
    " year " WHOLE " NOT NULL, letter TEXT NOT NULL, last " WHOLE " NOT NULL,"                     \
    " PRIMARY KEY (year, letter))" STRICT ";"                                                      \
    "CREATE TABLE IF NOT EXISTS document_order ("                                                  \
    " id TEXT PRIMARY KEY, terminal TEXT NOT NULL, session TEXT NOT NULL,"                         \
    " requester TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, language TEXT NOT NULL," \
    " reference TEXT NOT NULL UNIQUE, code TEXT NOT NULL UNIQUE, code_is_void " WHOLE " NOT NULL," \
    " state TEXT NOT NULL, price_cents " WHOLE " NOT NULL, pages " WHOLE " NOT NULL,"              \
    " sha256 TEXT NOT NULL, issued_at " WHOLE " NOT NULL, purpose TEXT NOT NULL DEFAULT '',"       \
    " options TEXT NOT NULL DEFAULT '', sheets " WHOLE ", pdf " BYTES " NOT NULL)" STRICT

struct order_store {
    struct database *database;
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

enum result order_store_create(const struct database_address *address, struct order_store **out)
{
    owned(order_store) store = calloc(1, sizeof *store);

    if (store == NULL)
        return RESULT_NO_MEMORY;
    TRY(database_create(address, &store->database));
    TRY(database_make_tables(store->database, ORDER_TABLES("INTEGER", "BLOB", " STRICT"),
                             ORDER_TABLES("BIGINT", "BYTEA", "")));
    *out = take(store);
    return RESULT_OK;
}

void order_store_destroy(struct order_store *order_store)
{
    if (order_store == NULL)
        return;
    database_destroy(order_store->database);
    free(order_store);
}

static enum result read_whole(void *closure, const struct sql_row *row)
{
    return sql_row_whole(row, 0, closure);
}

enum result order_store_next_number(struct order_store *store, int year, char letter,
                                    int64_t *number)
{
    const char word[2] = {letter, '\0'};
    const struct sql_value values[] = {sql_whole(year), sql_text(word)};
    const struct sql_statement next = {
        .sql = "INSERT INTO running_number VALUES ($1, $2, 1)"
               " ON CONFLICT (year, letter) DO UPDATE SET last = running_number.last + 1"
               " RETURNING last",
        .values = values,
        .count = 2,
        .reader = read_whole,
        .closure = number,
    };

    return database_run(store->database, &next);
}

enum result order_store_add(struct order_store *store, const struct stored_order *order,
                            struct bytes pdf)
{
    const struct sql_value values[] = {
        sql_text(order->id),
        sql_text(order->terminal),
        sql_text(order->session),
        sql_text(order->requester),
        sql_text(order->kind),
        sql_text(order->subject),
        sql_text(order->language),
        sql_text(order->reference),
        sql_text(order->code),
        sql_whole(order->code_is_void),
        sql_text(order_state_word(order->state)),
        sql_whole(order->price_cents),
        sql_whole(order->pages),
        sql_text(order->sha256),
        sql_whole(order->issued_at),
        sql_text(order->purpose),
        sql_text(order->options),
        sql_bytes(pdf),
    };
    const struct sql_statement insert = {
        .sql = "INSERT INTO document_order (" ORDER_COLUMNS ", pdf) VALUES"
               " ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,"
               " $18)",
        .values = values,
        .count = sizeof values / sizeof values[0],
    };

    return database_run(store->database, &insert);
}

// What a statement found; `order` stays zero when it found nothing.
struct found_order {
    struct stored_order *order;
    bool found;
};

#define TEXT(row, column, member) TRY(sql_row_text(row, column, member, sizeof(member)))

static enum result read_numbers(const struct sql_row *row, struct stored_order *to)
{
    int64_t code_is_void, price_cents, pages;

    TRY(sql_row_whole(row, 9, &code_is_void));
    TRY(sql_row_whole(row, 11, &price_cents));
    TRY(sql_row_whole(row, 12, &pages));
    to->code_is_void = code_is_void != 0;
    to->price_cents = price_cents;
    to->pages = (int)pages;
    return sql_row_whole(row, 14, &to->issued_at);
}

static enum result read_order(void *closure, const struct sql_row *row)
{
    struct found_order *found = closure;
    struct stored_order *to = found->order;
    char word[16];

    TEXT(row, 0, to->id);
    TEXT(row, 1, to->terminal);
    TEXT(row, 2, to->session);
    TEXT(row, 3, to->requester);
    TEXT(row, 4, to->kind);
    TEXT(row, 5, to->subject);
    TEXT(row, 6, to->language);
    TEXT(row, 7, to->reference);
    TEXT(row, 8, to->code);
    TEXT(row, 10, word);
    TEXT(row, 13, to->sha256);
    TEXT(row, 15, to->purpose);
    TEXT(row, 16, to->options);
    TRY(read_numbers(row, to));
    found->found = true;
    for (to->state = 0; to->state < ORDER_STATE_COUNT; to->state++)
        if (str_equal(word, state_words[to->state]))
            return RESULT_OK;
    return RESULT_MALFORMED;
}

static enum result find(struct order_store *store, const char *sql, const struct sql_value *values,
                        size_t count, struct stored_order *out)
{
    struct found_order found = {.order = out};
    const struct sql_statement select = {sql, values, count, read_order, &found};

    *out = (struct stored_order){};
    TRY(database_run(store->database, &select));
    return found.found ? RESULT_OK : RESULT_NOT_FOUND;
}

enum result order_store_find(struct order_store *store, const char *id, const char *terminal,
                             struct stored_order *out)
{
    const struct sql_value values[] = {sql_text(id), sql_text(terminal)};

    return find(store,
                "SELECT " ORDER_COLUMNS " FROM document_order WHERE id = $1 AND terminal = $2",
                values, 2, out);
}

enum result order_store_find_code(struct order_store *store, const char *code,
                                  struct stored_order *out)
{
    const struct sql_value values[] = {sql_text(code)};

    return find(store, "SELECT " ORDER_COLUMNS " FROM document_order WHERE code = $1", values, 1,
                out);
}

static enum result note_row(void *closure, const struct sql_row *row)
{
    (void)row;
    *(bool *)closure = true;
    return RESULT_OK;
}

enum result order_store_has(struct order_store *store, const char *id, bool *has)
{
    const struct sql_value values[] = {sql_text(id)};
    const struct sql_statement select = {"SELECT 1 FROM document_order WHERE id = $1", values, 1,
                                         note_row, has};

    *has = false;
    return database_run(store->database, &select);
}

struct found_document {
    uint8_t *pdf;
    size_t size;
};

static enum result read_document(void *closure, const struct sql_row *row)
{
    struct found_document *found = closure;

    found->size = row->cells[0].size;
    found->pdf = malloc(found->size + 1);
    if (found->pdf == NULL)
        return RESULT_NO_MEMORY;
    if (found->size > 0)
        memcpy(found->pdf, row->cells[0].data, found->size);
    return RESULT_OK;
}

enum result order_store_document(struct order_store *store, const char *id, uint8_t **pdf,
                                 size_t *size)
{
    struct found_document found = {};
    const struct sql_value values[] = {sql_text(id)};
    const struct sql_statement select = {"SELECT pdf FROM document_order WHERE id = $1", values, 1,
                                         read_document, &found};

    TRY(database_run(store->database, &select));
    *pdf = found.pdf;
    *size = found.size;
    return found.pdf == NULL ? RESULT_NOT_FOUND : RESULT_OK;
}

struct state_word {
    char word[16];
};

static enum result read_state(void *closure, const struct sql_row *row)
{
    struct state_word *to = closure;

    return sql_row_text(row, 0, to->word, sizeof to->word);
}

// What state is it in now?
static enum result state_of(struct order_store *store, const char *id, struct state_word *out)
{
    const struct sql_value values[] = {sql_text(id)};
    const struct sql_statement select = {"SELECT state FROM document_order WHERE id = $1", values,
                                         1, read_state, out};

    TRY(database_run(store->database, &select));
    return out->word[0] == '\0' ? RESULT_NOT_FOUND : RESULT_OK;
}

static bool is_settled_as(const char *word, enum order_state state)
{
    if (state == ORDER_STATE_CLOSED && (str_equal(word, state_words[ORDER_STATE_REFUND_DUE]) ||
                                        str_equal(word, state_words[ORDER_STATE_REFUNDED])))
        return true;
    return str_equal(word, state_words[state]);
}

enum result order_store_settle(struct order_store *store, const char *id, enum order_state state,
                               int64_t sheets)
{
    bool delivered = state == ORDER_STATE_DELIVERED, closed = state == ORDER_STATE_CLOSED;
    const struct sql_value values[] = {
        sql_text(state_words[closed ? ORDER_STATE_REFUND_DUE : state]),
        sql_text(state_words[state]),
        sql_whole(sheets),
        sql_whole(closed),
        sql_text(id),
        sql_whole(delivered ? 0 : INT32_MAX), // what may have been left unpaid
    };
    const struct sql_statement update = {
        .sql = "UPDATE document_order SET state = CASE WHEN state = 'PAID' THEN $1 ELSE $2 END,"
               " sheets = $3, code_is_void = $4"
               " WHERE id = $5 AND (state = 'PAID' OR (state = 'ISSUED' AND price_cents <= $6))",
        .values = values,
        .count = sizeof values / sizeof values[0],
    };
    struct state_word now = {};

    TRY(database_run(store->database, &update));
    TRY(state_of(store, id, &now));
    return is_settled_as(now.word, state) ? RESULT_OK : RESULT_REFUSED;
}
