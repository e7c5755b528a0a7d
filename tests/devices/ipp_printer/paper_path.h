// paper_path.h: what lies between an accepted document and paper in the tray, and the books of it.
// All functions: any thread.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "printer_faults.h"

#define JOBS_MAXIMUM 128
struct paper_job {
    int number; // from 1; 0 for a place that is free
    char name[64];
    int pages, sheets;
    ipp_jstate_t state;
    int lies; // how often it still says "processing"
};

struct paper_path;

// `folder` is borrowed for good; the sheets begin to move. NULL when a thread cannot be had.
struct paper_path *paper_path_create(const char *folder);

// The fault of this moment.
const struct fault *paper_path_fault(struct paper_path *path);
// Takes a document of so many pages; the number of its job, 0 when the table is full.
int paper_path_take(struct paper_path *path, const char *name, int pages);
// Copies; false: no such job. By number, or by place in the table.
bool paper_path_job(struct paper_path *path, int number, struct paper_job *job);
bool paper_path_place(struct paper_path *path, size_t place, struct paper_job *job);
// False when it is over already.
bool paper_path_cancel(struct paper_path *path, int number);
// Seconds.
int paper_path_up_time(struct paper_path *path);
bool paper_path_works(struct paper_path *path);
// Does the printer show the fault yet, or does its job still have sheets to put out before?
bool paper_path_shows(struct paper_path *path, const struct fault *fault);
