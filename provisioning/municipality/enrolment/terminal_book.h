// terminal_book.h: the fleet as the municipality's own store knows it: codes to enrol with, the
// certificates that were issued, and which of them hold no longer. Times are Unix seconds.
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "bytes.h"
#include "database.h"
#include "owned.h"
#include "result.h"

#define TERMINAL_BOOK_NAME_SIZE 64
#define ENROLMENT_CODE_SIZE 11 // ten letters and digits without I, L, O and U, and a zero byte
#define ENROLMENT_CODE_SECONDS (24 * 3600)
#define ENROLMENT_CODE_TRIES 5

struct terminal_book;

// The tables are made when they are not there. Any thread, and several processes on one PostgreSQL.
// RESULT_FAILED from any of these: the database does not work.
enum result terminal_book_create(const struct database_address *address,
                                 struct terminal_book **out);
void terminal_book_destroy(struct terminal_book *terminal_book);
DEFINE_OWNED(terminal_book)

// A new code for one terminal; an older one of the same terminal is worth nothing any more. Only a
// hash is kept.
enum result terminal_book_make_code(struct terminal_book *book, const char *terminal, int64_t now,
                                    char code[ENROLMENT_CODE_SIZE]);

// Uses the code up: the first four letters find it, the other six prove it. RESULT_NOT_FOUND: no
// such code, or it is too old, used or tried too often. RESULT_REFUSED: the six are wrong; that is
// one try less.
enum result terminal_book_take_code(struct terminal_book *book, const char *typed, int64_t now,
                                    char terminal[TERMINAL_BOOK_NAME_SIZE]);

// From now on only certificates noted here are that terminal's.
enum result terminal_book_note_certificate(struct terminal_book *book, const char *terminal,
                                           const uint8_t sha256[32], int64_t not_after);

// No certificate that the terminal has holds any longer, noted here or not; a new code brings it
// back.
enum result terminal_book_revoke(struct terminal_book *book, const char *terminal);

enum terminal_standing {
    TERMINAL_STANDING_UNKNOWN,
    TERMINAL_STANDING_ACTIVE,
    TERMINAL_STANDING_REVOKED
};
enum result terminal_book_standing(struct terminal_book *book, const char *terminal,
                                   const uint8_t sha256[32], enum terminal_standing *out);

// One line a certificate: terminal, digest, last day, "revoked" or "active".
enum result terminal_book_list(struct terminal_book *book, FILE *to);
