// eid_pin_pad.h: the card's PIN typed at the reader's own keys.
#pragma once
#include "card_reader.h"
#include "eid_commands.h"

// RESULT_OK with `fitted` false also for a slot that cannot have keys.
enum result eid_find_pin_pad(struct eid_applet *applet, struct pin_pad *pad);

// One entry, one VERIFY, never repeated. The card's tries are not asked for here. RESULT_REFUSED:
// the reader has no keys, or its software refuses the command.
enum result eid_verify_on_pad(struct eid_applet *applet, int seconds, enum language language,
                              struct pin_outcome *outcome);
