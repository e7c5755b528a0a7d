#include "card_bench.h"

#include "processes.h"
#include "str.h"

#include <dirent.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATH_SIZE TEST_PATH_SIZE
#define LIMIT_MS 20000 // a loaded machine, a sanitizer

struct card_bench {
    char programs[PATH_SIZE];
    char folder[PATH_SIZE];
    bool pin_pad, vpcd;
    pid_t service, card;
    int control;
    int plug; // -1: in
};

static void give_up(const char *what)
{
    perror(what);
    exit(1);
}

static void check(enum result result, const char *what)
{
    if (result != RESULT_OK)
        give_up(what);
}

void card_bench_path(const struct card_bench *bench, const char *name, char path[TEST_PATH_SIZE])
{
    test_path(path, bench->folder, name);
}

// `arguments`: the program's name first.
static pid_t start(const struct card_bench *bench, const char *arguments[])
{
    char program[PATH_SIZE];

    test_path(program, bench->programs, arguments[0]);
    arguments[0] = program;
    return process_start(arguments);
}

void card_bench_start_service(struct card_bench *bench)
{
    const char *arguments[] = {bench->vpcd ? "vpcd-reader" : "private-pcscd", bench->folder,
                               bench->pin_pad ? "--pin-pad" : NULL, NULL};
    char path[PATH_SIZE];

    test_path(path, bench->folder, "pcscd.comm");
    unlink(path); // of a daemon that was killed
    bench->service = start(bench, arguments);
    wait_for_file(path, bench->service, LIMIT_MS);
}

void card_bench_kill_service(struct card_bench *bench)
{
    kill(bench->service, SIGKILL); // its pcscd goes with it
    waitpid(bench->service, NULL, 0);
}

static int connect_to(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int connected = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    check(str_copy(address.sun_path, sizeof address.sun_path, path), path);
    if (connect(connected, (const struct sockaddr *)&address, sizeof address) != 0)
        give_up(path);
    return connected;
}

static pid_t daemon_of(const struct card_bench *bench)
{
    char path[PATH_SIZE], children[64] = "";

    check(str_format(path, sizeof path, "/proc/%d/task/%d/children", (int)bench->service,
                     (int)bench->service),
          path);
    (void)read_whole_file(path, children, sizeof children - 1);
    pid_t daemon = (pid_t)strtol(children, NULL, 10);
    if (daemon <= 0)
        give_up(path);
    return daemon;
}

static bool has_stopped(const char *tasks, const char *task)
{
    char folder[PATH_SIZE], path[PATH_SIZE], about[256] = "";

    test_path(folder, tasks, task);
    test_path(path, folder, "stat");
    (void)read_whole_file(path, about, sizeof about - 1);
    const char *state = strrchr(about, ')'); // proc(5): the state follows the name
    return state != NULL && str_starts_with(state, ") T");
}

static bool all_have_stopped(const char *tasks)
{
    DIR *folder = opendir(tasks);
    bool stopped = folder != NULL;

    for (struct dirent *entry = stopped ? readdir(folder) : NULL; entry != NULL;
         entry = readdir(folder))
        if (entry->d_name[0] != '.')
            stopped = stopped && has_stopped(tasks, entry->d_name);
    if (folder != NULL)
        closedir(folder);
    return stopped;
}

void card_bench_freeze_service(struct card_bench *bench)
{
    char tasks[PATH_SIZE];
    pid_t daemon = daemon_of(bench);

    check(str_format(tasks, sizeof tasks, "/proc/%d/task", (int)daemon), "pcscd");
    kill(daemon, SIGSTOP);
    while (!all_have_stopped(tasks)) // a busy machine takes its time
        wait_a_moment();
}

void card_bench_thaw_service(struct card_bench *bench)
{
    kill(daemon_of(bench), SIGCONT);
}

void card_bench_unplug(struct card_bench *bench)
{
    char path[PATH_SIZE];

    test_path(path, bench->folder, "reader-0.sock.unplug");
    bench->plug = connect_to(path);
}

void card_bench_plug_in(struct card_bench *bench)
{
    close(bench->plug);
    bench->plug = -1;
}

static void start_card(struct card_bench *bench)
{
    char reader[PATH_SIZE], control[PATH_SIZE];
    const char *arguments[] = {"virtual-card", "--reader", reader, "--control", control, NULL};

    test_path(reader, bench->folder, "reader-0.sock");
    test_path(control, bench->folder, "control.sock");
    bench->card = start(bench, arguments);
    wait_for_file(control, bench->card, LIMIT_MS);
    bench->control = connect_to(control);
}

static struct card_bench *create(const char *programs, bool pin_pad, bool vpcd)
{
    struct card_bench *bench = calloc(1, sizeof *bench);
    char socket_path[PATH_SIZE];

    if (bench == NULL)
        give_up("calloc");
    bench->pin_pad = pin_pad;
    bench->vpcd = vpcd;
    bench->plug = -1;
    check(str_copy(bench->programs, sizeof bench->programs, programs), programs);
    test_folder_create(bench->folder);
    test_path(socket_path, bench->folder, "pcscd.comm");
    setenv("PCSCLITE_CSOCK_NAME", socket_path, 1);
    card_bench_start_service(bench);
    start_card(bench);
    return bench;
}

struct card_bench *card_bench_create(const char *programs)
{
    return create(programs, false, false);
}

struct card_bench *card_bench_create_with_pin_pad(const char *programs)
{
    return create(programs, true, false);
}

struct card_bench *card_bench_create_on_vpcd(const char *programs)
{
    return create(programs, false, true);
}

void card_bench_destroy(struct card_bench *bench)
{
    close(bench->control);
    process_end(bench->card);
    process_end(bench->service);
    test_folder_remove(bench->folder);
    free(bench);
}

static const char *or_usual(const char *given, const char *usual)
{
    return given != NULL ? given : usual;
}

static void write_resident(const char *path, const struct card_bench_card *card)
{
    FILE *file = fopen(path, "we");

    if (file == NULL)
        give_up(path);
    fprintf(file,
            "{\"name\":\"test\",\"national_number\":\"85673000192\",\"surname\":\"Benali\","
            "\"given_names\":\"Amina Fatima\",\"middle_initial\":\"K\",\"sex\":\"F\","
            "\"birth_date\":\"1985-07-30\",\"birth_place\":\"Bruxelles\",\"nationality\":\"Belge\","
            "\"document_type\":\"%s\",\"issuing_municipality\":\"Bruxelles\","
            "\"card_number\":\"592123456789\",\"chip_number\":\"534C47900102030405060708090A0B0C\","
            "\"valid_from\":\"2024-01-05\",\"valid_until\":\"%s\","
            "\"street\":\"Rue Haute 12\",\"postal_code\":\"1000\",\"municipality\":\"Bruxelles\","
            "\"noble_condition\":\"\",\"special_status\":\"0\",\"pin\":\"1234\"%s}\n",
            or_usual(card->document_type, "1"), or_usual(card->valid_until, "2034-01-05"),
            or_usual(card->further, ""));
    fclose(file);
}

static void make_card(struct card_bench *bench, const char *name, const char *resident,
                      const char *generation)
{
    char authorities[PATH_SIZE], out[PATH_SIZE];
    const char *arguments[] = {"make-card", "--resident", resident, "--authorities",
                               authorities, "--out",      out,      "--generation",
                               generation,  NULL};
    int status = 0;

    test_path(authorities, bench->folder, "auth");
    test_path(out, bench->folder, name);
    pid_t child = start(bench, arguments);
    if (waitpid(child, &status, 0) != child || status != 0)
        give_up("make-card");
}

void card_bench_make_card_of(struct card_bench *bench, const char *name, const char *resident)
{
    make_card(bench, name, resident, "v17");
}

void card_bench_make(struct card_bench *bench, const char *name, const struct card_bench_card *card)
{
    char resident[PATH_SIZE];

    test_path(resident, bench->folder, "resident.json");
    write_resident(resident, card);
    make_card(bench, name, resident, or_usual(card->generation, "v17"));
}

void card_bench_make_card(struct card_bench *bench, const char *name, const char *document_type)
{
    const struct card_bench_card card = {.document_type = document_type};

    card_bench_make(bench, name, &card);
}

void card_bench_control(struct card_bench *bench, const char *line, char *answer, size_t size)
{
    struct pollfd look = {.fd = bench->control, .events = POLLIN};

    if (dprintf(bench->control, "%s\n", line) < 0 || poll(&look, 1, LIMIT_MS) <= 0)
        give_up(line);
    ssize_t got = recv(bench->control, answer, size - 1, 0);
    if (got <= 0)
        give_up(line);
    answer[got] = '\0';
    if (!str_starts_with(answer, "ok")) {
        fprintf(stderr, "virtual-card: %s: %s", line, answer);
        exit(1);
    }
}

int card_bench_pad(struct card_bench *bench, const char *line)
{
    char path[PATH_SIZE];

    test_path(path, bench->folder, "pad-0.sock");
    wait_for_file(path, bench->service, LIMIT_MS);
    int fingers = connect_to(path);
    if (dprintf(fingers, "%s\n", line) < 0)
        give_up(line);
    return fingers;
}

void card_bench_pad_done(int fingers)
{
    struct pollfd look = {.fd = fingers, .events = POLLIN};
    char answer[128] = "";

    if (poll(&look, 1, LIMIT_MS) <= 0 || recv(fingers, answer, sizeof answer - 1, 0) <= 0 ||
        !str_starts_with(answer, "ok")) {
        fprintf(stderr, "the reader's keys: %s\n", answer);
        exit(1);
    }
    close(fingers);
}

void card_bench_insert(struct card_bench *bench, const char *name)
{
    char line[PATH_SIZE + 8], path[PATH_SIZE], answer[64];

    test_path(path, bench->folder, name);
    check(str_format(line, sizeof line, "insert %s", path), name);
    card_bench_control(bench, line, answer, sizeof answer);
}

void card_bench_remove(struct card_bench *bench)
{
    char answer[64];

    card_bench_control(bench, "remove", answer, sizeof answer);
}

static long status_number(struct card_bench *bench, const char *name)
{
    char answer[256];

    card_bench_control(bench, "status", answer, sizeof answer);
    const char *found = strstr(answer, name);
    if (found == NULL)
        give_up(answer);
    return strtol(found + strlen(name), NULL, 10);
}

long card_bench_commands(struct card_bench *bench)
{
    return status_number(bench, "commands=");
}

long card_bench_holding(struct card_bench *bench)
{
    return status_number(bench, "holding=");
}

long card_bench_verified(struct card_bench *bench)
{
    return status_number(bench, "verified=");
}

long card_bench_reads(struct card_bench *bench)
{
    return status_number(bench, "reads=");
}

long card_bench_tries(struct card_bench *bench)
{
    return status_number(bench, "tries=");
}
