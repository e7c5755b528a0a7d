// est_pages.h: enrolment (RFC 7030) on the listener that asks for no client certificate: cacerts
// and simpleenroll.
#pragma once
#include <microhttpd.h>
#include <stdbool.h>

#include "est.h"
#include "rate_limit.h"

struct est_pages {
    const struct est_desk *desk; // NULL: this municipality enrols nobody
    struct rate_limit *limit;    // of guesses, shared with the page
};

bool est_pages_has(const char *path);

// As an access handler of libmicrohttpd; *request becomes memory that the caller frees with free
// when the request is completed.
enum MHD_Result est_pages_visit(const struct est_pages *pages, struct MHD_Connection *connection,
                                const char *path, const char *method, struct bytes data,
                                void **request);
