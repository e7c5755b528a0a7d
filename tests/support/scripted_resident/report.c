#include "report.h"

#include <jansson.h>
#include <poll.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "str.h"

#define SCREENS_MAXIMUM 200

struct shown {
    char name[32];
    uint64_t since;
};

struct report {
    size_t count;
    uint64_t began;
    struct shown screens[SCREENS_MAXIMUM];
};

// Which phase of the visit a screen belongs to; what is not named belongs to the phase before it.
static const struct {
    const char *screen, *phase;
} phases[] = {
    {"ATTRACT", "welcome"},
    {"LANGUAGE", "welcome"},
    {"INSERT", "welcome"},
    {"READING", "card"},
    {"PIN", "pin"},
    {"PIN_CHECKING", "pin"},
    {"PIN_ON_PAD", "pin"},
    {"PIN_WRONG", "pin"},
    {"PIN_LAST_TRY", "pin"},
    {"AUTHENTICATING", "proof"},
    {"LIST", "choice"},
    {"DOCUMENT_LANGUAGE", "choice"},
    {"ISSUING", "issue"},
    {"PREVIEW", "preview"},
    {"PRINTING", "print"},
    {"PRINTER_EMPTY", "print"},
    {"NOT_PRINTED", "leave"},
    {"PRINTER_TROUBLE", "print"},
    {"TAKE_CARD", "leave"},
    {"TAKE_PAPER", "leave"},
    {"RECEIPT", "leave"},
    {"RECEIPT_PRINTING", "leave"},
    {"RECEIPT_NONE", "leave"},
    {"END", "leave"},
};

enum result report_create(struct report **out)
{
    struct report *report = calloc(1, sizeof *report);

    if (report == NULL)
        return RESULT_NO_MEMORY;
    report->began = clock_monotonic_ms();
    *out = report;
    return RESULT_OK;
}

void report_destroy(struct report *report)
{
    free(report);
}

enum result report_screen(struct report *report, const char *name, uint64_t now)
{
    if (report->count == SCREENS_MAXIMUM)
        return RESULT_TOO_LARGE;
    struct shown *shown = &report->screens[report->count++];
    shown->since = now;
    return str_copy(shown->name, sizeof shown->name, name);
}

int report_visits(const struct report *report, const char *name)
{
    int visits = 0;

    for (size_t i = 0; i < report->count; i++)
        visits += str_equal(report->screens[i].name, name);
    return visits;
}

size_t report_count(const struct report *report)
{
    return report->count;
}

int64_t report_last_order(const char *journal)
{
    sqlite3 *database = NULL;
    sqlite3_stmt *query = NULL;
    int64_t last = 0;

    if (sqlite3_open_v2(journal, &database, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
        sqlite3_busy_timeout(database, 1000) == SQLITE_OK &&
        sqlite3_prepare_v2(database, "SELECT coalesce(max(rowid), 0) FROM orders", -1, &query,
                           NULL) == SQLITE_OK &&
        sqlite3_step(query) == SQLITE_ROW)
        last = sqlite3_column_int64(query, 0);
    sqlite3_finalize(query);
    sqlite3_close(database);
    return last;
}

static enum result read_state(const char *journal, int64_t behind, char state[32])
{
    sqlite3 *database = NULL;
    sqlite3_stmt *query = NULL;
    enum result result = RESULT_FAILED;

    if (sqlite3_open_v2(journal, &database, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
        sqlite3_busy_timeout(database, 1000) == SQLITE_OK &&
        sqlite3_prepare_v2(database,
                           "SELECT state FROM orders WHERE rowid > ? ORDER BY rowid DESC LIMIT 1",
                           -1, &query, NULL) == SQLITE_OK &&
        sqlite3_bind_int64(query, 1, behind) == SQLITE_OK) {
        int step = sqlite3_step(query);
        if (step == SQLITE_ROW)
            result = str_copy(state, 32, (const char *)sqlite3_column_text(query, 0));
        else if (step == SQLITE_DONE)
            result = str_copy(state, 32, "NONE");
    }
    if (result != RESULT_OK)
        fprintf(stderr, "scripted-resident: journal %s: %s\n", journal, sqlite3_errmsg(database));
    sqlite3_finalize(query);
    sqlite3_close(database);
    return result;
}

static bool is_final(const char *state)
{
    static const char *const final[] = {"NONE", "DELIVERED", "CLOSED", "REFUNDED", "STAFF"};

    for (size_t i = 0; i < sizeof final / sizeof *final; i++)
        if (str_equal(final[i], state))
            return true;
    return false;
}

enum result report_read_order(const char *journal, int64_t behind, int timeout_ms, char state[32])
{
    uint64_t until = clock_monotonic_ms() + (uint64_t)timeout_ms;

    for (;;) {
        TRY(read_state(journal, behind, state));
        if (is_final(state))
            return RESULT_OK;
        if (clock_monotonic_ms() >= until)
            return RESULT_TIMED_OUT;
        poll(NULL, 0, 20);
    }
}

static const char *phase_of(const char *screen, const char *before)
{
    for (size_t i = 0; i < sizeof phases / sizeof *phases; i++)
        if (str_equal(phases[i].screen, screen))
            return phases[i].phase;
    return before;
}

// Milliseconds by phase: from one screen to the next. Pauses between touches are in them.
static json_t *phase_durations(const struct report *report)
{
    json_t *durations = json_object();
    const char *phase = "start";
    uint64_t since = report->began;

    for (size_t i = 0; i < report->count; i++) {
        const struct shown *shown = &report->screens[i];
        json_int_t so_far = json_integer_value(json_object_get(durations, phase));
        json_object_set_new(durations, phase,
                            json_integer(so_far + (json_int_t)(shown->since - since)));
        since = shown->since;
        phase = phase_of(shown->name, phase);
    }
    json_object_set_new(durations, "total", json_integer((json_int_t)(since - report->began)));
    return durations;
}

// The last screen that was not attract; "" before any.
static const char *ended_on(const struct report *report)
{
    for (size_t i = report->count; i > 0; i--)
        if (!str_equal(report->screens[i - 1].name, "ATTRACT"))
            return report->screens[i - 1].name;
    return "";
}

enum result report_write(const struct report *report, const struct report_facts *facts,
                         const char *path)
{
    json_t *screens = json_array();

    for (size_t i = 0; i < report->count; i++)
        json_array_append_new(screens, json_string(report->screens[i].name));
    json_t *summary = json_pack(
        "{s:s, s:s, s:s, s:s, s:o, s:s, s:o, s:s*, s:s*}", "resident", facts->resident, "document",
        facts->document, "language", facts->language, "order_state", facts->order_state, "screens",
        screens, "ended_on", ended_on(report), "milliseconds", phase_durations(report), "told",
        facts->told, "failed", facts->reason);
    if (summary != NULL && facts->noticed_ms >= 0)
        json_object_set_new(summary, "noticed_ms", json_integer(facts->noticed_ms));
    int written = summary != NULL ? json_dump_file(summary, path, JSON_INDENT(2)) : -1;
    json_decref(summary);
    return written == 0 ? RESULT_OK : RESULT_FAILED;
}
