#include "city.h"

#include "str.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LARGEST_FILE 100000

static void must(bool condition, const char *what)
{
    if (condition)
        return;
    fprintf(stderr, "city: %s failed\n", what);
    exit(1);
}

static void path_of(const struct city *city, const char *name, char out[TEST_PATH_SIZE])
{
    test_path(out, city->folder, name);
}

static void run(const struct city *city, const char *program, const char *const arguments[])
{
    char path[TEST_PATH_SIZE];
    const char *all[10] = {path};

    test_path(path, city->programs, program);
    for (size_t i = 0; i < 8 && arguments[i] != NULL; i++)
        all[i + 1] = arguments[i];
    pid_t process = process_start(all);
    while (!process_has_ended(process))
        wait_a_moment();
    must(process_end(process) == 0, program);
}

static void write_configuration(const struct city *city)
{
    char text[4096], path[TEST_PATH_SIZE];

    path_of(city, "fleet.txt", path);
    write_whole_file(path, "kiosk-0001\n");
    must(str_format(text, sizeof text,
                    "[listen]\naddress = 127.0.0.1\nport = 0\n"
                    "[tls]\ncertificate = authorities/server.pem\nkey = authorities/server.key\n"
                    "[fleet]\nauthority = authorities/fleet-ca.pem\nterminals = fleet.txt\n"
                    "[card]\nroots = authorities/card-root.pem\n"
                    "intermediates = authorities/card-citizen-ca.pem\n"
                    "[register]\ndatabase = register.db\n[store]\ndatabase = store.db\n"
                    "[catalogue]\nfile = %s/catalogue/catalogue.json\n"
                    "[documents]\nfonts = %s/documents/fonts.conf\n"
                    "[seal]\ncertificate = authorities/seal.pem\nkey = authorities/seal.key\n"
                    "authority = authorities/seal-ca.pem\norganization = VATBE-0000000196\n"
                    "[city]\nserver_name = localhost\n",
                    city->sources, city->sources) == RESULT_OK,
         "configuration");
    path_of(city, "municipality.ini", path);
    write_whole_file(path, text);
}

// "listening PORT" on its output, which goes to a file here.
static void start_server(struct city *city)
{
    char program[TEST_PATH_SIZE], configuration[TEST_PATH_SIZE], output[TEST_PATH_SIZE];
    char said[64] = "";

    test_path(program, city->programs, "municipality");
    path_of(city, "municipality.ini", configuration);
    path_of(city, "said", output);
    const char *const arguments[] = {
        "/bin/sh", "-c", "exec \"$0\" --config \"$1\" >\"$2\"", program, configuration,
        output,    NULL};
    city->municipality = process_start(arguments);
    wait_for_file(output, city->municipality, 5000);
    while (strchr(said, '\n') == NULL) {
        must(!process_has_ended(city->municipality), "the municipality");
        wait_a_moment();
        said[read_whole_file(output, said, sizeof said - 1)] = '\0';
    }
    must(sscanf(said, "listening %d", &city->port) == 1, "reading the port");
}

void city_start(struct city *city)
{
    char authorities[TEST_PATH_SIZE], register_file[TEST_PATH_SIZE], residents[TEST_PATH_SIZE];
    char resident[TEST_PATH_SIZE], card[TEST_PATH_SIZE];

    test_folder_create(city->folder);
    path_of(city, "authorities", authorities);
    path_of(city, "register.db", register_file);
    path_of(city, "residents", residents);
    path_of(city, "residents/amina-benali.json", resident);
    path_of(city, "card", card);
    run(city, "make-authorities", (const char *const[]){authorities, NULL});
    run(city, "municipality-register",
        (const char *const[]){"--database", register_file, "--cards", residents, NULL});
    run(city, "make-card",
        (const char *const[]){"--resident", resident, "--authorities", authorities, "--out", card,
                              NULL});
    write_configuration(city);
    start_server(city);
}

void city_stop(struct city *city)
{
    process_end(city->municipality);
    test_folder_remove(city->folder);
}

struct backend city_link(const struct city *city)
{
    char url[64], ca[TEST_PATH_SIZE], certificate[TEST_PATH_SIZE], key[TEST_PATH_SIZE];
    struct backend backend;
    const struct https_backend_settings settings = {
        .url = url, .ca = ca, .certificate = certificate, .key = key};

    must(str_format(url, sizeof url, "https://localhost:%d", city->port) == RESULT_OK, "address");
    path_of(city, "authorities/tls-ca.pem", ca);
    path_of(city, "authorities/kiosk.pem", certificate);
    path_of(city, "authorities/kiosk.key", key);
    must(https_backend_create(&settings, &backend) == RESULT_OK, "https_backend_create");
    return backend;
}

struct secret *city_file(const struct city *city, const char *name)
{
    char path[TEST_PATH_SIZE];
    struct secret *file = NULL;

    path_of(city, name, path);
    must(secret_create(LARGEST_FILE, &file) == RESULT_OK, "secret_create");
    size_t size = read_whole_file(path, secret_writable(file), LARGEST_FILE);
    must(size > 0 && secret_set_size(file, size) == RESULT_OK, name);
    return file;
}

// The card's file without the padding behind its DER, as the card driver hands it over.
static struct secret *certificate(const struct city *city, const char *name)
{
    struct secret *file = city_file(city, name);
    const uint8_t *data = secret_bytes(file).data;
    size_t size = secret_bytes(file).size;

    must(size > 4 && data[0] == 0x30 && data[1] == 0x82, name);
    must(secret_set_size(file, 4 + (size_t)(data[2] << 8 | data[3])) == RESULT_OK, name);
    return file;
}

struct card_files city_card(const struct city *city)
{
    return (struct card_files){
        .identity = city_file(city, "card/identity"),
        .identity_signature = city_file(city, "card/identity-signature"),
        .address = city_file(city, "card/address"),
        .address_signature = city_file(city, "card/address-signature"),
        .authentication_certificate = certificate(city, "card/authentication-certificate"),
        .issuer_certificate = certificate(city, "card/issuer-certificate"),
        .register_certificate = certificate(city, "card/register-certificate"),
    };
}

struct card_signature city_sign(const struct city *city, struct bytes message)
{
    char path[TEST_PATH_SIZE];
    struct card_signature signature = {.size = CARD_SIGNATURE_MAXIMUM};

    path_of(city, "card/authentication.key", path);
    FILE *file = fopen(path, "r");
    must(file != NULL, path);
    EVP_PKEY *key = PEM_read_PrivateKey(file, NULL, NULL, NULL);
    fclose(file);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    must(EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key) == 1 &&
             EVP_DigestSign(context, signature.bytes, &signature.size, message.data,
                            message.size) == 1,
         "signing");
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return signature;
}
