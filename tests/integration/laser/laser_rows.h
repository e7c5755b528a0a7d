// laser_rows.h: every fault of the laser, and what must come of it.
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "order.h"
#include "page_printer.h"
#include "session.h"

enum laser_when {
    LASER_IDLE,     // the fault is there before anybody comes, and goes again
    LASER_REPAIRED, // it stops a job, goes, and the job goes on by itself
    LASER_GIVEN_UP, // it stops a job, nobody comes, and the job is cancelled
    LASER_LASTS,    // the job ends under it
    LASER_CUT,      // likewise, or it is for staff: it hangs on the moment how far it went
    LASER_DIES,     // the printer's program is killed while it has the job
};

struct laser_row {
    const char *fault;
    enum laser_when when;
    enum page_printer_condition condition; // seen while the fault lasts
    const char *word;                      // on the document; NULL: "completed"
    enum order_state end;                  // of an order that is paid
    int sheets;                            // in the tray at the end; -1: either way
};

extern const struct laser_row laser_rows[];
extern const size_t laser_row_count;
const char *laser_when_text(enum laser_when when);
