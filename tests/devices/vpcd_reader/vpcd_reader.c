// vpcd-reader DIR: private-pcscd with Debian's vpcd driver, in a network namespace of its own, and
// the bridge that puts the card of DIR/reader-0.sock into it.
#include "str.h"
#include "vpcd_bridge.h"

#include <errno.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATH_SIZE 4096
#define PORT 35963 // of the package's own configuration

static enum result complain(const char *what, const char *about)
{
    fprintf(stderr, "vpcd-reader: %s %s: %s\n", what, about, strerrordesc_np(errno));
    return RESULT_FAILED;
}

static enum result write_line(const char *path, const char *line)
{
    FILE *file = fopen(path, "we");
    bool done = file != NULL && fputs(line, file) >= 0;

    if (file != NULL && fclose(file) != 0)
        done = false;
    return done ? RESULT_OK : complain("cannot write", path);
}

// Without root: root in a user namespace, as user_namespaces(7) says.
static enum result become_root_of_a_namespace(void)
{
    uid_t user = getuid();
    gid_t group = getgid();
    char line[40];

    if (unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
        return complain("cannot have", "a user and network namespace of its own");
    TRY(str_format(line, sizeof line, "%u %u 1", (unsigned int)user, (unsigned int)user));
    TRY(write_line("/proc/self/uid_map", line));
    TRY(write_line("/proc/self/setgroups", "deny"));
    TRY(str_format(line, sizeof line, "%u %u 1", (unsigned int)group, (unsigned int)group));
    return write_line("/proc/self/gid_map", line);
}

static enum result raise_loopback(void)
{
    struct ifreq loopback = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
    int any = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    bool up = any >= 0 && ioctl(any, SIOCSIFFLAGS, &loopback) == 0;

    if (!up)
        (void)complain("cannot raise", "the loopback interface");
    if (any >= 0)
        close(any);
    return up ? RESULT_OK : RESULT_FAILED;
}

static enum result leave_the_network(void)
{
    if (unshare(CLONE_NEWNET) != 0)
        TRY(become_root_of_a_namespace());
    return raise_loopback();
}

// Ends with this program, by SIGTERM, so that it ends its daemon.
static enum result start_pcscd(const char *directory, pid_t *out)
{
    char program[PATH_SIZE] = "";
    pid_t parent = getpid();

    if (readlink("/proc/self/exe", program, sizeof program - 1) < 0)
        return complain("cannot find", "this program");
    char *name = strrchr(program, '/') + 1;
    TRY(str_copy(name, sizeof program - (size_t)(name - program), "private-pcscd"));
    pid_t child = fork();
    if (child < 0)
        return complain("cannot start", "a process");
    *out = child;
    if (child > 0)
        return RESULT_OK;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() == parent)
        execl(program, "private-pcscd", directory, "--vpcd", (char *)NULL);
    (void)complain("cannot start", program);
    _exit(1);
}

static int block_signals(void)
{
    sigset_t ends;

    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    return signalfd(-1, &ends, SFD_CLOEXEC);
}

// Until somebody asks this program to end, or its child ended. The child leaves nothing behind.
static void serve(struct vpcd_bridge *bridge, pid_t child, int signals)
{
    struct pollfd looks[VPCD_BRIDGE_LOOKS + 1];

    do {
        vpcd_bridge_look(bridge, looks);
        looks[VPCD_BRIDGE_LOOKS] = (struct pollfd){.fd = signals, .events = POLLIN};
        if (poll(looks, VPCD_BRIDGE_LOOKS + 1, -1) > 0)
            vpcd_bridge_serve(bridge, looks);
    } while (looks[VPCD_BRIDGE_LOOKS].revents == 0);
    kill(child, SIGTERM);
    waitpid(child, NULL, 0);
}

static enum result run(const char *directory)
{
    struct vpcd_bridge bridge;
    char path[PATH_SIZE];
    pid_t child = -1;
    int signals = block_signals();

    TRY(leave_the_network());
    TRY(str_format(path, sizeof path, "%s/reader-0.sock", directory));
    if (vpcd_bridge_open(&bridge, path, PORT) != RESULT_OK)
        return complain("cannot listen on", path);
    TRY(start_pcscd(directory, &child));
    serve(&bridge, child, signals);
    return RESULT_OK;
}

int main(int argc, char **argv)
{
    if (argc == 2 && argv[1][0] != '-')
        return run(argv[1]) == RESULT_OK ? 0 : 1;
    fprintf(stderr, "usage: vpcd-reader DIR\n"
                    "Runs pcscd on the socket DIR/pcscd.comm with the driver of the package"
                    " vsmartcard-vpcd; the card connects to DIR/reader-0.sock.\n");
    return 2;
}
