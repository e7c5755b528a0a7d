// escpos_connection.h: the bytes to and from a receipt printer, over TCP or a device file, with
// time limits. Private to the room.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "bytes.h"
#include "escpos_status.h"
#include "owned.h"
#include "result.h"

struct escpos_connection;

// Is it "tcp:HOST:PORT" or an absolute path? RESULT_INVALID otherwise.
enum result escpos_device_check(const char *device);

// Opens the device, raw when it is a terminal line. Deadlines here are monotonic milliseconds.
// RESULT_UNREACHABLE: nobody there, or no rights. RESULT_BUSY: another process has it.
enum result escpos_connection_create(const char *device, uint64_t deadline,
                                     struct escpos_connection **out);
void escpos_connection_destroy(struct escpos_connection *connection);
DEFINE_OWNED(escpos_connection)

// RESULT_TIMED_OUT or RESULT_UNREACHABLE (closed by the printer): a part may have gone.
enum result escpos_connection_write(struct escpos_connection *connection, struct bytes data,
                                    uint64_t deadline);

// The next whole answer; RESULT_TIMED_OUT when none came, RESULT_UNREACHABLE when none can come.
enum result escpos_connection_next(struct escpos_connection *connection, uint64_t deadline,
                                   struct escpos_answer *answer);

// Forgets answers that came before, to questions nobody waits for any more.
void escpos_connection_drain(struct escpos_connection *connection);
