#include "tree.h"

#include <dirent.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "str.h"

#define PROCESSES_MAXIMUM 256

pid_t tree_start(char **command)
{
    if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0)
        return -1;
    pid_t process = fork();
    if (process == 0) {
        execvp(command[0], command);
        perror(command[0]);
        _exit(127);
    }
    return process;
}

// The number after `key` in a file of /proc; 0 when there is none.
static uint64_t number_in(const char *path, const char *key, bool *readable)
{
    FILE *file = fopen(path, "re");
    char line[256];
    uint64_t number = 0;

    *readable = file != NULL && fgets(line, sizeof line, file) != NULL;
    if (*readable) {
        do {
            if (strncmp(line, key, strlen(key)) == 0)
                number = strtoull(line + strlen(key), NULL, 10);
        } while (fgets(line, sizeof line, file) != NULL);
    }
    if (file != NULL)
        (void)fclose(file);
    return number;
}

static pid_t parent_of(pid_t process)
{
    char path[64];
    bool readable;

    if (str_format(path, sizeof path, "/proc/%d/status", (int)process) != RESULT_OK)
        return 0;
    return (pid_t)number_in(path, "PPid:", &readable);
}

static bool is_below(pid_t process, pid_t top)
{
    while (process > 1 && process != top)
        process = parent_of(process);
    return process == top;
}

static int below_us(pid_t *list)
{
    DIR *all = opendir("/proc");
    int count = 0;

    for (struct dirent *entry; all != NULL && (entry = readdir(all)) != NULL;) {
        pid_t process = (pid_t)strtol(entry->d_name, NULL, 10);

        if (process > 0 && process != getpid() && count < PROCESSES_MAXIMUM &&
            is_below(process, getpid()))
            list[count++] = process;
    }
    if (all != NULL)
        (void)closedir(all);
    return count;
}

static void add_threads(pid_t process, struct tree_cost *cost)
{
    char path[320];
    bool readable;

    if (str_format(path, sizeof path, "/proc/%d/task", (int)process) != RESULT_OK)
        return;
    DIR *threads = opendir(path);
    for (struct dirent *entry; threads != NULL && (entry = readdir(threads)) != NULL;) {
        if (entry->d_name[0] == '.' || str_format(path, sizeof path, "/proc/%d/task/%s/status",
                                                  (int)process, entry->d_name) != RESULT_OK)
            continue;
        cost->waits += number_in(path, "voluntary_ctxt_switches:", &readable);
        cost->threads++;
    }
    if (threads != NULL)
        (void)closedir(threads);
}

struct tree_cost tree_cost(void)
{
    pid_t list[PROCESSES_MAXIMUM];
    struct tree_cost cost = {.processes = below_us(list)};

    for (int i = 0; i < cost.processes; i++) {
        char path[64];
        bool readable = false;

        if (str_format(path, sizeof path, "/proc/%d/smaps_rollup", (int)list[i]) == RESULT_OK)
            cost.pss_kb += number_in(path, "Pss:", &readable);
        cost.unreadable += !readable;
        add_threads(list[i], &cost);
    }
    return cost;
}

static void tell_all(int signal_number)
{
    pid_t list[PROCESSES_MAXIMUM];
    int count = below_us(list);

    for (int i = 0; i < count; i++)
        (void)kill(list[i], signal_number);
}

void tree_end(void)
{
    const struct timespec pause = {.tv_nsec = 10 * 1000 * 1000};

    tell_all(SIGTERM);
    for (int i = 0; i < 300; i++) {
        pid_t ended;

        do
            ended = waitpid(-1, NULL, WNOHANG);
        while (ended > 0);
        if (ended < 0)
            return; // no child is left
        (void)nanosleep(&pause, NULL);
    }
    tell_all(SIGKILL);
    while (waitpid(-1, NULL, 0) > 0)
        continue;
}
