#include "reader_link.h"

#include "str.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define MESSAGE_MAXIMUM 65535

enum order { ORDER_OFF = 0, ORDER_ON = 1, ORDER_RESET = 2, ORDER_ATR = 4 };

enum result reader_link_connect(struct reader_link *link)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    TRY(str_copy(address.sun_path, sizeof address.sun_path, link->path));
    link->reader = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (link->reader >= 0 &&
        connect(link->reader, (const struct sockaddr *)&address, sizeof address) == 0)
        return RESULT_OK;
    reader_link_break(link);
    return RESULT_UNREACHABLE;
}

void reader_link_break(struct reader_link *link)
{
    if (link->reader >= 0)
        close(link->reader);
    link->reader = -1;
}

static bool answer_with(int reader, struct bytes answer)
{
    uint8_t whole[2 + EID_ANSWER_MAXIMUM] = {(uint8_t)(answer.size >> 8), (uint8_t)answer.size};

    if (answer.size > 0)
        memcpy(whole + 2, answer.data, answer.size);
    return send(reader, whole, answer.size + 2, MSG_NOSIGNAL) == (ssize_t)(answer.size + 2);
}

void reader_link_begin(struct reader_link *link)
{
    link->commands = link->reads = 0;
    link->dead = link->holding = false;
}

static bool carry_out(struct reader_link *link, struct slot_card *card, uint8_t order)
{
    struct bytes nothing = {};

    link->holding = false; // a chip that is reset forgets what it was about to say
    switch ((enum order)order) {
    case ORDER_ON:
    case ORDER_OFF:
    case ORDER_RESET:
        slot_card_reset(card);
        return true;
    case ORDER_ATR:
        return answer_with(link->reader, link->dead ? nothing : slot_card_answer_to_reset(card));
    }
    return false;
}

static bool fetches_data(uint8_t instruction)
{
    // READ BINARY, READ RECORD, GET DATA, with their odd forms (ISO 7816-4, table 4.2)
    return instruction == 0xB0 || instruction == 0xB1 || instruction == 0xB2 ||
           instruction == 0xB3 || instruction == 0xCA || instruction == 0xCB;
}

static enum link_step answer_command(struct reader_link *link, struct slot_card *card,
                                     struct bytes command)
{
    struct eid_answer answer;
    enum card_fault_kind fault = card_fault_due(&link->fault, ++link->commands);

    link->reads += fetches_data(command.data[1]);
    if (fault == CARD_FAULT_PULL)
        return LINK_PULLED;
    slot_card_command(card, command, &answer);
    if (fault == CARD_FAULT_SILENT || fault == CARD_FAULT_DEAD) {
        link->held = answer;
        link->holding = true;
        link->dead = fault == CARD_FAULT_DEAD;
        return LINK_GOES_ON;
    }
    if (fault != CARD_FAULT_NONE)
        card_fault_answer(&link->fault, fault, &answer);
    return answer_with(link->reader, (struct bytes){answer.bytes, answer.size}) ? LINK_GOES_ON
                                                                                : LINK_BROKEN;
}

enum result reader_link_let_go(struct reader_link *link)
{
    if (!link->holding)
        return RESULT_INVALID;
    link->holding = false;
    return answer_with(link->reader, (struct bytes){link->held.bytes, link->held.size})
               ? RESULT_OK
               : RESULT_UNREACHABLE;
}

enum link_step reader_link_serve(struct reader_link *link, struct slot_card *card)
{
    uint8_t head[2], message[MESSAGE_MAXIMUM];

    if (recv(link->reader, head, sizeof head, MSG_WAITALL) != sizeof head)
        return LINK_BROKEN;
    size_t size = (size_t)head[0] << 8 | head[1];
    if (size == 0 || recv(link->reader, message, size, MSG_WAITALL) != (ssize_t)size)
        return LINK_BROKEN;
    if (size == 1)
        return carry_out(link, card, message[0]) ? LINK_GOES_ON : LINK_BROKEN;
    return answer_command(link, card, (struct bytes){message, size});
}
