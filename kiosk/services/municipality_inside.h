// municipality_inside.h: the two halves of the municipality service, shared by their two files.
#pragma once
#include "municipality_service.h"

#include "str.h"

enum municipality_job_kind {
    JOB_LOOK,
    JOB_OPEN,
    JOB_PROVE,
    JOB_CLOSE,
    JOB_ORDER,
    JOB_FETCH,
    JOB_REPORT,
};
// What belongs to one resident's session with the municipality.
#define SESSION_JOBS (1U << JOB_OPEN | 1U << JOB_PROVE | 1U << JOB_ORDER | 1U << JOB_FETCH)

#define LOOK_LIMIT_MS 10000

struct municipality_service {
    struct service_context context;
    struct backend backend;
    struct vault *vault;
    struct report_watcher watcher;
    struct worker *worker;
    struct loop_timer look;
    bool told, ready; // what the session knows
    struct catalogue *offer;
    uint32_t ticket;        // of the question being asked
    uint32_t report_ticket; // of the report being made
};

// What the session asks for in numbers, in the words of the catalogue.
#define WISH_WORD_SIZE 48
struct wish_words {
    char subject[WISH_WORD_SIZE], purpose[WISH_WORD_SIZE]; // purpose "": not told
    char options[CATALOGUE_OPTIONS_MAXIMUM][WISH_WORD_SIZE];
    size_t option_count;
};

struct municipality_job {
    struct job job;
    struct municipality_service *service;
    uint32_t ticket, visit;
    enum result result;
    enum backend_refusal refusal;
    struct card_files files;
    struct backend_challenge challenge;
    struct card_signature signature;
    struct catalogue *catalogue;
    char kind[SESSION_KIND_SIZE];
    enum language paper;
    struct wish_words wish;
    struct identifier order;
    struct backend_order answer;
    struct secret *document;
    uint8_t sha256[32];
    bool seal_good;
    bool delivered;
    int sheets;
};

struct municipality_job *municipality_new_job(struct municipality_service *service,
                                              const struct job_verbs *verbs,
                                              enum municipality_job_kind kind, uint32_t ticket);
void municipality_destroy_job(struct job *job);
// Voids the question before, submits, and tells the failure when that is not possible.
void municipality_ask(struct municipality_service *service, struct municipality_job *job,
                      uint32_t ticket, uint32_t limit_ms);
// For a job that did not work: what the session is told.
void municipality_tell_no(struct municipality_job *job);
