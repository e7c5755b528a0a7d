#include "result.h"

const char *result_text(enum result result)
{
    switch (result) {
#define X(id, text)                                                                                \
    case RESULT_##id:                                                                              \
        return text;
        RESULT_LIST(X)
#undef X
    }
    return "no such result";
}
