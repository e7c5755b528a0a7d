// journal.h: the terminal's memory of sessions and orders. It survives a power cut at any instant
// and holds no name, number, address, photo or document: only identifiers, states and times.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "order.h"
#include "owned.h"
#include "result.h"
#include "str.h"

// One connection, one thread. Every call that writes is one transaction, on disk when it returns.
struct journal;

// Opens or makes the file (mode 0600), brings it to the present version and writes to it once, so
// that a journal that is open can be written. RESULT_UNREACHABLE: the file cannot be opened or
// written. RESULT_FAILED: the disk is full, or broken. RESULT_BUSY: another program keeps it
// locked. RESULT_MALFORMED: it is no journal, is damaged, or was made by a version more than one
// ahead of this one.
enum result journal_create(const char *path, struct journal **out);
void journal_destroy(struct journal *journal);
DEFINE_OWNED(journal)

// `now` is seconds since 1970-01-01 UTC, here and below. `language` is "fr", "nl" …, `ending` a
// word of the session's. A visit that is unknown or ended already: RESULT_OK, nothing changes.
enum result journal_begin_session(struct journal *journal, const struct identifier *visit,
                                  const char *language, int64_t now);
enum result journal_end_session(struct journal *journal, const struct identifier *visit,
                                const char *ending, int64_t now);

struct journal_step {
    struct identifier order;
    enum order_state to;
    struct identifier visit; // none: for steps made by recovery
    int64_t now;
    const char *kind;      // the API's word for the document; the texts are "" in recovery
    const char *language;  // of the paper
    const char *reference; // "" until the municipality gave one
    int64_t price_cents;
    int pages;
    int sheets;         // that came out so far, -1 nobody can tell
    int64_t printer_up; // for PRINTING: the printer's up-time in seconds, 0 unknown
    // For PAYING; none where the step is about no new payment.
    struct identifier payment;
    const char *scheme; // "terminal" or "qr"
    int slip_before;    // the terminal's last receipt number before the begin, -1 unknown
    int slip; // for PAID: the receipt number of the payment, by which it is paid back; 0 unknown
};

// Moves an order on, or begins it when `to` is ORDER_INTENT. RESULT_INVALID: the order may not move
// that way (order.h), or is unknown; nothing is written then.
enum result journal_move_order(struct journal *journal, const struct journal_step *step);

// The municipality has been told what became of this order.
enum result journal_mark_reported(struct journal *journal, const struct identifier *order);

#define JOURNAL_SCHEME_SIZE 16
struct journal_order {
    struct identifier id;
    enum order_state state;
    int64_t changed;    // when it came into this state
    int64_t printer_up; // as stored with PRINTING
    int pages;
    int sheets;
    int64_t price_cents;
    struct identifier payment; // the last that was announced; none before
    char scheme[JOURNAL_SCHEME_SIZE];
    int slip_before;
    int slip; // -1 unknown
};

// Orders that are not final, oldest first; found by a partial index, however large the journal is.
enum result journal_open_orders(struct journal *journal, struct journal_order *orders,
                                size_t capacity, size_t *count);
// Final orders of which the municipality has not been told, oldest first.
enum result journal_unreported_orders(struct journal *journal, struct journal_order *orders,
                                      size_t capacity, size_t *count);

// Takes out what is older than `before` (seconds since 1970): at most `batch` steps, with the
// orders that they are the whole of, and at most as many sessions; one small transaction. An order
// goes only as a whole and with everything before it, so one that never became final keeps what
// follows it. The chain of hashes goes on from an anchor: number and hash of the last step that
// went. `more`: something went; call again, between other calls, until nothing does.
enum result journal_purge(struct journal *journal, int64_t before, int batch, bool *more);

// The whole file against its rules; slow, for kioskctl and tests.
struct journal_report {
    bool intact;  // SQLite's own check
    bool gapless; // steps are numbered 1, 2, 3 …, or on from the anchor of a purge
    bool chained; // each step's hash covers the one before
    bool legal;   // every order moved only as order_may_move allows, and stands where its
                  // last step put it
    int64_t sessions, orders, steps;
    int64_t purged;         // number of the last step that was purged; 0 none
    int64_t first_bad_step; // 0 none
};
enum result journal_verify(struct journal *journal, struct journal_report *report);
