// card_read.h: `kioskctl card read`, in two forms: identity and address alone, which must be there
// at once and so loads no libcrypto, and the whole card with its checks.
#pragma once
#include "commands.h"
#include "eid_contents.h"
#include "output.h"

struct card_read_options {
    const char *reader, *only, *photo, *trust_anchor, *intermediates;
    bool json;
    struct eid_wish wish;
};

// Says on standard error what is wrong.
bool card_read_options(int count, const char *const words[], struct card_read_options *options);

// What the whole card needs besides.
struct card_whole {
    eid_contents_way *way;
    struct eid_verification (*verify)(const struct eid_contents *contents,
                                      const struct eid_trust *trust, const struct eid_chip *chip,
                                      int64_t at);
    void (*report_certificates)(struct output *output, const struct eid_contents *contents);
};

// `whole` NULL: identity and address alone.
enum answer card_read(const struct card_read_options *options, const struct card_whole *whole);
