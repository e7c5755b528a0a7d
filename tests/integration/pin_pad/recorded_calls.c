#include "recorded_calls.h"

#include <pthread.h>
#include <string.h>
#include <winscard.h>

#define VERIFY 0x20
#define COMMAND_HEAD 5

// The linker's names for what is led through here.
LONG __real_SCardTransmit(SCARDHANDLE card, const SCARD_IO_REQUEST *protocol,
                          const uint8_t *command, DWORD size, SCARD_IO_REQUEST *received,
                          uint8_t *answer, DWORD *answer_size);
LONG __wrap_SCardTransmit(SCARDHANDLE card, const SCARD_IO_REQUEST *protocol,
                          const uint8_t *command, DWORD size, SCARD_IO_REQUEST *received,
                          uint8_t *answer, DWORD *answer_size);
LONG __real_SCardControl(SCARDHANDLE card, DWORD code, const void *request, DWORD size,
                         void *answer, DWORD capacity, DWORD *returned);
LONG __wrap_SCardControl(SCARDHANDLE card, DWORD code, const void *request, DWORD size,
                         void *answer, DWORD capacity, DWORD *returned);

// The wrapped functions have no place for anything of ours.
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct recorded_call recorded;

void recorded_calls_forget(void)
{
    pthread_mutex_lock(&lock);
    recorded = (struct recorded_call){};
    pthread_mutex_unlock(&lock);
}

struct recorded_call recorded_calls(void)
{
    pthread_mutex_lock(&lock);
    struct recorded_call copy = recorded;
    pthread_mutex_unlock(&lock);
    return copy;
}

LONG __wrap_SCardTransmit(SCARDHANDLE card, const SCARD_IO_REQUEST *protocol,
                          const uint8_t *command, DWORD size, SCARD_IO_REQUEST *received,
                          uint8_t *answer, DWORD *answer_size)
{
    pthread_mutex_lock(&lock);
    recorded.verifies += size > COMMAND_HEAD && command[1] == VERIFY;
    pthread_mutex_unlock(&lock);
    return __real_SCardTransmit(card, protocol, command, size, received, answer, answer_size);
}

static size_t keep(uint8_t place[RECORDED_SIZE], const void *what, size_t size)
{
    size_t kept = size < RECORDED_SIZE ? size : RECORDED_SIZE;

    memcpy(place, what, kept);
    return kept;
}

LONG __wrap_SCardControl(SCARDHANDLE card, DWORD code, const void *request, DWORD size,
                         void *answer, DWORD capacity, DWORD *returned)
{
    LONG result = __real_SCardControl(card, code, request, size, answer, capacity, returned);

    pthread_mutex_lock(&lock);
    recorded.controls++;
    if (size > 0) {
        recorded.request_size = keep(recorded.request, request, size);
        recorded.answer_size =
            keep(recorded.answer, answer, result == SCARD_S_SUCCESS ? *returned : 0);
    }
    pthread_mutex_unlock(&lock);
    return result;
}
