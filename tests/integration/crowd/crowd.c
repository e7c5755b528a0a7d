#include "crowd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "city.h"
#include "pki_authority.h"
#include "register_writer.h"
#include "str.h"

#define EVERY_RSA 10

void must(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "crowd: %s\n", what);
    exit(1);
}

void crowd_path(const struct crowd *crowd, const char *kind, size_t number, const char *end,
                char out[512])
{
    must(str_format(out, 512, "%s/%s-%03zu%s", crowd->bench.folder, kind, number, end) == RESULT_OK,
         "a path is too long");
}

static const struct pki_profile valid = {
    .subject = {.country = "BE"}, .not_before = 1577836800, .not_after = 4102444800};

static void make_terminal(const struct crowd *crowd, size_t number,
                          const struct pki_identity *authority, FILE *fleet)
{
    struct pki_profile profile = valid;
    char name[32], path[512];
    owned(pki_identity) terminal = NULL;

    snprintf(name, sizeof name, "terminal-%03zu", number);
    profile.subject.common_name = name;
    profile.key_usage = "critical,digitalSignature";
    profile.extended_key_usage = "clientAuth";
    must(pki_issued_create(authority, &profile, PKI_KEY_P256, &terminal) == RESULT_OK,
         "a terminal's certificate");
    crowd_path(crowd, "terminal", number, ".pem", path);
    must(pki_write_certificate_pem(terminal, path) == RESULT_OK, path);
    crowd_path(crowd, "terminal", number, ".key", path);
    must(pki_write_key_pem(terminal, path) == RESULT_OK, path);
    fprintf(fleet, "%s\n", name);
}

static void make_fleet(const struct crowd *crowd)
{
    struct pki_profile profile = valid;
    char path[512];
    owned(pki_identity) authority = NULL;

    profile.subject.common_name = "Fleet of many";
    profile.key_usage = "critical,keyCertSign,cRLSign";
    profile.authority = true;
    must(pki_self_signed_create(&profile, PKI_KEY_P256, &authority) == RESULT_OK &&
             pki_write_certificate_pem(
                 authority, city_bench_path(&crowd->bench, "many.pem", path)) == RESULT_OK,
         "the fleet's authority");
    FILE *fleet = fopen(city_bench_path(&crowd->bench, "many.txt", path), "w");
    must(fleet != NULL, path);
    for (size_t i = 0; i < crowd->count; i++)
        make_terminal(crowd, i, authority, fleet);
    fclose(fleet);
}

// Amina Benali's card with another number on it: somebody who lives alone at her address.
static struct resident_card card_of(size_t number)
{
    static const struct partial_date birth = {1987, 3, 14};
    struct resident_card card = {};
    bool blocked;

    must(city_card_of("amina-benali", &card, &blocked) == RESULT_OK &&
             str_copy(card.birth_date, sizeof card.birth_date, "1987-03-14") == RESULT_OK &&
             national_number_make_synthetic(birth, 2 * (int)number + 2, card.national_number) ==
                 RESULT_OK &&
             str_format(card.name, sizeof card.name, "resident-%03zu", number) == RESULT_OK &&
             str_format(card.card_number, sizeof card.card_number, "592%09zu", number) ==
                 RESULT_OK &&
             str_format(card.chip_number, sizeof card.chip_number, "%032zX", number) == RESULT_OK,
         "a resident's card");
    return card;
}

static void make_card(const struct crowd *crowd, size_t number)
{
    const struct resident_card card = card_of(number);
    char resident[512], made[512], authorities[512];
    const char *const arguments[] = {
        "--resident",
        resident,
        "--authorities",
        city_bench_path(&crowd->bench, "authorities", authorities),
        "--out",
        made,
        "--generation",
        number % EVERY_RSA == 0 ? "v17" : "v18",
        NULL,
    };

    must(resident_card_write(&card, crowd->bench.folder) == RESULT_OK, "a resident's file");
    crowd_path(crowd, "resident", number, ".json", resident);
    crowd_path(crowd, "card", number, "", made);
    must(city_bench_run(&crowd->bench, "make-card", arguments) == 0, "make-card");
}

void crowd_create(struct crowd *crowd, size_t count)
{
    crowd->count = count;
    must(city_bench_create(&crowd->bench) == 0, "the city");
    make_fleet(crowd);
    for (size_t i = 0; i < count; i++)
        make_card(crowd, i);
}

void crowd_destroy(struct crowd *crowd)
{
    city_bench_destroy(&crowd->bench);
}

static enum result fill(void *closure, struct register_writer *writer)
{
    const struct crowd *crowd = closure;

    for (size_t i = 0; i < crowd->count; i++) {
        const struct resident_card card = card_of(i);
        owned(household) home = NULL;
        TRY(city_household_of_card(&card, &home));
        TRY(register_writer_add(writer, home));
    }
    return RESULT_OK;
}

void crowd_write_register(const struct crowd *crowd, const struct database_address *address)
{
    owned(database) database = NULL;

    must(database_create(address, &database) == RESULT_OK &&
             register_write(database, fill, (void *)crowd) == RESULT_OK,
         "the register");
}

struct city_server crowd_server(const struct crowd *crowd, const char *name,
                                const struct database_address *residents,
                                const struct database_address *orders)
{
    const char *store = orders->kind == DATABASE_SQLITE ? "sqlite" : "postgresql";
    const char *key = orders->kind == DATABASE_SQLITE ? "database" : "connection";
    const char *const changes[][3] = {
        {"listen", "threads", "4"},          {"fleet", "authority", "many.pem"},
        {"fleet", "terminals", "many.txt"},  {"register", "store", store},
        {"register", key, residents->where}, {"store", "store", store},
        {"store", key, orders->where},
    };
    struct city_server server =
        city_server_start(&crowd->bench, name, changes, sizeof changes / sizeof changes[0]);

    must(server.port != 0, "the municipality does not start");
    return server;
}
