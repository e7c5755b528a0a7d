#include "escpos_printer.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "escpos_connection.h"
#include "log.h"
#include "str.h"

#define ANSWER_LIMIT_MS 1000
#define PRINT_LIMIT_MS 2900 // with the time to make it forget, 3 s
#define FORGET_LIMIT_MS 100

struct escpos_printer {
    char device[256];
    enum escpos_confirmation confirmation;
};

// The identifier of a process is any four bytes of 20 to 7E; one receipt is on its way at a time.
static const uint8_t process_request[] = {0x1D, '(', 'H', 6, 0, '0', '0', 'k', 'i', 'o', 's'};
static const uint8_t process_identifier[] = {'k', 'i', 'o', 's'};

static enum result ask_question(struct escpos_connection *connection, uint8_t question,
                                uint64_t deadline, struct escpos_state *state)
{
    const uint8_t request[] = {0x10, 0x04, question}; // DLE EOT n
    struct escpos_answer answer = {};

    TRY(escpos_connection_write(connection, (struct bytes){request, sizeof request}, deadline));
    while (answer.kind != ESCPOS_ANSWER_REAL_TIME)
        TRY(escpos_connection_next(connection, deadline, &answer));
    escpos_state_real_time(state, question, answer.bytes[0]);
    return RESULT_OK;
}

// One after the other: the answers look alike.
static enum result ask_state(struct escpos_connection *connection, struct escpos_state *state)
{
    uint64_t deadline = clock_monotonic_ms() + ANSWER_LIMIT_MS;

    *state = (struct escpos_state){};
    escpos_connection_drain(connection);
    for (uint8_t question = 1; question <= 4; question++) {
        if (ask_question(connection, question, deadline, state) != RESULT_OK)
            return RESULT_UNREACHABLE;
    }
    return RESULT_OK;
}

static enum result open_and_ask(const struct escpos_printer *printer,
                                struct escpos_connection **out, struct escpos_state *state)
{
    owned(escpos_connection) connection = NULL;

    TRY(escpos_connection_create(printer->device, clock_monotonic_ms() + ANSWER_LIMIT_MS,
                                 &connection));
    TRY(ask_state(connection, state));
    *out = take(connection);
    return RESULT_OK;
}

static enum result status_verb(void *self, enum receipt_printer_condition *condition)
{
    owned(escpos_connection) connection = NULL;
    struct escpos_state state;

    *condition = RECEIPT_PRINTER_OFFLINE;
    TRY(open_and_ask(self, &connection, &state));
    *condition = escpos_condition(&state);
    return RESULT_OK;
}

static bool prints(enum receipt_printer_condition condition)
{
    return condition == RECEIPT_PRINTER_READY || condition == RECEIPT_PRINTER_NEAR_END;
}

static bool confirms(const struct escpos_printer *printer, const struct escpos_answer *answer)
{
    if (printer->confirmation == ESCPOS_CONFIRM_PAPER_SENSOR)
        return answer->kind == ESCPOS_ANSWER_PAPER;
    return answer->kind == ESCPOS_ANSWER_PROCESS &&
           memcmp(answer->bytes + 2, process_identifier, sizeof process_identifier) == 0;
}

static enum result await_confirmation(const struct escpos_printer *printer,
                                      struct escpos_connection *connection, uint64_t deadline)
{
    struct escpos_state state = {};
    struct escpos_answer answer = {};

    while (!confirms(printer, &answer)) {
        TRY(escpos_connection_next(connection, deadline, &answer));
        if (answer.kind == ESCPOS_ANSWER_AUTOMATIC)
            escpos_state_automatic(&state, answer.bytes);
        if (!prints(escpos_condition(&state)))
            return RESULT_FAILED;
    }
    return RESULT_OK;
}

static enum result write_and_confirm(const struct escpos_printer *printer,
                                     struct escpos_connection *connection, struct bytes stream,
                                     uint64_t deadline)
{
    TRY(escpos_connection_write(connection, stream, deadline));
    if (printer->confirmation == ESCPOS_CONFIRM_PROCESS)
        TRY(escpos_connection_write(
            connection, (struct bytes){process_request, sizeof process_request}, deadline));
    return await_confirmation(printer, connection, deadline);
}

// DLE ENQ 2 after an error of the knife, DLE DC4 8 otherwise: what is in the buffers is thrown
// away.
static void make_it_forget(struct escpos_connection *connection)
{
    static const uint8_t forget[] = {0x10, 0x05, 2, 0x10, 0x14, 8, 1, 3, 0x14, 1, 6, 2, 8};
    uint64_t deadline = clock_monotonic_ms() + FORGET_LIMIT_MS;

    if (escpos_connection_write(connection, (struct bytes){forget, sizeof forget}, deadline) !=
        RESULT_OK)
        log_warning("escpos", "the receipt printer could not be told to forget the rest", 0);
}

static enum result print_verb(void *self, struct bytes stream)
{
    uint64_t deadline = clock_monotonic_ms() + PRINT_LIMIT_MS;
    owned(escpos_connection) connection = NULL;
    struct escpos_state state;

    if (stream.size == 0)
        return RESULT_INVALID;
    TRY(open_and_ask(self, &connection, &state));
    if (!prints(escpos_condition(&state)))
        return RESULT_REFUSED;
    enum result result = write_and_confirm(self, connection, stream, deadline);
    if (result == RESULT_OK)
        return RESULT_OK;
    log_warning("escpos", "the receipt printer did not confirm the receipt", result);
    make_it_forget(connection);
    return result == RESULT_TIMED_OUT ? RESULT_TIMED_OUT : RESULT_FAILED;
}

static const struct receipt_printer_verbs verbs = {.status = status_verb, .print = print_verb};

enum result escpos_printer_create(const char *device, enum escpos_confirmation confirmation,
                                  struct receipt_printer *out)
{
    struct escpos_printer *printer = calloc(1, sizeof *printer);

    *out = (struct receipt_printer){};
    if (printer == NULL)
        return RESULT_NO_MEMORY;
    printer->confirmation = confirmation;
    if (str_copy(printer->device, sizeof printer->device, device) != RESULT_OK ||
        escpos_device_check(device) != RESULT_OK) {
        free(printer);
        return RESULT_INVALID;
    }
    *out = (struct receipt_printer){.verbs = &verbs, .self = printer};
    return RESULT_OK;
}

void escpos_printer_destroy(struct receipt_printer *printer)
{
    free(printer->self);
    *printer = (struct receipt_printer){};
}
