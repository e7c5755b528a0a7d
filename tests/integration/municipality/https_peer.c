#include "https_peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

struct https_peer {
    SSL_CTX *context;
    SSL *tls;
    int socket;
};

void https_peer_close(struct https_peer *peer)
{
    if (peer == NULL)
        return;
    SSL_free(peer->tls);
    SSL_CTX_free(peer->context);
    if (peer->socket >= 0)
        close(peer->socket);
    free(peer);
}

static int connect_loopback(int port)
{
    const struct sockaddr_in address = {.sin_family = AF_INET,
                                        .sin_port = htons((uint16_t)port),
                                        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const struct timeval limit = {.tv_sec = 20};
    int socket_number = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    setsockopt(socket_number, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(socket_number, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    if (connect(socket_number, (const struct sockaddr *)&address, sizeof address) != 0) {
        close(socket_number);
        return -1;
    }
    return socket_number;
}

static int load(SSL_CTX *context, const struct https_identity *identity)
{
    if (SSL_CTX_load_verify_locations(context, identity->authority, NULL) != 1)
        return 0;
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
    return identity->certificate == NULL ||
           (SSL_CTX_use_certificate_file(context, identity->certificate, SSL_FILETYPE_PEM) == 1 &&
            SSL_CTX_use_PrivateKey_file(context, identity->key, SSL_FILETYPE_PEM) == 1);
}

static struct https_peer *connect_with(int port, const struct https_identity *identity, int version)
{
    struct https_peer *peer = calloc(1, sizeof *peer);

    signal(SIGPIPE,
           SIG_IGN); // a server that hangs up in the middle of a request is part of the tests
    peer->socket = connect_loopback(port);
    peer->context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_max_proto_version(peer->context, version);
    if (peer->socket < 0 || !load(peer->context, identity)) {
        https_peer_close(peer);
        return NULL;
    }
    peer->tls = SSL_new(peer->context);
    SSL_set_fd(peer->tls, peer->socket);
    SSL_set1_host(peer->tls, "localhost");
    if (SSL_connect(peer->tls) != 1) {
        https_peer_close(peer);
        return NULL;
    }
    return peer;
}

struct https_peer *https_peer_connect(int port, const struct https_identity *identity)
{
    return connect_with(port, identity, TLS1_3_VERSION);
}

struct https_peer *https_peer_connect_old(int port, const struct https_identity *identity)
{
    return connect_with(port, identity, TLS1_2_VERSION);
}

void https_peer_exporter(struct https_peer *peer, uint8_t out[32])
{
    static const char label[] = "EXPORTER-Channel-Binding";

    SSL_export_keying_material(peer->tls, out, 32, label, strlen(label), (const uint8_t *)"", 0, 1);
}

void https_peer_certificate_sha256(struct https_peer *peer, uint8_t out[32])
{
    unsigned int size = 32;

    X509_digest(SSL_get_certificate(peer->tls), EVP_sha256(), out, &size);
}

static int send_all(struct https_peer *peer, const void *data, size_t size)
{
    size_t sent = 0;

    while (sent < size) {
        size_t now = 0;
        if (SSL_write_ex(peer->tls, (const uint8_t *)data + sent, size - sent, &now) != 1)
            return 0;
        sent += now;
    }
    return 1;
}

static int send_question(struct https_peer *peer, const struct https_question *question)
{
    char head[16384];
    int length = snprintf(
        head, sizeof head,
        "%s %s HTTP/1.1\r\nHost: localhost\r\n%s%s%s%s%s%s%sContent-Length: %zu\r\n\r\n",
        question->method, question->path, question->headers == NULL ? "" : question->headers,
        question->token == NULL ? "" : "Authorization: Bearer ",
        question->token == NULL ? "" : question->token, question->token == NULL ? "" : "\r\n",
        question->idempotency_key == NULL ? "" : "Idempotency-Key: ",
        question->idempotency_key == NULL ? "" : question->idempotency_key,
        question->idempotency_key == NULL ? "" : "\r\n", question->body.size);

    // A server may answer before it has read everything: what it says is read in any case.
    return send_all(peer, head, (size_t)length) &&
           (question->body.size == 0 || send_all(peer, question->body.data, question->body.size));
}

static size_t read_head(struct https_peer *peer, char *head, size_t capacity)
{
    size_t at = 0, one = 0;

    while (at < capacity - 1 && SSL_read_ex(peer->tls, head + at, 1, &one) == 1) {
        at++;
        head[at] = '\0';
        if (at >= 4 && memcmp(head + at - 4, "\r\n\r\n", 4) == 0)
            return at;
    }
    return 0;
}

static const char *header_value(const char *head, const char *name)
{
    for (const char *line = strstr(head, "\r\n"); line != NULL; line = strstr(line + 2, "\r\n"))
        if (strncasecmp(line + 2, name, strlen(name)) == 0)
            return line + 2 + strlen(name);
    return NULL;
}

static struct https_reply read_reply(struct https_peer *peer)
{
    struct https_reply reply = {};
    char head[4096] = "";

    if (read_head(peer, head, sizeof head) == 0 || sscanf(head, "HTTP/1.1 %d", &reply.status) != 1)
        return reply;
    const char *length = header_value(head, "Content-Length: ");
    const char *type = header_value(head, "Content-Type: ");
    if (type != NULL)
        snprintf(reply.type, sizeof reply.type, "%.*s", (int)strcspn(type, "\r"), type);
    reply.size = length == NULL ? 0 : strtoul(length, NULL, 10);
    reply.body = calloc(1, reply.size + 1);
    for (size_t at = 0, now = 0; at < reply.size; at += now)
        if (SSL_read_ex(peer->tls, reply.body + at, reply.size - at, &now) != 1) {
            reply.status = 0;
            break;
        }
    return reply;
}

struct https_reply https_peer_ask(struct https_peer *peer, const struct https_question *question)
{
    (void)send_question(peer, question);
    return read_reply(peer);
}

struct https_reply https_peer_ask_raw(struct https_peer *peer, struct bytes request)
{
    (void)send_all(peer, request.data, request.size);
    return read_reply(peer);
}
