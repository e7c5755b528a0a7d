#include "printer_state.h"

#include <stddef.h>

#include "str.h"

static const char *const names[] = {
#define X(id, name) [FAULT_##id] = name,
    FAULT_LIST(X)
#undef X
};
#define FAULT_COUNT (sizeof names / sizeof *names)

const char *fault_name(enum fault fault)
{
    return names[fault];
}

bool fault_from_name(const char *name, enum fault *fault)
{
    for (size_t i = 0; i < FAULT_COUNT; i++) {
        if (str_equal(names[i], name)) {
            *fault = (enum fault)i;
            return true;
        }
    }
    return false;
}

bool fault_lets_print(enum fault fault)
{
    return fault == FAULT_NONE || fault == FAULT_NEAR_END;
}

uint8_t real_time_status(enum fault fault, uint8_t question)
{
    static const uint8_t answers[FAULT_COUNT][4] = {
        [FAULT_NONE] = {0x12, 0x12, 0x12, 0x12},      [FAULT_NEAR_END] = {0x12, 0x12, 0x12, 0x1E},
        [FAULT_PAPER_OUT] = {0x1A, 0x32, 0x12, 0x7E}, [FAULT_COVER_OPEN] = {0x1A, 0x16, 0x12, 0x12},
        [FAULT_CUTTER] = {0x1A, 0x52, 0x1A, 0x12},
    };

    return question >= 1 && question <= 4 ? answers[fault][question - 1] : 0;
}

void automatic_status(enum fault fault, uint8_t status[4])
{
    static const uint8_t statuses[FAULT_COUNT][4] = {
        [FAULT_NONE] = {0x10},
        [FAULT_NEAR_END] = {0x10, 0, 0x03},
        [FAULT_PAPER_OUT] = {0x18, 0, 0x0F},
        [FAULT_COVER_OPEN] = {0x38},
        [FAULT_CUTTER] = {0x18, 0x08},
    };

    for (int i = 0; i < 4; i++)
        status[i] = statuses[fault][i];
}

uint8_t paper_sensor(enum fault fault)
{
    return fault == FAULT_NEAR_END ? 0x03 : 0x00;
}
