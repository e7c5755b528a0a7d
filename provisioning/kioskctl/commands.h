// commands.h: what kioskctl can do. Each command gets the words behind its name, prints its answer
// on standard output and says why not on standard error (with --json on standard output too).
#pragma once

// The exit status; tools rely on it.
enum answer {
    ANSWER_YES = 0,
    ANSWER_NO = 1, // with a reason
    ANSWER_WRONG_USAGE = 2,
    ANSWER_NOT_THERE = 3, // no such reader, card or file
};

enum answer card_read_command(int count, const char *const words[]);
enum answer card_decode_command(int count, const char *const words[]);
enum answer journal_verify_command(int count, const char *const words[]);
enum answer seal_verify_command(int count, const char *const words[]);
