// kioskctl: the technician's command line. Whose card is in the reader it tells itself, at once; to
// check anything takes libcrypto, whose loading takes longer than reading a name from a card, and
// so is another program, which this one becomes.
#include "card_read.h"
#include "str.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PATH_SIZE 4096
#define CHECKS "kioskctl-checks"
#define ENROL "kioskctl-enrol"

// Beside this program, wherever it was installed.
static int become(const char *program, char *argv[])
{
    char path[PATH_SIZE];
    ssize_t size = readlink("/proc/self/exe", path, sizeof path - sizeof CHECKS); // the longest

    if (size > 0) {
        path[size] = '\0';
        char *name = strrchr(path, '/') + 1;
        memcpy(name, program, strlen(program) + 1);
        execv(path, argv);
    }
    fprintf(stderr, "kioskctl: %s cannot be started: %s. Expected: the program beside kioskctl.\n",
            program, strerrordesc_np(errno));
    return ANSWER_NO;
}

static bool asks_for_a_name(int argc, char *argv[])
{
    if (argc < 3 || !str_equal(argv[1], "card") || !str_equal(argv[2], "read"))
        return false;
    for (int i = 3; i < argc; i++)
        if (str_equal(argv[i], "--only"))
            return true;
    return false;
}

int main(int argc, char *argv[])
{
    struct card_read_options options = {};

    if (argc >= 2 && str_equal(argv[1], "enrol"))
        return become(ENROL, argv);
    if (!asks_for_a_name(argc, argv))
        return become(CHECKS, argv);
    if (!card_read_options(argc - 3, (const char *const *)argv + 3, &options))
        return ANSWER_WRONG_USAGE;
    return options.only != NULL ? (int)card_read(&options, NULL) : become(CHECKS, argv);
}
