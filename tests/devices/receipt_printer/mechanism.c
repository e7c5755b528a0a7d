#include "mechanism.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "paper.h"
#include "picture.h"
#include "str.h"

#define BUFFER_SIZE 65536
#define PATH_SIZE 4096
#define NO_END ((size_t)-1)

struct mechanism {
    const char *stream_path, *picture_path;
    int client;
    enum fault fault;
    bool tells_changes; // GS a
    size_t lines_left;  // until the paper ends; NO_END
    size_t receipts, unknown;
    uint8_t wire[BUFFER_SIZE]; // received; up to `seen` taken apart already, but not printed
    size_t received, seen;
    uint8_t stream[BUFFER_SIZE]; // printed since the last receipt
    size_t printed;
    bool saved; // the receipt on the paper is in the files
    struct paper paper;
};

struct mechanism *mechanism_create(const char *stream_path, const char *picture_path)
{
    struct mechanism *mechanism = calloc(1, sizeof *mechanism);

    if (mechanism == NULL)
        return NULL;
    mechanism->stream_path = stream_path;
    mechanism->picture_path = picture_path;
    mechanism->client = -1;
    mechanism->lines_left = NO_END;
    paper_initialise(&mechanism->paper);
    return mechanism;
}

void mechanism_destroy(struct mechanism *mechanism)
{
    free(mechanism);
}

static void answer(struct mechanism *mechanism, const uint8_t *bytes, size_t size)
{
    if (mechanism->client >= 0 && mechanism->fault != FAULT_OFFLINE)
        (void)!send(mechanism->client, bytes, size, MSG_NOSIGNAL); // who has gone needs no answer
}

static void tell_change(struct mechanism *mechanism)
{
    uint8_t status[4];

    automatic_status(mechanism->fault, status);
    if (mechanism->tells_changes)
        answer(mechanism, status, sizeof status);
}

static enum result write_stream(const struct mechanism *mechanism, const char *path)
{
    FILE *file = fopen(path, "wbe");

    if (file == NULL) {
        fprintf(stderr, "receipt-printer: cannot write %s: %s\n", path, strerrordesc_np(errno));
        return RESULT_FAILED;
    }
    bool written = fwrite(mechanism->stream, 1, mechanism->printed, file) == mechanism->printed;
    return fclose(file) == 0 && written ? RESULT_OK : RESULT_FAILED;
}

// Both files under their names only when they are whole.
static enum result write_files(const struct mechanism *mechanism)
{
    char stream[PATH_SIZE], picture[PATH_SIZE];

    TRY(str_format(stream, sizeof stream, "%s.unfinished", mechanism->stream_path));
    TRY(str_format(picture, sizeof picture, "%s.unfinished", mechanism->picture_path));
    TRY(write_stream(mechanism, stream));
    TRY(picture_write(&mechanism->paper, picture));
    return rename(picture, mechanism->picture_path) == 0 &&
                   rename(stream, mechanism->stream_path) == 0
               ? RESULT_OK
               : RESULT_FAILED;
}

static void save(struct mechanism *mechanism)
{
    if (!mechanism->paper.cut)
        return;
    if (!mechanism->saved)
        mechanism->receipts++;
    mechanism->saved = true;
    if (write_files(mechanism) != RESULT_OK)
        fprintf(stderr, "receipt-printer: a receipt could not be stored\n");
}

static bool asks_in_order(enum token_kind kind)
{
    return kind == TOKEN_PAPER_SENSOR || kind == TOKEN_PROCESS;
}

// What follows a cut belongs to the next receipt, but for the question whether all is done.
static void begin_next_receipt(struct mechanism *mechanism)
{
    if (!mechanism->saved)
        save(mechanism);
    paper_tear_off(&mechanism->paper);
    mechanism->printed = 0;
    mechanism->saved = false;
}

static void answer_in_order(struct mechanism *mechanism, const struct token *token)
{
    const uint8_t sensor = paper_sensor(mechanism->fault);

    save(mechanism);
    if (token->kind == TOKEN_PAPER_SENSOR) {
        answer(mechanism, &sensor, 1);
    } else if (token->size == 11) { // GS ( H 06 00 30 30 d1 d2 d3 d4
        const uint8_t *id = token->bytes + 7;
        answer(mechanism, (const uint8_t[]){0x37, 0x22, id[0], id[1], id[2], id[3], 0}, 7);
    }
}

static void use_paper(struct mechanism *mechanism, size_t lines)
{
    if (mechanism->lines_left == NO_END || lines == 0)
        return;
    mechanism->lines_left -= lines < mechanism->lines_left ? lines : mechanism->lines_left;
    if (mechanism->lines_left > 0)
        return;
    mechanism->lines_left = NO_END;
    mechanism->fault = FAULT_PAPER_OUT;
    tell_change(mechanism);
}

static void print_token(struct mechanism *mechanism, const struct token *token)
{
    size_t lines = paper_lines(&mechanism->paper);

    if (mechanism->paper.cut && !asks_in_order(token->kind)) {
        begin_next_receipt(mechanism);
        lines = 0;
    }
    if (mechanism->printed + token->size <= BUFFER_SIZE) {
        memcpy(mechanism->stream + mechanism->printed, token->bytes, token->size);
        mechanism->printed += token->size;
    }
    if (asks_in_order(token->kind)) {
        answer_in_order(mechanism, token);
    } else if (token->kind == TOKEN_STATUS_BACK) {
        mechanism->tells_changes = token->bytes[2] != 0;
        tell_change(mechanism);
    } else if (!paper_take(&mechanism->paper, token)) {
        mechanism->unknown += token->size;
    }
    use_paper(mechanism, paper_lines(&mechanism->paper) - lines);
}

static void drop_from_wire(struct mechanism *mechanism, size_t at, size_t size)
{
    memmove(mechanism->wire + at, mechanism->wire + at + size, mechanism->received - at - size);
    mechanism->received -= size;
}

static void forget(struct mechanism *mechanism)
{
    drop_from_wire(mechanism, 0, mechanism->seen);
    mechanism->seen = 0;
    begin_next_receipt(mechanism);
}

static bool is_real_time(enum token_kind kind)
{
    return kind == TOKEN_ASK_STATUS || kind == TOKEN_RECOVER || kind == TOKEN_CLEAR;
}

static void obey_at_once(struct mechanism *mechanism, struct token token)
{
    const uint8_t status =
        token.kind == TOKEN_ASK_STATUS ? real_time_status(mechanism->fault, token.bytes[2]) : 0;
    bool clears = token.kind == TOKEN_CLEAR || (token.kind == TOKEN_RECOVER && token.bytes[2] == 2);

    drop_from_wire(mechanism, mechanism->seen, token.size);
    if (status != 0)
        answer(mechanism, &status, 1);
    if (clears)
        forget(mechanism);
    if (token.kind == TOKEN_CLEAR)
        answer(mechanism, (const uint8_t[]){0x37, 0x25, 0}, 3);
}

// Takes apart what has come, so that real-time commands are found even while nothing can be
// printed.
static void look_at_wire(struct mechanism *mechanism)
{
    for (;;) {
        struct token token =
            next_token(mechanism->wire + mechanism->seen, mechanism->received - mechanism->seen);
        if (token.kind == TOKEN_INCOMPLETE)
            return;
        if (is_real_time(token.kind))
            obey_at_once(mechanism, token);
        else
            mechanism->seen += token.size;
    }
}

static void print_what_is_seen(struct mechanism *mechanism)
{
    size_t at = 0;

    while (at < mechanism->seen && fault_lets_print(mechanism->fault)) {
        struct token token = next_token(mechanism->wire + at, mechanism->seen - at);
        print_token(mechanism, &token);
        at += token.size;
    }
    drop_from_wire(mechanism, 0, at);
    mechanism->seen -= at;
}

void mechanism_receive(struct mechanism *mechanism, const uint8_t *bytes, size_t size)
{
    if (mechanism->fault == FAULT_OFFLINE)
        return;
    if (size > BUFFER_SIZE - mechanism->received)
        size = BUFFER_SIZE - mechanism->received;
    memcpy(mechanism->wire + mechanism->received, bytes, size);
    mechanism->received += size;
    look_at_wire(mechanism);
    print_what_is_seen(mechanism);
}

void mechanism_set_client(struct mechanism *mechanism, int descriptor)
{
    mechanism->client = descriptor;
    mechanism->tells_changes = false;
    // Half a command that was on the wire when it broke never becomes whole.
    mechanism->received = mechanism->seen;
    if (mechanism->paper.cut && !mechanism->saved)
        save(mechanism);
}

void mechanism_set_fault(struct mechanism *mechanism, enum fault fault)
{
    mechanism->fault = fault;
    mechanism->lines_left = NO_END;
    tell_change(mechanism);
    print_what_is_seen(mechanism);
}

void mechanism_end_paper_after(struct mechanism *mechanism, size_t lines)
{
    mechanism->lines_left = lines;
}

enum fault mechanism_fault(const struct mechanism *mechanism)
{
    return mechanism->fault;
}

size_t mechanism_receipts(const struct mechanism *mechanism)
{
    return mechanism->receipts;
}

size_t mechanism_unknown(const struct mechanism *mechanism)
{
    return mechanism->unknown;
}
