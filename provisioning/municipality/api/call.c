#include "call.h"

enum problem answer_bad(struct answer *answer, const char *detail)
{
    return str_copy(answer->detail, sizeof answer->detail, detail) == RESULT_OK
               ? PROBLEM_BAD_REQUEST
               : PROBLEM_INTERNAL;
}

enum problem call_read_body(const struct call *call, const struct json_member *members,
                            size_t count, struct json_value *values, json_t **body,
                            struct answer *answer)
{
    if (json_body_parse(call->body, body) != RESULT_OK)
        return answer_bad(answer,
                          "expected one JSON object in UTF-8, at most 8 levels deep, with no "
                          "member twice");
    enum result read =
        json_body_read(*body, members, count, values, answer->detail, sizeof answer->detail);
    if (read == RESULT_MALFORMED)
        return PROBLEM_BAD_REQUEST;
    return read == RESULT_OK ? PROBLEM_NONE : PROBLEM_INTERNAL;
}
