// Whatever a receipt printer says: sorting keeps within its bounds, and answers keep their fixed
// bits.
#include <stdlib.h>

#include "escpos_status.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static void check(const struct escpos_answer *answer, struct escpos_state *state)
{
    switch (answer->kind) {
    case ESCPOS_ANSWER_NONE:
        return;
    case ESCPOS_ANSWER_REAL_TIME:
        demand((answer->bytes[0] & 0x93) == 0x12);
        for (int question = 1; question <= 4; question++)
            escpos_state_real_time(state, question, answer->bytes[0]);
        break;
    case ESCPOS_ANSWER_AUTOMATIC:
        demand((answer->bytes[0] & 0x93) == 0x10 && (answer->bytes[1] & 0x90) == 0 &&
               (answer->bytes[2] & 0x90) == 0 && (answer->bytes[3] & 0x90) == 0);
        escpos_state_automatic(state, answer->bytes);
        break;
    case ESCPOS_ANSWER_PROCESS:
        demand(answer->bytes[0] == 0x37 && answer->bytes[1] == 0x22 && answer->bytes[6] == 0);
        break;
    case ESCPOS_ANSWER_PAPER:
        demand((answer->bytes[0] & 0x90) == 0);
        break;
    }
    demand(escpos_condition(state) <= RECEIPT_PRINTER_OFFLINE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct escpos_sorter sorter = {};
    struct escpos_state state = {};

    for (size_t i = 0; i < size; i++) {
        struct escpos_answer answer = escpos_sort(&sorter, data[i]);
        demand(sorter.size < sizeof sorter.held);
        check(&answer, &state);
    }
    return 0;
}
