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

static bool carry_out(struct reader_link *link, struct eid_card *card, uint8_t order)
{
    switch ((enum order)order) {
    case ORDER_ON:
    case ORDER_OFF:
    case ORDER_RESET:
        eid_card_reset(card);
        return true;
    case ORDER_ATR:
        return answer_with(link->reader, eid_image_answer_to_reset(eid_card_image(card)));
    }
    return false;
}

enum link_step reader_link_serve(struct reader_link *link, struct eid_card *card)
{
    uint8_t head[2], message[MESSAGE_MAXIMUM];
    struct eid_answer answer;

    if (recv(link->reader, head, sizeof head, MSG_WAITALL) != sizeof head)
        return LINK_BROKEN;
    size_t size = (size_t)head[0] << 8 | head[1];
    if (size == 0 || recv(link->reader, message, size, MSG_WAITALL) != (ssize_t)size)
        return LINK_BROKEN;
    if (size == 1)
        return carry_out(link, card, message[0]) ? LINK_GOES_ON : LINK_BROKEN;
    if (++link->commands == link->pull_at)
        return LINK_PULLED;
    eid_card_command(card, (struct bytes){message, size}, &answer);
    return answer_with(link->reader, (struct bytes){answer.bytes, answer.size}) ? LINK_GOES_ON
                                                                                : LINK_BROKEN;
}
