// fakes.h: every port of the terminal, played by one object that a test pulls the strings of. The
// verbs are called by the services' workers, the strings pulled by the test: a lock is between
// them.
#pragma once
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "backend.h"
#include "cancellation.h"
#include "card_reader.h"
#include "page_printer.h"
#include "payment.h"
#include "preview.h"
#include "receipt_printer.h"

#define FAKE_PIN_SIZE 16
#define FAKE_PDF_SIZE 65536

struct fakes {
    pthread_mutex_t lock;
    pthread_cond_t changed;

    // the card
    enum card_presence presence;
    bool watch_cancelled;
    struct cancellation card_cancellation;
    struct card_findings findings;
    int64_t look_valid_until_day; // of the card alone, without its certificate
    enum result look_result, read_result;
    bool read_waits; // until cancelled, or until this is false
    char right_pin[FAKE_PIN_SIZE];
    int tries_left;
    int card_looks, reads, verifies, signs, log_offs, releases;
    bool pad_pressed; // at the reader's own keys: an entry ends with what follows
    struct pin_outcome pad_outcome;
    enum result pad_result;
    int entries, pad_seconds;
    enum language pad_language;

    // the municipality
    enum result backend_result; // of every verb
    enum backend_refusal refusal;
    bool backend_waits; // until cancelled, or until this is false
    bool proof_waits;   // the same, with the signature alone
    bool card_is_real;  // its signature is not looked at
    struct cancellation backend_cancellation;
    struct bytes pdf; // what `document` answers; borrowed
    uint8_t announced_sha256[32];
    int stale_challenges; // so many proofs are answered "challenge stale"
    int looks, opened, proved, ordered, fetched, closed;
    int outcomes, delivered;
    enum result outcome_result;
    char ordered_kind[32], ordered_language[8];

    // paper
    enum page_printer_condition condition;
    bool printer_is_there;
    enum result submit_result;
    enum page_job_state job;
    int sheets;
    int64_t up_seconds;
    int submits, job_cancels;
    char job_name[64];
    uint8_t printed[FAKE_PDF_SIZE];
    size_t printed_size;
    enum receipt_printer_condition receipt_condition;
    int receipts;
    int pages_drawn;

    // payment
    enum payment_state poll_answer, cancel_answer, refund_answer;
    int begins, cancels, refunds;
    struct payment_request last_payment;
};

// A city in which everything works, and an empty slot.
void fakes_begin(struct fakes *fakes);
void fakes_end(struct fakes *fakes);

// The strings are pulled between these two; the second wakes whoever waits for a change.
void fakes_lock(struct fakes *fakes);
void fakes_unlock(struct fakes *fakes);
void fakes_put_card(struct fakes *fakes, enum card_presence presence);

struct card_reader fakes_card(struct fakes *fakes);
struct backend fakes_backend(struct fakes *fakes);
struct page_printer fakes_printer(struct fakes *fakes);
struct receipt_printer fakes_receipt_printer(struct fakes *fakes);
struct preview fakes_preview(struct fakes *fakes);
struct payment fakes_payment(struct fakes *fakes);
