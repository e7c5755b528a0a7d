#include "terminal_book.h"

#include <ctype.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "str.h"

#define SELECTOR_SIZE 5
#define SALT_SIZE 16
#define PROOF_SIZE 32
#define HEX_SIZE 65

#define BOOK_TABLES(WHOLE, BYTES, STRICT)                                                          \
    "CREATE TABLE IF NOT EXISTS enrolment_code ("                                                  \
    " selector TEXT PRIMARY KEY, terminal TEXT NOT NULL UNIQUE, salt " BYTES " NOT NULL,"          \
    " proof " BYTES " NOT NULL, expires_at " WHOLE " NOT NULL, tries_left " WHOLE                  \
    " NOT NULL)" STRICT ";"                                                                        \
    "CREATE TABLE IF NOT EXISTS terminal (name TEXT PRIMARY KEY)" STRICT ";"                       \
    "CREATE TABLE IF NOT EXISTS terminal_certificate ("                                            \
    " sha256 TEXT PRIMARY KEY, terminal TEXT NOT NULL, not_after " WHOLE " NOT NULL,"              \
    " revoked " WHOLE " NOT NULL)" STRICT

struct terminal_book {
    struct database *database;
};

enum result terminal_book_create(const struct database_address *address, struct terminal_book **out)
{
    owned(terminal_book) book = calloc(1, sizeof *book);

    if (book == NULL)
        return RESULT_NO_MEMORY;
    TRY(database_create(address, &book->database));
    TRY(database_make_tables(book->database, BOOK_TABLES("INTEGER", "BLOB", " STRICT"),
                             BOOK_TABLES("BIGINT", "BYTEA", "")));
    *out = take(book);
    return RESULT_OK;
}

void terminal_book_destroy(struct terminal_book *terminal_book)
{
    if (terminal_book == NULL)
        return;
    database_destroy(terminal_book->database);
    free(terminal_book);
}

// ---- codes ------------------------------------------------------------------------------------

// Slow on purpose: a stolen store must not give the codes of the day away (RFC 7914; 16 MB).
static enum result prove(const char *secret, const uint8_t salt[SALT_SIZE], uint8_t out[PROOF_SIZE])
{
    return EVP_PBE_scrypt(secret, strlen(secret), salt, SALT_SIZE, 16384, 8, 1, 0, out,
                          PROOF_SIZE) == 1
               ? RESULT_OK
               : RESULT_FAILED;
}

static enum result draw_code(char code[ENROLMENT_CODE_SIZE])
{
    static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    uint8_t random[ENROLMENT_CODE_SIZE - 1];

    if (RAND_bytes(random, sizeof random) != 1)
        return RESULT_FAILED;
    for (size_t i = 0; i < sizeof random; i++)
        code[i] = letters[random[i] % 32];
    code[sizeof random] = '\0';
    return RESULT_OK;
}

// As people type it: small letters, spaces and hyphens between, O for 0, I and L for 1.
static bool normalize(const char *typed, char code[ENROLMENT_CODE_SIZE])
{
    size_t count = 0;

    for (; *typed != '\0'; typed++) {
        char letter = (char)toupper((unsigned char)*typed);
        if (letter == ' ' || letter == '-')
            continue;
        if (count == ENROLMENT_CODE_SIZE - 1 || !isalnum((unsigned char)letter))
            return false;
        code[count++] = letter == 'O' ? '0' : letter == 'I' || letter == 'L' ? '1' : letter;
    }
    code[count] = '\0';
    return count == ENROLMENT_CODE_SIZE - 1;
}

struct new_code {
    const char *selector, *terminal;
    struct bytes salt, proof;
    int64_t expires_at;
};

static enum result put_code(void *closure, struct sql_connection *connection)
{
    const struct new_code *code = closure;
    const struct sql_value old[] = {sql_text(code->terminal)};
    const struct sql_value values[] = {
        sql_text(code->selector), sql_text(code->terminal),    sql_bytes(code->salt),
        sql_bytes(code->proof),   sql_whole(code->expires_at), sql_whole(ENROLMENT_CODE_TRIES)};
    const struct sql_statement forget = {
        .sql = "DELETE FROM enrolment_code WHERE terminal = $1", .values = old, .count = 1};
    const struct sql_statement insert = {
        .sql = "INSERT INTO enrolment_code VALUES ($1, $2, $3, $4, $5, $6)",
        .values = values,
        .count = 6};

    TRY(sql_connection_run(connection, &forget));
    return sql_connection_run(connection, &insert);
}

enum result terminal_book_make_code(struct terminal_book *book, const char *terminal, int64_t now,
                                    char code[ENROLMENT_CODE_SIZE])
{
    uint8_t salt[SALT_SIZE], proof[PROOF_SIZE];
    char selector[SELECTOR_SIZE];

    if (RAND_bytes(salt, sizeof salt) != 1)
        return RESULT_FAILED;
    TRY(draw_code(code));
    TRY(str_format(selector, sizeof selector, "%.4s", code));
    TRY(prove(code + SELECTOR_SIZE - 1, salt, proof));
    struct new_code put = {selector,
                           terminal,
                           {salt, sizeof salt},
                           {proof, sizeof proof},
                           now + ENROLMENT_CODE_SECONDS};
    return database_transaction(book->database, put_code, &put);
}

struct found_code {
    bool found;
    char terminal[TERMINAL_BOOK_NAME_SIZE];
    uint8_t salt[SALT_SIZE], proof[PROOF_SIZE];
};

static enum result read_code(void *closure, const struct sql_row *row)
{
    struct found_code *found = closure;

    TRY(sql_row_text(row, 0, found->terminal, sizeof found->terminal));
    if (row->cells[1].size != SALT_SIZE || row->cells[2].size != PROOF_SIZE)
        return RESULT_FAILED;
    memcpy(found->salt, row->cells[1].data, SALT_SIZE);
    memcpy(found->proof, row->cells[2].data, PROOF_SIZE);
    found->found = true;
    return RESULT_OK;
}

static enum result read_taken(void *closure, const struct sql_row *row)
{
    (void)row;
    *(bool *)closure = true;
    return RESULT_OK;
}

// Of two that prove the same code at once one finds it gone.
static enum result use_up(struct terminal_book *book, const char *selector)
{
    bool taken = false;
    const struct sql_value values[] = {sql_text(selector)};
    const struct sql_statement take_it = {
        .sql = "DELETE FROM enrolment_code WHERE selector = $1 RETURNING terminal",
        .values = values,
        .count = 1,
        .reader = read_taken,
        .closure = &taken};

    TRY(database_run(book->database, &take_it));
    return taken ? RESULT_OK : RESULT_NOT_FOUND;
}

enum result terminal_book_take_code(struct terminal_book *book, const char *typed, int64_t now,
                                    char terminal[TERMINAL_BOOK_NAME_SIZE])
{
    char code[ENROLMENT_CODE_SIZE], selector[SELECTOR_SIZE];
    uint8_t proof[PROOF_SIZE];
    struct found_code found = {};

    if (!normalize(typed, code))
        return RESULT_NOT_FOUND;
    TRY(str_format(selector, sizeof selector, "%.4s", code));
    const struct sql_value values[] = {sql_text(selector), sql_whole(now)};
    const struct sql_statement spend_try = {
        .sql = "UPDATE enrolment_code SET tries_left = tries_left - 1"
               " WHERE selector = $1 AND expires_at > $2 AND tries_left > 0"
               " RETURNING terminal, salt, proof",
        .values = values,
        .count = 2,
        .reader = read_code,
        .closure = &found};
    TRY(database_run(book->database, &spend_try));
    if (!found.found)
        return RESULT_NOT_FOUND;
    TRY(prove(code + SELECTOR_SIZE - 1, found.salt, proof));
    if (CRYPTO_memcmp(proof, found.proof, PROOF_SIZE) != 0)
        return RESULT_REFUSED;
    TRY(use_up(book, selector));
    return str_copy(terminal, TERMINAL_BOOK_NAME_SIZE, found.terminal);
}

// ---- certificates -----------------------------------------------------------------------------

struct noted {
    const char *terminal, *sha256;
    int64_t not_after;
};

static enum result list_terminal(const char *terminal, struct sql_connection *connection)
{
    const struct sql_value values[] = {sql_text(terminal)};
    const struct sql_statement insert = {
        .sql = "INSERT INTO terminal VALUES ($1) ON CONFLICT (name) DO NOTHING",
        .values = values,
        .count = 1};

    return sql_connection_run(connection, &insert);
}

static enum result put_certificate(void *closure, struct sql_connection *connection)
{
    const struct noted *noted = closure;
    const struct sql_value values[] = {sql_text(noted->sha256), sql_text(noted->terminal),
                                       sql_whole(noted->not_after)};
    const struct sql_statement insert = {
        .sql = "INSERT INTO terminal_certificate VALUES ($1, $2, $3, 0)",
        .values = values,
        .count = 3};

    TRY(list_terminal(noted->terminal, connection));
    return sql_connection_run(connection, &insert);
}

enum result terminal_book_note_certificate(struct terminal_book *book, const char *terminal,
                                           const uint8_t sha256[32], int64_t not_after)
{
    char hex[HEX_SIZE];
    struct noted noted = {terminal, hex, not_after};

    TRY(bytes_to_hex((struct bytes){sha256, 32}, hex, sizeof hex));
    return database_transaction(book->database, put_certificate, &noted);
}

static enum result revoke_all(void *closure, struct sql_connection *connection)
{
    const struct sql_value values[] = {sql_text(closure)};
    const struct sql_statement update = {
        .sql = "UPDATE terminal_certificate SET revoked = 1 WHERE terminal = $1",
        .values = values,
        .count = 1};
    const struct sql_statement forget = {
        .sql = "DELETE FROM enrolment_code WHERE terminal = $1", .values = values, .count = 1};

    TRY(list_terminal(closure, connection));
    TRY(sql_connection_run(connection, &forget));
    return sql_connection_run(connection, &update);
}

enum result terminal_book_revoke(struct terminal_book *book, const char *terminal)
{
    return database_transaction(book->database, revoke_all, (void *)terminal);
}

static enum result read_standing(void *closure, const struct sql_row *row)
{
    int64_t revoked;

    TRY(sql_row_whole(row, 0, &revoked));
    *(enum terminal_standing *)closure =
        revoked == 0 ? TERMINAL_STANDING_ACTIVE : TERMINAL_STANDING_REVOKED;
    return RESULT_OK;
}

enum result terminal_book_standing(struct terminal_book *book, const char *terminal,
                                   const uint8_t sha256[32], enum terminal_standing *out)
{
    char hex[HEX_SIZE];

    TRY(bytes_to_hex((struct bytes){sha256, 32}, hex, sizeof hex));
    const struct sql_value values[] = {sql_text(hex), sql_text(terminal)};
    const struct sql_statement ask = {
        .sql = "SELECT coalesce(c.revoked, 1) FROM terminal t LEFT JOIN terminal_certificate c"
               " ON c.terminal = t.name AND c.sha256 = $1 WHERE t.name = $2",
        .values = values,
        .count = 2,
        .reader = read_standing,
        .closure = out};

    *out = TERMINAL_STANDING_UNKNOWN;
    return database_run(book->database, &ask);
}

static enum result print_row(void *closure, const struct sql_row *row)
{
    char terminal[TERMINAL_BOOK_NAME_SIZE], sha256[HEX_SIZE], day[16] = "";
    int64_t not_after, revoked;
    struct tm utc;

    TRY(sql_row_text(row, 0, terminal, sizeof terminal));
    TRY(sql_row_text(row, 1, sha256, sizeof sha256));
    TRY(sql_row_whole(row, 2, &not_after));
    TRY(sql_row_whole(row, 3, &revoked));
    time_t when = (time_t)not_after;
    if (gmtime_r(&when, &utc) == NULL || strftime(day, sizeof day, "%Y-%m-%d", &utc) == 0)
        return RESULT_FAILED;
    fprintf(closure, "%s %s %s %s\n", terminal, sha256, day, revoked == 0 ? "active" : "revoked");
    return RESULT_OK;
}

enum result terminal_book_list(struct terminal_book *book, FILE *to)
{
    const struct sql_statement all = {
        .sql = "SELECT terminal, sha256, not_after, revoked FROM terminal_certificate"
               " ORDER BY terminal, not_after",
        .reader = print_row,
        .closure = to};

    return database_run(book->database, &all);
}
