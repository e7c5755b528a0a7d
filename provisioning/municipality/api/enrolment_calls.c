// Renewal of a terminal's certificate (RFC 7030, 4.2.2), and the authorities once more.
#include "call.h"

static enum problem hand_over(enum result result, struct answer *answer)
{
    if (result == RESULT_MALFORMED)
        return answer_bad(answer, "expected a PKCS #10 request in base64 for an EC or RSA key");
    answer->status = 200;
    return result == RESULT_OK ? PROBLEM_NONE : PROBLEM_INTERNAL;
}

enum problem call_authorities(const struct call *call, struct answer *answer)
{
    if (call->hall->est.issuer == NULL)
        return PROBLEM_NOT_FOUND;
    return hand_over(est_authorities(&call->hall->est, &answer->certificates), answer);
}

enum problem call_renew(const struct call *call, struct answer *answer)
{
    if (call->hall->est.issuer == NULL)
        return PROBLEM_NOT_FOUND;
    return hand_over(est_renew(&call->hall->est, call->body, call->peer->terminal, call->now,
                               &answer->certificates),
                     answer);
}
