// payment_inside.h: what the two files of the payment service share.
#pragma once
#include "payment_service.h"
#include "worker.h"

enum payment_job_kind { JOB_SETTLE, JOB_LOOK, JOB_PREPARE, JOB_BEGIN, JOB_POLL, JOB_STOP };

// An inquiry and an answer: the drivers' own limits, twice.
#define SETTLE_LIMIT_MS 120000
// Connecting, and asking for the last receipt.
#define PREPARE_LIMIT_MS 20000
#define BEGIN_LIMIT_MS 30000
#define POLL_LIMIT_MS 15000

struct way_to_pay {
    struct payment_service *service;
    enum session_way name;
    struct payment payment; // verbs NULL: not fitted
    struct worker *worker;  // then NULL, too
    struct loop_timer look;
    bool told, works; // what the session knows
};

enum payment_doing {
    PAYMENT_DOING_NOTHING,
    PAYMENT_DOING_PREPARE,
    PAYMENT_DOING_TAKE,
    PAYMENT_DOING_STOP
};

struct payment_service {
    struct service_context context;
    struct settle_watcher watcher;
    struct way_to_pay ways[SESSION_WAY_COUNT];

    // the resident's payment
    enum payment_doing doing;
    struct way_to_pay *way;
    uint32_t ticket;
    struct payment_request request;
    struct payment_status status; // as the session knows it
    struct loop_timer again;
};

struct payment_job {
    struct job job;
    struct way_to_pay *way;
    uint32_t ticket; // 0: not of the resident's payment
    enum result result;
    struct payment_request request;
    bool pays_back;
    int slip_before;
    struct payment_status status;
};

// The request is that of the resident's payment; NULL: no memory.
struct payment_job *payment_new_job(struct way_to_pay *way, const struct job_verbs *verbs,
                                    enum payment_job_kind kind, uint32_t ticket);
void payment_destroy_job(struct job *job);

void payment_begin_following(struct payment_service *service);
// A job of the resident's payment did not come back.
void payment_gave_up(struct way_to_pay *way, enum payment_job_kind kind);
