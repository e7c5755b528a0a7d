#include "table.h"

#include <stdio.h>
#include <stdlib.h>

#define ROW_MAXIMUM 40
#define OUTCOME_COUNT (OUTCOME_REFUSED + 1)

struct row {
    const struct moment *moment;
    int counts[OUTCOME_COUNT];
    int tries, served;
    int64_t slowest_ms;
};

struct table {
    struct row rows[ROW_MAXIMUM];
    int count;
};

const char *outcome_text(enum outcome outcome)
{
    static const char *const texts[OUTCOME_COUNT] = {
        [OUTCOME_SERVED] = "served all the same",
        [OUTCOME_REMOVED] = "removed",
        [OUTCOME_UNREACHABLE] = "unreachable",
        [OUTCOME_BUSY] = "busy",
        [OUTCOME_FAILED] = "failed",
        [OUTCOME_MALFORMED] = "malformed",
        [OUTCOME_NOT_VALID] = "found not valid",
        [OUTCOME_OTHER] = "not taken for an eID",
        [OUTCOME_PIN_WRONG] = "PIN not accepted",
        [OUTCOME_MUTE] = "mute",
        [OUTCOME_REFUSED] = "refused",
    };

    return texts[outcome];
}

struct table *table_create(void)
{
    struct table *table = calloc(1, sizeof *table);

    if (table == NULL)
        exit(1);
    return table;
}

void table_destroy(struct table *table)
{
    free(table);
}

static struct row *row_of(struct table *table, const struct moment *moment)
{
    for (int i = 0; i < table->count; i++)
        if (table->rows[i].moment == moment)
            return &table->rows[i];
    if (table->count == ROW_MAXIMUM) {
        fprintf(stderr, "more moments than rows\n");
        exit(1);
    }
    table->rows[table->count].moment = moment;
    return &table->rows[table->count++];
}

void table_add(struct table *table, const struct moment *moment, enum outcome outcome,
               int64_t milliseconds, bool next_served)
{
    struct row *row = row_of(table, moment);

    row->counts[outcome]++;
    row->tries++;
    row->served += next_served;
    if (milliseconds > row->slowest_ms)
        row->slowest_ms = milliseconds;
}

static bool row_is_good(const struct row *row)
{
    for (int i = 0; i < OUTCOME_COUNT; i++)
        if (row->counts[i] > 0 && (row->moment->expected & 1u << i) == 0)
            return false;
    return row->served == row->tries && row->slowest_ms <= row->moment->limit_ms;
}

static void print_outcomes(const struct row *row)
{
    const char *between = "";

    for (int i = 0; i < OUTCOME_COUNT; i++) {
        if (row->counts[i] == 0)
            continue;
        printf("%s%s", between, outcome_text((enum outcome)i));
        if (row->counts[i] != row->tries)
            printf(" %d", row->counts[i]);
        between = ", ";
    }
}

bool table_print(const struct table *table)
{
    bool good = true;

    printf("| moment | tries | what the driver says | slowest | limit | next resident served |\n"
           "| --- | ---: | --- | ---: | ---: | ---: |\n");
    for (int i = 0; i < table->count; i++) {
        const struct row *row = &table->rows[i];
        printf("| %s | %d | ", row->moment->name, row->tries);
        print_outcomes(row);
        printf(" | %.2f s | %.0f s | %d |%s\n", (double)row->slowest_ms / 1000,
               (double)row->moment->limit_ms / 1000, row->served,
               row_is_good(row) ? "" : " <- wrong");
        good = good && row_is_good(row);
    }
    return good;
}
