#include "zvt_line.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"
#include "log.h"

#define CONNECT_LIMIT_MS 2000
#define SEND_LIMIT_MS 2000

static bool wait_for(int socket, short what, uint64_t deadline)
{
    struct pollfd waiting = {.fd = socket, .events = what};

    for (;;) {
        uint64_t now = clock_monotonic_ms();
        int count = poll(&waiting, 1, deadline > now ? (int)(deadline - now) : 0);
        if (count >= 0 || errno != EINTR)
            return count > 0;
    }
}

static int connect_to(const struct addrinfo *address)
{
    int made = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    int error = 0, on = 1;
    socklen_t size = sizeof error;

    if (made < 0)
        return -1;
    (void)setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(made, address->ai_addr, address->ai_addrlen) == 0)
        return made;
    if (errno == EINPROGRESS && wait_for(made, POLLOUT, clock_monotonic_ms() + CONNECT_LIMIT_MS) &&
        getsockopt(made, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0)
        return made;
    close(made);
    return -1;
}

enum result zvt_line_open(struct zvt_line *line)
{
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM,
                                   .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV};
    struct addrinfo *address = NULL;

    zvt_line_close(line);
    if (getaddrinfo(line->host, line->port, &hints, &address) != 0)
        return RESULT_UNREACHABLE;
    line->socket = connect_to(address);
    freeaddrinfo(address);
    return line->socket >= 0 ? RESULT_OK : RESULT_UNREACHABLE;
}

void zvt_line_close(struct zvt_line *line)
{
    if (line->socket >= 0)
        close(line->socket);
    line->socket = -1;
    line->filled = line->taken = 0;
}

bool zvt_line_is_open(const struct zvt_line *line)
{
    return line->socket >= 0;
}

static enum result broken(struct zvt_line *line, enum result result)
{
    log_warning("zvt", "the line to the payment terminal is closed", result);
    zvt_line_close(line);
    return result;
}

enum result zvt_line_send(struct zvt_line *line, struct bytes packet)
{
    uint64_t deadline = clock_monotonic_ms() + SEND_LIMIT_MS;

    if (line->socket < 0 || packet.size == 0)
        return RESULT_UNREACHABLE;
    for (size_t sent = 0; sent < packet.size;) {
        ssize_t piece = send(line->socket, packet.data + sent, packet.size - sent, MSG_NOSIGNAL);
        if (piece >= 0)
            sent += (size_t)piece;
        else if (errno != EINTR && errno != EAGAIN)
            return broken(line, RESULT_UNREACHABLE);
        else if (!wait_for(line->socket, POLLOUT, deadline))
            return broken(line, RESULT_UNREACHABLE);
    }
    return RESULT_OK;
}

static void forget_taken(struct zvt_line *line)
{
    memmove(line->memory, line->memory + line->taken, line->filled - line->taken);
    line->filled -= line->taken;
    line->taken = 0;
}

// Waits for more bytes.
static enum result fill(struct zvt_line *line, uint64_t deadline)
{
    if (!wait_for(line->socket, POLLIN, deadline))
        return RESULT_TIMED_OUT;
    ssize_t piece =
        recv(line->socket, line->memory + line->filled, sizeof line->memory - line->filled, 0);
    if (piece <= 0 && !(piece < 0 && (errno == EINTR || errno == EAGAIN)))
        return broken(line, RESULT_UNREACHABLE);
    line->filled += piece > 0 ? (size_t)piece : 0;
    return RESULT_OK;
}

enum result zvt_line_receive(struct zvt_line *line, uint64_t deadline, struct zvt_packet *packet)
{
    size_t size = 0;

    if (line->socket < 0)
        return RESULT_UNREACHABLE;
    forget_taken(line);
    for (;;) {
        const struct bytes begun = {line->memory, line->filled};
        enum result result = zvt_packet_size(begun, &size);
        if (result != RESULT_OK)
            return broken(line, result);
        if (size > 0 && size <= line->filled)
            break;
        TRY(fill(line, deadline));
    }
    line->taken = size;
    return zvt_packet_read((struct bytes){line->memory, size}, packet);
}
