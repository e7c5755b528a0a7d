#include "reader_plug.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static bool listen_on(struct reader_plug *plug, const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(address.sun_path, path, strlen(path) + 1);
    memcpy(plug->path, path, strlen(path) + 1);
    unlink(path);
    return bind(plug->listening, (const struct sockaddr *)&address, sizeof address) == 0 &&
           listen(plug->listening, 1) == 0;
}

bool reader_plug_open(struct reader_plug *plug, const char *path)
{
    *plug = (struct reader_plug){
        .listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), .hand = -1};
    pthread_mutex_init(&plug->lock, NULL);
    if (plug->listening >= 0 && listen_on(plug, path))
        return true;
    reader_plug_close(plug);
    return false;
}

void reader_plug_close(struct reader_plug *plug)
{
    if (plug->hand >= 0)
        close(plug->hand);
    if (plug->listening >= 0)
        close(plug->listening);
    if (plug->path[0] != '\0')
        unlink(plug->path);
    pthread_mutex_destroy(&plug->lock);
}

static bool let_go(int hand)
{
    struct pollfd look = {.fd = hand, .events = POLLRDHUP};

    return poll(&look, 1, 0) > 0;
}

bool reader_plug_is_in(struct reader_plug *plug)
{
    pthread_mutex_lock(&plug->lock);
    if (plug->hand >= 0 && let_go(plug->hand)) {
        close(plug->hand);
        plug->hand = -1;
    }
    if (plug->hand < 0)
        plug->hand = accept4(plug->listening, NULL, NULL, SOCK_CLOEXEC);
    bool in = plug->hand < 0;
    pthread_mutex_unlock(&plug->lock);
    return in;
}

struct pollfd reader_plug_look(struct reader_plug *plug)
{
    pthread_mutex_lock(&plug->lock);
    struct pollfd look = plug->hand >= 0 ? (struct pollfd){.fd = plug->hand, .events = POLLRDHUP}
                                         : (struct pollfd){.fd = plug->listening, .events = POLLIN};
    pthread_mutex_unlock(&plug->lock);
    return look;
}
