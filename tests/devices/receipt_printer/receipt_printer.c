// receipt-printer: an ESC/POS printer on a port of this machine that prints into files.
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "control.h"
#include "mechanism.h"
#include "picture.h"
#include "result.h"
#include "str.h"

#define PATH_SIZE 4096

struct request {
    const char *port_file, *stream, *picture, *control;
};

// What the program waits for, in the order of its poll list.
enum source { SOURCE_SIGNALS, SOURCE_LISTENER, SOURCE_CLIENT, SOURCE_CONTROL, SOURCE_COMMANDER };
#define SOURCE_COUNT (SOURCE_COMMANDER + 1)

struct device {
    struct pollfd sources[SOURCE_COUNT];
    struct mechanism *mechanism;
    char line[128];
    size_t line_size;
    bool ended;
};

static enum result complain(const char *what, const char *about)
{
    fprintf(stderr, "receipt-printer: %s %s: %s\n", what, about, strerrordesc_np(errno));
    return RESULT_FAILED;
}

static enum result usage(void)
{
    fprintf(stderr, "usage: receipt-printer --port-file FILE --stream FILE.bin --picture FILE.png\n"
                    "                       [--control SOCKET]\n"
                    "Prints receipts into files; the README of tests/devices/receipt_printer says "
                    "how to break it.\n");
    return RESULT_INVALID;
}

static enum result parse(int argc, char **argv, struct request *request)
{
    *request = (struct request){};
    for (int i = 1; i + 1 < argc; i += 2) {
        const char **value = NULL;
        if (str_equal(argv[i], "--port-file"))
            value = &request->port_file;
        else if (str_equal(argv[i], "--stream"))
            value = &request->stream;
        else if (str_equal(argv[i], "--picture"))
            value = &request->picture;
        else if (str_equal(argv[i], "--control"))
            value = &request->control;
        else
            return usage();
        *value = argv[i + 1];
    }
    return argc % 2 == 1 && request->port_file != NULL && request->stream != NULL &&
                   request->picture != NULL
               ? RESULT_OK
               : usage();
}

static enum result write_port(const char *path, int port)
{
    char unfinished[PATH_SIZE];

    TRY(str_format(unfinished, sizeof unfinished, "%s.unfinished", path));
    FILE *file = fopen(unfinished, "we");
    if (file == NULL)
        return complain("cannot write", unfinished);
    bool written = fprintf(file, "%d\n", port) > 0;
    return fclose(file) == 0 && written && rename(unfinished, path) == 0
               ? RESULT_OK
               : complain("cannot write", path);
}

static enum result listen_on_a_port(const char *port_file, int *listener)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;

    *listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(*listener, (const struct sockaddr *)&address, size) != 0 ||
        listen(*listener, 4) != 0 ||
        getsockname(*listener, (struct sockaddr *)&address, &size) != 0)
        return complain("cannot listen on", "127.0.0.1");
    return write_port(port_file, ntohs(address.sin_port));
}

static enum result listen_for_control(const char *path, int *listener)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    *listener = -1;
    if (path == NULL)
        return RESULT_OK;
    if (str_copy(address.sun_path, sizeof address.sun_path, path) != RESULT_OK) {
        errno = ENAMETOOLONG;
        return complain("cannot listen on", path);
    }
    unlink(path); // left behind by one that was killed
    *listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(*listener, (const struct sockaddr *)&address, sizeof address) != 0 ||
        listen(*listener, 4) != 0)
        return complain("cannot listen on", path);
    return RESULT_OK;
}

static void accept_into(struct device *device, enum source listener, enum source place)
{
    device->sources[place].fd = accept4(device->sources[listener].fd, NULL, NULL, SOCK_CLOEXEC);
    if (place == SOURCE_CLIENT)
        mechanism_set_client(device->mechanism, device->sources[place].fd);
    else
        device->line_size = 0;
}

static void hang_up(struct device *device, enum source place)
{
    close(device->sources[place].fd);
    device->sources[place].fd = -1;
    if (place == SOURCE_CLIENT)
        mechanism_set_client(device->mechanism, -1);
}

static void read_client(struct device *device)
{
    uint8_t bytes[4096];
    ssize_t got = recv(device->sources[SOURCE_CLIENT].fd, bytes, sizeof bytes, 0);

    if (got > 0)
        mechanism_receive(device->mechanism, bytes, (size_t)got);
    else
        hang_up(device, SOURCE_CLIENT);
}

static void obey(struct device *device)
{
    char answer[128];

    device->line[device->line_size] = '\0';
    device->line_size = 0;
    device->ended = !control_line(device->mechanism, device->line, answer);
    if (dprintf(device->sources[SOURCE_COMMANDER].fd, "%s\n", answer) < 0)
        hang_up(device, SOURCE_COMMANDER);
}

static void read_commander(struct device *device)
{
    char byte = 0;

    if (recv(device->sources[SOURCE_COMMANDER].fd, &byte, 1, 0) <= 0)
        hang_up(device, SOURCE_COMMANDER);
    else if (byte == '\n')
        obey(device);
    else if (device->line_size < sizeof device->line - 1)
        device->line[device->line_size++] = byte;
}

static void accept_only_when_free(struct pollfd *listener, const struct pollfd *place)
{
    if (place->fd < 0)
        listener->events = POLLIN;
    else
        listener->events = 0;
}

// One client at a time, one commander at a time: the next waits until the place is free.
static void serve(struct device *device)
{
    struct pollfd *sources = device->sources;

    accept_only_when_free(&sources[SOURCE_LISTENER], &sources[SOURCE_CLIENT]);
    accept_only_when_free(&sources[SOURCE_CONTROL], &sources[SOURCE_COMMANDER]);
    if (poll(sources, SOURCE_COUNT, -1) < 0)
        return;
    if (sources[SOURCE_SIGNALS].revents != 0)
        device->ended = true;
    if (sources[SOURCE_CLIENT].fd >= 0 && sources[SOURCE_CLIENT].revents != 0)
        read_client(device);
    if (sources[SOURCE_COMMANDER].fd >= 0 && sources[SOURCE_COMMANDER].revents != 0)
        read_commander(device);
    if ((sources[SOURCE_LISTENER].revents & POLLIN) != 0)
        accept_into(device, SOURCE_LISTENER, SOURCE_CLIENT);
    if ((sources[SOURCE_CONTROL].revents & POLLIN) != 0)
        accept_into(device, SOURCE_CONTROL, SOURCE_COMMANDER);
}

static int take_signals(void)
{
    sigset_t taken;

    sigemptyset(&taken);
    sigaddset(&taken, SIGTERM);
    sigaddset(&taken, SIGINT);
    sigprocmask(SIG_BLOCK, &taken, NULL);
    signal(SIGPIPE, SIG_IGN);
    return signalfd(-1, &taken, SFD_CLOEXEC);
}

static enum result open_device(const struct request *request, struct device *device)
{
    for (int i = 0; i < SOURCE_COUNT; i++)
        device->sources[i] = (struct pollfd){.fd = -1, .events = POLLIN};
    device->mechanism = mechanism_create(request->stream, request->picture);
    if (device->mechanism == NULL)
        return RESULT_NO_MEMORY;
    device->sources[SOURCE_SIGNALS].fd = take_signals();
    TRY(listen_for_control(request->control, &device->sources[SOURCE_CONTROL].fd));
    return listen_on_a_port(request->port_file, &device->sources[SOURCE_LISTENER].fd);
}

int main(int argc, char **argv)
{
    struct device device = {};
    struct request request;

    if (parse(argc, argv, &request) != RESULT_OK)
        return 2;
    if (open_device(&request, &device) != RESULT_OK)
        return 1;
    while (!device.ended)
        serve(&device);
    if (request.control != NULL)
        unlink(request.control);
    unlink(request.port_file);
    mechanism_destroy(device.mechanism);
    picture_finish();
    return 0;
}
