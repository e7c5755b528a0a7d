// municipality-register: writes the invented city into a register file, and its residents' cards.
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "city.h"
#include "city_crowd.h"
#include "register_writer.h"
#include "resident_table.h"
#include "str.h"

#define RESIDENTS_MAXIMUM 1000000

static const char usage[] =
    "usage: municipality-register --database FILE|--postgresql CONNECTION --cards DIR\n"
    "                             [--extra RESIDENT.json] [--residents NUMBER]\n"
    "  --database    the register to write; it must not exist yet\n"
    "  --postgresql  a connection string of libpq; the tables must not exist yet\n"
    "  --cards       a folder for one NAME.json per named resident who carries a card\n"
    "  --extra       one more resident, in the form of those files, living alone\n"
    "  --residents   so many people at least, the rest without names to play with\n"
    "municipality-register --list: the named residents, as a table\n";

struct request {
    struct database_address address;
    const char *name; // of the register in messages
    const char *cards, *extra;
    bool list;
    int64_t residents;
    int status; // of the program, once something went wrong and was said
};

static int say(const char *what, const char *which, int status)
{
    fprintf(stderr, "municipality-register: %s%s\n", what, which);
    return status;
}

// Says what is wrong and how the program ends; nothing of the register stays.
static enum result give_up(struct request *request, const char *what, const char *which, int status)
{
    request->status = say(what, which, status);
    return RESULT_FAILED;
}

static enum result write_households(struct register_writer *writer)
{
    for (size_t i = 0; i < city_household_count(); i++) {
        owned(household) home = NULL;
        TRY(city_household(i, &home));
        TRY(register_writer_add(writer, home));
        for (size_t j = 0; j < home->count; j++) {
            owned(address_history) history = NULL;
            TRY(city_history(i, j, &history));
            TRY(register_writer_add_history(writer, home->persons[j].national_number, history));
        }
    }
    return RESULT_OK;
}

// As many households without names as make the city that large.
static enum result write_crowd(struct register_writer *writer, int64_t residents)
{
    owned(city_crowd) crowd = NULL;
    int64_t there = (int64_t)city_resident_count();

    TRY(city_crowd_create(&crowd));
    while (there < residents) {
        owned(household) home = NULL;
        TRY(city_crowd_household(crowd, &home));
        TRY(register_writer_add(writer, home));
        for (size_t i = 0; i < home->count; i++) {
            owned(address_history) history = NULL;
            TRY(city_crowd_history(crowd, i, &history));
            TRY(register_writer_add_history(writer, home->persons[i].national_number, history));
        }
        there += (int64_t)home->count;
    }
    return RESULT_OK;
}

static enum result write_cards(struct register_writer *writer, const char *directory)
{
    for (size_t i = 0; i < city_card_count(); i++) {
        struct resident_card card = {};
        bool blocked;
        TRY(city_card(i, &card, &blocked));
        TRY(resident_card_write(&card, directory));
        if (blocked)
            TRY(register_writer_block_card(writer, card.card_number));
    }
    return RESULT_OK;
}

static enum result write_extra(struct register_writer *writer, struct request *request)
{
    const char *path = request->extra;
    struct resident_card card = {};
    const char *missing;
    owned(household) home = NULL;
    enum result read = resident_card_read(path, &card, &missing);

    if (read == RESULT_NOT_FOUND)
        return give_up(request, "cannot read the resident: ", path, 2);
    if (read != RESULT_OK && missing[0] == '\0')
        return give_up(request, "not a JSON object without duplicate members: ", path, 2);
    if (read != RESULT_OK)
        return give_up(request,
                       "the resident lacks this member, or it is no text of fitting "
                       "length: ",
                       missing, 2);
    if (city_household_of_card(&card, &home) != RESULT_OK)
        return give_up(request,
                       "national_number needs valid check digits, birth_date and valid_from"
                       " the form YYYY-MM-DD: ",
                       path, 2);
    if (register_writer_add(writer, home) != RESULT_OK)
        return give_up(request, "the register has this national number already: ", path, 2);
    return RESULT_OK;
}

static enum result fill(void *closure, struct register_writer *writer)
{
    struct request *request = closure;

    if (write_households(writer) != RESULT_OK ||
        write_crowd(writer, request->residents) != RESULT_OK)
        return give_up(request, "cannot write into ", request->name, 1);
    if (mkdir(request->cards, 0700) != 0 && errno != EEXIST)
        return give_up(request, "cannot create the folder ", request->cards, 1);
    if (write_cards(writer, request->cards) != RESULT_OK)
        return give_up(request, "cannot write into ", request->cards, 1);
    return request->extra == NULL ? RESULT_OK : write_extra(writer, request);
}

static int run(struct request *request)
{
    owned(database) database = NULL;
    bool file = request->address.kind == DATABASE_SQLITE;

    if (file && access(request->address.where, F_OK) == 0)
        return say("will not overwrite; remove it or name another file: ", request->name, 2);
    if (database_create(&request->address, &database) != RESULT_OK)
        return say("cannot open or create ", request->name, 1);
    if (register_write(database, fill, request) == RESULT_OK)
        return 0;
    if (file)
        unlink(request->address.where); // half a register is none
    if (request->status != 0)
        return request->status;
    return say("cannot write; are there tables of a register already? ", request->name, 1);
}

static int wrong_usage(void)
{
    fputs(usage, stderr);
    return 2;
}

static enum result take_option(struct request *request, int option)
{
    switch (option) {
    case 'd':
        request->address = (struct database_address){DATABASE_SQLITE, optarg, true};
        request->name = optarg;
        return RESULT_OK;
    case 'p':
        request->address = (struct database_address){DATABASE_POSTGRESQL, optarg, false};
        request->name = "the PostgreSQL database"; // its string may hold a password
        return RESULT_OK;
    case 'c':
        request->cards = optarg;
        return RESULT_OK;
    case 'e':
        request->extra = optarg;
        return RESULT_OK;
    case 'l':
        request->list = true;
        return RESULT_OK;
    case 'r':
        return str_to_int(optarg, 1, RESIDENTS_MAXIMUM, &request->residents);
    default:
        return RESULT_INVALID;
    }
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"database", required_argument, NULL, 'd'},
        {"postgresql", required_argument, NULL, 'p'},
        {"cards", required_argument, NULL, 'c'},
        {"extra", required_argument, NULL, 'e'},
        {"residents", required_argument, NULL, 'r'},
        {"list", no_argument, NULL, 'l'},
        {},
    };
    struct request request = {};
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
        if (take_option(&request, option) != RESULT_OK)
            return wrong_usage();
    if (request.list && optind == argc)
        return resident_table_print(stdout) == RESULT_OK ? 0 : 1;
    if (request.name == NULL || request.cards == NULL || optind != argc)
        return wrong_usage();
    return run(&request);
}
