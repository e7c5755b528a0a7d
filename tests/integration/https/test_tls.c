// Who talks to whom: the right two, and nobody else.
#include "clock.h"
#include "link.h"
#include "test_parts.h"

#include <string.h>

void test_good_link(void **state)
{
    const struct files *files = *state;
    const struct scripted_answer answers[] = {{.text = answer_catalogue},
                                              {.text = answer_catalogue}};
    owned(tls_server) server = good_server(files, answers, 2);
    struct backend backend = link_to(files, "localhost", tls_server_port(server));
    enum backend_refusal refusal;

    assert_int_equal(ask_catalogue(&backend, &refusal), RESULT_OK);
    assert_int_equal(ask_catalogue(&backend, &refusal), RESULT_OK);
    assert_string_equal(tls_server_seen(server, 0)->client, "kiosk-0001");
    assert_int_equal(tls_server_seen(server, 1)->connection, 1); // kept alive
    assert_non_null(strstr(tls_server_seen(server, 0)->head, "GET /v1/catalogue HTTP/1.1\r\n"));
    https_backend_destroy(&backend);
}

void test_refused_servers(void **state)
{
    const struct files *files = *state;
    const struct scripted_answer answers[] = {{.text = answer_catalogue}};
    const struct {
        const char *what;
        struct tls_server_settings settings;
    } cases[] = {
        {"another authority",
         {.certificate = files->stranger.certificate, .key = files->stranger.key}},
        {"expired", {.certificate = files->expired.certificate, .key = files->expired.key}},
        {"another name", {.certificate = files->misnamed.certificate, .key = files->misnamed.key}},
        {"not for servers", {.certificate = files->kiosk.certificate, .key = files->kiosk.key}},
        {"TLS 1.2",
         {.certificate = files->server.certificate,
          .key = files->server.key,
          .only_tls_1_2 = true}},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        owned(tls_server) server = tls_server_start(&cases[i].settings, answers, 1);
        struct backend backend = link_to(files, "localhost", tls_server_port(server));
        enum backend_refusal refusal;
        enum result result = ask_catalogue(&backend, &refusal);
        if (result != RESULT_UNREACHABLE)
            print_error("%s: %s\n", cases[i].what, result_text(result));
        assert_int_equal(result, RESULT_UNREACHABLE);
        assert_int_equal(tls_server_seen_count(server), 0); // nothing was told to it
        https_backend_destroy(&backend);
    }
}

void test_refused_terminal(void **state)
{
    const struct files *files = *state;
    const struct scripted_answer answers[] = {{.text = answer_catalogue}};
    const struct tls_server_settings settings = {.certificate = files->server.certificate,
                                                 .key = files->server.key,
                                                 .client_ca = files->other_ca};
    owned(tls_server) server = tls_server_start(&settings, answers, 1);
    struct backend backend = link_to(files, "localhost", tls_server_port(server));
    enum backend_refusal refusal;

    assert_int_equal(ask_catalogue(&backend, &refusal), RESULT_UNREACHABLE);
    assert_int_equal(tls_server_seen_count(server), 0);
    https_backend_destroy(&backend);
}

void test_nobody_there(void **state)
{
    const struct files *files = *state;
    struct tls_server *server = good_server(files, NULL, 0);
    struct backend backend = link_to(files, "localhost", tls_server_port(server));
    enum backend_refusal refusal;

    tls_server_destroy(server); // its port is free now
    assert_int_equal(ask_catalogue(&backend, &refusal), RESULT_UNREACHABLE);
    https_backend_destroy(&backend);
}

// The limit for connecting covers the TLS handshake.
void test_silent_server(void **state)
{
    const struct files *files = *state;
    const struct tls_server_settings settings = {
        .certificate = files->server.certificate, .key = files->server.key, .silent = true};
    owned(tls_server) server = tls_server_start(&settings, NULL, 0);
    struct backend backend = link_to(files, "127.0.0.1", tls_server_port(server));
    enum backend_refusal refusal;

    uint64_t before = clock_monotonic_ms();
    assert_int_equal(ask_catalogue(&backend, &refusal), RESULT_UNREACHABLE);
    assert_in_range(clock_monotonic_ms() - before, 300, 3000);
    https_backend_destroy(&backend);
}

void test_bad_settings(void **state)
{
    const struct files *files = *state;
    const struct https_backend_settings good = {.url = "https://localhost:1",
                                                .ca = files->server_ca,
                                                .certificate = files->kiosk.certificate,
                                                .key = files->kiosk.key};
    struct https_backend_settings bad = good;
    struct backend backend;

    bad.url = "http://localhost:1";
    assert_int_equal(https_backend_create(&bad, &backend), RESULT_INVALID);
    bad = good;
    bad.ca = "/nowhere/ca.pem";
    assert_int_equal(https_backend_create(&bad, &backend), RESULT_NOT_FOUND);
    bad = good;
    bad.certificate = files->kiosk.key;
    assert_int_equal(https_backend_create(&bad, &backend), RESULT_MALFORMED);
    bad = good;
    bad.key = files->server.key;
    assert_int_equal(https_backend_create(&bad, &backend), RESULT_MALFORMED);
    assert_null(backend.self);
}
