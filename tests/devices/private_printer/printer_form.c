#include "printer_form.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "str.h"

// The trays must have these numbers: with others the form forgets its trays for good.
#define MEDIA_FORM                                                                                 \
    "/media?size1=iso_a4_210x297mm&type1=stationery&level1=250&size3=iso_dl_110x220mm"             \
    "&type3=envelope&level3=-2"

static int connect_to_port(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct timeval limit = {.tv_sec = 2};
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == 0 &&
        connect(descriptor, (const struct sockaddr *)&address, sizeof address) == 0)
        return descriptor;
    close(descriptor);
    return -1;
}

// Reads the whole page, to its last chunk: the printer sends its first bytes before it has filled
// in the form, and keeps the connection open afterwards.
static bool page_names(int descriptor, const char *name)
{
    char page[16384];
    size_t used = 0;

    do {
        ssize_t got = recv(descriptor, page + used, sizeof page - 1 - used, 0);
        if (got <= 0)
            return false;
        used += (size_t)got;
        page[used] = '\0';
    } while (strstr(page, "\r\n0\r\n\r\n") == NULL);
    return str_starts_with(page, "HTTP/1.1 200") && strstr(page, name) != NULL;
}

bool load_a4(int port, const char *name)
{
    static const char request[] = "GET " MEDIA_FORM " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    int descriptor = connect_to_port(port);

    if (descriptor < 0)
        return false;
    bool loaded =
        send(descriptor, request, sizeof request - 1, MSG_NOSIGNAL) == sizeof request - 1 &&
        page_names(descriptor, name);
    close(descriptor);
    return loaded;
}
