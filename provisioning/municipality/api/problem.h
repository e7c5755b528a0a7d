// problem.h: what can be answered instead of what was asked (RFC 9457): one row a code.
#pragma once

enum problem {
    PROBLEM_NONE,
    PROBLEM_UNKNOWN_RESIDENT,
    PROBLEM_MINOR,
    PROBLEM_SEE_COUNTER,
    PROBLEM_CARD_BLOCKED,
    PROBLEM_CARD_NOT_VERIFIABLE,
    PROBLEM_CHALLENGE_STALE,
    PROBLEM_NOT_POSSIBLE,
    PROBLEM_TERMINAL_UNKNOWN,
    PROBLEM_TERMINAL_REVOKED,
    PROBLEM_CODE_REFUSED, // told by the public listener alone
    PROBLEM_REGISTER_DOWN,
    PROBLEM_SEAL_DOWN,
    PROBLEM_PAYMENT_DOWN,
    PROBLEM_BAD_REQUEST,
    PROBLEM_NOT_FOUND,
    PROBLEM_METHOD_NOT_ALLOWED,
    PROBLEM_CONFLICT,
    PROBLEM_TOO_LARGE,
    PROBLEM_TOO_MANY_REQUESTS,
    PROBLEM_UNAUTHORIZED,
    PROBLEM_INTERNAL,
    PROBLEM_COUNT
};

struct problem_text {
    const char *code, *title;
    unsigned int status;
};

const struct problem_text *problem_text_of(enum problem problem);
