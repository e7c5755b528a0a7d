// table.h: what became of each bad moment: a row a moment, several tries a row.
#pragma once
#include <stdbool.h>
#include <stdint.h>

// How a resident's visit ended: what the driver said, and what the terminal makes of it.
enum outcome {
    OUTCOME_SERVED, // read, found good, PIN right, signed
    OUTCOME_REMOVED,
    OUTCOME_UNREACHABLE,
    OUTCOME_BUSY,
    OUTCOME_FAILED,    // a transport error or an answer without meaning
    OUTCOME_MALFORMED, // files or a signature that break their format
    OUTCOME_NOT_VALID, // read, and found to be forged or somebody else's
    OUTCOME_OTHER,     // taken for a card of another kind, or for one that is not activated
    OUTCOME_PIN_WRONG,
    OUTCOME_MUTE,
    OUTCOME_REFUSED, // the card wants the PIN
};
const char *outcome_text(enum outcome outcome);

struct moment {
    const char *name;
    int64_t limit_ms;  // within which the driver has answered, whatever the answer is
    unsigned expected; // 1 << outcome for each that is right
};

struct table;
struct table *table_create(void);
void table_destroy(struct table *table);

// One try of a moment. Rows are told apart by their address.
void table_add(struct table *table, const struct moment *moment, enum outcome outcome,
               int64_t milliseconds, bool next_served);

// Prints it as Markdown. False: a try ended otherwise than expected, too late, or the next resident
// was not served.
bool table_print(const struct table *table);
