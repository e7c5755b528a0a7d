// municipality-fleet: makes codes with which terminals enrol, revokes terminals, lists
// certificates.
#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "settings.h"
#include "str.h"
#include "terminal_book.h"

static int usage(void)
{
    fputs(
        "usage: municipality-fleet --config FILE code NAME    a code for one terminal, 24 hours\n"
        "       municipality-fleet --config FILE revoke NAME  from now on it is refused\n"
        "       municipality-fleet --config FILE list         the certificates that were issued\n",
        stderr);
    return 2;
}

// The common name stands in logs and on one line of a file.
static bool is_name(const char *name)
{
    size_t size = strlen(name);

    return size > 0 && size < TERMINAL_BOOK_NAME_SIZE &&
           strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.") == size;
}

static enum result open_book(const char *path, struct terminal_book **out)
{
    struct settings settings;
    char wrong[1024] = "";
    enum result read = settings_read(path, &settings, wrong, sizeof wrong);

    if (read != RESULT_OK) {
        fprintf(stderr, "municipality-fleet: %s\n",
                wrong[0] == '\0' ? "expected a readable configuration file" : wrong);
        return read;
    }
    struct database_address address = settings_database(&settings.orders);
    address.may_be_new = true;
    return terminal_book_create(&address, out);
}

static enum result make_code(struct terminal_book *book, const char *name)
{
    char code[ENROLMENT_CODE_SIZE];

    TRY(terminal_book_make_code(book, name, clock_wall_seconds(), code));
    printf("%s\n", code);
    return RESULT_OK;
}

static int run(struct terminal_book *book, const char *verb, const char *name)
{
    enum result result;

    if (name == NULL)
        result = terminal_book_list(book, stdout);
    else if (str_equal(verb, "code"))
        result = make_code(book, name);
    else
        result = terminal_book_revoke(book, name);
    if (result != RESULT_OK)
        fprintf(stderr, "municipality-fleet: %s\n", result_text(result));
    return result == RESULT_OK ? 0 : 1;
}

int main(int argc, char **argv)
{
    owned(terminal_book) book = NULL;

    if (argc < 4 || argc > 5 || !str_equal(argv[1], "--config"))
        return usage();
    const char *verb = argv[3], *name = argv[4]; // argv ends in NULL
    bool named = str_equal(verb, "code") || str_equal(verb, "revoke");
    if (named != (name != NULL) || (!named && !str_equal(verb, "list")))
        return usage();
    if (named && !is_name(name)) {
        fputs("municipality-fleet: expected a name of 1 to 63 letters, digits, dots and hyphens\n",
              stderr);
        return 2;
    }
    if (open_book(argv[2], &book) != RESULT_OK)
        return 2;
    return run(book, verb, name);
}
