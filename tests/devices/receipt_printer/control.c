#include "control.h"

#include <stdio.h>

#include "str.h"

#define ENDS "paper-out-after "

static void tell_status(const struct mechanism *mechanism, char answer[128])
{
    snprintf(answer, 128, "ok %s receipts %zu unknown %zu", fault_name(mechanism_fault(mechanism)),
             mechanism_receipts(mechanism), mechanism_unknown(mechanism));
}

bool control_line(struct mechanism *mechanism, const char *line, char answer[128])
{
    enum fault fault = FAULT_NONE;
    int64_t lines = 0;

    if (fault_from_name(line, &fault)) {
        mechanism_set_fault(mechanism, fault);
        tell_status(mechanism, answer);
    } else if (str_starts_with(line, ENDS) &&
               str_to_int(line + sizeof ENDS - 1, 1, 1000, &lines) == RESULT_OK) {
        mechanism_end_paper_after(mechanism, (size_t)lines);
        tell_status(mechanism, answer);
    } else if (str_equal(line, "status") || str_equal(line, "quit")) {
        tell_status(mechanism, answer);
    } else {
        snprintf(answer, 128,
                 "error expected ok, near-end, paper-out, cover-open, cutter, offline, "
                 "paper-out-after N, status or quit");
    }
    return !str_equal(line, "quit");
}
