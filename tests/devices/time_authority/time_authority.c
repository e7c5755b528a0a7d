// time-authority: a time-stamping authority on loopback (RFC 3161, 3.4).
#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "owned.h"
#include "str.h"

#define QUESTION_MAXIMUM 4096
#define POLICY "1.2.3.4.1"

struct authority {
    X509 *certificate;
    EVP_PKEY *key;
};

struct question {
    size_t size;
    uint8_t bytes[QUESTION_MAXIMUM];
};

static ASN1_INTEGER *serial_number(TS_RESP_CTX *context, void *data)
{
    BIGNUM *number = BN_new();
    ASN1_INTEGER *serial = NULL;

    (void)context;
    (void)data;
    if (number != NULL && BN_rand(number, 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1)
        serial = BN_to_ASN1_INTEGER(number, NULL);
    BN_free(number);
    return serial;
}

static bool prepare(TS_RESP_CTX *context, const struct authority *authority)
{
    ASN1_OBJECT *policy = OBJ_txt2obj(POLICY, 1);
    bool good = policy != NULL &&
                TS_RESP_CTX_set_signer_cert(context, authority->certificate) == 1 &&
                TS_RESP_CTX_set_signer_key(context, authority->key) == 1 &&
                TS_RESP_CTX_set_signer_digest(context, EVP_sha256()) == 1 &&
                TS_RESP_CTX_set_ess_cert_id_digest(context, EVP_sha256()) == 1 &&
                TS_RESP_CTX_set_def_policy(context, policy) == 1 &&
                TS_RESP_CTX_add_md(context, EVP_sha256()) == 1 &&
                TS_RESP_CTX_add_md(context, EVP_sha384()) == 1 &&
                TS_RESP_CTX_add_md(context, EVP_sha512()) == 1;

    TS_RESP_CTX_set_serial_cb(context, serial_number, NULL);
    ASN1_OBJECT_free(policy);
    return good;
}

// The answer in DER; NULL when out of memory.
static uint8_t *stamp(const struct authority *authority, const struct question *question, int *size)
{
    TS_RESP_CTX *context = TS_RESP_CTX_new();
    BIO *request = BIO_new_mem_buf(question->bytes, (int)question->size);
    TS_RESP *response = NULL;
    uint8_t *der = NULL;

    if (context != NULL && request != NULL && prepare(context, authority))
        response = TS_RESP_create_response(context, request);
    *size = response == NULL ? 0 : i2d_TS_RESP(response, &der);
    ERR_clear_error();
    TS_RESP_free(response);
    BIO_free(request);
    TS_RESP_CTX_free(context);
    return der;
}

static enum MHD_Result send_bytes(struct MHD_Connection *connection, unsigned int status,
                                  const uint8_t *data, size_t size)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(size, (void *)data, MHD_RESPMEM_MUST_COPY);

    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "application/timestamp-reply");
    enum MHD_Result sent = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return sent;
}

static enum MHD_Result on_request(void *closure, struct MHD_Connection *connection,
                                  const char *path, const char *method, const char *version,
                                  const char *data, size_t *size, void **context)
{
    struct question *question = *context;
    int answer_size;

    (void)path;
    (void)version;
    if (question == NULL)
        return (*context = calloc(1, sizeof *question)) == NULL ? MHD_NO : MHD_YES;
    if (*size > 0) {
        if (*size > QUESTION_MAXIMUM - question->size)
            return MHD_NO;
        memcpy(question->bytes + question->size, data, *size);
        question->size += *size;
        *size = 0;
        return MHD_YES;
    }
    if (!str_equal(method, "POST"))
        return send_bytes(connection, MHD_HTTP_METHOD_NOT_ALLOWED, NULL, 0);
    uint8_t *answer = stamp(closure, question, &answer_size);
    enum MHD_Result sent =
        answer == NULL ? MHD_NO : send_bytes(connection, MHD_HTTP_OK, answer, (size_t)answer_size);
    OPENSSL_free(answer);
    return sent;
}

static void on_completed(void *closure, struct MHD_Connection *connection, void **context,
                         enum MHD_RequestTerminationCode code)
{
    (void)closure;
    (void)connection;
    (void)code;
    free(*context);
    *context = NULL;
}

static bool read_identity(const char *certificate, const char *key, struct authority *out)
{
    FILE *file = fopen(certificate, "re");

    if (file != NULL) {
        out->certificate = PEM_read_X509(file, NULL, NULL, NULL);
        fclose(file);
    }
    file = fopen(key, "re");
    if (file != NULL) {
        out->key = PEM_read_PrivateKey(file, NULL, NULL, NULL);
        fclose(file);
    }
    return out->certificate != NULL && out->key != NULL;
}

// The signals that end it are blocked before any thread starts.
static int serve(struct authority *authority, uint16_t port)
{
    struct sockaddr_in loopback = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    sigset_t ending;
    int signal_number;

    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    sigprocmask(SIG_BLOCK, &ending, NULL);
    signal(SIGPIPE, SIG_IGN);
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL, port, NULL, NULL,
                         on_request, authority, MHD_OPTION_SOCK_ADDR, &loopback,
                         MHD_OPTION_CONNECTION_TIMEOUT, 10u, MHD_OPTION_THREAD_POOL_SIZE, 2u,
                         MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_END);
    if (daemon == NULL) {
        fputs("time-authority: the port is taken; expected a free one, or 0\n", stderr);
        return 1;
    }
    printf("listening %u\n", MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    fflush(stdout);
    while (sigwait(&ending, &signal_number) == EINTR)
        ;
    MHD_stop_daemon(daemon);
    return 0;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {{"certificate", required_argument, NULL, 'c'},
                                            {"key", required_argument, NULL, 'k'},
                                            {"port", required_argument, NULL, 'p'},
                                            {}};
    const char *certificate = NULL, *key = NULL;
    struct authority authority = {};
    int64_t port = 0;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'c')
            certificate = optarg;
        else if (option == 'k')
            key = optarg;
        else if (option != 'p' || str_to_int(optarg, 0, 65535, &port) != RESULT_OK)
            return 2;
    }
    if (certificate == NULL || key == NULL || optind != argc) {
        fputs("usage: time-authority --certificate PEM --key PEM [--port NUMBER]\n", stderr);
        return 2;
    }
    bool read = read_identity(certificate, key, &authority);
    if (!read)
        fputs("time-authority: expected a certificate and its key in PEM\n", stderr);
    int status = read ? serve(&authority, (uint16_t)port) : 2;
    X509_free(authority.certificate);
    EVP_PKEY_free(authority.key);
    return status;
}
