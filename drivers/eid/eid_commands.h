// eid_commands.h: the applet's commands (Belpic applet reference manual 1.7), one function each.
#pragma once
#include <stdbool.h>

#include "cancellation.h"
#include "card_channel.h"

// The applet behind a connected channel. Of the thread that uses the card, but for
// cancellation_ask.
struct eid_applet {
    struct card_channel channel;
    struct secret *answer;    // of the last command that answers little
    struct secret_room *room; // for the files that are read; NULL: each in memory of its own
    uint8_t version;          // 0x17 for applet 1.7; 0: not asked yet
    uint8_t chip_number[16];
    bool selected_again;              // the applet was selected by name since connect or reset
    struct cancellation cancellation; // looked at before each exchange
};

// Between two tries of a command that the chip called unknown.
#define EID_RETRY_DELAY_MS 25
void eid_wait_ms(uint32_t milliseconds);

// Every function may return, besides what is said, what card_channel.transmit returns, and
// RESULT_CANCELLED before it sends anything.

// One command and its status word; the data is appended to `answer`. 6D00 is met once by a short
// wait and a second try, for some readers answer it when asked too fast.
enum result eid_exchange(struct eid_applet *applet, struct bytes command, struct secret *answer,
                         uint16_t *status);

// By its name. RESULT_NOT_FOUND: not on this card.
enum result eid_select_applet(struct eid_applet *applet);
// Any application by name (5 to 16 bytes), as payment cards want to be asked.
enum result eid_select_application(struct eid_applet *applet, struct bytes name);

// GET CARD DATA: chip number and version. RESULT_NOT_FOUND: this is not the applet.
enum result eid_get_card_data(struct eid_applet *applet);

// RESULT_NOT_FOUND; RESULT_REFUSED: the card or the file is not activated.
enum result eid_select_file(struct eid_applet *applet, uint16_t folder, uint16_t file);
enum result eid_select_folder(struct eid_applet *applet, uint16_t folder);

// Appends up to `length` (1 to 256) bytes from `offset`; fewer, or none, at the end of the file.
enum result eid_read_binary(struct eid_applet *applet, size_t offset, size_t length,
                            struct secret *into);

// How many tries the PIN has left, without using one; -1: this applet cannot be asked, or the right
// stands already.
enum result eid_pin_tries(struct eid_applet *applet, int *tries);

// VERIFY, once and never again. `accepted` or `tries` (left) says what became of it.
// RESULT_INVALID: not 4 to 12 digits; nothing was sent. Not cancelled once it is on its way.
enum result eid_verify(struct eid_applet *applet, struct bytes pin, bool *accepted, int *tries);

// MANAGE SECURITY ENVIRONMENT: the authentication key and `algorithm`.
enum result eid_set_environment(struct eid_applet *applet, uint8_t algorithm);

// PSO: COMPUTE DIGITAL SIGNATURE, appended to `signature`. RESULT_REFUSED: the PIN's right is
// missing.
enum result eid_compute_signature(struct eid_applet *applet, struct bytes input,
                                  struct secret *signature);

// INTERNAL AUTHENTICATE with the chip's basic key (applet 1.8): `challenge`, as long as the hash
// that goes with `algorithm`, is signed as if it were that hash; appended to `signature`. No PIN is
// wanted; no key is set for signatures afterwards. RESULT_REFUSED: the chip has no such key, or has
// answered too often since the last PIN.
enum result eid_internal_authenticate(struct eid_applet *applet, uint8_t algorithm,
                                      struct bytes challenge, struct secret *signature);

// Never cancelled.
enum result eid_log_off(struct eid_applet *applet);
