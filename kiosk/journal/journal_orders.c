// Orders and their steps: one transaction a step, forward only.
#include "journal_inside.h"

#include <string.h>

static void bind_state(sqlite3_stmt *statement, int index, enum order_state state)
{
    sqlite3_bind_text(statement, index, order_state_name(state), -1, SQLITE_STATIC);
}

static enum result state_of(struct journal *journal, const struct identifier *order,
                            enum order_state *state)
{
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_ORDER_STATE);
    enum result result = RESULT_OK;

    journal_bind_identifier(statement, 1, order);
    int code = sqlite3_step(statement);
    *state = ORDER_NONE;
    if (code == SQLITE_ROW) {
        if (!journal_state_from_name((const char *)sqlite3_column_text(statement, 0), state))
            result = RESULT_MALFORMED;
    } else if (code != SQLITE_DONE) {
        result = journal_failure(journal);
    }
    sqlite3_reset(statement);
    return result;
}

static enum result last_step(struct journal *journal, int64_t *number,
                             uint8_t hash[JOURNAL_HASH_SIZE])
{
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_LAST_STEP);
    enum result result = RESULT_OK;
    int code = sqlite3_step(statement);

    *number = 0;
    memset(hash, 0, JOURNAL_HASH_SIZE); // what the first step's hash covers
    if (code == SQLITE_ROW && sqlite3_column_bytes(statement, 1) == JOURNAL_HASH_SIZE) {
        *number = sqlite3_column_int64(statement, 0);
        memcpy(hash, sqlite3_column_blob(statement, 1), JOURNAL_HASH_SIZE);
    } else if (code == SQLITE_ROW) {
        result = RESULT_MALFORMED;
    } else if (code != SQLITE_DONE) {
        result = journal_failure(journal);
    }
    sqlite3_reset(statement);
    return result;
}

static enum result append_step(struct journal *journal, const struct journal_step *step)
{
    struct journal_link link = {.order = step->order, .state = step->to, .at = step->now};
    uint8_t before[JOURNAL_HASH_SIZE], hash[JOURNAL_HASH_SIZE];

    TRY(last_step(journal, &link.number, before));
    link.number++;
    TRY(journal_link_hash(before, &link, hash));
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_INSERT_STEP);
    sqlite3_bind_int64(statement, 1, link.number);
    journal_bind_identifier(statement, 2, &step->order);
    bind_state(statement, 3, step->to);
    sqlite3_bind_int64(statement, 4, step->now);
    sqlite3_bind_blob(statement, 5, hash, sizeof hash, SQLITE_STATIC);
    return journal_run(journal, statement);
}

static void bind_text(sqlite3_stmt *statement, int index, const char *text)
{
    sqlite3_bind_text(statement, index, text != NULL ? text : "", -1, SQLITE_TRANSIENT);
}

static enum result insert_order(struct journal *journal, const struct journal_step *step)
{
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_INSERT_ORDER);

    journal_bind_identifier(statement, 1, &step->order);
    if (!identifier_is_none(&step->visit))
        journal_bind_identifier(statement, 2, &step->visit);
    bind_state(statement, 3, step->to);
    sqlite3_bind_int64(statement, 4, step->now);
    bind_text(statement, 5, step->kind);
    bind_text(statement, 6, step->language);
    bind_text(statement, 7, step->reference);
    sqlite3_bind_int64(statement, 8, step->price_cents);
    sqlite3_bind_int(statement, 9, step->pages);
    sqlite3_bind_int(statement, 10, step->sheets);
    return journal_run(journal, statement);
}

static enum result update_order(struct journal *journal, const struct journal_step *step)
{
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_MOVE_ORDER);

    journal_bind_identifier(statement, 1, &step->order);
    bind_state(statement, 3, step->to);
    sqlite3_bind_int64(statement, 4, step->now);
    bind_text(statement, 7, step->reference);
    sqlite3_bind_int64(statement, 8, step->price_cents);
    sqlite3_bind_int(statement, 9, step->pages);
    sqlite3_bind_int(statement, 10, step->sheets);
    sqlite3_bind_int64(statement, 11, step->printer_up);
    if (identifier_is_none(&step->payment))
        bind_text(statement, 12, "");
    else
        journal_bind_identifier(statement, 12, &step->payment);
    bind_text(statement, 13, step->scheme);
    sqlite3_bind_int(statement, 14, step->slip_before);
    sqlite3_bind_int(statement, 15, step->slip);
    return journal_run(journal, statement);
}

static enum result move_in_transaction(struct journal *journal, const struct journal_step *step)
{
    enum order_state from = ORDER_NONE;

    TRY(state_of(journal, &step->order, &from));
    if (!order_may_move(from, step->to))
        return RESULT_INVALID;
    TRY(from == ORDER_NONE ? insert_order(journal, step) : update_order(journal, step));
    TRY(append_step(journal, step));
    return journal_run(journal, journal_statement(journal, STATEMENT_COMMIT));
}

enum result journal_move_order(struct journal *journal, const struct journal_step *step)
{
    TRY(journal_run(journal, journal_statement(journal, STATEMENT_BEGIN)));
    enum result result = move_in_transaction(journal, step);
    // SQLite may have rolled back by itself, for instance on a full disk.
    if (result != RESULT_OK && sqlite3_get_autocommit(journal->database) == 0)
        (void)journal_run(journal, journal_statement(journal, STATEMENT_ROLLBACK));
    return result;
}

enum result journal_mark_reported(struct journal *journal, const struct identifier *order)
{
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_MARK_REPORTED);

    journal_bind_identifier(statement, 1, order);
    return journal_run(journal, statement);
}

static enum result read_order(sqlite3_stmt *row, struct journal_order *order)
{
    const char *payment = (const char *)sqlite3_column_text(row, 7);
    const char *scheme = (const char *)sqlite3_column_text(row, 8);

    *order = (struct journal_order){.changed = sqlite3_column_int64(row, 2),
                                    .printer_up = sqlite3_column_int64(row, 3),
                                    .pages = sqlite3_column_int(row, 4),
                                    .sheets = sqlite3_column_int(row, 5),
                                    .price_cents = sqlite3_column_int64(row, 6),
                                    .slip_before = sqlite3_column_int(row, 9),
                                    .slip = sqlite3_column_int(row, 10)};
    if (payment == NULL || scheme == NULL)
        return RESULT_NO_MEMORY; // the columns are never NULL
    if (payment[0] != '\0')
        TRY(identifier_from_text(payment, &order->payment));
    TRY(str_copy(order->scheme, sizeof order->scheme, scheme));
    TRY(identifier_from_text((const char *)sqlite3_column_text(row, 0), &order->id));
    return journal_state_from_name((const char *)sqlite3_column_text(row, 1), &order->state)
               ? RESULT_OK
               : RESULT_MALFORMED;
}

static enum result list_orders(struct journal *journal, enum journal_statement which,
                               struct journal_order *orders, size_t capacity, size_t *count)
{
    sqlite3_stmt *statement = journal_statement(journal, which);
    enum result result = RESULT_OK;
    int code = SQLITE_DONE;

    *count = 0;
    sqlite3_bind_int64(statement, 1, (sqlite3_int64)capacity);
    while (result == RESULT_OK && *count < capacity &&
           (code = sqlite3_step(statement)) == SQLITE_ROW)
        result = read_order(statement, &orders[(*count)++]);
    if (result == RESULT_OK && code != SQLITE_ROW && code != SQLITE_DONE)
        result = journal_failure(journal);
    sqlite3_reset(statement);
    return result;
}

enum result journal_open_orders(struct journal *journal, struct journal_order *orders,
                                size_t capacity, size_t *count)
{
    return list_orders(journal, STATEMENT_OPEN_ORDERS, orders, capacity, count);
}

enum result journal_unreported_orders(struct journal *journal, struct journal_order *orders,
                                      size_t capacity, size_t *count)
{
    return list_orders(journal, STATEMENT_UNREPORTED_ORDERS, orders, capacity, count);
}
