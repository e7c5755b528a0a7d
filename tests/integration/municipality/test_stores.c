// The register and the order store on SQLite and on PostgreSQL: the same cases on both.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "city.h"
#include "order_store.h"
#include "private_postgresql.h"
#include "register_writer.h"
#include "sql_register.h"

#define THREADS 4
#define EACH 40

struct stores {
    struct private_postgresql server;
    char folder[64], file[80];
};
static const enum database_kind kinds[] = {DATABASE_SQLITE, DATABASE_POSTGRESQL};

static struct database_address address_of(const struct stores *stores, enum database_kind kind)
{
    return (struct database_address){
        .kind = kind,
        .where = kind == DATABASE_SQLITE ? stores->file : stores->server.connection,
        .may_be_new = true,
    };
}

static enum result fill_city(void *closure, struct register_writer *writer)
{
    (void)closure;
    for (size_t i = 0; i < city_household_count(); i++) {
        owned(household) home = NULL;
        TRY(city_household(i, &home));
        TRY(register_writer_add(writer, home));
        for (size_t j = 0; j < home->count; j++) {
            owned(address_history) history = NULL;
            TRY(city_history(i, j, &history));
            TRY(register_writer_add_history(writer, home->persons[j].national_number, history));
        }
    }
    return register_writer_block_card(writer, "592000000012");
}

static enum result fill_and_fail(void *closure, struct register_writer *writer)
{
    TRY(fill_city(closure, writer));
    owned(household) again = NULL;
    TRY(city_household(0, &again));
    return register_writer_add(writer, again); // its people are there already
}

static int64_t count_rows(struct database *database, const char *sql);

static enum result read_count(void *closure, const struct sql_row *row)
{
    return sql_row_whole(row, 0, closure);
}

static int64_t count_rows(struct database *database, const char *sql)
{
    int64_t count = -1;
    const struct sql_statement select = {.sql = sql, .reader = read_count, .closure = &count};

    assert_int_equal(database_run(database, &select), RESULT_OK);
    return count;
}

static int set_up(void **state)
{
    struct stores *stores = calloc(1, sizeof *stores);

    *state = stores;
    if (stores == NULL)
        return 1;
    snprintf(stores->folder, sizeof stores->folder, "/tmp/municipality-stores-XXXXXX");
    if (mkdtemp(stores->folder) == NULL)
        return 1;
    snprintf(stores->file, sizeof stores->file, "%s/city.db", stores->folder);
    return private_postgresql_create(&stores->server);
}

static int tear_down(void **state)
{
    struct stores *stores = *state;
    static const char *const endings[] = {"", "-wal", "-shm"};
    char path[96];

    private_postgresql_destroy(&stores->server);
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s%s", stores->file, endings[i]);
        unlink(path);
    }
    rmdir(stores->folder);
    free(stores);
    return 0;
}

static void a_register_is_written_whole_or_not(void **state)
{
    for (size_t i = 0; i < 2; i++) {
        const struct database_address address = address_of(*state, kinds[i]);
        owned(database) database = NULL;
        assert_int_equal(database_create(&address, &database), RESULT_OK);
        assert_int_equal(register_write(database, fill_and_fail, NULL), RESULT_REFUSED);
        struct sql_register *none = NULL;
        assert_int_equal(sql_register_create(&address, &none), RESULT_FAILED);
        assert_null(none);
        assert_int_equal(register_write(database, fill_city, NULL), RESULT_OK);
        assert_int_equal(register_write(database, fill_city, NULL), RESULT_FAILED); // tables exist
        assert_int_equal(count_rows(database, "SELECT count(*) FROM resident"),
                         city_resident_count());
    }
}

static struct consultation about(const char *number)
{
    return (struct consultation){.requester = number,
                                 .subject = number,
                                 .terminal = "kiosk-0001",
                                 .purpose = "test",
                                 .at = 4102444800}; // beyond 32 bits
}

static void compare_person(const struct population_register *book, size_t number,
                           const struct household *home, size_t position)
{
    const struct consultation consultation = about(home->persons[position].national_number);
    owned(household) read = NULL;
    owned(address_history) history = NULL;
    owned(address_history) expected = NULL;

    assert_int_equal(book->verbs->household(book->self, &consultation, &read), RESULT_OK);
    assert_memory_equal(read, home, sizeof *home);
    assert_int_equal(book->verbs->history(book->self, &consultation, &history), RESULT_OK);
    assert_int_equal(city_history(number, position, &expected), RESULT_OK);
    assert_memory_equal(history, expected, sizeof *expected);
}

static void everything_comes_back_as_it_was_written(void **state)
{
    for (size_t i = 0; i < 2; i++) {
        const struct database_address address = address_of(*state, kinds[i]);
        owned(sql_register) opened = NULL;
        assert_int_equal(sql_register_create(&address, &opened), RESULT_OK);
        const struct population_register book = sql_register_verbs(opened);
        for (size_t number = 0; number < city_household_count(); number++) {
            owned(household) home = NULL;
            assert_int_equal(city_household(number, &home), RESULT_OK);
            for (size_t j = 0; j < home->count; j++)
                compare_person(&book, number, home, j);
        }
    }
}

static void strangers_and_blocked_cards_are_told(void **state)
{
    const struct consultation consultation = about("85073000228");

    for (size_t i = 0; i < 2; i++) {
        const struct database_address address = address_of(*state, kinds[i]);
        owned(sql_register) opened = NULL;
        struct household *home = NULL;
        struct address_history *history = NULL;
        bool blocked = false;
        assert_int_equal(sql_register_create(&address, &opened), RESULT_OK);
        const struct population_register book = sql_register_verbs(opened);
        assert_int_equal(book.verbs->household(book.self, &consultation, &home), RESULT_NOT_FOUND);
        assert_int_equal(book.verbs->history(book.self, &consultation, &history), RESULT_NOT_FOUND);
        assert_null(home);
        assert_null(history);
        assert_int_equal(book.verbs->card_is_blocked(book.self, "592000000012", &blocked),
                         RESULT_OK);
        assert_true(blocked);
        assert_int_equal(book.verbs->card_is_blocked(book.self, "592000000013", &blocked),
                         RESULT_OK);
        assert_false(blocked);
    }
}

static void every_look_is_recorded(void **state)
{
    for (size_t i = 0; i < 2; i++) {
        const struct database_address address = address_of(*state, kinds[i]);
        owned(database) database = NULL;
        assert_int_equal(database_create(&address, &database), RESULT_OK);
        // Twice for everybody in the city, and twice for the stranger.
        assert_int_equal(
            count_rows(database, "SELECT count(*) FROM consultation WHERE at = 4102444800"),
            2 * city_resident_count() + 2);
    }
}

// An apostrophe and a semicolon in what is looked for are letters like any other.
static void what_is_asked_for_is_no_sql(void **state)
{
    const struct consultation consultation = about("'; DROP TABLE resident; --");

    for (size_t i = 0; i < 2; i++) {
        const struct database_address address = address_of(*state, kinds[i]);
        owned(sql_register) opened = NULL;
        struct household *home = NULL;
        assert_int_equal(sql_register_create(&address, &opened), RESULT_OK);
        const struct population_register book = sql_register_verbs(opened);
        assert_int_equal(book.verbs->household(book.self, &consultation, &home), RESULT_NOT_FOUND);
        assert_int_equal(book.verbs->available(book.self), RESULT_OK);
    }
}

static struct stored_order an_order(int number)
{
    struct stored_order order = {
        .terminal = "kiosk-0001",
        .session = "4b3f2a52-65b7-4c0b-9a3f-0a1b2c3d4e5f",
        .requester = "85673001281",
        .kind = "household",
        .subject = "self",
        .language = "fr",
        .state = ORDER_STATE_ISSUED,
        .price_cents = 500,
        .pages = 2,
        .sha256 = "00",
        .issued_at = 4102444800,
    };

    snprintf(order.id, sizeof order.id, "4b3f2a52-65b7-4c0b-9a3f-%012d", number);
    snprintf(order.reference, sizeof order.reference, "BXL-2026-H-%07d-0", number);
    snprintf(order.code, sizeof order.code, "0000-0000-0000-%04d", number);
    return order;
}

static void orders_are_kept_and_settled_once(void **state)
{
    static const uint8_t pdf[] = {'%', 'P', 'D', 'F', 0, 0xFF, '\'', '\\', 0};

    for (size_t i = 0; i < 2; i++) {
        const struct database_address address = address_of(*state, kinds[i]);
        const struct stored_order order = an_order(1);
        struct stored_order found;
        owned(order_store) store = NULL;
        uint8_t *document = NULL;
        size_t size = 0;
        bool has = false;
        assert_int_equal(order_store_create(&address, &store), RESULT_OK);
        const struct bytes bytes = {pdf, sizeof pdf};
        assert_int_equal(order_store_add(store, &order, bytes), RESULT_OK);
        assert_int_equal(order_store_add(store, &order, bytes), RESULT_REFUSED);
        assert_int_equal(order_store_find(store, order.id, "kiosk-0001", &found), RESULT_OK);
        assert_memory_equal(&found, &order, sizeof found);
        assert_int_equal(order_store_find(store, order.id, "kiosk-0002", &found), RESULT_NOT_FOUND);
        assert_int_equal(order_store_has(store, order.id, &has), RESULT_OK);
        assert_true(has);
        assert_int_equal(order_store_document(store, order.id, &document, &size), RESULT_OK);
        assert_int_equal(size, sizeof pdf);
        assert_memory_equal(document, pdf, sizeof pdf);
        free(document);
        assert_int_equal(order_store_settle(store, order.id, ORDER_STATE_CLOSED, 0), RESULT_OK);
        assert_int_equal(order_store_settle(store, order.id, ORDER_STATE_CLOSED, 0), RESULT_OK);
        assert_int_equal(order_store_settle(store, order.id, ORDER_STATE_DELIVERED, 2),
                         RESULT_REFUSED);
        assert_int_equal(order_store_find_code(store, order.code, &found), RESULT_OK);
        assert_true(found.code_is_void);
        assert_int_equal(order_store_find_code(store, "ZZZZ-ZZZZ-ZZZZ-ZZZZ", &found),
                         RESULT_NOT_FOUND);
    }
}

// A thread with a store of its own, as another process would have.
struct racer {
    pthread_t thread;
    struct database_address address;
    int64_t numbers[EACH];
    int added; // of the orders that every racer tries to make
    enum result result;
};

static enum result race(struct racer *racer)
{
    owned(order_store) store = NULL;

    TRY(order_store_create(&racer->address, &store));
    for (int i = 0; i < EACH; i++) {
        const struct stored_order order = an_order(100 + i);
        TRY(order_store_next_number(store, 2026, 'L', &racer->numbers[i]));
        enum result added = order_store_add(store, &order, (struct bytes){(const uint8_t *)"x", 1});
        if (added != RESULT_OK && added != RESULT_REFUSED)
            return added;
        racer->added += added == RESULT_OK;
    }
    return RESULT_OK;
}

static void *run_racer(void *closure)
{
    struct racer *racer = closure;

    racer->result = race(racer);
    return NULL;
}

static void side_by_side_nothing_is_made_twice(void **state)
{
    for (size_t i = 0; i < 2; i++) {
        struct racer racers[THREADS] = {};
        bool given[THREADS * EACH + 1] = {};
        int added = 0;
        for (size_t j = 0; j < THREADS; j++) {
            racers[j].address = address_of(*state, kinds[i]);
            assert_int_equal(pthread_create(&racers[j].thread, NULL, run_racer, &racers[j]), 0);
        }
        for (size_t j = 0; j < THREADS; j++) {
            pthread_join(racers[j].thread, NULL);
            assert_int_equal(racers[j].result, RESULT_OK);
            added += racers[j].added;
            for (size_t k = 0; k < EACH; k++) {
                assert_in_range(racers[j].numbers[k], 1, THREADS * EACH);
                assert_false(given[racers[j].numbers[k]]);
                given[racers[j].numbers[k]] = true;
            }
        }
        assert_int_equal(added, EACH);
    }
}

static void a_server_that_comes_back_is_found_again(void **state)
{
    struct stores *stores = *state;
    const struct database_address address = address_of(stores, DATABASE_POSTGRESQL);
    owned(sql_register) opened = NULL;

    assert_int_equal(sql_register_create(&address, &opened), RESULT_OK);
    const struct population_register book = sql_register_verbs(opened);
    assert_int_equal(book.verbs->available(book.self), RESULT_OK);
    private_postgresql_stop(&stores->server);
    assert_int_equal(book.verbs->available(book.self), RESULT_FAILED);
    assert_int_equal(private_postgresql_start(&stores->server), 0);
    assert_int_equal(book.verbs->available(book.self), RESULT_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_register_is_written_whole_or_not),
        cmocka_unit_test(everything_comes_back_as_it_was_written),
        cmocka_unit_test(strangers_and_blocked_cards_are_told),
        cmocka_unit_test(every_look_is_recorded),
        cmocka_unit_test(what_is_asked_for_is_no_sql),
        cmocka_unit_test(orders_are_kept_and_settled_once),
        cmocka_unit_test(side_by_side_nothing_is_made_twice),
        cmocka_unit_test(a_server_that_comes_back_is_found_again),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
