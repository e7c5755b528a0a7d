// result.h: the one outcome type of the project; it says what the caller can do about a failure.
// The detail (errno, SCARD code, HTTP status) is logged once, in the place that knows it.
#pragma once

#define RESULT_LIST(X)                                                                             \
    X(OK, "ok")                                                                                    \
    X(CANCELLED, "cancelled by another thread")                                                    \
    X(TIMED_OUT, "no answer within the stated time")                                               \
    X(NO_MEMORY, "out of memory or locked memory")                                                 \
    X(INVALID, "the caller asked for something that is not allowed")                               \
    X(MALFORMED, "the peer sent something that breaks its format")                                 \
    X(REFUSED, "the peer understood and said no")                                                  \
    X(UNREACHABLE, "the peer or device is not there")                                              \
    X(BUSY, "the device is in use by another process")                                             \
    X(REMOVED, "the card was taken out")                                                           \
    X(NOT_FOUND, "the thing asked for does not exist")                                             \
    X(TOO_LARGE, "more than the stated maximum")                                                   \
    X(FAILED, "the operation failed; the log says why")

// On the type, so that no function returning it can be ignored.
enum [[nodiscard]] result {
#define X(id, text) RESULT_##id,
    RESULT_LIST(X)
#undef X
};

// English words for logs, never for residents. Static storage; any thread.
const char *result_text(enum result result);

// Leaves the function with the first failure; the only macro that hides a return.
#define TRY(call)                                                                                  \
    do {                                                                                           \
        enum result try_result_ = (call);                                                          \
        if (try_result_ != RESULT_OK)                                                              \
            return try_result_;                                                                    \
    } while (0)
