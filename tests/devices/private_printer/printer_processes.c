#include "printer_processes.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "str.h"

#define READY_LIMIT_MS 10000
#define END_LIMIT_MS 2000

void wait_a_little(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
}

static enum result complain(const char *what, const char *about)
{
    fprintf(stderr, "private-printer: %s %s: %s\n", what, about, strerrordesc_np(errno));
    return RESULT_FAILED;
}

// Its words go into a file of the printer's own folder.
static bool redirect_to(const char *path)
{
    int log = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

    return log >= 0 && dup2(log, STDOUT_FILENO) >= 0 && dup2(log, STDERR_FILENO) >= 0;
}

_Noreturn static void become(const char *log, const char *const arguments[], pid_t parent)
{
    sigset_t none;

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    prctl(PR_SET_PDEATHSIG, SIGKILL); // whatever ends this program ends what it started
    if (getppid() != parent || !redirect_to(log))
        _exit(127);
    execvp(arguments[0], (char *const *)arguments); // which changes none of them
    (void)complain("cannot start", arguments[0]);
    _exit(127);
}

static enum result start(const char *directory, const char *log_name, const char *const arguments[],
                         pid_t *process)
{
    char log[PATH_SIZE];
    pid_t parent = getpid();

    TRY(str_format(log, sizeof log, "%s/%s", directory, log_name));
    *process = fork();
    if (*process == 0)
        become(log, arguments, parent);
    return *process > 0 ? RESULT_OK : complain("cannot start", arguments[0]);
}

static bool answers(const struct sockaddr_un *address)
{
    int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool connected = connect(descriptor, (const struct sockaddr *)address, sizeof *address) == 0;

    close(descriptor);
    return connected;
}

enum result start_bus(const struct printer_request *request, pid_t *bus)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char option[PATH_SIZE];
    uint64_t deadline = clock_monotonic_ms() + READY_LIMIT_MS;

    if (str_format(address.sun_path, sizeof address.sun_path, "%s/bus", request->directory) !=
        RESULT_OK) {
        errno = ENAMETOOLONG; // a socket's path has 107 characters at most
        return complain("cannot listen in", request->directory);
    }
    unlink(address.sun_path); // left behind by one that was killed
    TRY(str_format(option, sizeof option, "--address=unix:path=%s", address.sun_path));
    const char *const arguments[] = {"dbus-daemon", "--session", "--nofork",
                                     "--nopidfile", option,      NULL};
    TRY(start(request->directory, "bus.log", arguments, bus));
    while (!answers(&address)) {
        if (has_ended(*bus) || clock_monotonic_ms() > deadline)
            return complain("no answer from dbus-daemon in", request->directory);
        wait_a_little();
    }
    TRY(str_format(option, sizeof option, "unix:path=%s", address.sun_path));
    return setenv("DBUS_SYSTEM_BUS_ADDRESS", option, 1) == 0 ? RESULT_OK : RESULT_NO_MEMORY;
}

// The program that prints lies beside this one.
static enum result find_command(char path[PATH_SIZE])
{
    char program[PATH_SIZE] = "";

    if (readlink("/proc/self/exe", program, sizeof program - 1) < 0)
        return complain("cannot find", "this program");
    *strrchr(program, '/') = '\0';
    TRY(str_format(path, PATH_SIZE, "%s/private-printer-command", program));
    return access(path, X_OK) == 0 ? RESULT_OK : complain("cannot run", path);
}

static enum result tell_command(const struct printer_request *request)
{
    bool told =
        setenv("PRIVATE_PRINTER_KEEP", request->keep == NULL ? "" : request->keep, 1) == 0 &&
        setenv("PRIVATE_PRINTER_SCENARIO", request->scenario == NULL ? "" : request->scenario, 1) ==
            0;

    return told ? RESULT_OK : RESULT_NO_MEMORY;
}

enum result start_printer(const struct printer_request *request, int port, const char *name,
                          pid_t *printer)
{
    char command[PATH_SIZE], port_text[12];

    TRY(find_command(command));
    TRY(tell_command(request));
    TRY(str_format(port_text, sizeof port_text, "%d", port));
    // -r off: no DNS-SD; -n: without it, it would listen on every address of the machine.
    const char *const arguments[] = {"ippeveprinter",
                                     "-r",
                                     "off",
                                     "-n",
                                     "localhost",
                                     "-p",
                                     port_text,
                                     "-d",
                                     request->spool,
                                     "-f",
                                     request->formats,
                                     "-c",
                                     command,
                                     name,
                                     NULL};
    return start(request->directory, "printer.log", arguments, printer);
}

enum result find_free_port(int *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool found = bind(descriptor, (const struct sockaddr *)&address, size) == 0 &&
                 getsockname(descriptor, (struct sockaddr *)&address, &size) == 0;

    close(descriptor);
    *port = ntohs(address.sin_port);
    return found ? RESULT_OK : complain("no free port on", "127.0.0.1");
}

bool has_ended(pid_t process)
{
    siginfo_t info = {};

    return waitid(P_PID, (id_t)process, &info, WEXITED | WNOHANG | WNOWAIT) != 0 ||
           info.si_pid == process;
}

void end_process(pid_t process)
{
    uint64_t deadline = clock_monotonic_ms() + END_LIMIT_MS;

    if (process <= 0)
        return;
    kill(process, SIGTERM);
    while (!has_ended(process) && clock_monotonic_ms() < deadline)
        wait_a_little();
    kill(process, SIGKILL);
    waitpid(process, NULL, 0);
}
