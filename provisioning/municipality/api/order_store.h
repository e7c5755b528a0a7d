// order_store.h: the municipality's own store: each order with its sealed document, reference and
// code.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "bytes.h"
#include "database.h"
#include "order_reference.h"
#include "owned.h"
#include "population_register.h"
#include "result.h"
#include "str.h"
#include "subjects.h"

struct order_store;

#define ORDER_STATE_LIST(X)                                                                        \
    X(ISSUED)                                                                                      \
    X(PAID)                                                                                        \
    X(DELIVERED)                                                                                   \
    X(CLOSED)     /* nobody got it: the code is void */                                            \
    X(STAFF)      /* some of it came out, or nobody can tell */                                    \
    X(REFUND_DUE) /* paid, and no sheet: the money goes back */                                    \
    X(REFUNDED)

enum order_state {
#define X(id) ORDER_STATE_##id,
    ORDER_STATE_LIST(X)
#undef X
        ORDER_STATE_COUNT
};

const char *order_state_word(enum order_state state);

struct stored_order {
    char id[IDENTIFIER_TEXT_SIZE];
    char terminal[64];
    char session[IDENTIFIER_TEXT_SIZE];
    char requester[NATIONAL_NUMBER_SIZE];
    char kind[48], subject[SUBJECT_SIZE], language[4];
    char purpose[48], options[128]; // may be empty
    char reference[ORDER_REFERENCE_SIZE];
    char code[ORDER_CODE_SIZE];
    bool code_is_void; // nobody holds a paper with it
    enum order_state state;
    long long price_cents;
    int pages;
    char sha256[65];
    int64_t issued_at;
};

// The tables are made when they are not there; every step is synced to the disk. Any thread, and
// several processes on one PostgreSQL. RESULT_FAILED from any of these: the database does not work.
enum result order_store_create(const struct database_address *address, struct order_store **out);
void order_store_destroy(struct order_store *order_store);
DEFINE_OWNED(order_store)

// The next running number of that year and letter; never given twice.
enum result order_store_next_number(struct order_store *store, int year, char letter,
                                    int64_t *number);

// RESULT_REFUSED: there is an order with that id already, from this process or another one.
enum result order_store_add(struct order_store *store, const struct stored_order *order,
                            struct bytes pdf);

// RESULT_NOT_FOUND: this terminal made no such order.
enum result order_store_find(struct order_store *store, const char *id, const char *terminal,
                             struct stored_order *out);

// Whose order has this verification code (in its printed form)? RESULT_NOT_FOUND: nobody's.
enum result order_store_find_code(struct order_store *store, const char *code,
                                  struct stored_order *out);

// Does any terminal's order have this id?
enum result order_store_has(struct order_store *store, const char *id, bool *has);

// A copy of the sealed document; *pdf is the caller's, to be wiped and freed with free.
enum result order_store_document(struct order_store *store, const char *id, uint8_t **pdf,
                                 size_t *size);

// Moves an order from ISSUED or PAID to what became of it: CLOSED once it is paid means REFUND_DUE.
// RESULT_REFUSED: it is in another such state, or DELIVERED was said of one that is not paid.
enum result order_store_settle(struct order_store *store, const char *id, enum order_state state,
                               int64_t sheets);
