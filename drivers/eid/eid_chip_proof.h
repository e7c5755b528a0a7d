// eid_chip_proof.h: no copy of a card: only the chip of applet 1.8 has the private half of its
// basic key. Belpic applet 1.8, INTERNAL AUTHENTICATE.
#pragma once
#include "eid_commands.h"

// Has the chip sign a random challenge with the key of `basic_key` (EF 4040). RESULT_MALFORMED: no
// key that a chip has; RESULT_REFUSED: the chip does not sign; else as eid_commands.h.
enum result eid_chip_proves(struct eid_applet *applet, struct bytes basic_key, bool *proved);
