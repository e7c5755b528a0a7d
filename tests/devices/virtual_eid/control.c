#include "control.h"

#include "str.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum result control_open(struct control *control, const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    for (int i = 0; i < CONTROL_CLIENT_MAXIMUM; i++)
        control->clients[i].descriptor = -1;
    // Under its name only once it listens: who waits for the file may connect at once.
    if (str_format(address.sun_path, sizeof address.sun_path, "%s.new", path) != RESULT_OK) {
        errno = ENAMETOOLONG;
        return RESULT_FAILED;
    }
    control->listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    unlink(address.sun_path);
    if (control->listening < 0 ||
        bind(control->listening, (const struct sockaddr *)&address, sizeof address) != 0 ||
        listen(control->listening, 4) != 0 || rename(address.sun_path, path) != 0)
        return RESULT_FAILED;
    return RESULT_OK;
}

void control_look(const struct control *control, struct pollfd *looks)
{
    for (int i = 0; i < CONTROL_CLIENT_MAXIMUM; i++)
        looks[i] = (struct pollfd){.fd = control->clients[i].descriptor, .events = POLLIN};
    looks[CONTROL_CLIENT_MAXIMUM] = (struct pollfd){.fd = control->listening, .events = POLLIN};
}

static void welcome(struct control *control)
{
    int descriptor = accept4(control->listening, NULL, NULL, SOCK_CLOEXEC);

    for (int i = 0; i < CONTROL_CLIENT_MAXIMUM; i++) {
        if (control->clients[i].descriptor < 0) {
            control->clients[i].descriptor = descriptor;
            control->clients[i].used = 0;
            return;
        }
    }
    close(descriptor);
}

static void dismiss(struct control *control, int number)
{
    close(control->clients[number].descriptor);
    control->clients[number].descriptor = -1;
}

// How much more of a line came; false: the client is gone or sends what cannot be a line.
static bool take_in(struct control *control, int number)
{
    char *line = control->clients[number].line;
    size_t used = control->clients[number].used;
    ssize_t more =
        recv(control->clients[number].descriptor, line + used, CONTROL_LINE_SIZE - 1 - used, 0);

    if (more <= 0)
        return false;
    control->clients[number].used += (size_t)more;
    line[control->clients[number].used] = '\0';
    return true;
}

void control_serve(struct control *control, const struct pollfd *looks,
                   void (*obey)(void *self, char *line, char answer[CONTROL_LINE_SIZE]), void *self)
{
    char answer[CONTROL_LINE_SIZE + 1];

    for (int i = 0; i < CONTROL_CLIENT_MAXIMUM; i++) {
        if (looks[i].revents == 0)
            continue;
        if (!take_in(control, i)) {
            dismiss(control, i);
            continue;
        }
        char *end = strchr(control->clients[i].line, '\n');
        if (end == NULL)
            continue;
        *end = '\0';
        control->clients[i].used = 0; // one line, then its answer, then the next
        obey(self, control->clients[i].line, answer);
        size_t size = strlen(answer);
        answer[size] = '\n';
        if (send(looks[i].fd, answer, size + 1, MSG_NOSIGNAL) < 0)
            dismiss(control, i);
    }
    if (looks[CONTROL_CLIENT_MAXIMUM].revents != 0)
        welcome(control);
}
