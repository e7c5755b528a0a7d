#include "private_postgresql.h"

#include <glob.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define USER "postgres" // of the Debian package; only when the test runs as root
#define TRIES 1200
#define BETWEEN_TRIES (50 * 1000 * 1000) // nanoseconds

// /usr/lib/postgresql/VERSION/bin/NAME of the newest version.
static int find_program(const char *name, char out[256])
{
    glob_t found = {};
    char pattern[128];

    snprintf(pattern, sizeof pattern, "/usr/lib/postgresql/*/bin/%s", name);
    if (glob(pattern, 0, NULL, &found) != 0 || found.gl_pathc == 0)
        return 1;
    snprintf(out, 256, "%s", found.gl_pathv[found.gl_pathc - 1]);
    globfree(&found);
    return 0;
}

static void become_user(void)
{
    const struct passwd *user = geteuid() == 0 ? getpwnam(USER) : NULL;

    if (geteuid() == 0 && (user == NULL || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0))
        _exit(127);
    prctl(PR_SET_PDEATHSIG, SIGQUIT); // a test that dies takes its server along
}

// Under its whole path, by which PostgreSQL's programs find each other; PATH need not lead to them.
static pid_t start(const char *name, const char **arguments, const char *log)
{
    char program[256];

    if (find_program(name, program) != 0)
        return -1;
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    become_user();
    if (freopen(log, "a", stdout) == NULL || freopen(log, "a", stderr) == NULL)
        _exit(127);
    arguments[0] = program;
    execv(program, (char *const *)arguments);
    _exit(127);
}

static int wait_for(pid_t pid)
{
    int status = -1;

    if (pid <= 0 || waitpid(pid, &status, 0) != pid)
        return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int make_cluster(const struct private_postgresql *server)
{
    char data[80], log[80];

    snprintf(data, sizeof data, "%s/data", server->folder);
    snprintf(log, sizeof log, "%s/log", server->folder);
    const char *arguments[] = {"initdb",
                               "-D",
                               data,
                               "-U",
                               "city",
                               "--auth=trust",
                               "--no-sync",
                               "--encoding=UTF8",
                               "--no-instructions",
                               "--locale=C",
                               NULL};
    return wait_for(start("initdb", arguments, log));
}

int private_postgresql_start(struct private_postgresql *server)
{
    char data[80], log[80], socket_folder[120];
    const struct timespec pause = {.tv_nsec = BETWEEN_TRIES};

    snprintf(data, sizeof data, "%s/data", server->folder);
    snprintf(log, sizeof log, "%s/log", server->folder);
    snprintf(socket_folder, sizeof socket_folder, "unix_socket_directories=%s", server->folder);
    const char *arguments[] = {"postgres",    "-D", data,        "-c", "listen_addresses=",   "-c",
                               socket_folder, "-c", "fsync=off", "-c", "shared_buffers=16MB", NULL};
    server->pid = start("postgres", arguments, log);
    for (int i = 0; i < TRIES; i++) {
        if (PQping(server->connection) == PQPING_OK)
            return 0;
        if (waitpid(server->pid, NULL, WNOHANG) != 0)
            break;
        nanosleep(&pause, NULL);
    }
    fprintf(stderr, "PostgreSQL does not answer; see %s\n", log);
    return 1;
}

int private_postgresql_create(struct private_postgresql *server)
{
    const struct passwd *user = geteuid() == 0 ? getpwnam(USER) : NULL;

    *server =
        (struct private_postgresql){.folder = "/tmp/municipality-postgresql-XXXXXX", .pid = -1};
    if (mkdtemp(server->folder) == NULL)
        return 1;
    if (user != NULL && chown(server->folder, user->pw_uid, user->pw_gid) != 0)
        return 1;
    snprintf(server->connection, sizeof server->connection, "host=%s user=city dbname=postgres",
             server->folder);
    if (make_cluster(server) != 0) {
        fprintf(stderr, "initdb failed in %s; is the package postgresql installed?\n",
                server->folder);
        return 1;
    }
    return private_postgresql_start(server);
}

void private_postgresql_stop(struct private_postgresql *server)
{
    if (server->pid <= 0)
        return;
    kill(server->pid, SIGINT); // fast: ends connections
    waitpid(server->pid, NULL, 0);
    server->pid = -1;
}

void private_postgresql_destroy(struct private_postgresql *server)
{
    private_postgresql_stop(server);
    if (strncmp(server->folder, "/tmp/municipality-postgresql-", 29) != 0)
        return;
    pid_t pid = fork();
    if (pid == 0) {
        execl("/bin/rm", "rm", "-rf", server->folder, (char *)NULL);
        _exit(127);
    }
    wait_for(pid);
}
