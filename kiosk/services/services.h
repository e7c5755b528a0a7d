// services.h: everything between the session and the devices. Effects become calls on ports in
// worker threads, their results become events; the session never waits and the screen never blocks.
// All functions here belong to the loop's thread.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "backend.h"
#include "card_reader.h"
#include "loop.h"
#include "owned.h"
#include "page_printer.h"
#include "payment.h"
#include "preview.h"
#include "receipt_composer.h"
#include "receipt_printer.h"
#include "result.h"
#include "seal.h"
#include "session.h"

// Copied; what the verbs need must outlive the services. `receipt_printer.verbs`,
// `preview.verbs` and those of each payment may be NULL: not fitted.
struct services_ports {
    struct card_reader card;
    struct backend backend;
    struct page_printer printer;
    struct receipt_printer receipt_printer;
    struct receipt_composer receipt_composer;
    struct preview preview;
    struct payment payment[SESSION_WAY_COUNT]; // by the way to pay
};

struct services_settings {
    struct session_limits limits;
    uint32_t printer_job_ms;  // how often the printer is asked while it prints
    uint32_t printer_idle_ms; // and while nobody is there
    uint32_t backend_idle_ms;
    uint32_t retry_ms;               // how often something that is away is looked for
    const char *journal_file;        // borrowed for good
    int64_t journal_keep_seconds;    // what is older is taken out
    uint32_t purge_ms;               // how often it is looked for, also after a start; 0 never
    const struct seal_anchors *seal; // borrowed for good
    int page_width;                  // pixels of a page of the preview
};

struct services;

// Starts the workers but touches no device yet. RESULT_FAILED when a thread cannot be had.
enum result services_create(struct loop *loop, const struct services_ports *ports,
                            const struct services_settings *settings, struct services **out);

// Opens the journal and looks at every device; the results come as events. Call it once, after the
// first frame is on the screen.
void services_start(struct services *services);

// Cancels, waits for what cannot be cancelled, releases the card, closes the journal. False: a call
// on a device did not return in time; then nothing may be freed that the ports need. The loop must
// not turn any more.
bool services_destroy(struct services *services);

// An event from the hands of the resident; `now` and `fresh` are filled here.
void services_tell(struct services *services, const struct session_event *event);

// The keypad on the screen. Digits go straight into the PIN service's secret; the session learns
// only how many there are. Outside the PIN screen nothing happens.
void services_pin_digit(struct services *services, int digit);
void services_pin_erase(struct services *services);
void services_pin_confirm(struct services *services);

// What the screen draws from. The pointers live until the loop turns or the services are told
// something.
const struct session *services_session(const struct services *services);
// What the code to pay by says, while there is one; "" otherwise.
const char *services_code(const struct services *services);
const struct page_picture *services_page(const struct services *services); // NULL: none
// What the city offers anybody, for the attract screen; NULL before the municipality answered.
const struct catalogue *services_offer(const struct services *services);
