// power-cut.so: stands between the kiosk and the C library (LD_PRELOAD) and kills the process with
// SIGKILL at the n-th act of a kind, so that no build of the kiosk needs code for it. It counts
// what leaves a trace outside the process: writes and syncs of the journal, and what is sent to
// each device.
//
//   POWER_CUT_JOURNAL=FILE       the journal
//   POWER_CUT_PORTS=NAME:PORT,…  who listens where; each name is a kind of act, `laser` two:
//                                what hands a document over is `submit`, all else `laser`
//   POWER_CUT_ORDERS=FILE        one line: NUMBER KIND N before|after. It is read anew at each act;
//                                with a new NUMBER all counting begins anew
//   POWER_CUT_LOG=FILE           a line for each act, before it happens
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define KIND_SIZE 24
#define KINDS 16
#define DESCRIPTORS 1024

// One process, one set of counters: the C library's functions have no place for a closure.
static struct {
    pthread_mutex_t lock;
    bool awake;
    char journal[512], log_of_journal[520], orders[512];
    int log;
    struct {
        char name[KIND_SIZE];
        unsigned port; // 0: no device
        long count;
    } kinds[KINDS];
    bool submitting[DESCRIPTORS];
    long number, at; // the order that holds now
    char kind[KIND_SIZE];
    bool after;
} cut = {.lock = PTHREAD_MUTEX_INITIALIZER, .log = -1};

static const char *setting(const char *name)
{
    const char *value = getenv(name);

    return value != NULL ? value : "";
}

static void learn_ports(const char *list)
{
    int size = 0;

    for (int i = 0; i < KINDS; i++, list += size) {
        if (sscanf(list, "%23[^:]:%u%n", cut.kinds[i].name, &cut.kinds[i].port, &size) != 2)
            return;
        if (list[size] == ',')
            size++;
    }
}

__attribute__((constructor)) static void wake(void)
{
    if (strcmp(program_invocation_short_name, "eguichet-kiosk") != 0)
        return; // one of its helpers
    snprintf(cut.journal, sizeof cut.journal, "%s", setting("POWER_CUT_JOURNAL"));
    snprintf(cut.log_of_journal, sizeof cut.log_of_journal, "%s-wal", cut.journal);
    snprintf(cut.orders, sizeof cut.orders, "%s", setting("POWER_CUT_ORDERS"));
    learn_ports(setting("POWER_CUT_PORTS"));
    cut.log = open(setting("POWER_CUT_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    cut.awake = true;
}

// ---- counting -----------------------------------------------------------------------------------

static void read_orders(void)
{
    char line[128] = "", when[16] = "";
    long number = 0;
    int file = open(cut.orders, O_RDONLY | O_CLOEXEC);

    if (file < 0)
        return;
    ssize_t size = read(file, line, sizeof line - 1);
    close(file);
    if (size <= 0 || sscanf(line, "%ld %23s %ld %15s", &number, cut.kind, &cut.at, when) != 4)
        return;
    cut.after = strcmp(when, "after") == 0;
    if (number == cut.number)
        return;
    cut.number = number;
    for (int i = 0; i < KINDS; i++)
        cut.kinds[i].count = 0;
}

static long count(const char *kind)
{
    for (int i = 0; i < KINDS; i++) {
        if (cut.kinds[i].name[0] == '\0')
            snprintf(cut.kinds[i].name, KIND_SIZE, "%s", kind);
        if (strcmp(cut.kinds[i].name, kind) == 0)
            return ++cut.kinds[i].count;
    }
    return 0;
}

static void end_now(void)
{
    (void)syscall(SYS_kill, getpid(), SIGKILL);
    for (;;)
        pause();
}

// Told before the act; true: the power fails right after it.
static bool tell(const char *kind)
{
    char line[64];

    pthread_mutex_lock(&cut.lock);
    read_orders();
    long number = count(kind);
    bool now = number == cut.at && strcmp(kind, cut.kind) == 0;
    int size = snprintf(line, sizeof line, "%ld %s %ld%s\n", cut.number, kind, number,
                        !now        ? ""
                        : cut.after ? " cut after"
                                    : " cut before");
    (void)syscall(SYS_write, cut.log, line, size);
    if (now && !cut.after)
        end_now();
    pthread_mutex_unlock(&cut.lock);
    return now;
}

static long done(bool cut_now, long result)
{
    if (cut_now)
        end_now();
    return result;
}

// ---- what an act is about -----------------------------------------------------------------------

static bool is_file(const struct stat *file, const char *path)
{
    struct stat other;

    return stat(path, &other) == 0 && other.st_dev == file->st_dev && other.st_ino == file->st_ino;
}

static bool is_journal(int descriptor)
{
    struct stat file;

    return cut.awake && fstat(descriptor, &file) == 0 && S_ISREG(file.st_mode) &&
           (is_file(&file, cut.journal) || is_file(&file, cut.log_of_journal));
}

static const char *kind_of_port(const struct sockaddr_storage *address)
{
    unsigned port = 0;

    if (address->ss_family == AF_INET)
        port = ntohs(((const struct sockaddr_in *)address)->sin_port);
    if (address->ss_family == AF_INET6)
        port = ntohs(((const struct sockaddr_in6 *)address)->sin6_port);
    for (int i = 0; i < KINDS && port != 0; i++)
        if (cut.kinds[i].port == port)
            return cut.kinds[i].name;
    return NULL;
}

static const char *device_of(int descriptor)
{
    struct sockaddr_storage address;
    socklen_t size = sizeof address;

    if (!cut.awake || getpeername(descriptor, (struct sockaddr *)&address, &size) != 0)
        return NULL;
    return kind_of_port(&address);
}

// An IPP request begins with its version and operation (RFC 8010, section 3.1.1): Print-Job,
// Create-Job or Send-Document. What follows on that connection belongs to it, until a new request.
static const char *kind_of_sent(int descriptor, const char *device, const void *data, size_t size)
{
    const unsigned char *byte = data;

    if (strcmp(device, "laser") != 0 || descriptor >= DESCRIPTORS)
        return device;
    if (size >= 4 && memcmp(data, "POST", 4) == 0)
        cut.submitting[descriptor] = false;
    else if (size >= 4 && byte[0] <= 2 && byte[2] == 0 &&
             (byte[3] == 2 || byte[3] == 5 || byte[3] == 6))
        cut.submitting[descriptor] = true;
    return cut.submitting[descriptor] ? "submit" : device;
}

static bool tell_sent(int descriptor, const void *data, size_t size)
{
    const char *device = device_of(descriptor);

    return device != NULL && tell(kind_of_sent(descriptor, device, data, size));
}

// ---- the C library's functions ------------------------------------------------------------------

ssize_t write(int descriptor, const void *data, size_t size)
{
    bool now = is_journal(descriptor) ? tell("journal-write") : tell_sent(descriptor, data, size);

    return done(now, syscall(SYS_write, descriptor, data, size));
}

ssize_t pwrite64(int descriptor, const void *data, size_t size, off64_t offset)
{
    bool now = is_journal(descriptor) && tell("journal-write");

    return done(now, syscall(SYS_pwrite64, descriptor, data, size, offset));
}

int fdatasync(int descriptor)
{
    bool now = is_journal(descriptor) && tell("journal-sync");

    return (int)done(now, syscall(SYS_fdatasync, descriptor));
}

int ftruncate64(int descriptor, off64_t size)
{
    bool now = is_journal(descriptor) && tell("journal-write");

    return (int)done(now, syscall(SYS_ftruncate, descriptor, size));
}

ssize_t send(int descriptor, const void *data, size_t size, int flags)
{
    bool now = tell_sent(descriptor, data, size);

    return done(now, syscall(SYS_sendto, descriptor, data, size, flags, NULL, 0));
}

ssize_t sendto(int descriptor, const void *data, size_t size, int flags,
               const struct sockaddr *address, socklen_t address_size)
{
    bool now = address == NULL && tell_sent(descriptor, data, size);

    return done(now, syscall(SYS_sendto, descriptor, data, size, flags, address, address_size));
}

int connect(int descriptor, const struct sockaddr *address, socklen_t size)
{
    struct sockaddr_storage whole = {};

    memcpy(&whole, address, size < sizeof whole ? size : sizeof whole);
    const char *device = cut.awake ? kind_of_port(&whole) : NULL;
    bool now = device != NULL && tell(device);

    return (int)done(now, syscall(SYS_connect, descriptor, address, size));
}
