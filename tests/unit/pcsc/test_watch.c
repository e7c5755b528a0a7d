// The watch against a daemon of our own making, for moments that no real one can be brought to at
// will. The functions of libpcsclite stand here instead of its own.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include <winscard.h>

#include "pcsc_watch.h"

#define READER "A Reader 00 00"

struct daemon {
    int readers;        // in the list
    int readers_appear; // when the list has been asked for so often
    int lists, waits, endless_waits;
    DWORD state; // of the reader
};

static struct daemon *pcscd(void)
{
    static struct daemon daemon;

    return &daemon;
}

LONG SCardEstablishContext(DWORD scope, LPCVOID reserved1, LPCVOID reserved2, LPSCARDCONTEXT handle)
{
    (void)scope;
    (void)reserved1;
    (void)reserved2;
    *handle = 1;
    return SCARD_S_SUCCESS;
}

LONG SCardReleaseContext(SCARDCONTEXT handle)
{
    (void)handle;
    return SCARD_S_SUCCESS;
}

LONG SCardCancel(SCARDCONTEXT handle)
{
    (void)handle;
    return SCARD_S_SUCCESS;
}

LONG SCardListReaders(SCARDCONTEXT handle, LPCSTR groups, LPSTR names, LPDWORD size)
{
    struct daemon *daemon = pcscd();
    bool none = daemon->readers == 0;

    (void)handle;
    (void)groups;
    daemon->lists++;
    if (daemon->lists == daemon->readers_appear)
        daemon->readers = 1; // a moment after the answer
    if (none)
        return SCARD_E_NO_READERS_AVAILABLE;
    if (names != NULL)
        memcpy(names, READER "\0", sizeof READER + 1);
    *size = sizeof READER + 1;
    return SCARD_S_SUCCESS;
}

// As pcsc-lite 1.9 does it: of readers it tells what changes from now on, not since the list.
LONG SCardGetStatusChange(SCARDCONTEXT handle, DWORD milliseconds, SCARD_READERSTATE *states,
                          DWORD count)
{
    struct daemon *daemon = pcscd();

    (void)handle;
    daemon->waits++;
    if (count == 2 && states[1].dwCurrentState != daemon->state) {
        states[1].dwEventState = daemon->state | SCARD_STATE_CHANGED;
        return SCARD_S_SUCCESS;
    }
    daemon->endless_waits += milliseconds == INFINITE;
    // A wait without an end that nothing would end: the test must not hang in it.
    return milliseconds == INFINITE ? SCARD_E_NO_SERVICE : SCARD_E_TIMEOUT;
}

static void a_reader_that_comes_between_list_and_wait_is_found(void **state)
{
    owned(pcsc_watch) watch = NULL;
    enum card_presence now = CARD_PRESENCE_UNKNOWN;

    (void)state;
    *pcscd() = (struct daemon){.readers_appear = 2, .state = SCARD_STATE_EMPTY};
    assert_int_equal(pcsc_watch_create("", &watch), RESULT_OK);
    assert_int_equal(pcsc_watch_wait(watch, CARD_PRESENCE_UNKNOWN, &now), RESULT_OK);
    assert_int_equal(now, CARD_PRESENCE_NO_READER);
    assert_int_equal(pcsc_watch_wait(watch, now, &now), RESULT_OK);
    assert_int_equal(now, CARD_PRESENCE_ABSENT);
    assert_int_equal(pcscd()->endless_waits, 0);
}

static void a_reader_that_is_known_is_watched_without_an_end(void **state)
{
    owned(pcsc_watch) watch = NULL;
    enum card_presence now = CARD_PRESENCE_UNKNOWN;

    (void)state;
    *pcscd() = (struct daemon){.readers = 1, .state = SCARD_STATE_EMPTY};
    assert_int_equal(pcsc_watch_create("Reader", &watch), RESULT_OK);
    assert_int_equal(pcsc_watch_wait(watch, CARD_PRESENCE_UNKNOWN, &now), RESULT_OK);
    assert_int_equal(now, CARD_PRESENCE_ABSENT);
    // Here the wait ends as if the daemon had gone.
    assert_int_equal(pcsc_watch_wait(watch, now, &now), RESULT_OK);
    assert_int_equal(now, CARD_PRESENCE_NO_READER);
    assert_int_equal(pcscd()->endless_waits, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reader_that_comes_between_list_and_wait_is_found),
        cmocka_unit_test(a_reader_that_is_known_is_watched_without_an_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
