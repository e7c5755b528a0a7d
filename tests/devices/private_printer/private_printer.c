// private-printer DIR …: the real ippeveprinter with all that it needs, for one test or one demo.
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <dirent.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clock.h"
#include "printer_form.h"
#include "printer_processes.h"
#include "str.h"

#define READY_LIMIT_MS 10000
#define PORTS_TRIED 5
#define EXIT_PRINTER_ENDED 3

struct private_printer {
    struct printer_request request;
    char spool[PATH_SIZE];
    char name[64];
    pid_t bus;
    pid_t printer;
    int port;
};

static enum result usage(void)
{
    fprintf(stderr,
            "usage: private-printer DIR [--keep DIR] [--scenario FILE] [--spool DIR]\n"
            "                           [--formats LIST] [--port N]\n"
            "Runs a real IPP printer; its address is in DIR/uri once it is ready. The README of\n"
            "tests/devices/private_printer describes the scenario file.\n");
    return RESULT_INVALID;
}

static enum result parse_option(const char *option, const char *value,
                                struct printer_request *request)
{
    if (str_equal(option, "--keep"))
        request->keep = value;
    else if (str_equal(option, "--scenario"))
        request->scenario = value;
    else if (str_equal(option, "--spool"))
        request->spool = value;
    else if (str_equal(option, "--formats"))
        request->formats = value;
    else if (!str_equal(option, "--port") ||
             str_to_int(value, 1, 65535, &request->port) != RESULT_OK)
        return usage();
    return RESULT_OK;
}

static enum result parse(int argc, char **argv, struct printer_request *request)
{
    *request = (struct printer_request){.formats = "application/pdf,image/pwg-raster"};
    if (argc < 2 || argc % 2 != 0 || argv[1][0] == '-')
        return usage();
    request->directory = argv[1];
    for (int i = 2; i < argc; i += 2)
        TRY(parse_option(argv[i], argv[i + 1], request));
    return RESULT_OK;
}

static enum result make_folder(const char *path)
{
    if (mkdir(path, 0700) == 0 || errno == EEXIST)
        return RESULT_OK;
    fprintf(stderr, "private-printer: cannot make %s: %s\n", path, strerrordesc_np(errno));
    return RESULT_FAILED;
}

static enum result make_folders(struct private_printer *all)
{
    TRY(make_folder(all->request.directory));
    if (all->request.spool == NULL) {
        TRY(str_format(all->spool, sizeof all->spool, "%s/spool", all->request.directory));
        all->request.spool = all->spool;
    }
    TRY(make_folder(all->request.spool));
    return all->request.keep == NULL ? RESULT_OK : make_folder(all->request.keep);
}

// Ready is when our printer answers: another one may have taken the port just before it.
static enum result wait_until_ready(const struct private_printer *all)
{
    uint64_t deadline = clock_monotonic_ms() + READY_LIMIT_MS;

    while (!load_a4(all->port, all->name)) {
        if (has_ended(all->printer))
            return RESULT_UNREACHABLE;
        if (clock_monotonic_ms() > deadline)
            return RESULT_TIMED_OUT;
        wait_a_little();
    }
    return RESULT_OK;
}

static enum result start_on_a_port(struct private_printer *all)
{
    enum result result = RESULT_UNREACHABLE;

    for (int i = 0; i < PORTS_TRIED && result == RESULT_UNREACHABLE; i++) {
        all->port = (int)all->request.port;
        if (all->port == 0)
            TRY(find_free_port(&all->port));
        TRY(start_printer(&all->request, all->port, all->name, &all->printer));
        result = wait_until_ready(all);
        if (result != RESULT_OK) {
            end_process(all->printer);
            all->printer = 0;
        }
    }
    if (result != RESULT_OK)
        fprintf(stderr,
                "private-printer: ippeveprinter does not come up; %s/printer.log says why\n",
                all->request.directory);
    return result;
}

// Whole from the moment it has its name.
static enum result write_file(const char *directory, const char *name, const char *content)
{
    char path[PATH_SIZE], unfinished[PATH_SIZE];

    TRY(str_format(path, sizeof path, "%s/%s", directory, name));
    TRY(str_format(unfinished, sizeof unfinished, "%s/.%s", directory, name));
    FILE *file = fopen(unfinished, "we");
    if (file == NULL)
        return RESULT_FAILED;
    bool written = fputs(content, file) >= 0;
    return fclose(file) == 0 && written && rename(unfinished, path) == 0 ? RESULT_OK
                                                                         : RESULT_FAILED;
}

static enum result tell(const struct private_printer *all)
{
    char text[128];

    TRY(str_format(text, sizeof text, "%d\n", (int)all->printer));
    TRY(write_file(all->request.directory, "printer.pid", text));
    TRY(str_format(text, sizeof text, "ipp://127.0.0.1:%d/ipp/print\n", all->port));
    return write_file(all->request.directory, "uri", text);
}

static void remove_from(const char *directory, const char *name)
{
    char path[PATH_SIZE];

    if (str_format(path, sizeof path, "%s/%s", directory, name) == RESULT_OK)
        unlink(path);
}

static void empty_folder(const char *path)
{
    DIR *folder = opendir(path);

    for (struct dirent *entry = folder == NULL ? NULL : readdir(folder); entry != NULL;
         entry = readdir(folder)) {
        if (entry->d_type == DT_REG)
            remove_from(path, entry->d_name);
    }
    if (folder != NULL)
        closedir(folder);
    rmdir(path);
}

static void end_all(struct private_printer *all)
{
    remove_from(all->request.directory, "uri");
    remove_from(all->request.directory, "printer.pid");
    end_process(all->printer);
    end_process(all->bus);
    remove_from(all->request.directory, "bus");
    empty_folder(all->request.spool);
}

// 0 when somebody asked for the end, else what to exit with.
static int watch_over(const struct private_printer *all, int signals)
{
    struct signalfd_siginfo info;

    for (;;) {
        if (read(signals, &info, sizeof info) != sizeof info)
            return 1;
        if (info.ssi_signo != SIGCHLD)
            return 0;
        if (has_ended(all->printer) || has_ended(all->bus))
            return EXIT_PRINTER_ENDED;
    }
}

static int take_signals(void)
{
    sigset_t taken;

    sigemptyset(&taken);
    sigaddset(&taken, SIGTERM);
    sigaddset(&taken, SIGINT);
    sigaddset(&taken, SIGCHLD);
    sigprocmask(SIG_BLOCK, &taken, NULL);
    return signalfd(-1, &taken, SFD_CLOEXEC);
}

int main(int argc, char **argv)
{
    struct private_printer all = {};
    int status = 1;

    if (parse(argc, argv, &all.request) != RESULT_OK)
        return 2;
    int signals = take_signals();
    if (signals < 0 || make_folders(&all) != RESULT_OK ||
        str_format(all.name, sizeof all.name, "Private printer (%d)", (int)getpid()) != RESULT_OK)
        return 1;
    if (start_bus(&all.request, &all.bus) == RESULT_OK && start_on_a_port(&all) == RESULT_OK &&
        tell(&all) == RESULT_OK)
        status = watch_over(&all, signals);
    end_all(&all);
    return status;
}
