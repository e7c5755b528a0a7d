#include "refusals.h"

static const struct {
    const char *code;
    enum result result;
    enum backend_refusal refusal;
} codes[] = {
    {"unknown-resident", RESULT_REFUSED, BACKEND_REFUSAL_UNKNOWN_RESIDENT},
    {"minor", RESULT_REFUSED, BACKEND_REFUSAL_MINOR},
    {"see-counter", RESULT_REFUSED, BACKEND_REFUSAL_SEE_COUNTER},
    {"card-blocked", RESULT_REFUSED, BACKEND_REFUSAL_CARD_BLOCKED},
    {"card-not-verifiable", RESULT_REFUSED, BACKEND_REFUSAL_CARD_NOT_VERIFIABLE},
    {"challenge-stale", RESULT_REFUSED, BACKEND_REFUSAL_CHALLENGE_STALE},
    {"not-possible", RESULT_REFUSED, BACKEND_REFUSAL_NOT_POSSIBLE},
    {"terminal-unknown", RESULT_REFUSED, BACKEND_REFUSAL_TERMINAL},
    {"terminal-revoked", RESULT_REFUSED, BACKEND_REFUSAL_TERMINAL},
    {"register-down", RESULT_REFUSED, BACKEND_REFUSAL_REGISTER_DOWN},
    {"seal-down", RESULT_REFUSED, BACKEND_REFUSAL_SEAL_DOWN},
    {"bad-request", RESULT_FAILED, BACKEND_REFUSAL_NONE},
    {"not-found", RESULT_FAILED, BACKEND_REFUSAL_NONE},
    {"conflict", RESULT_FAILED, BACKEND_REFUSAL_NONE},
    {"too-large", RESULT_FAILED, BACKEND_REFUSAL_NONE},
    {"unauthorized", RESULT_FAILED, BACKEND_REFUSAL_NONE},
    {"too-many-requests", RESULT_UNREACHABLE, BACKEND_REFUSAL_NONE},
    {"internal", RESULT_UNREACHABLE, BACKEND_REFUSAL_NONE},
};

enum result refusal_of_code(const char *code, enum backend_refusal *refusal)
{
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (str_equal(codes[i].code, code)) {
            *refusal = codes[i].refusal;
            return codes[i].result;
        }
    return RESULT_MALFORMED;
}
