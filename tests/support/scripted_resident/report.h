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

// The last order in the kiosk's journal: waits until its state is final, at most `timeout_ms`.
// "NONE" when no order was begun. RESULT_TIMED_OUT: still open, *state says in which state.
enum result report_read_order(const char *journal, int timeout_ms, char state[32]);

struct report_facts {
    const char *resident, *document, *language, *order_state, *reason;
};
// Writes summary.json; reason is NULL when the story ended as it should.
enum result report_write(const struct report *report, const struct report_facts *facts,
                         const char *path);
