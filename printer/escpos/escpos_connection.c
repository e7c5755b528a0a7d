#include "escpos_connection.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include "clock.h"
#include "log.h"
#include "str.h"

struct escpos_connection {
    int descriptor;
    bool is_socket;
    struct escpos_sorter sorter;
};

struct tcp_address {
    char host[256];
    char port[8];
};

static int milliseconds_until(uint64_t deadline)
{
    uint64_t now = clock_monotonic_ms();

    return deadline > now ? (int)(deadline - now) : 0;
}

static enum result parse_tcp(const char *device, struct tcp_address *address)
{
    int64_t port = 0;

    if (!str_starts_with(device, "tcp:"))
        return RESULT_INVALID;
    const char *host = device + strlen("tcp:");
    const char *colon = strrchr(host, ':'); // the last: an IPv6 address has colons of its own
    if (colon == NULL || colon == host || str_to_int(colon + 1, 1, 65535, &port) != RESULT_OK)
        return RESULT_INVALID;
    TRY(str_format(address->host, sizeof address->host, "%.*s", (int)(colon - host), host));
    return str_copy(address->port, sizeof address->port, colon + 1);
}

enum result escpos_device_check(const char *device)
{
    struct tcp_address address;

    return device[0] == '/' || parse_tcp(device, &address) == RESULT_OK ? RESULT_OK
                                                                        : RESULT_INVALID;
}

static bool wait_for(int descriptor, short events, uint64_t deadline)
{
    struct pollfd waiting = {.fd = descriptor, .events = events};
    int ready = 0;

    do {
        ready = poll(&waiting, 1, milliseconds_until(deadline));
    } while (ready < 0 && errno == EINTR);
    return ready > 0;
}

static bool finish_connecting(int descriptor, uint64_t deadline)
{
    int error = 0;
    socklen_t size = sizeof error;

    return wait_for(descriptor, POLLOUT, deadline) &&
           getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0;
}

// A connected socket, or -1.
static int connect_to(const struct addrinfo *to, uint64_t deadline)
{
    int descriptor = socket(to->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    if (descriptor < 0)
        return -1;
    if (connect(descriptor, to->ai_addr, to->ai_addrlen) == 0 ||
        (errno == EINPROGRESS && finish_connecting(descriptor, deadline)))
        return descriptor;
    close(descriptor);
    return -1;
}

static int open_tcp(const struct tcp_address *address, uint64_t deadline)
{
    const struct addrinfo wanted = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    int descriptor = -1;

    if (getaddrinfo(address->host, address->port, &wanted, &found) != 0)
        return -1;
    for (struct addrinfo *at = found; at != NULL && descriptor < 0; at = at->ai_next)
        descriptor = connect_to(at, deadline);
    freeaddrinfo(found);
    return descriptor;
}

// A terminal line would change 0A to 0D 0A and eat status bytes. The speed stays as it was set.
static bool make_raw(int descriptor)
{
    struct termios line;

    if (!isatty(descriptor))
        return true;
    if (tcgetattr(descriptor, &line) != 0)
        return false;
    cfmakeraw(&line);
    line.c_cflag |= CLOCAL | CREAD;
    return tcsetattr(descriptor, TCSANOW, &line) == 0;
}

static int open_device(const char *path)
{
    int descriptor = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

    if (descriptor >= 0 && !make_raw(descriptor)) {
        close(descriptor);
        return -1;
    }
    return descriptor;
}

enum result escpos_connection_create(const char *device, uint64_t deadline,
                                     struct escpos_connection **out)
{
    struct escpos_connection *connection = calloc(1, sizeof *connection);
    struct tcp_address address;

    *out = NULL;
    if (connection == NULL)
        return RESULT_NO_MEMORY;
    connection->is_socket = parse_tcp(device, &address) == RESULT_OK;
    connection->descriptor =
        connection->is_socket ? open_tcp(&address, deadline) : open_device(device);
    if (connection->descriptor < 0) {
        enum result result =
            !connection->is_socket && errno == EBUSY ? RESULT_BUSY : RESULT_UNREACHABLE;
        free(connection);
        return result;
    }
    *out = connection;
    return RESULT_OK;
}

void escpos_connection_destroy(struct escpos_connection *connection)
{
    if (connection == NULL)
        return;
    close(connection->descriptor);
    free(connection);
}

static ssize_t write_some(struct escpos_connection *connection, struct bytes data)
{
    if (connection->is_socket)
        return send(connection->descriptor, data.data, data.size, MSG_NOSIGNAL);
    return write(connection->descriptor, data.data, data.size);
}

enum result escpos_connection_write(struct escpos_connection *connection, struct bytes data,
                                    uint64_t deadline)
{
    while (data.size > 0) {
        ssize_t written = write_some(connection, data);
        if (written > 0) {
            data = (struct bytes){data.data + written, data.size - (size_t)written};
        } else if (written < 0 && errno == EAGAIN) { // its buffer is full: it prints, or cannot
            if (!wait_for(connection->descriptor, POLLOUT, deadline))
                return RESULT_TIMED_OUT;
        } else if (written < 0 && errno != EINTR) {
            log_warning("escpos", "the receipt printer went away while it was written to", errno);
            return RESULT_UNREACHABLE;
        }
    }
    return RESULT_OK;
}

enum result escpos_connection_next(struct escpos_connection *connection, uint64_t deadline,
                                   struct escpos_answer *answer)
{
    *answer = (struct escpos_answer){ESCPOS_ANSWER_NONE, {}};
    while (answer->kind == ESCPOS_ANSWER_NONE) {
        uint8_t byte = 0;
        if (!wait_for(connection->descriptor, POLLIN, deadline))
            return RESULT_TIMED_OUT;
        ssize_t got = read(connection->descriptor, &byte, 1);
        if (got == 1)
            *answer = escpos_sort(&connection->sorter, byte);
        else if (got == 0 || (errno != EAGAIN && errno != EINTR))
            return RESULT_UNREACHABLE;
        else if (milliseconds_until(deadline) == 0)
            return RESULT_TIMED_OUT;
    }
    return RESULT_OK;
}

void escpos_connection_drain(struct escpos_connection *connection)
{
    struct escpos_answer dropped;

    for (int i = 0; i < 256; i++) { // a device that never stops talking ends it, too
        if (escpos_connection_next(connection, 0, &dropped) != RESULT_OK)
            return;
    }
}
