#include "payment_book.h"

#include <stdlib.h>

#define PAYMENT_COLUMNS                                                                            \
    "id, order_id, way, state, stopping, scanned, cents, scheme_id, link, expires"

// One payment of an order at a time: the index lets no second one begin while one is not over.
#define PAYMENT_TABLES(WHOLE, STRICT)                                                              \
    "CREATE TABLE IF NOT EXISTS payment ("                                                         \
    " id TEXT PRIMARY KEY, order_id TEXT NOT NULL REFERENCES document_order(id),"                  \
    " way TEXT NOT NULL, state TEXT NOT NULL, stopping " WHOLE " NOT NULL,"                        \
    " scanned " WHOLE " NOT NULL, cents " WHOLE " NOT NULL, scheme_id TEXT NOT NULL,"              \
    " link TEXT NOT NULL, expires " WHOLE " NOT NULL)" STRICT ";"                                  \
    "CREATE UNIQUE INDEX IF NOT EXISTS one_payment_at_a_time ON payment (order_id)"                \
    " WHERE state NOT IN ('REFUSED', 'EXPIRED', 'CANCELLED')"

struct payment_book {
    struct database *database;
};

static const char *const state_words[PAYMENT_STATE_COUNT] = {
#define X(id) [PAYMENT_STATE_##id] = #id,
    PAYMENT_STATE_LIST(X)
#undef X
};

const char *payment_state_word(enum payment_state state)
{
    return state_words[state];
}

enum result payment_book_create(const struct database_address *address, struct payment_book **out)
{
    owned(payment_book) book = calloc(1, sizeof *book);

    if (book == NULL)
        return RESULT_NO_MEMORY;
    TRY(database_create(address, &book->database));
    TRY(database_make_tables(book->database, PAYMENT_TABLES("INTEGER", " STRICT"),
                             PAYMENT_TABLES("BIGINT", "")));
    *out = take(book);
    return RESULT_OK;
}

void payment_book_destroy(struct payment_book *payment_book)
{
    if (payment_book == NULL)
        return;
    database_destroy(payment_book->database);
    free(payment_book);
}

enum result payment_book_add(struct payment_book *book, const struct booked_payment *payment)
{
    const struct sql_value values[] = {
        sql_text(payment->id),        sql_text(payment->order),
        sql_text(payment->way),       sql_text(state_words[payment->state]),
        sql_whole(payment->stopping), sql_whole(payment->scanned),
        sql_whole(payment->cents),    sql_text(payment->scheme_id),
        sql_text(payment->link),      sql_whole(payment->expires),
    };
    const struct sql_statement insert = {
        .sql = "INSERT INTO payment (" PAYMENT_COLUMNS ") VALUES"
               " ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        .values = values,
        .count = sizeof values / sizeof values[0],
    };

    return database_run(book->database, &insert);
}

// ---- finding ----------------------------------------------------------------------------------

struct found_payment {
    struct booked_payment *payment;
    bool found;
};

#define TEXT(row, column, member) TRY(sql_row_text(row, column, member, sizeof(member)))

static enum result read_payment(void *closure, const struct sql_row *row)
{
    struct found_payment *found = closure;
    struct booked_payment *to = found->payment;
    int64_t stopping, scanned;
    char word[16];

    TEXT(row, 0, to->id);
    TEXT(row, 1, to->order);
    TEXT(row, 2, to->way);
    TEXT(row, 3, word);
    TRY(sql_row_whole(row, 4, &stopping));
    TRY(sql_row_whole(row, 5, &scanned));
    TRY(sql_row_whole(row, 6, &to->cents));
    TEXT(row, 7, to->scheme_id);
    TEXT(row, 8, to->link);
    TRY(sql_row_whole(row, 9, &to->expires));
    to->stopping = stopping != 0;
    to->scanned = scanned != 0;
    found->found = true;
    for (to->state = 0; to->state < PAYMENT_STATE_COUNT; to->state++)
        if (str_equal(word, state_words[to->state]))
            return RESULT_OK;
    return RESULT_MALFORMED;
}

static enum result find(struct payment_book *book, const char *sql, const struct sql_value *values,
                        size_t count, struct booked_payment *out)
{
    struct found_payment found = {.payment = out};
    const struct sql_statement select = {sql, values, count, read_payment, &found};

    *out = (struct booked_payment){};
    TRY(database_run(book->database, &select));
    return found.found ? RESULT_OK : RESULT_NOT_FOUND;
}

enum result payment_book_find(struct payment_book *book, const char *order, const char *id,
                              struct booked_payment *out)
{
    const struct sql_value values[] = {sql_text(order), sql_text(id)};

    return find(book, "SELECT " PAYMENT_COLUMNS " FROM payment WHERE order_id = $1 AND id = $2",
                values, 2, out);
}

enum result payment_book_paid_one(struct payment_book *book, const char *order,
                                  struct booked_payment *out)
{
    const struct sql_value values[] = {sql_text(order)};

    return find(book,
                "SELECT " PAYMENT_COLUMNS " FROM payment WHERE order_id = $1"
                " AND state IN ('PAID', 'REFUND_DUE', 'REFUNDED')",
                values, 1, out);
}

// An order that was closed before its payment was heard of is due as well.
static enum result note_due(void *closure, struct sql_connection *connection)
{
    const struct sql_value values[] = {sql_text(closure)};
    const struct sql_statement order = {
        .sql = "UPDATE document_order SET state = 'REFUND_DUE' WHERE id = $1 AND state = 'CLOSED'"
               " AND EXISTS (SELECT 1 FROM payment WHERE order_id = document_order.id"
               " AND payment.state = 'PAID')",
        .values = values,
        .count = 1};
    const struct sql_statement payment = {
        .sql = "UPDATE payment SET state = 'REFUND_DUE' WHERE order_id = $1 AND state = 'PAID'"
               " AND EXISTS (SELECT 1 FROM document_order WHERE document_order.id = order_id"
               " AND document_order.state = 'REFUND_DUE')",
        .values = values,
        .count = 1};

    TRY(sql_connection_run(connection, &order));
    return sql_connection_run(connection, &payment);
}

enum result payment_book_note_due(struct payment_book *book, const char *order)
{
    return database_transaction(book->database, note_due, (void *)order);
}

// ---- moving -----------------------------------------------------------------------------------

static enum result note_row(void *closure, const struct sql_row *row)
{
    (void)row;
    *(bool *)closure = true;
    return RESULT_OK;
}

enum result payment_book_open(struct payment_book *book, const char *id,
                              const struct scheme_payment *scheme)
{
    bool moved = false;
    const struct sql_value values[] = {sql_text(scheme->id), sql_text(scheme->link),
                                       sql_whole(scheme->expires), sql_text(id)};
    const struct sql_statement update = {
        .sql = "UPDATE payment SET state = 'OPEN', scheme_id = $1, link = $2, expires = $3"
               " WHERE id = $4 AND state = 'NEW' RETURNING id",
        .values = values,
        .count = 4,
        .reader = note_row,
        .closure = &moved,
    };

    TRY(database_run(book->database, &update));
    return moved ? RESULT_OK : RESULT_REFUSED;
}

struct move {
    const struct booked_payment *payment;
    enum payment_state to;
};

static enum result move_order(const struct move *move, struct sql_connection *connection)
{
    const struct sql_value values[] = {sql_text(move->payment->order)};
    const char *sql = move->to == PAYMENT_STATE_PAID
                          ? "UPDATE document_order SET state = 'PAID'"
                            " WHERE id = $1 AND state = 'ISSUED'"
                          : "UPDATE document_order SET state = 'REFUNDED'"
                            " WHERE id = $1 AND state = 'REFUND_DUE'";
    const struct sql_statement update = {.sql = sql, .values = values, .count = 1};

    if (move->to != PAYMENT_STATE_PAID && move->to != PAYMENT_STATE_REFUNDED)
        return RESULT_OK;
    return sql_connection_run(connection, &update);
}

static enum result move_both(void *closure, struct sql_connection *connection)
{
    const struct move *move = closure;
    bool moved = false;
    const struct sql_value values[] = {sql_text(state_words[move->to]), sql_text(move->payment->id),
                                       sql_text(state_words[move->payment->state])};
    const struct sql_statement update = {
        .sql = "UPDATE payment SET state = $1 WHERE id = $2 AND state = $3 RETURNING id",
        .values = values,
        .count = 3,
        .reader = note_row,
        .closure = &moved,
    };

    TRY(sql_connection_run(connection, &update));
    return moved ? move_order(move, connection) : RESULT_REFUSED;
}

enum result payment_book_move(struct payment_book *book, const struct booked_payment *payment,
                              enum payment_state to)
{
    struct move move = {payment, to};

    return database_transaction(book->database, move_both, &move);
}

enum result payment_book_stop(struct payment_book *book, const char *id)
{
    const struct sql_value values[] = {sql_text(id)};
    const struct sql_statement update = {
        .sql = "UPDATE payment SET stopping = 1,"
               " state = CASE state WHEN 'NEW' THEN 'CANCELLED' ELSE state END WHERE id = $1",
        .values = values,
        .count = 1,
    };

    return database_run(book->database, &update);
}

enum result payment_book_note_scanned(struct payment_book *book, const char *id)
{
    const struct sql_value values[] = {sql_text(id)};
    const struct sql_statement update = {
        .sql = "UPDATE payment SET scanned = 1 WHERE id = $1", .values = values, .count = 1};

    return database_run(book->database, &update);
}
