#include "zvt_terminal.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "log.h"
#include "zvt_facts.h"
#include "zvt_line.h"

#define DEFAULT_PORT "20007"
#define LOOK_MS 300
#define EUR 978
#define RECEIPT_MAXIMUM 9999
// We show the intermediate states, take the receipt's content, and start every payment.
#define CONFIGURATION 0x3E
// Abort codes of the specification's table of errors.
#define ALREADY_REVERSED 0xB4
#define NOT_REVERSIBLE 0xB5

struct zvt_terminal {
    struct zvt_line line;
    struct zvt_settings settings;
    bool registered; // on this line
    bool running;    // an authorisation is under way on this line
    // of the present dialogue
    struct zvt_facts facts;
    enum payment_prompt prompt;
    int last_byte; // of its completion or abort; -1 none
};

enum dialogue { GOES_ON, COMPLETED, ABORTED };

// ---- packets

static void new_dialogue(struct zvt_terminal *terminal)
{
    (void)zvt_facts_read((struct bytes){}, &terminal->facts); // nothing is known
    terminal->prompt = PAYMENT_PROMPT_NONE;
    terminal->last_byte = -1;
}

static void drop_line(struct zvt_terminal *terminal)
{
    zvt_line_close(&terminal->line);
    terminal->registered = terminal->running = false;
}

static enum result acknowledge(struct zvt_terminal *terminal)
{
    static const uint8_t packet[] = {0x80, 0x00, 0x00};

    return zvt_line_send(&terminal->line, (struct bytes){packet, sizeof packet});
}

static void note_last_byte(struct zvt_terminal *terminal, struct bytes data)
{
    terminal->last_byte = data.size > 0 ? data.data[data.size - 1] : -1;
}

// Everything that the terminal sends by itself is acknowledged and noted.
static enum result take_in(struct zvt_terminal *terminal, const struct zvt_packet *packet,
                           enum dialogue *dialogue)
{
    *dialogue = GOES_ON;
    switch (packet->command) {
    case ZVT_STATUS_INFORMATION:
        TRY(zvt_facts_read(packet->data, &terminal->facts));
        break;
    case ZVT_INTERMEDIATE_STATUS:
        terminal->prompt = zvt_prompt(packet->data);
        break;
    case ZVT_COMPLETION:
        note_last_byte(terminal, packet->data);
        *dialogue = COMPLETED;
        break;
    case ZVT_ABORT:
        note_last_byte(terminal, packet->data);
        *dialogue = ABORTED;
        break;
    case ZVT_PRINT_LINE:
    case ZVT_PRINT_TEXT:
        break;
    default: // a number from the wire, none that belongs here
        return RESULT_MALFORMED;
    }
    return acknowledge(terminal);
}

// One packet of the terminal's own.
static enum result receive(struct zvt_terminal *terminal, uint64_t deadline,
                           enum dialogue *dialogue)
{
    struct zvt_packet packet;

    *dialogue = GOES_ON;
    TRY(zvt_line_receive(&terminal->line, deadline, &packet));
    return take_in(terminal, &packet, dialogue);
}

static enum result run_to_end(struct zvt_terminal *terminal, enum dialogue *dialogue)
{
    uint64_t deadline = clock_monotonic_ms() + terminal->settings.answer_ms;

    do
        TRY(receive(terminal, deadline, dialogue));
    while (*dialogue == GOES_ON);
    return RESULT_OK;
}

// Sends a command and waits until it is acknowledged. RESULT_REFUSED: the terminal will not do it.
static enum result send_command(struct zvt_terminal *terminal, struct bytes command)
{
    uint64_t deadline = clock_monotonic_ms() + terminal->settings.acknowledge_ms;
    enum dialogue dialogue = GOES_ON;
    struct zvt_packet packet;

    TRY(zvt_line_send(&terminal->line, command));
    for (;;) {
        TRY(zvt_line_receive(&terminal->line, deadline, &packet));
        if (packet.command == ZVT_ACKNOWLEDGE)
            return RESULT_OK;
        if (ZVT_IS_REFUSAL(packet.command))
            return RESULT_REFUSED;
        TRY(take_in(terminal, &packet, &dialogue));
    }
}

// A whole dialogue. Any result but RESULT_OK and RESULT_REFUSED closes the line.
static enum result converse(struct zvt_terminal *terminal, struct bytes command,
                            enum dialogue *dialogue)
{
    new_dialogue(terminal);
    enum result result = send_command(terminal, command);
    if (result == RESULT_OK)
        result = run_to_end(terminal, dialogue);
    if (result != RESULT_OK && result != RESULT_REFUSED)
        drop_line(terminal);
    return result;
}

// ---- commands

static struct bytes with_password(struct zvt_writer *writer, const struct zvt_terminal *terminal,
                                  enum zvt_command command)
{
    zvt_write_begin(writer, command);
    zvt_write_bcd(writer, terminal->settings.password, 6);
    return zvt_write_end(writer);
}

static enum result be_registered(struct zvt_terminal *terminal)
{
    struct zvt_writer writer;
    enum dialogue dialogue = GOES_ON;

    if (!zvt_line_is_open(&terminal->line)) {
        drop_line(terminal);
        TRY(zvt_line_open(&terminal->line));
    }
    if (terminal->registered)
        return RESULT_OK;
    zvt_write_begin(&writer, ZVT_REGISTRATION);
    zvt_write_bcd(&writer, terminal->settings.password, 6);
    zvt_write_byte(&writer, CONFIGURATION);
    zvt_write_bcd(&writer, EUR, 4);
    TRY(converse(terminal, zvt_write_end(&writer), &dialogue));
    terminal->registered = dialogue == COMPLETED;
    return terminal->registered ? RESULT_OK : RESULT_REFUSED;
}

// RESULT_BUSY: it is doing something, a payment maybe.
static enum result be_idle(struct zvt_terminal *terminal)
{
    struct zvt_writer writer;
    enum dialogue dialogue = GOES_ON;

    TRY(be_registered(terminal));
    TRY(converse(terminal, with_password(&writer, terminal, ZVT_STATUS_ENQUIRY), &dialogue));
    return dialogue == COMPLETED && terminal->last_byte <= 0 ? RESULT_OK : RESULT_BUSY;
}

// What the terminal last did; facts.receipt is 0 when it never did anything.
static enum result read_last_receipt(struct zvt_terminal *terminal)
{
    struct zvt_writer writer;
    enum dialogue dialogue = GOES_ON;

    TRY(converse(terminal, with_password(&writer, terminal, ZVT_REPEAT_RECEIPT), &dialogue));
    if (dialogue == ABORTED && terminal->facts.receipt < 0)
        terminal->facts.receipt = 0;
    return terminal->facts.receipt >= 0 ? RESULT_OK : RESULT_MALFORMED;
}

// The payment that runs, or the one that a broken line left behind.
static enum result send_stop(struct zvt_terminal *terminal)
{
    struct zvt_writer writer;

    zvt_write_begin(&writer, ZVT_STOP);
    return zvt_line_send(&terminal->line, zvt_write_end(&writer));
}

// The end of a payment that was told to stop. Whether the terminal takes the stop or not, and
// whether it crosses an end that is on its way already: the payment's own end is what counts.
static enum result hear_the_end(struct zvt_terminal *terminal, enum dialogue *dialogue)
{
    uint64_t deadline = clock_monotonic_ms() + terminal->settings.answer_ms;
    struct zvt_packet packet;

    while (*dialogue == GOES_ON) {
        TRY(zvt_line_receive(&terminal->line, deadline, &packet));
        if (packet.command != ZVT_ACKNOWLEDGE && !ZVT_IS_REFUSAL(packet.command))
            TRY(take_in(terminal, &packet, dialogue));
    }
    return RESULT_OK;
}

// ---- what it means

static enum payment_state meaning_of_end(const struct zvt_terminal *terminal,
                                         const struct payment_request *request,
                                         enum dialogue dialogue)
{
    const struct zvt_facts *facts = &terminal->facts;

    if (dialogue == GOES_ON)
        return PAYMENT_OPEN;
    if (dialogue == ABORTED)
        return facts->result == 0 ? PAYMENT_UNCLEAR : PAYMENT_REFUSED;
    return facts->result == 0 && facts->cents == request->cents && facts->receipt >= 0
               ? PAYMENT_MADE
               : PAYMENT_UNCLEAR;
}

// The last receipt is all that is left of the payment.
static enum payment_state meaning_of_receipt(const struct zvt_facts *facts,
                                             const struct payment_request *request)
{
    int next = request->slip_before % RECEIPT_MAXIMUM + 1;

    // A terminal without any receipt may be new, or may have lost its memory.
    if (request->slip_before < 0 || facts->receipt == 0)
        return PAYMENT_UNKNOWABLE;
    if (facts->receipt == request->slip_before)
        return PAYMENT_REFUSED;
    if (facts->receipt != next || facts->cents != request->cents || facts->result < 0)
        return PAYMENT_UNKNOWABLE;
    return facts->result == 0 ? PAYMENT_MADE : PAYMENT_REFUSED;
}

static void fill(const struct zvt_terminal *terminal, enum payment_state state,
                 struct payment_status *status)
{
    *status = (struct payment_status){.state = state,
                                      .prompt = terminal->prompt,
                                      .slip = state == PAYMENT_MADE ? terminal->facts.receipt : -1};
}

// ---- verbs

static enum result prepare_verb(void *self, int *slip_before)
{
    struct zvt_terminal *terminal = self;

    *slip_before = -1;
    TRY(be_idle(terminal));
    TRY(read_last_receipt(terminal));
    *slip_before = terminal->facts.receipt;
    return RESULT_OK;
}

static enum result begin_verb(void *self, const struct payment_request *request,
                              struct payment_status *status)
{
    struct zvt_terminal *terminal = self;
    struct zvt_writer writer;

    fill(terminal, PAYMENT_REFUSED, status);
    if (be_registered(terminal) != RESULT_OK)
        return RESULT_OK; // nothing of the payment has left
    zvt_write_begin(&writer, ZVT_AUTHORISATION);
    zvt_write_byte(&writer, 0x04);
    zvt_write_bcd(&writer, request->cents, 12);
    zvt_write_byte(&writer, 0x49);
    zvt_write_bcd(&writer, EUR, 4);
    new_dialogue(terminal);
    enum result result = send_command(terminal, zvt_write_end(&writer));
    if (result == RESULT_REFUSED)
        return RESULT_OK;
    terminal->running = result == RESULT_OK;
    if (result != RESULT_OK)
        drop_line(terminal);
    fill(terminal, result == RESULT_OK ? PAYMENT_OPEN : PAYMENT_UNCLEAR, status);
    return RESULT_OK;
}

static enum result poll_verb(void *self, const struct payment_request *request,
                             struct payment_status *status)
{
    struct zvt_terminal *terminal = self;
    enum dialogue dialogue = GOES_ON;
    enum payment_state state = PAYMENT_UNCLEAR;

    if (terminal->running) {
        enum result result = receive(terminal, clock_monotonic_ms() + LOOK_MS, &dialogue);
        if (result == RESULT_OK || result == RESULT_TIMED_OUT)
            state = meaning_of_end(terminal, request, dialogue);
        else
            drop_line(terminal);
    }
    terminal->running = terminal->running && state == PAYMENT_OPEN;
    fill(terminal, state, status);
    return RESULT_OK;
}

// Stops the payment of this line. Afterwards the line may hold an acknowledgement too many.
static enum payment_state stop_running(struct zvt_terminal *terminal,
                                       const struct payment_request *request)
{
    enum dialogue dialogue = GOES_ON;
    enum payment_state state = PAYMENT_UNCLEAR;

    if (send_stop(terminal) == RESULT_OK && hear_the_end(terminal, &dialogue) == RESULT_OK)
        state = meaning_of_end(terminal, request, dialogue);
    drop_line(terminal);
    return state;
}

static enum payment_state ask_what_became(struct zvt_terminal *terminal,
                                          const struct payment_request *request)
{
    enum result result = be_idle(terminal);

    if (result == RESULT_REFUSED || result == RESULT_BUSY) {
        (void)send_stop(terminal); // what the broken line left behind; its end is asked for later
        drop_line(terminal);
    }
    if (result != RESULT_OK || read_last_receipt(terminal) != RESULT_OK)
        return PAYMENT_UNCLEAR;
    return meaning_of_receipt(&terminal->facts, request);
}

static enum result cancel_verb(void *self, const struct payment_request *request,
                               struct payment_status *status)
{
    struct zvt_terminal *terminal = self;
    enum payment_state state = PAYMENT_UNCLEAR;

    if (terminal->running)
        state = stop_running(terminal, request);
    if (state == PAYMENT_UNCLEAR)
        state = ask_what_became(terminal, request);
    fill(terminal, state, status);
    return RESULT_OK;
}

static enum payment_state reverse(struct zvt_terminal *terminal, int slip)
{
    struct zvt_writer writer;
    enum dialogue dialogue = GOES_ON;

    zvt_write_begin(&writer, ZVT_REVERSAL);
    zvt_write_bcd(&writer, terminal->settings.password, 6);
    zvt_write_byte(&writer, 0x87);
    zvt_write_bcd(&writer, slip, 4);
    if (converse(terminal, zvt_write_end(&writer), &dialogue) != RESULT_OK)
        return PAYMENT_OPEN;
    if (dialogue == COMPLETED)
        return terminal->facts.result == 0 ? PAYMENT_PAID_BACK : PAYMENT_OPEN;
    if (terminal->last_byte == ALREADY_REVERSED)
        return PAYMENT_PAID_BACK;
    return terminal->last_byte == NOT_REVERSIBLE ? PAYMENT_NOT_RETURNABLE : PAYMENT_OPEN;
}

static enum result refund_verb(void *self, const struct payment_request *request,
                               struct payment_status *status)
{
    struct zvt_terminal *terminal = self;
    enum payment_state state = PAYMENT_OPEN;

    if (request->slip <= 0)
        state = PAYMENT_NOT_RETURNABLE; // nobody can tell which one to reverse
    else if (be_idle(terminal) == RESULT_OK)
        state = reverse(terminal, request->slip);
    fill(terminal, state, status);
    return RESULT_OK;
}

static enum result close_day_verb(void *self)
{
    struct zvt_terminal *terminal = self;
    struct zvt_writer writer;
    enum dialogue dialogue = GOES_ON;

    TRY(be_idle(terminal));
    TRY(converse(terminal, with_password(&writer, terminal, ZVT_END_OF_DAY), &dialogue));
    return dialogue == COMPLETED ? RESULT_OK : RESULT_FAILED;
}

static const struct payment_verbs verbs = {
    .prepare = prepare_verb,
    .begin = begin_verb,
    .poll = poll_verb,
    .cancel = cancel_verb,
    .refund = refund_verb,
    .close_day = close_day_verb,
};

// ---- life

static enum result take_address(struct zvt_line *line, const char *address)
{
    const char *colon = strrchr(address, ':');
    size_t length = colon == NULL ? strlen(address) : (size_t)(colon - address);

    line->socket = -1;
    if (length == 0 || length >= sizeof line->host)
        return RESULT_INVALID;
    memcpy(line->host, address, length);
    line->host[length] = '\0';
    return str_copy(line->port, sizeof line->port, colon == NULL ? DEFAULT_PORT : colon + 1) ==
                   RESULT_OK
               ? RESULT_OK
               : RESULT_INVALID;
}

enum result zvt_terminal_create(const struct zvt_settings *settings, struct payment *out)
{
    struct zvt_terminal *terminal = calloc(1, sizeof *terminal);

    *out = (struct payment){};
    if (terminal == NULL)
        return RESULT_NO_MEMORY;
    terminal->settings = *settings;
    terminal->settings.address = NULL; // it is the caller's
    if (take_address(&terminal->line, settings->address) != RESULT_OK) {
        free(terminal);
        return RESULT_INVALID;
    }
    new_dialogue(terminal);
    *out = (struct payment){&verbs, terminal};
    return RESULT_OK;
}

void zvt_terminal_destroy(struct payment *payment)
{
    struct zvt_terminal *terminal = payment->self;

    if (terminal != NULL)
        zvt_line_close(&terminal->line);
    free(terminal);
    *payment = (struct payment){};
}
