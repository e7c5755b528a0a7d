#include "vpcd_bridge.h"

#include "str.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define CHUNK 4096

enum result vpcd_bridge_open(struct vpcd_bridge *bridge, const char *path, uint16_t port)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    *bridge = (struct vpcd_bridge){.card = -1, .reader = -1, .port = port};
    if (str_copy(address.sun_path, sizeof address.sun_path, path) != RESULT_OK) {
        errno = ENAMETOOLONG;
        return RESULT_FAILED;
    }
    bridge->listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    unlink(path);
    if (bridge->listening < 0 ||
        bind(bridge->listening, (const struct sockaddr *)&address, sizeof address) != 0 ||
        listen(bridge->listening, 4) != 0)
        return RESULT_FAILED;
    return RESULT_OK;
}

static void set_option(int reader, int option)
{
    int on = 1;

    setsockopt(reader, IPPROTO_TCP, option, &on, sizeof on);
}

static int connect_to_driver(uint16_t port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int reader = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (reader >= 0 && connect(reader, (const struct sockaddr *)&address, sizeof address) == 0) {
        set_option(reader, TCP_NODELAY);
        return reader;
    }
    if (reader >= 0)
        close(reader);
    return -1;
}

static void hang_up(struct vpcd_bridge *bridge)
{
    if (bridge->card >= 0)
        close(bridge->card);
    if (bridge->reader >= 0)
        close(bridge->reader);
    bridge->card = bridge->reader = -1;
}

static void let_card_in(struct vpcd_bridge *bridge)
{
    bridge->card = accept4(bridge->listening, NULL, NULL, SOCK_CLOEXEC);
    bridge->reader = connect_to_driver(bridge->port);
    if (bridge->card < 0 || bridge->reader < 0)
        hang_up(bridge); // the driver is not there yet; the card tries again
}

static bool send_all(int to, const uint8_t *data, size_t size)
{
    while (size > 0) {
        ssize_t sent = send(to, data, size, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        data += sent;
        size -= (size_t)sent;
    }
    return true;
}

// The driver sends a message in two pieces, and the kernel would keep the second back for 40 ms
// until the first is acknowledged: so that is done at once, before and after every look, because
// the kernel forgets the wish (tcp(7), TCP_QUICKACK).
static bool carry(struct vpcd_bridge *bridge, int from, int to)
{
    uint8_t data[CHUNK];

    set_option(bridge->reader, TCP_QUICKACK);
    ssize_t size = recv(from, data, sizeof data, 0);
    set_option(bridge->reader, TCP_QUICKACK);
    return size > 0 && send_all(to, data, (size_t)size);
}

void vpcd_bridge_look(const struct vpcd_bridge *bridge, struct pollfd looks[VPCD_BRIDGE_LOOKS])
{
    looks[0] = (struct pollfd){.fd = bridge->card < 0 ? bridge->listening : -1, .events = POLLIN};
    looks[1] = (struct pollfd){.fd = bridge->card, .events = POLLIN};
    looks[2] = (struct pollfd){.fd = bridge->reader, .events = POLLIN};
}

void vpcd_bridge_serve(struct vpcd_bridge *bridge, const struct pollfd looks[VPCD_BRIDGE_LOOKS])
{
    if (looks[0].revents != 0)
        let_card_in(bridge);
    else if ((looks[1].revents != 0 && !carry(bridge, bridge->card, bridge->reader)) ||
             (looks[2].revents != 0 && !carry(bridge, bridge->reader, bridge->card)))
        hang_up(bridge);
}
