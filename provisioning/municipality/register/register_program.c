// municipality-register: writes the invented city into a register file, and its residents' cards.
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "city.h"
#include "register_writer.h"

static const char usage[] =
    "usage: municipality-register --database FILE --cards DIR [--extra RESIDENT.json]\n"
    "  --database  the register to write; it must not exist yet\n"
    "  --cards     a folder for one NAME.json per resident who carries a card\n"
    "  --extra     one more resident, in the form of those files, living alone\n";

struct request {
    const char *database, *cards, *extra;
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

    if (write_households(writer) != RESULT_OK)
        return give_up(request, "cannot write into ", request->database, 1);
    if (mkdir(request->cards, 0700) != 0 && errno != EEXIST)
        return give_up(request, "cannot create the folder ", request->cards, 1);
    if (write_cards(writer, request->cards) != RESULT_OK)
        return give_up(request, "cannot write into ", request->cards, 1);
    return request->extra == NULL ? RESULT_OK : write_extra(writer, request);
}

static int run(struct request *request)
{
    owned(database) database = NULL;
    const struct database_address address = {
        .kind = DATABASE_SQLITE, .where = request->database, .may_be_new = true};

    if (access(request->database, F_OK) == 0)
        return say("will not overwrite; remove it or name another file: ", request->database, 2);
    if (database_create(&address, &database) != RESULT_OK)
        return say("cannot create ", request->database, 1);
    if (register_write(database, fill, request) == RESULT_OK)
        return 0;
    unlink(request->database); // half a register is none
    return request->status != 0 ? request->status : say("cannot write into ", request->database, 1);
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"database", required_argument, NULL, 'd'},
        {"cards", required_argument, NULL, 'c'},
        {"extra", required_argument, NULL, 'e'},
        {},
    };
    struct request request = {};
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (option) {
        case 'd':
            request.database = optarg;
            break;
        case 'c':
            request.cards = optarg;
            break;
        case 'e':
            request.extra = optarg;
            break;
        default:
            fputs(usage, stderr);
            return 2;
        }
    }
    if (request.database == NULL || request.cards == NULL || optind != argc) {
        fputs(usage, stderr);
        return 2;
    }
    return run(&request);
}
