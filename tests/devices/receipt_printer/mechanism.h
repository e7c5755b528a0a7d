// mechanism.h: the printer between its wire and its paper: a buffer, what is printed from it, what
// is answered, and the receipts that were cut.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "printer_state.h"
#include "result.h"

struct mechanism;

// Receipts go into these files. The paths are kept, not copied.
struct mechanism *mechanism_create(const char *stream_path, const char *picture_path);
void mechanism_destroy(struct mechanism *mechanism);

// Where answers go; -1 for nowhere. A new client begins with an empty wire, as does the end of one.
void mechanism_set_client(struct mechanism *mechanism, int descriptor);

// Bytes from the wire: real-time commands are obeyed at once, the rest is printed as far as
// possible.
void mechanism_receive(struct mechanism *mechanism, const uint8_t *bytes, size_t size);

void mechanism_set_fault(struct mechanism *mechanism, enum fault fault);
// Paper ends after so many more lines.
void mechanism_end_paper_after(struct mechanism *mechanism, size_t lines);

enum fault mechanism_fault(const struct mechanism *mechanism);
size_t mechanism_receipts(const struct mechanism *mechanism);
size_t mechanism_unknown(const struct mechanism *mechanism);
