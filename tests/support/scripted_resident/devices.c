#include "devices.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "str.h"

static enum result send_and_receive(int descriptor, const char *text, char *answer, size_t capacity)
{
    const struct timeval patience = {.tv_sec = 5};

    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (send(descriptor, text, strlen(text), MSG_NOSIGNAL) != (ssize_t)strlen(text))
        return RESULT_UNREACHABLE;
    ssize_t size = recv(descriptor, answer, capacity - 1, 0);
    if (size <= 0)
        return RESULT_TIMED_OUT;
    answer[size] = '\0';
    return RESULT_OK;
}

static enum result talk(int family, const struct sockaddr *address, socklen_t size,
                        const char *text, const char *expected)
{
    char answer[512];
    int descriptor = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (descriptor < 0)
        return RESULT_FAILED;
    enum result result = RESULT_UNREACHABLE;
    if (connect(descriptor, address, size) == 0)
        result = send_and_receive(descriptor, text, answer, sizeof answer);
    close(descriptor);
    if (result == RESULT_OK && !str_starts_with(answer, expected)) {
        fprintf(stderr, "scripted-resident: the device answered: %s\n", answer);
        return RESULT_REFUSED;
    }
    return result;
}

enum result device_command(const char *socket_path, const char *command)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char line[4200];

    TRY(str_copy(address.sun_path, sizeof address.sun_path, socket_path));
    TRY(str_format(line, sizeof line, "%s\n", command));
    return talk(AF_UNIX, (const struct sockaddr *)&address, sizeof address, line, "ok");
}

pid_t device_command_later(const char *socket_path, const char *command, int64_t delay_ms)
{
    pid_t child = fork();

    if (child == 0) {
        nanosleep(&(struct timespec){delay_ms / 1000, delay_ms % 1000 * 1000000}, NULL);
        _exit(device_command(socket_path, command) == RESULT_OK ? 0 : 1);
    }
    return child;
}

enum result device_form(int port, const char *path)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    char request[1024];

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    TRY(str_format(request, sizeof request,
                   "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\n\r\n", path,
                   port));
    return talk(AF_INET, (const struct sockaddr *)&address, sizeof address, request,
                "HTTP/1.1 200");
}

enum result device_telephone(const char *program, const char *picture, const char *what)
{
    int status = 1;

    if (program == NULL)
        return RESULT_FAILED;
    pid_t child = fork();
    if (child == 0) {
        execl(program, program, picture, what, (char *)NULL);
        _exit(127);
    }
    return child > 0 && waitpid(child, &status, 0) == child && status == 0 ? RESULT_OK
                                                                           : RESULT_FAILED;
}
