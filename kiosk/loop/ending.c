#include "ending.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

struct ending {
    void (*call)(void *self);
    void *self;
    pthread_t thread;
};

static void *wait_for_signal(void *self)
{
    const struct ending *ending = self;
    sigset_t wanted;
    int number = 0;

    sigemptyset(&wanted);
    sigaddset(&wanted, SIGTERM);
    sigaddset(&wanted, SIGINT);
    sigwait(&wanted, &number);
    ending->call(ending->self);
    return NULL;
}

enum result ending_create(void (*call)(void *self), void *self, struct ending **out)
{
    struct ending *ending = malloc(sizeof *ending);

    *out = NULL;
    if (ending == NULL)
        return RESULT_NO_MEMORY;
    *ending = (struct ending){.call = call, .self = self};
    if (pthread_create(&ending->thread, NULL, wait_for_signal, ending) != 0) {
        free(ending);
        return RESULT_FAILED;
    }
    pthread_setname_np(ending->thread, "ending");
    *out = ending;
    return RESULT_OK;
}

void ending_destroy(struct ending *ending)
{
    if (ending == NULL)
        return;
    pthread_kill(ending->thread, SIGTERM); // or it has returned already
    pthread_join(ending->thread, NULL);
    free(ending);
}
