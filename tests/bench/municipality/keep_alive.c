#include "keep_alive.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "times.h"

#define ANSWER_MAXIMUM 8192

struct connection {
    pthread_t thread;
    int socket;
    SSL *tls;
    const char *request;
    size_t answer_size; // of each answer, head and body: they are all alike
    double until;       // milliseconds_now
    size_t answers;
    bool wrong;
};

struct keep_alive {
    SSL_CTX *context;
    char *request;
    size_t body_size;
    struct connection connections[KEEP_ALIVE_CONNECTIONS];
};

static SSL_CTX *context_of(const struct https_identity *identity)
{
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());

    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
    SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
    if (SSL_CTX_load_verify_locations(context, identity->authority, NULL) == 1 &&
        SSL_CTX_use_certificate_file(context, identity->certificate, SSL_FILETYPE_PEM) == 1 &&
        SSL_CTX_use_PrivateKey_file(context, identity->key, SSL_FILETYPE_PEM) == 1)
        return context;
    SSL_CTX_free(context);
    return NULL;
}

static bool open_connection(struct connection *connection, SSL_CTX *context, int port)
{
    const struct sockaddr_in address = {.sin_family = AF_INET,
                                        .sin_port = htons((uint16_t)port),
                                        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const int yes = 1;

    connection->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(connection->socket, (const struct sockaddr *)&address, sizeof address) != 0)
        return false;
    setsockopt(connection->socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    connection->tls = SSL_new(context);
    SSL_set_fd(connection->tls, connection->socket);
    SSL_set1_host(connection->tls, "localhost");
    return SSL_connect(connection->tls) == 1;
}

// Reads until the answer has `size` bytes, or when that is 0 until its head tells the size.
static size_t read_answer(SSL *tls, size_t size, char answer[ANSWER_MAXIMUM])
{
    size_t at = 0, now = 0;

    do {
        if (SSL_read_ex(tls, answer + at, ANSWER_MAXIMUM - 1 - at, &now) != 1)
            return 0;
        at += now;
        answer[at] = '\0';
        const char *end = size == 0 ? strstr(answer, "\r\n\r\n") : NULL;
        const char *length = end == NULL ? NULL : strcasestr(answer, "Content-Length: ");
        if (length != NULL)
            size = (size_t)(end + 4 - answer) + strtoul(length + 16, NULL, 10);
    } while (size == 0 || at < size);
    return at;
}

static size_t ask(struct connection *connection, char answer[ANSWER_MAXIMUM])
{
    int length = (int)strlen(connection->request);

    if (SSL_write(connection->tls, connection->request, length) != length)
        return 0;
    size_t size = read_answer(connection->tls, connection->answer_size, answer);
    return memcmp(answer, "HTTP/1.1 200", 12) == 0 ? size : 0;
}

static void *keep_asking(void *closure)
{
    struct connection *connection = closure;
    char answer[ANSWER_MAXIMUM];

    connection->answers = 0;
    while (!connection->wrong && milliseconds_now() < connection->until) {
        connection->wrong = ask(connection, answer) != connection->answer_size;
        connection->answers++;
    }
    return NULL;
}

static bool begin(struct keep_alive *self, int port)
{
    char answer[ANSWER_MAXIMUM] = "";

    for (size_t i = 0; i < KEEP_ALIVE_CONNECTIONS; i++) {
        struct connection *connection = &self->connections[i];
        connection->request = self->request;
        if (!open_connection(connection, self->context, port))
            return false;
        connection->answer_size = ask(connection, answer);
        if (connection->answer_size == 0)
            return false;
    }
    const char *body = strstr(answer, "\r\n\r\n") + 4;
    self->body_size = self->connections[0].answer_size - (size_t)(body - answer);
    return true;
}

struct keep_alive *keep_alive_create(int port, const struct https_identity *identity,
                                     const char *request)
{
    struct keep_alive *self = calloc(1, sizeof *self);

    for (size_t i = 0; i < KEEP_ALIVE_CONNECTIONS; i++)
        self->connections[i].socket = -1;
    self->context = context_of(identity);
    self->request = strdup(request);
    if (self->context != NULL && begin(self, port))
        return self;
    keep_alive_destroy(self);
    return NULL;
}

void keep_alive_destroy(struct keep_alive *keep_alive)
{
    if (keep_alive == NULL)
        return;
    for (size_t i = 0; i < KEEP_ALIVE_CONNECTIONS; i++) {
        SSL_free(keep_alive->connections[i].tls);
        if (keep_alive->connections[i].socket >= 0)
            close(keep_alive->connections[i].socket);
    }
    SSL_CTX_free(keep_alive->context);
    free(keep_alive->request);
    free(keep_alive);
}

size_t keep_alive_body_size(const struct keep_alive *keep_alive)
{
    return keep_alive->body_size;
}

double keep_alive_rate(struct keep_alive *keep_alive, double seconds)
{
    double began = milliseconds_now();
    size_t answers = 0;
    bool wrong = false;

    for (size_t i = 0; i < KEEP_ALIVE_CONNECTIONS; i++) {
        struct connection *connection = &keep_alive->connections[i];
        connection->until = began + seconds * 1e3;
        if (pthread_create(&connection->thread, NULL, keep_asking, connection) != 0)
            return 0;
    }
    for (size_t i = 0; i < KEEP_ALIVE_CONNECTIONS; i++) {
        pthread_join(keep_alive->connections[i].thread, NULL);
        answers += keep_alive->connections[i].answers;
        wrong |= keep_alive->connections[i].wrong;
    }
    return wrong ? 0 : (double)answers * 1e3 / (milliseconds_now() - began);
}
