// report.h: what happened, for summary.json.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "owned.h"
#include "result.h"

struct report;
enum result report_create(struct report **out);
void report_destroy(struct report *report);
DEFINE_OWNED(report)

// A screen is shown from `now` (monotonic milliseconds) on. RESULT_TOO_LARGE after 200 of them.
enum result report_screen(struct report *report, const char *name, uint64_t now);

// How often that screen was shown so far.
int report_visits(const struct report *report, const char *name);
size_t report_count(const struct report *report);

// The row of the last order in the kiosk's journal; 0 where there is none yet.
int64_t report_last_order(const char *journal);

// The last order behind that row: waits until its state is final, at most `timeout_ms`. "NONE" when
// no order was begun. RESULT_TIMED_OUT: still open, *state says in which state.
enum result report_read_order(const char *journal, int64_t behind, int timeout_ms, char state[32]);

struct report_facts {
    const char *resident, *document, *language, *order_state, *reason;
    const char *told;   // what stood on the screen that the story is about; NULL: it never came
    int64_t noticed_ms; // from the fault of a device to that screen; -1: there was none
};
// Writes summary.json; reason is NULL when the story ended as it should.
enum result report_write(const struct report *report, const struct report_facts *facts,
                         const char *path);
