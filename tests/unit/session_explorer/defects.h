// defects.h: broken copies of the session, one a rule, each of which the explorer must catch.
#pragma once
#include "explorer.h"

struct defect {
    const char *name;
    step_function *step;
    enum rule caught_by;
};

const struct defect *defects(size_t *count);
