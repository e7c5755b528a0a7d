// Answers that a municipality should not give, and ways in which an answer does not arrive.
#include "clock.h"
#include "link.h"
#include "test_parts.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// One request, one scripted answer.
static enum result ask_once(const struct files *files, const struct scripted_answer *answer,
                            enum backend_refusal *refusal)
{
    owned(tls_server) server = good_server(files, answer, 1);
    struct backend backend = link_to(files, "localhost", tls_server_port(server));
    enum result result = ask_catalogue(&backend, refusal);

    https_backend_destroy(&backend);
    return result;
}

void test_odd_answers(void **state)
{
    static const struct {
        const char *text;
        enum result result;
        enum backend_refusal refusal;
    } cases[] = {
        {answer_minor, RESULT_REFUSED, BACKEND_REFUSAL_MINOR},
        {"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello",
         RESULT_MALFORMED, BACKEND_REFUSAL_NONE},
        {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", RESULT_MALFORMED, BACKEND_REFUSAL_NONE},
        {"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
         RESULT_MALFORMED, BACKEND_REFUSAL_NONE},
        {"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n",
         RESULT_MALFORMED, BACKEND_REFUSAL_NONE},
        {"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
         RESULT_MALFORMED, BACKEND_REFUSAL_NONE},
        {"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nno",
         RESULT_MALFORMED, BACKEND_REFUSAL_NONE},
        {"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nno",
         RESULT_UNREACHABLE, BACKEND_REFUSAL_NONE},
        {"HTTP/1.1 503 No\r\nContent-Type: application/problem+json\r\nContent-Length: 24\r\n\r\n"
         "{\"code\":\"register-down\"}",
         RESULT_REFUSED, BACKEND_REFUSAL_REGISTER_DOWN},
        {"HTTP/1.1 500 No\r\nContent-Type: application/problem+json\r\nContent-Length: 7\r\n\r\n"
         "{broken",
         RESULT_UNREACHABLE, BACKEND_REFUSAL_NONE},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct scripted_answer answer = {.text = cases[i].text};
        enum backend_refusal refusal = BACKEND_REFUSAL_SEAL_DOWN;
        enum result result = ask_once(*state, &answer, &refusal);
        if (result != cases[i].result)
            print_error("%s: %s\n", cases[i].text, result_text(result));
        assert_int_equal(result, cases[i].result);
        assert_int_equal(refusal, cases[i].refusal);
    }
    const struct scripted_answer garbage = {.manner = ANSWER_THEN_CLOSE, .text = "hello\r\n\r\n"};
    enum backend_refusal refusal;
    assert_int_equal(ask_once(*state, &garbage, &refusal), RESULT_MALFORMED);
}

void test_broken_transfers(void **state)
{
    static const char half[] =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 84\r\n\r\n"
        "{\"municipality\":";
    static const char half_head[] = "HTTP/1.1 200 OK\r\nContent-";
    const struct {
        struct scripted_answer answer;
        enum result result;
    } cases[] = {
        {{.manner = ANSWER_THEN_CLOSE, .text = half}, RESULT_UNREACHABLE},
        {{.manner = ANSWER_THEN_RESET, .text = half}, RESULT_UNREACHABLE},
        // A proper end within the head: libcurl takes what is there for the whole answer.
        {{.manner = ANSWER_THEN_CLOSE, .text = half_head}, RESULT_MALFORMED},
        {{.manner = ANSWER_THEN_RESET, .text = half_head}, RESULT_UNREACHABLE},
        {{.manner = ANSWER_THEN_CLOSE, .text = ""}, RESULT_UNREACHABLE},
    };
    enum backend_refusal refusal;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(ask_once(*state, &cases[i].answer, &refusal), cases[i].result);
}

void test_too_much(void **state)
{
    static const char announced[] =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 300000\r\n\r\n{";
    const struct scripted_answer one = {.manner = ANSWER_THEN_CLOSE, .text = announced};
    enum backend_refusal refusal;

    assert_int_equal(ask_once(*state, &one, &refusal), RESULT_MALFORMED);

    // Without a length, more than 256 kB: the connection's end would be the body's.
    size_t size = 400000;
    char *text = malloc(size);
    memset(text, ' ', size);
    static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n";
    memcpy(text, head, sizeof head - 1);
    const struct scripted_answer other = {.manner = ANSWER_THEN_CLOSE,
                                          .made = {(uint8_t *)text, size}};
    assert_int_equal(ask_once(*state, &other, &refusal), RESULT_MALFORMED);
    free(text);

    // A head without end.
    const struct scripted_answer forever = {.manner = ANSWER_FOREVER,
                                            .text = "HTTP/1.1 200 OK\r\nX: 1\r\nX: 2\r\n"};
    enum result result = ask_once(*state, &forever, &refusal);
    assert_true(result == RESULT_MALFORMED || result == RESULT_UNREACHABLE);
}

void test_no_redirect(void **state)
{
    const struct files *files = *state;
    const struct scripted_answer wanted[] = {{.text = answer_catalogue}};
    owned(tls_server) other = good_server(files, wanted, 1);
    char text[200];
    const struct scripted_answer redirect = {.text = text};
    enum backend_refusal refusal;

    assert_int_equal(str_format(text, sizeof text,
                                "HTTP/1.1 302 Found\r\nLocation: https://localhost:%d/v1/catalogue"
                                "\r\nContent-Length: 0\r\n\r\n",
                                tls_server_port(other)),
                     RESULT_OK);
    assert_int_equal(ask_once(files, &redirect, &refusal), RESULT_MALFORMED);
    assert_int_equal(tls_server_seen_count(other), 0);
}

void test_slow_transfers(void **state)
{
    const struct scripted_answer dripping = {.manner = ANSWER_DRIPPING, .text = answer_catalogue};
    const struct scripted_answer never = {.manner = ANSWER_NEVER};
    const struct scripted_answer *const answers[] = {&dripping, &never};
    enum backend_refusal refusal;

    // Below 100 bytes a second for 3 s once begun; the whole limit is 5 s.
    for (size_t i = 0; i < 2; i++) {
        uint64_t before = clock_monotonic_ms();
        assert_int_equal(ask_once(*state, answers[i], &refusal), RESULT_UNREACHABLE);
        assert_in_range(clock_monotonic_ms() - before, 2000, 5500);
    }
}

// A municipality that draws and seals for longer than the pace's 3 s has not failed.
void test_late_answer(void **state)
{
    const struct scripted_answer late = {.manner = ANSWER_LATE, .text = answer_catalogue};
    enum backend_refusal refusal;

    assert_int_equal(ask_once(*state, &late, &refusal), RESULT_OK);
}

struct canceller {
    struct tls_server *server;
    struct backend *backend;
};

static void *cancel_when_asked(void *user)
{
    struct canceller *canceller = user;

    if (tls_server_wait(canceller->server, 1))
        canceller->backend->verbs->cancel(canceller->backend->self, 1);
    return NULL;
}

void test_cancel(void **state)
{
    const struct files *files = *state;
    const struct scripted_answer answers[] = {{.manner = ANSWER_NEVER}, {.text = answer_catalogue}};
    owned(tls_server) server = good_server(files, answers, 2);
    struct backend backend = link_to(files, "localhost", tls_server_port(server));
    struct canceller canceller = {server, &backend};
    enum backend_refusal refusal;
    pthread_t thread;

    assert_int_equal(pthread_create(&thread, NULL, cancel_when_asked, &canceller), 0);
    uint64_t before = clock_monotonic_ms();
    backend.verbs->begin(backend.self, 1);
    assert_int_equal(ask_catalogue(&backend, &refusal), RESULT_CANCELLED);
    assert_in_range(clock_monotonic_ms() - before, 0, 1500);
    pthread_join(thread, NULL);
    // One that comes before its verb is not forgotten; nothing is sent.
    backend.verbs->cancel(backend.self, 2);
    backend.verbs->begin(backend.self, 2);
    assert_int_equal(ask_catalogue(&backend, &refusal), RESULT_CANCELLED);
    // One that comes too late does not hit the next job.
    backend.verbs->begin(backend.self, 3);
    backend.verbs->cancel(backend.self, 2);
    assert_int_equal(ask_catalogue(&backend, &refusal), RESULT_OK);
    https_backend_destroy(&backend);
}

// The server closed the kept connection meanwhile: a harmless request goes out once more.
void test_dead_connection(void **state)
{
    const struct files *files = *state;
    const struct scripted_answer answers[] = {
        {.manner = ANSWER_THEN_CLOSE, .text = answer_catalogue}, {.text = answer_catalogue}};
    owned(tls_server) server = good_server(files, answers, 2);
    struct backend backend = link_to(files, "localhost", tls_server_port(server));
    enum backend_refusal refusal;

    assert_int_equal(ask_catalogue(&backend, &refusal), RESULT_OK);
    assert_int_equal(ask_catalogue(&backend, &refusal), RESULT_OK);
    assert_int_equal(tls_server_seen(server, 1)->connection, 2);
    https_backend_destroy(&backend);
}
