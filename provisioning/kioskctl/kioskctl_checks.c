// kioskctl-checks: the commands of kioskctl that check something, and its usage. kioskctl becomes
// it.
#include "commands.h"
#include "str.h"

#include <stdio.h>

struct command {
    const char *room, *verb;
    enum answer (*run)(int count, const char *const words[]);
    const char *usage;
};

static const struct command commands[] = {
    {"card", "read", card_read_command,
     "[--reader TEXT] [--only identity,address] [--photo FILE]\n"
     "      [--trust-anchor ROOTS.pem] [--intermediates AUTHORITIES.pem]"},
    {"card", "decode", card_decode_command,
     "--identity F [--identity-signature F] [--address F]\n"
     "      [--address-signature F] [--photo F] [--rrn-certificate F] [--trust-anchor F]"},
    {"journal", "verify", journal_verify_command, "[JOURNAL]"},
    {"seal", "verify", seal_verify_command,
     "--trust-anchor CA.pem [--time-anchor CA.pem] [--organization ID]\n"
     "      [--at 2026-11-24T13:00:00Z] FILE.pdf"},
};
#define COMMAND_COUNT (sizeof commands / sizeof *commands)

static void print_usage(FILE *file)
{
    fputs("kioskctl COMMAND … [--json]\n", file);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(file, "  kioskctl %s %s %s\n", commands[i].room, commands[i].verb,
                commands[i].usage);
    fputs("  kioskctl enrol --url URL --code CODE --ca-fingerprint SHA256 [--directory DIR]\n",
          file);
    fputs("Exit status: 0 yes, 1 no (with a reason), 2 wrong usage, 3 not there.\n", file);
}

int main(int argc, char *argv[])
{
    if (argc == 2 && str_equal(argv[1], "--help")) {
        print_usage(stdout);
        return ANSWER_YES;
    }
    for (size_t i = 0; argc >= 3 && i < COMMAND_COUNT; i++)
        if (str_equal(argv[1], commands[i].room) && str_equal(argv[2], commands[i].verb))
            return (int)commands[i].run(argc - 3, (const char *const *)argv + 3);
    fputs(argc < 3 ? "kioskctl: a command must be named.\n" : "kioskctl: no such command.\n",
          stderr);
    print_usage(stderr);
    return ANSWER_WRONG_USAGE;
}
