#include "city_bench.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pki_authority.h"
#include "str.h"

static const char *const cards[] = {"amina-benali",   "didier-counter", "nadia-moved",
                                    "victor-blocked", "lina-haddad",    "youssef-haddad"};

const char *city_bench_path(const struct city_bench *bench, const char *name, char out[512])
{
    snprintf(out, 512, "%s/%s", bench->folder, name);
    return out;
}

static pid_t start(const char *path, const char *const *arguments, int out, int err)
{
    posix_spawn_file_actions_t actions;
    const char *list[16] = {path};
    static const char *const environment[] = {"PATH=/usr/bin:/bin", NULL};
    pid_t pid = -1;

    for (size_t i = 0; i < 14 && arguments[i] != NULL; i++)
        list[i + 1] = arguments[i];
    posix_spawn_file_actions_init(&actions);
    if (out >= 0)
        posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    if (err >= 0)
        posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
    if (posix_spawn(&pid, path, &actions, NULL, (char *const *)list, (char *const *)environment) !=
        0)
        pid = -1;
    posix_spawn_file_actions_destroy(&actions);
    return pid;
}

static int wait_for(pid_t pid)
{
    int status = 0;

    if (pid < 0 || waitpid(pid, &status, 0) != pid)
        return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int city_bench_run(const struct city_bench *bench, const char *program,
                   const char *const *arguments)
{
    char path[512];

    snprintf(path, sizeof path, "%s/%s", bench->programs, program);
    return wait_for(start(path, arguments, -1, -1));
}

// The fleet's authority is made here, because make-authorities throws its key away: one terminal in
// the fleet, one with a good certificate that is not in it, one of a stranger's fleet.
static int make_fleet(const struct city_bench *bench)
{
    static const struct {
        const char *name;
        int authority;
    } terminals[] = {{"kiosk-0001", 0}, {"kiosk-0002", 0}, {"kiosk-9999", 0}, {"stranger", 1}};
    struct pki_identity *authorities[2] = {};
    char path[512], file[64];
    int bad = 0;
    const struct pki_profile top = {.subject = {.country = "BE", .common_name = "Fleet"},
                                    .key_usage = "critical,keyCertSign,cRLSign",
                                    .authority = true,
                                    .not_before = 1577836800,
                                    .not_after = 4102444800};

    for (int i = 0; i < 2; i++)
        bad |= pki_self_signed_create(&top, PKI_KEY_P256, &authorities[i]) != RESULT_OK;
    bad |= pki_write_certificate_pem(authorities[0], city_bench_path(bench, "fleet.pem", path)) !=
           RESULT_OK;
    for (size_t i = 0; i < 4 && !bad; i++) {
        struct pki_profile profile = {.subject = {.country = "BE"},
                                      .key_usage = "critical,digitalSignature",
                                      .extended_key_usage = "clientAuth",
                                      .not_before = 1577836800,
                                      .not_after = 4102444800};
        struct pki_identity *terminal = NULL;
        profile.subject.common_name =
            terminals[i].authority == 1 ? "kiosk-0001" : terminals[i].name;
        bad |= pki_issued_create(authorities[terminals[i].authority], &profile, PKI_KEY_P256,
                                 &terminal) != RESULT_OK;
        snprintf(file, sizeof file, "%s.pem", terminals[i].name);
        bad |= bad ||
               pki_write_certificate_pem(terminal, city_bench_path(bench, file, path)) != RESULT_OK;
        snprintf(file, sizeof file, "%s.key", terminals[i].name);
        bad |= bad || pki_write_key_pem(terminal, city_bench_path(bench, file, path)) != RESULT_OK;
        pki_identity_destroy(terminal);
    }
    pki_identity_destroy(authorities[0]);
    pki_identity_destroy(authorities[1]);
    return bad;
}

// A seal whose certificate ended yesterday, under an authority of its own.
static int make_expired_seal(const struct city_bench *bench)
{
    const struct pki_profile top = {.subject = {.country = "BE", .common_name = "Old seals"},
                                    .key_usage = "critical,keyCertSign,cRLSign",
                                    .authority = true,
                                    .not_before = 1577836800,
                                    .not_after = 4102444800};
    const struct pki_profile seal = {.subject = {.country = "BE",
                                                 .organization_identifier = "VATBE-0000000196",
                                                 .common_name = "Old seal"},
                                     .key_usage = "critical,digitalSignature,nonRepudiation",
                                     .not_before = 1577836800,
                                     .not_after = 1609459200};
    struct pki_identity *authority = NULL, *identity = NULL;
    char path[512];
    int bad =
        pki_self_signed_create(&top, PKI_KEY_P256, &authority) != RESULT_OK ||
        pki_issued_create(authority, &seal, PKI_KEY_RSA_2048, &identity) != RESULT_OK ||
        pki_write_certificate_pem(authority, city_bench_path(bench, "old-ca.pem", path)) !=
            RESULT_OK ||
        pki_write_certificate_pem(identity, city_bench_path(bench, "old.pem", path)) != RESULT_OK ||
        pki_write_key_pem(identity, city_bench_path(bench, "old.key", path)) != RESULT_OK;

    pki_identity_destroy(authority);
    pki_identity_destroy(identity);
    return bad;
}

static int make_cards(const struct city_bench *bench)
{
    char resident[512], authorities[512], made[512], other[512];

    mkdir(city_bench_path(bench, "cards-made", made), 0700);
    for (size_t i = 0; i < sizeof cards / sizeof cards[0]; i++) {
        snprintf(resident, sizeof resident, "%s/residents/%s.json", bench->folder, cards[i]);
        snprintf(made, sizeof made, "%s/cards-made/%s", bench->folder, cards[i]);
        const char *const arguments[] = {"--resident",
                                         resident,
                                         "--authorities",
                                         city_bench_path(bench, "authorities", authorities),
                                         "--out",
                                         made,
                                         NULL};
        if (city_bench_run(bench, "make-card", arguments) != 0)
            return 1;
    }
    // The same person's card from a country that nobody here trusts.
    snprintf(resident, sizeof resident, "%s/residents/amina-benali.json", bench->folder);
    snprintf(made, sizeof made, "%s/cards-made/forged", bench->folder);
    mkdir(city_bench_path(bench, "forger", other), 0700);
    const char *const arguments[] = {"--resident", resident, "--authorities", other, "--out",
                                     made,         NULL};
    return city_bench_run(bench, "make-card", arguments);
}

int city_bench_create(struct city_bench *bench)
{
    char database[512], residents[512], authorities[512], fleet[512];

    bench->programs = getenv("MUNICIPALITY_PROGRAMS");
    bench->source = getenv("MUNICIPALITY_SOURCE");
    snprintf(bench->folder, sizeof bench->folder, "/tmp/municipality-test-XXXXXX");
    if (bench->programs == NULL || bench->source == NULL || mkdtemp(bench->folder) == NULL)
        return 1;
    FILE *list = fopen(city_bench_path(bench, "fleet.txt", fleet), "w");
    if (list == NULL)
        return 1;
    fputs("# terminals\nkiosk-0001\nkiosk-0002\n", list);
    fclose(list);
    const char *const make[] = {city_bench_path(bench, "authorities", authorities), NULL};
    const char *const fill[] = {"--database", city_bench_path(bench, "register.db", database),
                                "--cards", city_bench_path(bench, "residents", residents), NULL};
    if (city_bench_run(bench, "make-authorities", make) != 0 ||
        city_bench_run(bench, "municipality-register", fill) != 0)
        return 1;
    return make_fleet(bench) || make_expired_seal(bench) || make_cards(bench);
}

void city_bench_destroy(struct city_bench *bench)
{
    const char *const arguments[] = {"-rf", bench->folder, NULL};

    if (strncmp(bench->folder, "/tmp/municipality-test-", 23) == 0)
        wait_for(start("/bin/rm", arguments, -1, -1));
}

static const char *const usual[][3] = {
    {"listen", "address", "127.0.0.1"},
    {"listen", "port", "0"},
    {"listen", "threads", "2"},
    {"tls", "certificate", "authorities/server.pem"},
    {"tls", "key", "authorities/server.key"},
    {"fleet", "authority", "fleet.pem"},
    {"fleet", "terminals", "fleet.txt"},
    {"fleet", "requests_per_minute", "100000"},
    {"card", "roots", "authorities/card-root.pem"},
    {"card", "intermediates", "authorities/card-citizen-ca.pem"},
    {"register", "store", "sqlite"},
    {"register", "database", "register.db"},
    {"register", "connection", ""},
    {"store", "store", "sqlite"},
    {"store", "database", "store.db"},
    {"store", "connection", ""},
    {"catalogue", "file", NULL},
    {"documents", "fonts", NULL},
    {"seal", "certificate", "authorities/seal.pem"},
    {"seal", "key", "authorities/seal.key"},
    {"seal", "authority", "authorities/seal-ca.pem"},
    {"seal", "organization", "VATBE-0000000196"},
    {"seal", "time_url", ""},
    {"seal", "time_authority", ""},
    {"seal", "time_required", "yes"},
    {"city", "server_name", "localhost"},
    {"city", "challenge_seconds", "60"},
};

static const char *changed(const char *const row[3], const char *const changes[][3], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(row[0], changes[i][0]) && str_equal(row[1], changes[i][1]))
            return changes[i][2];
    return row[2];
}

static void write_configuration(const struct city_bench *bench, const char *path,
                                const char *const changes[][3], size_t count)
{
    FILE *file = fopen(path, "w");

    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++) {
        const char *value = changed(usual[i], changes, count);
        fprintf(file, "[%s]\n%s = ", usual[i][0], usual[i][1]);
        if (value != NULL)
            fprintf(file, "%s\n", value);
        else if (str_equal(usual[i][0], "catalogue"))
            fprintf(file, "%s/catalogue/catalogue.json\n", bench->source);
        else
            fprintf(file, "%s/documents/fonts.conf\n", bench->source);
    }
    fclose(file);
}

// Starts a program that says "listening PORT"; its log goes to that file.
static struct city_server listen_to(const struct city_bench *bench, const char *program,
                                    const char *const *arguments, const char *log)
{
    struct city_server server = {.pid = -1};
    char path[512], line[64] = "";
    int pipes[2], log_file = open(log, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

    snprintf(path, sizeof path, "%s/%s", bench->programs, program);
    if (pipe2(pipes, O_CLOEXEC) != 0)
        return server;
    server.pid = start(path, arguments, pipes[1], log_file);
    close(pipes[1]);
    close(log_file);
    FILE *said = fdopen(pipes[0], "r");
    if (fgets(line, sizeof line, said) == NULL || sscanf(line, "listening %d", &server.port) != 1)
        server.port = 0;
    fclose(said);
    return server;
}

struct city_server city_clock_start(const struct city_bench *bench, const char *authorities,
                                    int port)
{
    char certificate[512], key[512], log[512], name[64], number[16];

    snprintf(name, sizeof name, "%s/time-stamp.pem", authorities);
    city_bench_path(bench, name, certificate);
    snprintf(name, sizeof name, "%s/time-stamp.key", authorities);
    city_bench_path(bench, name, key);
    snprintf(number, sizeof number, "%d", port);
    const char *const arguments[] = {"--certificate", certificate, "--key", key,
                                     "--port",        number,      NULL};
    return listen_to(bench, "time-authority", arguments,
                     city_bench_path(bench, "time-authority.log", log));
}

struct city_server city_server_start(const struct city_bench *bench, const char *name,
                                     const char *const changes[][3], size_t change_count)
{
    char config[512], log[512], file[64];

    snprintf(file, sizeof file, "%s.ini", name);
    write_configuration(bench, city_bench_path(bench, file, config), changes, change_count);
    snprintf(file, sizeof file, "%s.log", name);
    const char *const arguments[] = {"--config", config, NULL};
    return listen_to(bench, "municipality", arguments, city_bench_path(bench, file, log));
}

int city_server_stop(struct city_server *server)
{
    if (server->pid <= 0)
        return -1;
    if (server->port != 0)
        kill(server->pid, SIGTERM);
    int status = wait_for(server->pid);
    server->pid = -1;
    return status;
}

struct https_peer *city_connect(const struct city_bench *bench, const struct city_server *server,
                                const char *terminal)
{
    char authority[512], certificate[512], key[512], file[64];
    struct https_identity identity = {
        .authority = city_bench_path(bench, "authorities/tls-ca.pem", authority)};

    if (terminal != NULL) {
        snprintf(file, sizeof file, "%s.pem", terminal);
        identity.certificate = city_bench_path(bench, file, certificate);
        snprintf(file, sizeof file, "%s.key", terminal);
        identity.key = city_bench_path(bench, file, key);
    }
    return https_peer_connect(server->port, &identity);
}

struct city_answer city_ask(struct https_peer *peer, const struct https_question *question)
{
    struct https_reply reply = https_peer_ask(peer, question);
    struct city_answer answer = {.status = reply.status};

    if (reply.size > 0)
        answer.json =
            json_loadb((const char *)reply.body, reply.size, JSON_REJECT_DUPLICATES, NULL);
    const char *code = json_string_value(json_object_get(answer.json, "code"));
    snprintf(answer.code, sizeof answer.code, "%s", code == NULL ? "" : code);
    free(reply.body);
    return answer;
}

void city_answer_clear(struct city_answer *answer)
{
    json_decref(answer->json);
    *answer = (struct city_answer){};
}

static size_t read_file(const char *path, uint8_t *to, size_t capacity)
{
    FILE *file = fopen(path, "rb");
    size_t size = file == NULL ? 0 : fread(to, 1, capacity, file);

    if (file != NULL)
        fclose(file);
    return size;
}

static char *base64(const uint8_t *data, size_t size)
{
    char *text = calloc(1, 4 * ((size + 2) / 3) + 1);

    EVP_EncodeBlock((uint8_t *)text, data, (int)size);
    return text;
}

json_t *city_card_request(const struct city_bench *bench, const char *name)
{
    static const char *const members[][2] = {
        {"authentication_certificate", "authentication-certificate"},
        {"issuer_certificate", "issuer-certificate"},
        {"register_certificate", "register-certificate"},
        {"identity", "identity"},
        {"identity_signature", "identity-signature"},
        {"address", "address"},
        {"address_signature", "address-signature"},
    };
    json_t *request = json_pack("{s:s}", "channel", "kiosk");
    uint8_t file[8192];
    char path[512];

    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        snprintf(path, sizeof path, "%s/cards-made/%s/%s", bench->folder, name, members[i][1]);
        size_t size = read_file(path, file, sizeof file);
        if (i < 3 && size > 4) // a certificate file of a card may have padding behind the DER
            size = (size_t)file[2] * 256 + file[3] + 4;
        char *text = base64(file, size);
        json_object_set_new(request, members[i][0], json_string(text));
        free(text);
    }
    return request;
}

struct message {
    uint8_t bytes[1024];
    size_t size;
};

static void put(struct message *message, int tag, const void *value, size_t size)
{
    const uint8_t head[4] = {0, (uint8_t)tag, (uint8_t)(size >> 8), (uint8_t)size};

    memcpy(message->bytes + message->size, head, 4);
    memcpy(message->bytes + message->size + 4, value, size);
    message->size += 4 + size;
}

static void build(struct message *message, const struct city_bench *bench, const char *card,
                  const json_t *session, struct https_peer *as, const char *terminal)
{
    const json_t *challenge = json_object_get(session, "challenge");
    const char *server = json_string_value(json_object_get(challenge, "server"));
    const char *id = json_string_value(json_object_get(session, "session"));
    int64_t time = json_integer_value(json_object_get(challenge, "time"));
    uint8_t nonce[64], binding[45] = "tls-exporter", stamp[8], digest[32], file[8192];
    char path[512];

    memcpy(message->bytes, "eguichet-auth-v1", 17);
    message->size = 17;
    put(message, 1, server, strlen(server));
    put(message, 2, terminal, strlen(terminal));
    const char *encoded = json_string_value(json_object_get(challenge, "nonce"));
    EVP_DecodeBlock(nonce, (const uint8_t *)encoded, (int)strlen(encoded));
    put(message, 3, nonce, 32);
    https_peer_exporter(as, binding + 13);
    put(message, 4, binding, 45);
    for (int i = 0; i < 8; i++)
        stamp[i] = (uint8_t)(time >> (56 - 8 * i));
    put(message, 5, stamp, 8);
    snprintf(path, sizeof path, "%s/cards-made/%s/authentication-certificate", bench->folder, card);
    read_file(path, file, sizeof file);
    SHA256(file, (size_t)file[2] * 256 + file[3] + 4, digest);
    put(message, 6, digest, 32);
    put(message, 7, "e-guichet-session", 17);
    put(message, 8, id, strlen(id));
    https_peer_certificate_sha256(as, digest);
    put(message, 9, digest, 32);
}

char *city_sign(const struct city_bench *bench, const char *card, const json_t *session,
                struct https_peer *as, const char *terminal)
{
    struct message message;
    uint8_t signature[512];
    size_t size = sizeof signature;
    char path[512];
    EVP_MD_CTX *context = EVP_MD_CTX_new();

    build(&message, bench, card, session, as, terminal);
    snprintf(path, sizeof path, "%s/cards-made/%s/authentication.key", bench->folder, card);
    FILE *file = fopen(path, "rb");
    EVP_PKEY *key = PEM_read_PrivateKey(file, NULL, NULL, NULL);
    fclose(file);
    EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key);
    EVP_DigestSign(context, signature, &size, message.bytes, message.size);
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return base64(signature, size);
}
