// The signed message byte for byte, written here by hand from the API's description.
#include "challenge.h"
#include "test_parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// after the four above
#include <cmocka.h>

#include <string.h>

#define R4(x) x x x x
#define R32(x) R4(x x x x x x x x)

static struct challenge_parts example(void)
{
    struct challenge_parts parts = {
        .server = "localhost",
        .terminal = "kiosk-0001",
        .time = 0x0102030405,
        .session = "0f8fad5b-d9cb-469f-a165-70867728950e",
    };

    memset(parts.nonce, 0xa1, sizeof parts.nonce);
    memset(parts.exporter, 0xb2, sizeof parts.exporter);
    memset(parts.authentication_certificate, 0xc3, DIGEST_SIZE);
    memset(parts.terminal_certificate, 0xd4, DIGEST_SIZE);
    return parts;
}

void test_challenge_bytes(void **state)
{
    static const char expected[] =
        "eguichet-auth-v1\0"
        "\0\1\0\x09"
        "localhost"
        "\0\2\0\x0a"
        "kiosk-0001"
        "\0\3\0\x20" R32("\xa1") "\0\4\0\x2d"
                                 "tls-exporter\0" R32(
                                     "\xb2") "\0\5\0\x08"
                                             "\0\0\0\1\2\3\4\5"
                                             "\0\6\0\x20" R32(
                                                 "\xc3") "\0\7\0\x11"
                                                         "e-guichet-session"
                                                         "\0\x08\0\x24"
                                                         "0f8fad5b-d9cb-469f-a165-70867728950e"
                                                         "\0\x09\0\x20" R32("\xd4");
    struct challenge_parts parts = example();
    struct backend_challenge challenge;

    (void)state;
    assert_int_equal(challenge_build(&parts, &challenge), RESULT_OK);
    assert_int_equal(challenge.size, sizeof expected - 1);
    assert_memory_equal(challenge.message, expected, sizeof expected - 1);
}

void test_challenge_too_long(void **state)
{
    char name[300];
    struct challenge_parts parts = example();
    struct backend_challenge challenge;

    (void)state;
    memset(name, 'a', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    parts.server = name;
    assert_int_equal(challenge_build(&parts, &challenge), RESULT_TOO_LARGE);
}
