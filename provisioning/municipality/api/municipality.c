// municipality: the reference municipality's server. municipality --config FILE; municipality --api
// prints the calls it answers and the problems it tells, for those who compare openapi.yaml with
// it.
#include <errno.h>
#include <getopt.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bancontact.h"
#include "city_hall.h"
#include "problem.h"
#include "public_server.h"
#include "routes.h"
#include "server.h"
#include "settings.h"
#include "sql_register.h"
#include "str.h"
#include "wiping_memory.h"

#define PEM_MAXIMUM (64 * 1024)

// Everything that is held while the server runs.
struct house {
    struct settings settings;
    struct fleet *fleet;
    struct terminal_book *terminals;
    struct certificate_issuer *issuer; // NULL: nobody enrols
    struct card_authorities *card_authorities;
    struct sql_register *book;
    struct offer *offer;
    struct certificate_studio *studio;
    struct sealer *sealer;
    struct order_store *store;
    struct payment_book *payments;
    struct bancontact *bancontact; // NULL: no payment is taken
    struct sessions *sessions;
    struct server *server;
    struct public_server *public_server;
    struct city_hall hall;
    char certificate[PEM_MAXIMUM], key[PEM_MAXIMUM], authority[PEM_MAXIMUM];
};

static void house_destroy(struct house *house)
{
    if (house == NULL)
        return;
    server_destroy(house->server);
    public_server_destroy(house->public_server);
    sessions_destroy(house->sessions);
    bancontact_destroy(house->bancontact);
    payment_book_destroy(house->payments);
    order_store_destroy(house->store);
    sealer_destroy(house->sealer);
    certificate_studio_destroy(house->studio);
    offer_destroy(house->offer);
    sql_register_destroy(house->book);
    card_authorities_destroy(house->card_authorities);
    fleet_destroy(house->fleet);
    terminal_book_destroy(house->terminals);
    certificate_issuer_destroy(house->issuer);
    explicit_bzero(house->key, sizeof house->key);
    free(house);
}
DEFINE_OWNED(house)

// Says what could not be opened and what it is for.
static enum result tell(enum result result, const char *file, const char *expected)
{
    if (result != RESULT_OK)
        fprintf(stderr, "municipality: %s: expected %s (%s)\n", file, expected,
                result_text(result));
    return result;
}

static enum result read_text(const char *path, char *to, size_t capacity)
{
    FILE *file = fopen(path, "rb");

    if (file == NULL)
        return RESULT_NOT_FOUND;
    size_t size = fread(to, 1, capacity - 1, file);
    to[size] = '\0';
    fclose(file);
    return size < capacity - 1 ? RESULT_OK : RESULT_TOO_LARGE;
}

static enum result open_keys(struct house *house)
{
    const struct settings *settings = &house->settings;

    TRY(tell(read_text(settings->tls_certificate, house->certificate, PEM_MAXIMUM),
             settings->tls_certificate, "the server's certificate in PEM"));
    TRY(tell(read_text(settings->tls_key, house->key, PEM_MAXIMUM), settings->tls_key,
             "the server's key in PEM"));
    return tell(read_text(settings->fleet_authority, house->authority, PEM_MAXIMUM),
                settings->fleet_authority, "the terminals' authority in PEM");
}

static enum result open_proof(struct house *house)
{
    const struct settings *settings = &house->settings;
    const char *intermediates =
        settings->card_intermediates[0] == '\0' ? NULL : settings->card_intermediates;
    const struct session_limits limits = {.challenge_seconds = (int)settings->challenge_seconds,
                                          .proof_seconds = (int)settings->proof_seconds};
    const struct card_status_settings status = {
        .responder = settings->card_responder[0] == '\0' ? NULL : settings->card_responder,
        .seconds = (int)settings->card_responder_seconds,
        .oldest_seconds = (int)settings->card_responder_oldest,
        .accepted_when_down = settings->card_accepted_when_down,
    };
    int line;

    TRY(tell(card_status_settings_check(&status), settings->card_responder,
             "card.responder as http://HOST:PORT/PATH"));
    TRY(tell(fleet_create(settings->fleet_terminals, &line, &house->fleet),
             settings->fleet_terminals, "one terminal's common name a line, at most 63 bytes"));
    TRY(tell(card_authorities_create(settings->card_roots, intermediates, &status,
                                     &house->card_authorities),
             settings->card_roots, "certificates in PEM, and so in card.intermediates"));
    return sessions_create(&limits, &house->sessions);
}

static enum result open_catalogue(struct house *house)
{
    char wrong[512] = "";
    enum result opened =
        offer_create(house->settings.catalogue, wrong, sizeof wrong, &house->offer);

    return tell(opened, house->settings.catalogue, wrong[0] == '\0' ? "a catalogue" : wrong);
}

// A connection string may hold a password: it is not repeated.
static const char *name_of(const struct store_settings *store, const char *connection)
{
    return store->store == DATABASE_SQLITE ? store->database : connection;
}

static enum result open_stores(struct house *house)
{
    const struct settings *settings = &house->settings;
    const struct database_address book = settings_database(&settings->register_book);
    struct database_address orders = settings_database(&settings->orders);

    orders.may_be_new = true;
    TRY(tell(sql_register_create(&book, &house->book),
             name_of(&settings->register_book, "register.connection"),
             "a register made by municipality-register"));
    TRY(tell(order_store_create(&orders, &house->store),
             name_of(&settings->orders, "store.connection"),
             "a database, or a folder where one can be made"));
    return tell(payment_book_create(&orders, &house->payments),
                name_of(&settings->orders, "store.connection"), "a database that can be written");
}

static enum result open_payment(struct house *house)
{
    const struct settings *settings = &house->settings;
    char key[256] = "";

    if (settings->payment_url[0] == '\0')
        return RESULT_OK;
    TRY(tell(read_text(settings->payment_key, key, sizeof key), settings->payment_key,
             "payment.key: a file with the merchant's key in its first line"));
    key[strcspn(key, "\r\n")] = '\0';
    const struct bancontact_settings scheme = {
        .url = settings->payment_url, .key = key, .ca = settings->payment_authority};
    enum result created = bancontact_create(&scheme, &house->bancontact);
    explicit_bzero(key, sizeof key);
    return tell(created, settings->payment_url, "payment.url: https://HOST, nothing behind it");
}

static enum result open_enrolment(struct house *house)
{
    const struct settings *settings = &house->settings;
    const struct certificate_issuer_files files = {settings->fleet_authority, settings->fleet_key,
                                                   settings->tls_authority,
                                                   (int)settings->certificate_days};
    struct database_address orders = settings_database(&settings->orders);

    orders.may_be_new = true;
    TRY(tell(terminal_book_create(&orders, &house->terminals),
             name_of(&settings->orders, "store.connection"),
             "a database, or a folder where one can be made"));
    if (settings->fleet_key[0] == '\0' || settings->tls_authority[0] == '\0')
        return RESULT_OK;
    return tell(certificate_issuer_create(&files, &house->issuer), settings->fleet_key,
                "the key of fleet.authority, and in tls.authority a certificate, in PEM");
}

static enum result open_desk(struct house *house)
{
    const struct settings *settings = &house->settings;
    const struct sealer_files seal = {settings->seal_certificate, settings->seal_key,
                                      settings->seal_authority,   settings->seal_organization,
                                      settings->time_url,         settings->time_authority,
                                      settings->time_required};

    TRY(open_catalogue(house));
    TRY(open_stores(house));
    TRY(open_enrolment(house));
    TRY(tell(certificate_studio_create(settings->fonts, &house->studio), settings->fonts,
             "a fontconfig file that finds Charis SIL and Inter"));
    return tell(sealer_create(&seal, &house->sealer), settings->seal_certificate,
                "certificate, its key and its authority in PEM; with seal.time_url an "
                "http address, and seal.time_authority in PEM");
}

static void furnish(struct house *house)
{
    house->hall = (struct city_hall){
        .desk =
            {
                .population = sql_register_verbs(house->book),
                .offer = house->offer,
                .studio = house->studio,
                .sealer = house->sealer,
                .store = house->store,
                .checking_address = house->settings.checking_address,
                .signatory = house->settings.signatory,
                .demonstration = house->settings.demonstration,
                .takes_payment = house->bancontact != NULL,
            },
        .payment = {.book = house->payments},
        .fleet = house->fleet,
        .est = {house->terminals, house->issuer},
        .card_authorities = house->card_authorities,
        .sessions = house->sessions,
        .server_name = house->settings.server_name,
    };
    if (house->bancontact != NULL)
        house->hall.payment.scheme = bancontact_scheme(house->bancontact);
}

static enum result open_public_page(struct house *house)
{
    const struct public_server_settings listen = {
        .address = house->settings.public_address,
        .port = (uint16_t)house->settings.public_port,
        .certificate = house->certificate,
        .key = house->key,
        .checks_per_minute = (int)house->settings.checks_per_minute,
        .valid_days = (int)house->settings.valid_days,
        .est = house->issuer == NULL ? NULL : &house->hall.est,
    };

    if (house->settings.public_address[0] == '\0')
        return RESULT_OK;
    return tell(public_server_create(&listen, house->store, house->offer, &house->public_server),
                house->settings.public_address,
                "an address of this machine in numbers with a free port, for the public page");
}

static enum result open_house(struct house *house)
{
    const struct server_settings listen = {
        .address = house->settings.listen_address,
        .port = (uint16_t)house->settings.listen_port,
        .threads = (unsigned int)house->settings.threads,
        .requests_per_minute = (int)house->settings.requests_per_minute,
        .certificate = house->certificate,
        .key = house->key,
        .fleet_authority = house->authority,
    };

    TRY(open_keys(house));
    TRY(open_proof(house));
    TRY(open_desk(house));
    TRY(open_payment(house));
    furnish(house);
    TRY(open_public_page(house));
    return tell(server_create(&listen, &house->hall, &house->server),
                house->settings.listen_address,
                "an address of this machine in numbers with a free port, and a certificate that "
                "fits its key");
}

// The signals that end it are blocked before any thread starts, and waited for here.
static int serve(struct house *house, const sigset_t *ending)
{
    int signal_number;

    printf("listening %u\n", server_port(house->server));
    if (house->public_server != NULL)
        printf("public %u\n", public_server_port(house->public_server));
    fflush(stdout);
    while (sigwait(ending, &signal_number) == EINTR)
        ;
    return 0;
}

static int run(const char *config)
{
    owned(house) house = calloc(1, sizeof *house);
    char wrong[1024] = "";
    sigset_t ending;

    if (house == NULL)
        return 1;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    sigprocmask(SIG_BLOCK, &ending, NULL);
    signal(SIGPIPE, SIG_IGN);
    json_set_alloc_funcs(wiping_malloc, wiping_free); // the bodies hold cards
    enum result read = settings_read(config, &house->settings, wrong, sizeof wrong);
    if (read == RESULT_NOT_FOUND)
        return tell(read, config, "a readable configuration file") == RESULT_OK ? 0 : 2;
    if (read != RESULT_OK) {
        fprintf(stderr, "municipality: %s\n",
                wrong[0] == '\0' ? "expected a readable file" : wrong);
        return 2;
    }
    return open_house(house) == RESULT_OK ? serve(house, &ending) : 2;
}

static int print_api(void)
{
    char call[ROUTE_TEXT_SIZE];

    for (size_t i = 0; route_describe(i, call) == RESULT_OK; i++)
        printf("call %s\n", call);
    for (size_t i = 0; public_server_call(i) != NULL; i++)
        printf("call %s\n", public_server_call(i));
    for (int i = PROBLEM_NONE + 1; i < PROBLEM_COUNT; i++)
        printf("problem %s %u\n", problem_text_of(i)->code, problem_text_of(i)->status);
    return 0;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"config", required_argument, NULL, 'c'}, {"api", no_argument, NULL, 'a'}, {}};
    const char *config = NULL;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'a' && argc == 2)
            return print_api();
        if (option != 'c')
            break;
        config = optarg;
    }
    if (config == NULL || optind != argc) {
        fputs("usage: municipality --config FILE | --api\n", stderr);
        return 2;
    }
    return run(config);
}
