#include "laser_rows.h"

#define COMPLETED NULL
#define CANCELLED "the job was cancelled"
#define GIVEN_UP "the printer gave the job up"
#define REFUSED "the printer refused the document"
#define AWAY "away before a byte of the document had left"
#define BROKE "the line broke while the document left"

// Those that take long come first.
// clang-format off
const struct laser_row laser_rows[] = {
    {"no-answer-to-the-document", LASER_LASTS, PAGE_PRINTER_READY, COMPLETED, ORDER_DELIVERED, 2},
    {"held", LASER_DIES, PAGE_PRINTER_OFFLINE, "away in the middle of the job, too long",
     ORDER_STAFF, -1},

    {"media-empty", LASER_IDLE, PAGE_PRINTER_MEDIA_EMPTY, NULL, ORDER_NONE, 0},
    {"media-needed", LASER_IDLE, PAGE_PRINTER_MEDIA_EMPTY, NULL, ORDER_NONE, 0},
    {"wrong-media", LASER_IDLE, PAGE_PRINTER_WRONG_MEDIA, NULL, ORDER_NONE, 0},
    {"media-jam", LASER_IDLE, PAGE_PRINTER_MEDIA_JAM, NULL, ORDER_NONE, 0},
    {"cover-open", LASER_IDLE, PAGE_PRINTER_COVER_OPEN, NULL, ORDER_NONE, 0},
    {"door-open", LASER_IDLE, PAGE_PRINTER_COVER_OPEN, NULL, ORDER_NONE, 0},
    {"interlock-open", LASER_IDLE, PAGE_PRINTER_COVER_OPEN, NULL, ORDER_NONE, 0},
    {"toner-empty", LASER_IDLE, PAGE_PRINTER_TONER_EMPTY, NULL, ORDER_NONE, 0},
    {"marker-supply-empty", LASER_IDLE, PAGE_PRINTER_TONER_EMPTY, NULL, ORDER_NONE, 0},
    {"paused", LASER_IDLE, PAGE_PRINTER_PAUSED, NULL, ORDER_NONE, 0},
    {"moving-to-paused", LASER_IDLE, PAGE_PRINTER_PAUSED, NULL, ORDER_NONE, 0},
    {"not-accepting", LASER_IDLE, PAGE_PRINTER_PAUSED, NULL, ORDER_NONE, 0},
    {"processing-stopped", LASER_IDLE, PAGE_PRINTER_STOPPED, NULL, ORDER_NONE, 0},
    {"output-area-full", LASER_IDLE, PAGE_PRINTER_OUTPUT_FULL, NULL, ORDER_NONE, 0},
    {"output-tray-missing", LASER_IDLE, PAGE_PRINTER_ATTENTION, NULL, ORDER_NONE, 0},
    {"input-tray-missing", LASER_IDLE, PAGE_PRINTER_ATTENTION, NULL, ORDER_NONE, 0},
    {"fuser-over-temp", LASER_IDLE, PAGE_PRINTER_ATTENTION, NULL, ORDER_NONE, 0},
    {"marker-waste-full", LASER_IDLE, PAGE_PRINTER_ATTENTION, NULL, ORDER_NONE, 0},
    {"opc-life-over", LASER_IDLE, PAGE_PRINTER_ATTENTION, NULL, ORDER_NONE, 0},
    {"word-nobody-knows", LASER_IDLE, PAGE_PRINTER_ATTENTION, NULL, ORDER_NONE, 0},
    {"refuses-pdf", LASER_IDLE, PAGE_PRINTER_NO_PDF, NULL, ORDER_NONE, 0},
    {"shutdown", LASER_IDLE, PAGE_PRINTER_OFFLINE, NULL, ORDER_NONE, 0},
    {"offline", LASER_IDLE, PAGE_PRINTER_OFFLINE, NULL, ORDER_NONE, 0},
    {"silent", LASER_IDLE, PAGE_PRINTER_OFFLINE, NULL, ORDER_NONE, 0},
    {"nonsense", LASER_IDLE, PAGE_PRINTER_OFFLINE, NULL, ORDER_NONE, 0},
    {"server-error", LASER_IDLE, PAGE_PRINTER_OFFLINE, NULL, ORDER_NONE, 0},

    {"media-empty", LASER_REPAIRED, PAGE_PRINTER_MEDIA_EMPTY, COMPLETED, ORDER_DELIVERED, 2},
    {"media-jam", LASER_REPAIRED, PAGE_PRINTER_MEDIA_JAM, COMPLETED, ORDER_DELIVERED, 2},
    {"cover-open", LASER_REPAIRED, PAGE_PRINTER_COVER_OPEN, COMPLETED, ORDER_DELIVERED, 2},
    {"toner-empty", LASER_REPAIRED, PAGE_PRINTER_TONER_EMPTY, COMPLETED, ORDER_DELIVERED, 2},
    {"paused", LASER_REPAIRED, PAGE_PRINTER_PAUSED, COMPLETED, ORDER_DELIVERED, 2},
    {"processing-stopped", LASER_REPAIRED, PAGE_PRINTER_STOPPED, COMPLETED, ORDER_DELIVERED, 2},
    {"output-area-full", LASER_REPAIRED, PAGE_PRINTER_OUTPUT_FULL, COMPLETED, ORDER_DELIVERED, 2},
    {"fuser-over-temp", LASER_REPAIRED, PAGE_PRINTER_ATTENTION, COMPLETED, ORDER_DELIVERED, 2},

    {"media-empty", LASER_GIVEN_UP, PAGE_PRINTER_MEDIA_EMPTY, CANCELLED, ORDER_STAFF, 1},
    {"media-needed", LASER_GIVEN_UP, PAGE_PRINTER_MEDIA_EMPTY, CANCELLED, ORDER_REFUND_DUE, 0},
    {"media-jam", LASER_GIVEN_UP, PAGE_PRINTER_MEDIA_JAM, CANCELLED, ORDER_STAFF, 1},
    {"interlock-open", LASER_GIVEN_UP, PAGE_PRINTER_COVER_OPEN, CANCELLED, ORDER_REFUND_DUE, 0},
    {"marker-supply-empty", LASER_GIVEN_UP, PAGE_PRINTER_TONER_EMPTY, CANCELLED,
     ORDER_REFUND_DUE, 0},

    {"refuses-pdf", LASER_LASTS, PAGE_PRINTER_READY, REFUSED, ORDER_REFUND_DUE, 0},
    {"refuses-this-pdf", LASER_LASTS, PAGE_PRINTER_READY, REFUSED, ORDER_REFUND_DUE, 0},
    {"refuses-attributes", LASER_LASTS, PAGE_PRINTER_READY, REFUSED, ORDER_REFUND_DUE, 0},
    {"refuses-us", LASER_LASTS, PAGE_PRINTER_READY, REFUSED, ORDER_REFUND_DUE, 0},
    {"busy", LASER_LASTS, PAGE_PRINTER_READY, "the printer is busy with something else",
     ORDER_REFUND_DUE, 0},
    {"breaks-inside", LASER_LASTS, PAGE_PRINTER_READY, BROKE, ORDER_STAFF, 0},
    {"aborts-at-once", LASER_LASTS, PAGE_PRINTER_READY, GIVEN_UP, ORDER_REFUND_DUE, 0},
    {"aborts-after-a-sheet", LASER_LASTS, PAGE_PRINTER_READY, GIVEN_UP, ORDER_STAFF, 1},
    {"aborts-uncounted", LASER_LASTS, PAGE_PRINTER_READY, GIVEN_UP, ORDER_STAFF, 0},
    {"cancelled-at-the-panel", LASER_LASTS, PAGE_PRINTER_READY, CANCELLED, ORDER_REFUND_DUE, 0},
    {"cancelled-after-a-sheet", LASER_LASTS, PAGE_PRINTER_READY, CANCELLED, ORDER_STAFF, 1},
    {"completed-short", LASER_LASTS, PAGE_PRINTER_READY, COMPLETED, ORDER_STAFF, 1},
    {"does-not-count", LASER_LASTS, PAGE_PRINTER_READY, COMPLETED, ORDER_DELIVERED, 2},
    {"says-processing-too-long", LASER_LASTS, PAGE_PRINTER_READY, COMPLETED, ORDER_DELIVERED, 2},
    {"starts-anew", LASER_LASTS, PAGE_PRINTER_READY, "the printer has forgotten the job",
     ORDER_STAFF, 1},
    {"no-job-number", LASER_LASTS, PAGE_PRINTER_READY, COMPLETED, ORDER_DELIVERED, 2},
    {"media-low", LASER_LASTS, PAGE_PRINTER_READY, COMPLETED, ORDER_DELIVERED, 2},
    {"toner-low", LASER_LASTS, PAGE_PRINTER_READY, COMPLETED, ORDER_DELIVERED, 2},
    {"late", LASER_LASTS, PAGE_PRINTER_READY, COMPLETED, ORDER_DELIVERED, 2},
    {"offline", LASER_LASTS, PAGE_PRINTER_READY, AWAY, ORDER_REFUND_DUE, 0},
    {"server-error", LASER_LASTS, PAGE_PRINTER_READY, AWAY, ORDER_REFUND_DUE, 0},
    {"cut-after-headers", LASER_CUT, PAGE_PRINTER_READY, AWAY, ORDER_REFUND_DUE, 0},
    {"cut-in-document", LASER_LASTS, PAGE_PRINTER_READY, BROKE, ORDER_STAFF, 0},
    {"cut-before-answer", LASER_LASTS, PAGE_PRINTER_READY, COMPLETED, ORDER_DELIVERED, 2},
    {"cut-and-thrown-away", LASER_LASTS, PAGE_PRINTER_READY, BROKE, ORDER_STAFF, 0},
};
// clang-format on
const size_t laser_row_count = sizeof laser_rows / sizeof laser_rows[0];

const char *laser_when_text(enum laser_when when)
{
    static const char *const texts[] = {
        [LASER_IDLE] = "before anybody comes",   [LASER_REPAIRED] = "in a job, repaired",
        [LASER_GIVEN_UP] = "in a job, given up", [LASER_LASTS] = "in a job, lasts",
        [LASER_CUT] = "in a job, lasts",         [LASER_DIES] = "killed in a job"};

    return texts[when];
}
