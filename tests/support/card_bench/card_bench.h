// card_bench.h: a real pcscd with a virtual reader and a virtual card, private to one test program.
// Whatever goes wrong here ends the program with a message: then nothing can be tested.
#pragma once
#include <stddef.h>

#include "processes.h"

struct card_bench;

// `programs`: the folder of private-pcscd, virtual-card and make-card. Starts them in a new folder
// and sets PCSCLITE_CSOCK_NAME, which libpcsclite reads once: one bench a process, before any call.
struct card_bench *card_bench_create(const char *programs);
// The same with a reader that has keys of its own.
struct card_bench *card_bench_create_with_pin_pad(const char *programs);
// The same with a reader whose driver is not ours, "Virtual PCD 00 00" (see vpcd-reader).
struct card_bench *card_bench_create_on_vpcd(const char *programs);
// Ends what was started, by its pid, and removes the folder.
void card_bench_destroy(struct card_bench *bench);

// pcscd goes by SIGKILL, as in a crash, and comes back on the same socket.
void card_bench_kill_service(struct card_bench *bench);
void card_bench_start_service(struct card_bench *bench);
// SIGSTOP to pcscd itself, until every thread of it has stopped; and SIGCONT.
void card_bench_freeze_service(struct card_bench *bench);
void card_bench_thaw_service(struct card_bench *bench);

// The reader's cable; the card stays in the slot.
void card_bench_unplug(struct card_bench *bench);
void card_bench_plug_in(struct card_bench *bench);

// A new card under `name` for a made-up resident; of the document type given.
void card_bench_make_card(struct card_bench *bench, const char *name, const char *document_type);
// The same for a resident of the caller's own: a JSON file as make-card reads it.
void card_bench_make_card_of(struct card_bench *bench, const char *name, const char *resident);

// The same with more said; what is NULL is as usual.
struct card_bench_card {
    const char *generation;    // v17
    const char *document_type; // 1
    const char *valid_until;   // 2034-01-05
    const char *further;       // members of the resident's JSON, a comma before each
};
void card_bench_make(struct card_bench *bench, const char *name,
                     const struct card_bench_card *card);

// The path of something in the bench's folder, such as "auth/card-root.pem" or "NAME/identity".
void card_bench_path(const struct card_bench *bench, const char *name, char path[TEST_PATH_SIZE]);

void card_bench_insert(struct card_bench *bench, const char *name);
void card_bench_remove(struct card_bench *bench);

// A line to the virtual card and its answer, which must begin with "ok" and is ended by a NUL.
void card_bench_control(struct card_bench *bench, const char *line, char *answer, size_t size);

// Fingers at the reader's keys: a line of pin_pad.h (tests/devices/virtual_reader), which waits
// there until the reader asks for a PIN. Returns what card_bench_pad_done wants.
int card_bench_pad(struct card_bench *bench, const char *line);
// Waits until the line was taken, and takes the fingers away.
void card_bench_pad_done(int fingers);

// Commands that the card got since it was put in, those of them that fetch what is stored, and its
// PIN's tries.
long card_bench_commands(struct card_bench *bench);
long card_bench_reads(struct card_bench *bench);
long card_bench_holding(struct card_bench *bench);  // 1: the card keeps an answer to itself
long card_bench_verified(struct card_bench *bench); // 1: the PIN's right stands
long card_bench_tries(struct card_bench *bench);
