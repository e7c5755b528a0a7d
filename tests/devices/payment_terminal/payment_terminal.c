// payment-terminal FOLDER: a payment terminal on the loopback address that fails on request.
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "terminal_dialogues.h"

#define IDLE_MS 60000
#define FIRST_RECEIPT 41

static int listen_somewhere(int *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(listener, 4) != 0 || getsockname(listener, (struct sockaddr *)&address, &size) != 0)
        return -1;
    *port = ntohs(address.sin_port);
    return listener;
}

int main(int count, char **texts)
{
    int port = 0;
    char address[32];
    uint8_t packet[300];
    size_t size = 0;

    if (count != 2) {
        (void)fprintf(stderr, "usage: payment-terminal FOLDER\n");
        return 2;
    }
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
    struct card_terminal terminal = {.folder = texts[1], .receipt = FIRST_RECEIPT};
    int listener = listen_somewhere(&port);
    if (listener < 0) {
        (void)fprintf(stderr, "payment-terminal: no free port\n");
        return EXIT_FAILURE;
    }
    terminal_write_book(&terminal);
    (void)snprintf(address, sizeof address, "127.0.0.1:%d", port);
    folder_write(texts[1], "address", address);
    for (;;) {
        struct till till = {.folder = texts[1], .socket = accept(listener, NULL, NULL)};
        while (till_receive(&till, IDLE_MS, packet, sizeof packet, &size))
            terminal_serve(&terminal, &till, packet, size);
        if (till.socket >= 0)
            (void)close(till.socket);
    }
}
