#include "client.h"

#include <openssl/pem.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "eid_signer.h"
#include "https_backend.h"
#include "str.h"

#define CARD_FILE_MAXIMUM 8192
#define DOCUMENT_MAXIMUM (512 * 1024)

static struct secret *read_card_file(const struct crowd *crowd, size_t number, const char *name)
{
    char end[64], path[512];
    struct secret *file = NULL;

    must(str_format(end, sizeof end, "/%s", name) == RESULT_OK, name);
    crowd_path(crowd, "card", number, end, path);
    FILE *from = fopen(path, "rb");
    must(from != NULL && secret_create(CARD_FILE_MAXIMUM, &file) == RESULT_OK, path);
    size_t size = fread(secret_writable(file), 1, CARD_FILE_MAXIMUM, from);
    fclose(from);
    must(secret_set_size(file, size) == RESULT_OK, path);
    return file;
}

// Without the padding behind its DER, as the card's driver hands it over.
static struct secret *read_certificate(const struct crowd *crowd, size_t number, const char *name)
{
    struct secret *file = read_card_file(crowd, number, name);
    const uint8_t *data = secret_bytes(file).data;

    must(secret_bytes(file).size > 4 &&
             secret_set_size(file, 4 + (size_t)(data[2] << 8 | data[3])) == RESULT_OK,
         name);
    return file;
}

static struct card_files read_card(const struct crowd *crowd, size_t number)
{
    return (struct card_files){
        .identity = read_card_file(crowd, number, "identity"),
        .identity_signature = read_card_file(crowd, number, "identity-signature"),
        .address = read_card_file(crowd, number, "address"),
        .address_signature = read_card_file(crowd, number, "address-signature"),
        .authentication_certificate = read_certificate(crowd, number, "authentication-certificate"),
        .issuer_certificate = read_certificate(crowd, number, "issuer-certificate"),
        .register_certificate = read_certificate(crowd, number, "register-certificate"),
    };
}

static EVP_PKEY *read_key(const struct crowd *crowd, size_t number)
{
    char path[512];

    crowd_path(crowd, "card", number, "/authentication.key", path);
    FILE *file = fopen(path, "r");
    must(file != NULL, path);
    EVP_PKEY *key = PEM_read_PrivateKey(file, NULL, NULL, NULL);
    fclose(file);
    must(key != NULL, path);
    return key;
}

static struct backend connect_to(const struct crowd *crowd, size_t number, int port)
{
    char url[64], authority[512], certificate[512], key[512];
    struct backend backend = {};
    const struct https_backend_settings settings = {
        .url = url,
        .ca = city_bench_path(&crowd->bench, "authorities/tls-ca.pem", authority),
        .certificate = certificate,
        .key = key,
    };

    crowd_path(crowd, "terminal", number, ".pem", certificate);
    crowd_path(crowd, "terminal", number, ".key", key);
    must(str_format(url, sizeof url, "https://localhost:%d", port) == RESULT_OK &&
             https_backend_create(&settings, &backend) == RESULT_OK,
         "https_backend_create");
    return backend;
}

void client_create(const struct crowd *crowd, size_t number, const int ports[2], struct client *out)
{
    *out = (struct client){
        .backend = connect_to(crowd, number, ports[0]),
        .other = connect_to(crowd, number, ports[1]),
        .card = read_card(crowd, number),
        .key = read_key(crowd, number),
    };
}

void client_destroy(struct client *client)
{
    https_backend_destroy(&client->backend);
    https_backend_destroy(&client->other);
    card_files_wipe(&client->card);
    EVP_PKEY_free(client->key);
}

// As the chip does: RSA over SHA-256, ECDSA over SHA-384 on P-384.
static enum result sign(const struct client *client, const struct backend_challenge *challenge,
                        struct card_signature *signature)
{
    bool is_rsa = EVP_PKEY_get_base_id(client->key) == EVP_PKEY_RSA;
    uint8_t digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;

    if (EVP_Digest(challenge->message, challenge->size, digest, &size,
                   is_rsa ? EVP_sha256() : EVP_sha384(), NULL) != 1)
        return RESULT_FAILED;
    return eid_signer_sign(client->key, is_rsa ? 0x08 : 0x02, (struct bytes){digest, size},
                           signature->bytes, &signature->size);
}

// One visit, and where it is.
struct visit {
    struct client *client;
    struct backend_challenge challenge;
    struct backend_order_request request;
    struct backend_order order;
};

static enum result prove(struct visit *visit, enum backend_refusal *refusal)
{
    const struct backend *backend = &visit->client->backend;
    struct card_signature signature = {};
    owned(catalogue) offered = NULL;

    TRY(sign(visit->client, &visit->challenge, &signature));
    return backend->verbs->prove(backend->self, &signature, &offered, refusal);
}

static enum result order_again(struct visit *visit, enum backend_refusal *refusal)
{
    const struct backend *backend = &visit->client->backend;
    struct backend_order again;

    TRY(backend->verbs->order(backend->self, &visit->request, &again, refusal));
    return str_equal(again.reference, visit->order.reference) ? RESULT_OK : RESULT_MALFORMED;
}

static enum result fetch(struct visit *visit, enum backend_refusal *refusal)
{
    const struct backend *backend = &visit->client->backend;
    uint8_t digest[SHA256_DIGEST_LENGTH];
    owned(secret) pdf = NULL;

    TRY(secret_create(DOCUMENT_MAXIMUM, &pdf));
    TRY(backend->verbs->document(backend->self, &visit->order.id, pdf, refusal));
    SHA256(secret_bytes(pdf).data, secret_bytes(pdf).size, digest);
    return memcmp(digest, visit->order.document_sha256, sizeof digest) == 0 ? RESULT_OK
                                                                            : RESULT_MALFORMED;
}

static enum result call(struct visit *visit, enum client_verb verb, enum backend_refusal *refusal)
{
    const struct backend *backend = &visit->client->backend, *other = &visit->client->other;

    switch (verb) {
    case CLIENT_OPEN:
        return backend->verbs->open_session(backend->self, &visit->client->card, &visit->challenge,
                                            refusal);
    case CLIENT_PROVE:
        return prove(visit, refusal);
    case CLIENT_ORDER:
        TRY(identifier_make(&visit->request.id));
        return backend->verbs->order(backend->self, &visit->request, &visit->order, refusal);
    case CLIENT_REPEAT:
        return order_again(visit, refusal);
    case CLIENT_DOCUMENT:
        return fetch(visit, refusal);
    case CLIENT_OUTCOME:
        return other->verbs->outcome(other->self, &visit->order.id, true, 1, refusal);
    case CLIENT_CLOSE:
        return backend->verbs->close_session(backend->self);
    case CLIENT_VERB_COUNT:
        break;
    }
    return RESULT_INVALID;
}

static double milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

// Everything up to the first verb that goes wrong.
void client_visit(struct client *client, double took[CLIENT_VERB_COUNT])
{
    struct visit visit = {.client = client,
                          .request = {.kind = "household", .language = "fr", .subject = "self"}};

    for (enum client_verb verb = 0; verb < CLIENT_VERB_COUNT; verb++) {
        enum backend_refusal refusal = BACKEND_REFUSAL_NONE;
        double began = milliseconds();
        enum result result = call(&visit, verb, &refusal);
        took[verb] = milliseconds() - began;
        if (result == RESULT_OK)
            continue;
        fprintf(stderr, "crowd: verb %d: %s, refusal %d\n", (int)verb, result_text(result),
                (int)refusal);
        client->errors++;
        return;
    }
}

void *client_run(void *closure)
{
    struct client *client = closure;

    pthread_barrier_wait(client->together);
    for (size_t i = 0; i < client->visits; i++)
        client_visit(client, client->took[i]);
    return NULL;
}
