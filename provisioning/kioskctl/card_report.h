// card_report.h: a card in words or JSON; the members are a contract with other people's tools.
#pragma once
#include "eid_contents.h"
#include "eid_date.h"
#include "output.h"

// `identity`, `address`, `verification`. A file that is not there is null.
void card_report_contents(struct output *output, const struct eid_contents *contents,
                          const struct eid_verification *found);

// `card`. What the chip was not asked is null; the chip's number is then the one
// in the identity file.
void card_report_chip(struct output *output, const struct eid_contents *contents,
                      const struct eid_verification *found, const struct eid_chip *chip);

// `certificates`; where nobody looked at any, each is null.
void card_report_certificates(struct output *output, const struct eid_contents *contents);
void card_report_no_certificates(struct output *output);

// ISO 8601 as far as the date is known, and upper-case digits as the card's own documents write
// them; what is not known is null.
void card_report_date(struct output *output, const char *name, const char *label,
                      const struct eid_date *date);
void card_report_hex(struct output *output, const char *name, const char *label,
                     struct bytes number);

// Why the answer is no, for what was read; NULL: nothing against it. Static storage.
const char *card_report_reason(const struct eid_contents *contents,
                               const struct eid_verification *found);
