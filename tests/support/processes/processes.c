#include "processes.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "str.h"

#define END_LIMIT_MS 3000

_Noreturn static void fail(const char *what, const char *about)
{
    fprintf(stderr, "test: %s %s: %s\n", what, about, strerrordesc_np(errno));
    exit(1);
}

void test_path(char out[TEST_PATH_SIZE], const char *folder, const char *name)
{
    if (str_format(out, TEST_PATH_SIZE, "%s/%s", folder, name) != RESULT_OK)
        fail("too long a path in", folder);
}

void test_folder_create(char path[TEST_PATH_SIZE])
{
    const char *parent = getenv("TMPDIR");

    test_path(path, parent == NULL ? "/tmp" : parent, "eguichet-test.XXXXXX");
    if (mkdtemp(path) == NULL)
        fail("cannot make a folder", path);
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *place)
{
    (void)about, (void)kind, (void)place;
    return remove(path);
}

void test_folder_remove(const char *path)
{
    if (nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0)
        fail("cannot remove", path);
}

pid_t process_start(const char *const arguments[])
{
    pid_t parent = getpid();
    pid_t process = fork();

    if (process < 0)
        fail("cannot start", arguments[0]);
    if (process > 0)
        return process;
    prctl(PR_SET_PDEATHSIG, SIGTERM); // a test that crashes leaves nobody behind
    if (getppid() != parent)
        _exit(127);
    execvp(arguments[0], (char *const *)arguments); // which changes none of them
    fprintf(stderr, "test: cannot start %s: %s\n", arguments[0], strerrordesc_np(errno));
    _exit(127);
}

bool process_has_ended(pid_t process)
{
    siginfo_t info = {};

    return waitid(P_PID, (id_t)process, &info, WEXITED | WNOHANG | WNOWAIT) != 0 ||
           info.si_pid == process;
}

int process_end(pid_t process)
{
    uint64_t deadline = clock_monotonic_ms() + END_LIMIT_MS;
    int status = 0;

    kill(process, SIGTERM);
    while (!process_has_ended(process) && clock_monotonic_ms() < deadline)
        wait_a_moment();
    kill(process, SIGKILL);
    waitpid(process, &status, 0);
    return status;
}

void wait_for_file(const char *path, pid_t maker, uint64_t limit_ms)
{
    uint64_t deadline = clock_monotonic_ms() + limit_ms;

    while (access(path, F_OK) != 0) {
        if (process_has_ended(maker))
            fail("its maker ended before", path);
        if (clock_monotonic_ms() > deadline)
            fail("waited in vain for", path);
        wait_a_moment();
    }
}

void write_whole_file(const char *path, const char *content)
{
    char unfinished[TEST_PATH_SIZE];

    if (str_format(unfinished, sizeof unfinished, "%s.unfinished", path) != RESULT_OK)
        fail("too long a path:", path);
    FILE *file = fopen(unfinished, "we");
    if (file == NULL || fputs(content, file) < 0 || fclose(file) != 0 ||
        rename(unfinished, path) != 0)
        fail("cannot write", path);
}

size_t read_whole_file(const char *path, void *memory, size_t capacity)
{
    FILE *file = fopen(path, "rbe");

    if (file == NULL)
        fail("cannot read", path);
    size_t size = fread(memory, 1, capacity, file);
    fclose(file);
    return size;
}

void wait_a_moment(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
}
