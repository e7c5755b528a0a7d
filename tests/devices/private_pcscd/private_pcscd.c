// private-pcscd DIR [--readers N] [--pin-pad]: the real pcscd with a socket, a configuration and
// virtual readers of its own, so that tests run side by side and none needs the machine's daemon.
//
// pcscd cannot be told where its socket is, but takes one that is open already, as systemd would
// hand it over (sd_listen_fds(3)).
#include "result.h"
#include "str.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATH_SIZE 4096
#define READER_MAXIMUM 16
// Where Debian's packages put them.
#define DAEMON "/usr/sbin/pcscd"
#define VPCD_DRIVER "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"
#define PATIENCE_MS 2000
#define HANDED_OVER_DESCRIPTOR 3 // SD_LISTEN_FDS_START

struct request {
    const char *directory;
    int64_t readers;
    bool pin_pad; // each of them has keys
    bool vpcd;    // the reader of Debian's vsmartcard-vpcd instead of them
};

static enum result complain(const char *what, const char *about)
{
    fprintf(stderr, "private-pcscd: %s %s: %s\n", what, about, strerrordesc_np(errno));
    return RESULT_FAILED;
}

static enum result usage(void)
{
    fprintf(stderr, "usage: private-pcscd DIR [--readers N] [--pin-pad] | --vpcd\n"
                    "Runs pcscd on the socket DIR/pcscd.comm with N (1 to 16, else 1) virtual"
                    " readers; the card of reader K connects to DIR/reader-K.sock, and with"
                    " --pin-pad whoever presses its keys to DIR/pad-K.sock. --vpcd: with the"
                    " reader of the package vsmartcard-vpcd, which listens on TCP port 35963.\n");
    return RESULT_INVALID;
}

static enum result parse(int argc, char **argv, struct request *request)
{
    *request = (struct request){.readers = 1};
    if (argc < 2 || argv[1][0] == '-')
        return usage();
    request->directory = argv[1];
    for (int i = 2; i < argc; i++) {
        if (str_equal(argv[i], "--pin-pad"))
            request->pin_pad = true;
        else if (str_equal(argv[i], "--vpcd"))
            request->vpcd = true;
        else if (!str_equal(argv[i], "--readers") || i + 1 == argc ||
                 str_to_int(argv[++i], 1, READER_MAXIMUM, &request->readers) != RESULT_OK)
            return usage();
    }
    return RESULT_OK;
}

static void write_reader(FILE *file, const char *directory, int number, bool pin_pad,
                         const char *driver)
{
    fprintf(file, "FRIENDLYNAME \"Virtual Reader\"\nDEVICENAME virtual:%s/reader-%d.sock",
            directory, number);
    if (pin_pad)
        fprintf(file, ":%s/pad-%d.sock", directory, number);
    // An empty line between readers; pcscd adds two numbers to each name.
    fprintf(file, "\nLIBPATH %s\nCHANNELID %d\n\n", driver, number);
}

// The driver lies beside this program, built or installed.
static enum result find_driver(char path[PATH_SIZE])
{
    char program[PATH_SIZE] = "";

    if (readlink("/proc/self/exe", program, sizeof program - 1) < 0)
        return complain("cannot find", "this program");
    *strrchr(program, '/') = '\0';
    TRY(str_format(path, PATH_SIZE, "%s/libifd-virtual-reader.so", program));
    return access(path, R_OK) == 0 ? RESULT_OK : complain("cannot read", path);
}

// As the package would configure it.
static void write_vpcd_reader(FILE *file)
{
    fprintf(file,
            "FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:0x8C7B\nLIBPATH %s\n"
            "CHANNELID 0x8C7B\n",
            VPCD_DRIVER);
}

static enum result write_configuration(const struct request *request, const char *folder)
{
    char path[PATH_SIZE], driver[PATH_SIZE], directory[PATH_SIZE];

    TRY(find_driver(driver));
    if (realpath(request->directory, directory) == NULL)
        return complain("cannot find", request->directory);
    if (mkdir(folder, 0755) != 0 && errno != EEXIST)
        return complain("cannot make", folder);
    TRY(str_format(path, sizeof path, "%s/virtual-readers", folder));
    FILE *file = fopen(path, "we");
    if (file == NULL)
        return complain("cannot write", path);
    if (request->vpcd)
        write_vpcd_reader(file);
    for (int64_t i = 0; i < request->readers && !request->vpcd; i++)
        write_reader(file, directory, (int)i, request->pin_pad, driver);
    return fclose(file) == 0 ? RESULT_OK : complain("cannot write", path);
}

static enum result listen_on(const char *path, int *out)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    // Under its name only once it listens: who waits for the file may connect at once.
    if (str_format(address.sun_path, sizeof address.sun_path, "%s.new", path) != RESULT_OK) {
        errno = ENAMETOOLONG;
        return complain("cannot listen on", path);
    }
    *out = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    unlink(address.sun_path);
    if (*out < 0 || bind(*out, (const struct sockaddr *)&address, sizeof address) != 0 ||
        listen(*out, 16) != 0 || rename(address.sun_path, path) != 0)
        return complain("cannot listen on", path);
    return RESULT_OK;
}

_Noreturn static void become_daemon(int listening, const char *folder, pid_t parent)
{
    sigset_t none;
    char self[24];

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    // Whatever ends this program, SIGKILL included, ends the daemon.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1);
    // dup2 onto itself would keep close-on-exec.
    if (listening == HANDED_OVER_DESCRIPTOR)
        fcntl(listening, F_SETFD, 0);
    else if (dup2(listening, HANDED_OVER_DESCRIPTOR) < 0)
        _exit(1);
    if (str_format(self, sizeof self, "%d", (int)getpid()) != RESULT_OK ||
        setenv("LISTEN_PID", self, 1) != 0 || setenv("LISTEN_FDS", "1", 1) != 0)
        _exit(1);
    execl(DAEMON, "pcscd", "--foreground", "--critical", "--config", folder, (char *)NULL);
    (void)complain("cannot start", DAEMON);
    _exit(1);
}

// Until the daemon ends or somebody asks this program to end. What it answers is the exit status.
static int watch_over(pid_t daemon, int signals)
{
    struct pollfd look = {.fd = signals, .events = POLLIN};
    struct signalfd_siginfo info;
    int status = 0;
    bool asked = false;

    while (waitpid(daemon, &status, WNOHANG) != daemon) {
        if (poll(&look, 1, asked ? PATIENCE_MS : -1) == 0)
            kill(daemon, SIGKILL); // it waits for a card that does not answer
        else if (read(signals, &info, sizeof info) == sizeof info && info.ssi_signo != SIGCHLD)
            asked = kill(daemon, SIGTERM) == 0;
    }
    if (!asked)
        fprintf(stderr, "private-pcscd: pcscd ended by itself (status %d)\n", status);
    return asked ? 0 : 1;
}

static int run(const struct request *request)
{
    char folder[PATH_SIZE], path[PATH_SIZE];
    sigset_t ends;
    int listening = -1;

    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    int signals = signalfd(-1, &ends, SFD_CLOEXEC);
    if (str_format(folder, sizeof folder, "%s/reader.conf.d", request->directory) != RESULT_OK ||
        str_format(path, sizeof path, "%s/pcscd.comm", request->directory) != RESULT_OK ||
        write_configuration(request, folder) != RESULT_OK ||
        listen_on(path, &listening) != RESULT_OK)
        return 1;
    pid_t self = getpid();
    pid_t daemon = fork();
    if (daemon < 0) {
        (void)complain("cannot start", "a process");
        return 1;
    }
    if (daemon == 0)
        become_daemon(listening, folder, self);
    close(listening);
    printf("ready\n");
    fflush(stdout);
    int status = watch_over(daemon, signals);
    unlink(path);
    return status;
}

int main(int argc, char **argv)
{
    struct request request;

    return parse(argc, argv, &request) == RESULT_OK ? run(&request) : 2;
}
