#include "print_scenario.h"

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "str.h"

#define GO_ON (-1)

static void count_sheets(int printed, int all)
{
    fprintf(stderr, "ATTR: job-impressions=%d job-impressions-completed=%d\n", all, printed);
}

// Until `path` exists, or does not.
static int wait_until(const char *path, bool exists)
{
    while ((access(path, F_OK) == 0) != exists)
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    return GO_ON;
}

static int step_sheets(const char *count, int all)
{
    int64_t printed = all;

    if (!str_equal(count, "all") && str_to_int(count, 0, 9999, &printed) != RESULT_OK) {
        fprintf(stderr, "ERROR: scenario: \"sheets\" wants a number or \"all\"\n");
        return 1;
    }
    count_sheets((int)printed, all);
    return GO_ON;
}

static int step_exit(const char *number)
{
    int64_t status = 1;

    if (str_to_int(number, 0, 255, &status) != RESULT_OK)
        fprintf(stderr, "ERROR: scenario: \"exit\" wants a number up to 255\n");
    return (int)status;
}

// The paper's own ledger: what is written there came out, whatever anybody says later.
static int step_note(const char *path, int all)
{
    const char *name = getenv("IPP_JOB_NAME");
    FILE *ledger = fopen(path, "ae");

    if (ledger == NULL)
        return 1;
    bool written = fprintf(ledger, "%s %d\n", name != NULL ? name : "", all) > 0;
    return fclose(ledger) == 0 && written ? GO_ON : 1;
}

static int play(const char *step, const char *rest, int all)
{
    if (str_equal(step, "state"))
        return fprintf(stderr, "STATE: %s\n", rest) > 0 ? GO_ON : 1;
    if (str_equal(step, "message"))
        return fprintf(stderr, "ERROR: %s\n", rest) > 0 ? GO_ON : 1;
    if (str_equal(step, "sheets"))
        return step_sheets(rest, all);
    if (str_equal(step, "note"))
        return step_note(rest, all);
    if (str_equal(step, "hold"))
        return wait_until(rest, false);
    if (str_equal(step, "wait"))
        return wait_until(rest, true);
    if (str_equal(step, "exit"))
        return step_exit(rest);
    if (str_equal(step, "die"))
        raise(SIGKILL);
    fprintf(stderr, "ERROR: scenario: no such step \"%s\"\n", step);
    return 1;
}

static int play_line(char *line, int all)
{
    line[strcspn(line, "\n")] = '\0';
    if (line[0] == '\0' || line[0] == '#')
        return GO_ON;
    char *rest = line + strcspn(line, " ");
    if (*rest != '\0')
        *rest++ = '\0';
    return play(line, rest, all);
}

int play_scenario(const char *path, int sheets)
{
    char line[4096];
    int outcome = GO_ON;
    FILE *file = path[0] == '\0' ? NULL : fopen(path, "re");

    count_sheets(0, sheets);
    while (file != NULL && outcome == GO_ON && fgets(line, sizeof line, file) != NULL)
        outcome = play_line(line, sheets);
    if (file != NULL)
        fclose(file);
    if (outcome != GO_ON)
        return outcome;
    count_sheets(sheets, sheets);
    return 0;
}
