// card_report.h: a card in words or JSON; the members are a contract with other people's tools.
#pragma once
#include "eid_contents.h"
#include "output.h"

// `identity`, `address`, `verification`. A file that is not there is null.
void card_report_contents(struct output *output, const struct eid_contents *contents,
                          const struct eid_verification *found);

// `card` and `certificates`. What the chip was not asked is null; the chip's number is then the one
// in the identity file.
void card_report_chip(struct output *output, const struct eid_contents *contents,
                      const struct eid_verification *found, const struct eid_chip *chip);

// Why the answer is no, for what was read; NULL: nothing against it. Static storage.
const char *card_report_reason(const struct eid_contents *contents,
                               const struct eid_verification *found);
