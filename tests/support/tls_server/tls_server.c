#include "tls_server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define SEEN_MAXIMUM 16
#define DRIP_MS 100
#define LATE_MS 3500

struct tls_server {
    struct tls_server_settings settings;
    const struct scripted_answer *answers;
    size_t answer_count, next_answer;
    SSL_CTX *context;
    int listener, stop[2]; // a byte in the pipe ends everything
    int port, connections;
    pthread_t thread;
    pthread_mutex_t lock; // seen_count alone
    pthread_cond_t more;
    size_t seen_count;
    struct seen_request seen[SEEN_MAXIMUM];
};

#define MUST(condition)                                                                            \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: test server: %s\n", __FILE__, __LINE__, #condition);           \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

// ---- waiting ----------------------------------------------------------------------------------

// True when the descriptor can be read, false when the server is to stop or the time is over.
static bool wait_readable(const struct tls_server *server, int descriptor, int timeout_ms)
{
    struct pollfd polled[] = {{.fd = descriptor, .events = POLLIN},
                              {.fd = server->stop[0], .events = POLLIN}};

    int ready = poll(polled, 2, timeout_ms);
    return ready > 0 && polled[1].revents == 0;
}

static bool is_stopping(const struct tls_server *server)
{
    struct pollfd polled = {.fd = server->stop[0], .events = POLLIN};

    return poll(&polled, 1, 0) > 0;
}

// ---- one request ------------------------------------------------------------------------------

static int read_some(const struct tls_server *server, SSL *tls, char *out, size_t capacity)
{
    if (SSL_pending(tls) == 0 && !wait_readable(server, SSL_get_fd(tls), -1))
        return -1;
    return SSL_read(tls, out, (int)capacity);
}

static size_t announced_size(const char *head)
{
    const char *field = strcasestr(head, "\r\nContent-Length:");

    return field != NULL ? strtoul(field + strlen("\r\nContent-Length:"), NULL, 10) : 0;
}

// Head and body; false when the client went away.
static bool read_request(const struct tls_server *server, SSL *tls, struct seen_request *out)
{
    char *end = NULL;
    size_t size = 0;

    while (end == NULL) {
        int got = read_some(server, tls, out->head + size, sizeof out->head - 1 - size);
        if (got <= 0)
            return false;
        size += (size_t)got;
        out->head[size] = '\0';
        end = strstr(out->head, "\r\n\r\n");
    }
    size_t have = size - (size_t)(end + 4 - out->head), wanted = announced_size(out->head);
    MUST(wanted < sizeof out->body && have <= wanted);
    memcpy(out->body, end + 4, have);
    end[2] = '\0';
    while (have < wanted) {
        int got = read_some(server, tls, out->body + have, wanted - have);
        if (got <= 0)
            return false;
        have += (size_t)got;
    }
    out->body[have] = '\0';
    return true;
}

static void describe_connection(SSL *tls, struct seen_request *out)
{
    static const char label[] = "EXPORTER-Channel-Binding";
    X509 *client = SSL_get1_peer_certificate(tls);

    MUST(SSL_export_keying_material(tls, out->exporter, sizeof out->exporter, label,
                                    sizeof label - 1, NULL, 0, 1) == 1);
    if (client != NULL)
        X509_NAME_get_text_by_NID(X509_get_subject_name(client), NID_commonName, out->client,
                                  sizeof out->client);
    X509_free(client);
}

// ---- one answer -------------------------------------------------------------------------------

static bool send_all(SSL *tls, struct bytes text)
{
    return text.size == 0 || SSL_write(tls, text.data, (int)text.size) == (int)text.size;
}

static bool stopped_within(const struct tls_server *server, int limit_ms)
{
    struct pollfd stop = {.fd = server->stop[0], .events = POLLIN};

    return poll(&stop, 1, limit_ms) > 0;
}

static void drip(const struct tls_server *server, SSL *tls, struct bytes text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (!send_all(tls, (struct bytes){text.data + i, 1}) || stopped_within(server, DRIP_MS))
            return;
    }
}

static void reset(SSL *tls)
{
    const struct linger now = {.l_onoff = 1};

    setsockopt(SSL_get_fd(tls), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    SSL_set_quiet_shutdown(tls, 1);
}

static void wait_for_goodbye(const struct tls_server *server, SSL *tls)
{
    char byte;

    while (read_some(server, tls, &byte, 1) > 0) {
    }
}

// True when the connection goes on.
static bool answer(const struct tls_server *server, SSL *tls, const struct scripted_answer *answer)
{
    struct bytes text = answer->text != NULL
                            ? (struct bytes){(const uint8_t *)answer->text, strlen(answer->text)}
                            : answer->made;

    switch (answer->manner) {
    case ANSWER_WHOLE:
        return send_all(tls, text);
    case ANSWER_THEN_CLOSE:
        send_all(tls, text);
        SSL_shutdown(tls);
        return false;
    case ANSWER_THEN_RESET:
        send_all(tls, text);
        reset(tls);
        return false;
    case ANSWER_DRIPPING:
        drip(server, tls, text);
        return false;
    case ANSWER_FOREVER:
        while (!is_stopping(server) && send_all(tls, text)) {
        }
        return false;
    case ANSWER_LATE:
        return !stopped_within(server, LATE_MS) && send_all(tls, text);
    case ANSWER_NEVER:
        wait_for_goodbye(server, tls);
        return false;
    }
    return false;
}

// ---- connections ------------------------------------------------------------------------------

// What was read becomes visible to the test's thread.
static void publish(struct tls_server *server)
{
    pthread_mutex_lock(&server->lock);
    server->seen_count++;
    pthread_cond_broadcast(&server->more);
    pthread_mutex_unlock(&server->lock);
}

static void serve(struct tls_server *server, SSL *tls)
{
    while (server->next_answer < server->answer_count && server->next_answer < SEEN_MAXIMUM) {
        struct seen_request *request = &server->seen[server->next_answer];
        if (!read_request(server, tls, request))
            return;
        describe_connection(tls, request);
        request->connection = server->connections;
        publish(server);
        if (!answer(server, tls, &server->answers[server->next_answer++]))
            return;
    }
    wait_for_goodbye(server, tls);
}

static void serve_connection(struct tls_server *server, int descriptor)
{
    SSL *tls = SSL_new(server->context);

    server->connections++;
    MUST(tls != NULL && SSL_set_fd(tls, descriptor) == 1);
    if (server->settings.silent)
        wait_readable(server, server->stop[0], -1);
    else if (SSL_accept(tls) == 1)
        serve(server, tls);
    SSL_free(tls);
    close(descriptor);
}

static void *run(void *user)
{
    struct tls_server *server = user;

    while (wait_readable(server, server->listener, -1)) {
        int descriptor = accept4(server->listener, NULL, NULL, SOCK_CLOEXEC);
        if (descriptor >= 0)
            serve_connection(server, descriptor);
    }
    return NULL;
}

// ---- life -------------------------------------------------------------------------------------

static void prepare_tls(struct tls_server *server)
{
    const struct tls_server_settings *settings = &server->settings;

    server->context = SSL_CTX_new(TLS_server_method());
    MUST(server->context != NULL);
    MUST(SSL_CTX_use_certificate_file(server->context, settings->certificate, SSL_FILETYPE_PEM) ==
         1);
    MUST(SSL_CTX_use_PrivateKey_file(server->context, settings->key, SSL_FILETYPE_PEM) == 1);
    if (settings->only_tls_1_2)
        MUST(SSL_CTX_set_max_proto_version(server->context, TLS1_2_VERSION) == 1);
    if (settings->client_ca != NULL) {
        MUST(SSL_CTX_load_verify_file(server->context, settings->client_ca) == 1);
        SSL_CTX_set_verify(server->context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
                           NULL);
    }
}

static void listen_on_free_port(struct tls_server *server)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;

    server->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    MUST(server->listener >= 0 &&
         bind(server->listener, (struct sockaddr *)&address, sizeof address) == 0 &&
         listen(server->listener, 8) == 0 &&
         getsockname(server->listener, (struct sockaddr *)&address, &size) == 0);
    server->port = ntohs(address.sin_port);
}

struct tls_server *tls_server_start(const struct tls_server_settings *settings,
                                    const struct scripted_answer *answers, size_t count)
{
    struct tls_server *server = calloc(1, sizeof *server);

    MUST(server != NULL && pipe(server->stop) == 0);
    server->settings = *settings;
    server->answers = answers;
    server->answer_count = count;
    signal(SIGPIPE, SIG_IGN); // a client that goes away is part of the tests
    prepare_tls(server);
    listen_on_free_port(server);
    MUST(pthread_mutex_init(&server->lock, NULL) == 0 &&
         pthread_cond_init(&server->more, NULL) == 0 &&
         pthread_create(&server->thread, NULL, run, server) == 0);
    return server;
}

void tls_server_destroy(struct tls_server *server)
{
    if (server == NULL)
        return;
    MUST(write(server->stop[1], "x", 1) == 1);
    pthread_join(server->thread, NULL);
    pthread_mutex_destroy(&server->lock);
    pthread_cond_destroy(&server->more);
    SSL_CTX_free(server->context);
    close(server->listener);
    close(server->stop[0]);
    close(server->stop[1]);
    free(server);
}

int tls_server_port(const struct tls_server *server)
{
    return server->port;
}

bool tls_server_wait(struct tls_server *server, size_t count)
{
    struct timespec limit;
    int failed = 0;

    clock_gettime(CLOCK_REALTIME, &limit);
    limit.tv_sec += 10;
    pthread_mutex_lock(&server->lock);
    while (server->seen_count < count && failed == 0)
        failed = pthread_cond_timedwait(&server->more, &server->lock, &limit);
    bool reached = server->seen_count >= count;
    pthread_mutex_unlock(&server->lock);
    return reached;
}

size_t tls_server_seen_count(struct tls_server *server)
{
    pthread_mutex_lock(&server->lock);
    size_t count = server->seen_count;
    pthread_mutex_unlock(&server->lock);
    return count;
}

const struct seen_request *tls_server_seen(struct tls_server *server, size_t index)
{
    MUST(index < tls_server_seen_count(server));
    return &server->seen[index];
}
