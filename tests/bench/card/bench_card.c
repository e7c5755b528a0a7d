// bench-card PROGRAMS [ROW…]: prints the rows card_*, fields with tabs between: name, value, unit,
// peer, peer's value, runs, least, most. Both sides run in turn on one virtual card behind one
// private pcscd, so that a busy machine is busy for both.
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <winscard.h>

#include "card_bench.h"
#include "eid_contents.h"
#include "times.h"
#include "pcsc_channel.h"
#include "plain_card_loop.h"
#include "str.h"

#define CARD "card"
#define PROCESS_RUNS 31
#define LOOP_RUNS 101
#define FILE_COUNT 7
#define READER_LIST_SIZE 1024

struct scene {
    struct card_bench *bench;
    char program[TEST_PATH_SIZE];
    SCARDCONTEXT context;
    char reader[READER_LIST_SIZE];
    struct plain_file files[FILE_COUNT];
};

static void need(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "bench-card: %s\n", what);
    exit(1);
}

static void become(const char *const words[])
{
    int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);

    if (nothing >= 0 && dup2(nothing, STDOUT_FILENO) >= 0 && dup2(nothing, STDERR_FILENO) >= 0)
        execvp(words[0], (char *const *)words);
    _exit(127);
}

// From before the start to after the end of the process, in milliseconds.
static double run(const char *const words[])
{
    int status = 0;
    double began = milliseconds_now();
    pid_t child = fork();

    need(child >= 0, "no new process");
    if (child == 0)
        become(words);
    while (waitpid(child, &status, 0) != child)
        need(errno == EINTR, "waitpid");
    double took = milliseconds_now() - began;
    // OpenSC's eidenv ends with 1 after a card that it has read and printed.
    need(WIFEXITED(status) && WEXITSTATUS(status) <= 1, words[0]);
    return took;
}

static long exchanges_of(const struct scene *scene, const char *const words[])
{
    long before = card_bench_commands(scene->bench);

    run(words);
    long exchanges = card_bench_commands(scene->bench) - before;
    need(exchanges > 0, "a program that should read the card did not");
    return exchanges;
}

static void print_count(const char *name, const char *peer, long value, long peer_value)
{
    printf("%s\t%ld\texchanges\t%s\t%ld\t1\t%ld\t%ld\n", name, value, peer, peer_value, value,
           value);
}

static void identity_exchanges(struct scene *scene)
{
    const char *ours[] = {scene->program, "card", "read", "--only", "identity,address", NULL};
    const char *theirs[] = {"eidenv", NULL};

    print_count("card_identity_exchanges", "eidenv", exchanges_of(scene, ours),
                exchanges_of(scene, theirs));
}

static void identity_time(struct scene *scene)
{
    const char *ours[] = {scene->program, "card", "read", "--only", "identity,address", NULL};
    const char *theirs[] = {"eidenv", NULL};
    struct times times = {}, peer = {};

    run(ours);
    run(theirs);
    for (int i = 0; i < PROCESS_RUNS; i++) {
        times_add(&times, run(ours));
        times_add(&peer, run(theirs));
    }
    times_print("card_identity_time", "eidenv", &times, &peer);
}

static size_t size_of(const struct scene *scene, const char *name)
{
    char path[TEST_PATH_SIZE];
    struct stat file;

    card_bench_path(scene->bench, name, path);
    need(stat(path, &file) == 0, path);
    return (size_t)file.st_size;
}

// Identity and photo: no header tells how long they are.
static void fill_files(struct scene *scene)
{
    const struct plain_file files[FILE_COUNT] = {
        {{0x3F, 0x00, 0xDF, 0x01, 0x40, 0x31}, 0},
        {{0x3F, 0x00, 0xDF, 0x01, 0x40, 0x32}, size_of(scene, CARD "/identity-signature")},
        {{0x3F, 0x00, 0xDF, 0x01, 0x40, 0x33}, size_of(scene, CARD "/address")},
        {{0x3F, 0x00, 0xDF, 0x01, 0x40, 0x34}, size_of(scene, CARD "/address-signature")},
        {{0x3F, 0x00, 0xDF, 0x01, 0x40, 0x35}, 0},
        {{0x3F, 0x00, 0xDF, 0x00, 0x50, 0x3C}, size_of(scene, CARD "/register-certificate")},
        {{0x3F, 0x00, 0xDF, 0x00, 0x50, 0x38}, size_of(scene, CARD "/authentication-certificate")},
    };

    for (size_t i = 0; i < FILE_COUNT; i++)
        scene->files[i] = files[i];
}

// Both sides from the first command to the last; the connection is made before and given up after.
static double run_plain(struct scene *scene, unsigned int *exchanges)
{
    SCARDHANDLE card;
    DWORD protocol;

    need(SCardConnect(scene->context, scene->reader, SCARD_SHARE_EXCLUSIVE, SCARD_PROTOCOL_T0,
                      &card, &protocol) == SCARD_S_SUCCESS,
         "the plain loop cannot connect");
    double began = milliseconds_now();
    bool good = plain_card_loop(card, scene->files, FILE_COUNT, exchanges);
    double took = milliseconds_now() - began;
    need(SCardDisconnect(card, SCARD_RESET_CARD) == SCARD_S_SUCCESS && good,
         "the plain loop failed");
    return took;
}

static double run_driver(struct card_channel port)
{
    const struct eid_wish wish = {.register_files = true, .photo = true, .holder = true};
    struct eid_contents contents = {};
    struct eid_chip chip = {};

    need(port.verbs->connect(port.self, &chip.answer) == RESULT_OK, "connect");
    double began = milliseconds_now();
    need(eid_contents_read_card(port, eid_contents_read_whole, &wish, &contents, &chip) ==
             RESULT_OK,
         "the driver failed");
    double took = milliseconds_now() - began;
    need(port.verbs->disconnect(port.self) == RESULT_OK, "disconnect");
    eid_contents_wipe(&contents);
    return took;
}

static void all_files(struct scene *scene, bool exchanges_wanted, bool time_wanted)
{
    const struct pcsc_channel_settings settings = {};
    struct times times = {}, peer = {};
    owned(pcsc_channel) channel = NULL;
    unsigned int plain = 0;

    need(pcsc_channel_create(&settings, &channel) == RESULT_OK, "no channel");
    struct card_channel port = pcsc_channel_port(channel);
    run_driver(port);
    long ours = (long)pcsc_channel_traffic(channel).exchanges;
    run_plain(scene, &plain);
    need(ours == (long)plain, "the plain loop does other exchanges than the driver");
    if (exchanges_wanted)
        print_count("card_all_exchanges", "plain C loop", ours, plain);
    for (int i = 0; time_wanted && i < LOOP_RUNS; i++) {
        times_add(&times, run_driver(port));
        times_add(&peer, run_plain(scene, &plain));
    }
    if (time_wanted)
        times_print("card_all_time", "plain C loop", &times, &peer);
}

// Everything on one processor: else it is the scheduler's choice of a place for each of pcscd's
// threads that is measured.
static void stay_on_one_processor(void)
{
    cpu_set_t allowed, one;
    int last = 0;

    need(sched_getaffinity(0, sizeof allowed, &allowed) == 0, "no processors");
    for (int i = 0; i < CPU_SETSIZE; i++)
        if (CPU_ISSET(i, &allowed))
            last = i;
    CPU_ZERO(&one);
    CPU_SET(last, &one);
    need(sched_setaffinity(0, sizeof one, &one) == 0, "not on one processor");
}

static void open_scene(struct scene *scene, const char *programs)
{
    DWORD size = sizeof scene->reader;

    test_path(scene->program, programs, "kioskctl");
    scene->bench = card_bench_create(programs);
    card_bench_make_card(scene->bench, CARD, "1");
    fill_files(scene);
    card_bench_insert(scene->bench, CARD);
    need(SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL, &scene->context) == SCARD_S_SUCCESS,
         "no pcscd");
    need(SCardListReaders(scene->context, NULL, scene->reader, &size) == SCARD_S_SUCCESS,
         "no reader");
    SCARD_READERSTATE state = {.szReader = scene->reader, .dwCurrentState = SCARD_STATE_EMPTY};
    need(SCardGetStatusChange(scene->context, 10000, &state, 1) == SCARD_S_SUCCESS, "no card");
}

static bool wanted(int argc, char *argv[], const char *row)
{
    for (int i = 2; i < argc; i++)
        if (str_equal(argv[i], row))
            return true;
    return argc == 2;
}

int main(int argc, char *argv[])
{
    struct scene scene = {};

    if (argc < 2) {
        fprintf(stderr, "usage: %s PROGRAMS [ROW…]\n", argv[0]);
        return 2;
    }
    stay_on_one_processor();
    open_scene(&scene, argv[1]);
    if (wanted(argc, argv, "card_identity_exchanges"))
        identity_exchanges(&scene);
    if (wanted(argc, argv, "card_identity_time"))
        identity_time(&scene);
    bool exchanges = wanted(argc, argv, "card_all_exchanges");
    bool time = wanted(argc, argv, "card_all_time");
    if (exchanges || time)
        all_files(&scene, exchanges, time);
    SCardReleaseContext(scene.context);
    card_bench_destroy(scene.bench);
    return 0;
}
