// story.h: the real session, services and loop, with fakes behind the ports and a journal in a
// directory of its own.
#pragma once
#include "fakes.h"
#include "order.h"
#include "services.h"

struct story {
    struct fakes fakes;
    struct loop *loop;
    struct services *services;
    struct services_settings settings;
    char directory[64], journal[96];
    bool receipts_fitted;
    const struct card_reader *card; // instead of the fake one; NULL: that
};

// A sealed document and the anchors to check it, made once for all stories.
struct stage {
    struct seal_anchors *anchors;
    struct bytes document;
    uint8_t sha256[32];
};
const struct stage *stage(void);
int stage_set_up(void **state);
int stage_tear_down(void **state);

int story_set_up(void **state);
int story_tear_down(void **state);

// Creates the services on the settings as they are now, and starts them.
void story_start(struct story *story);
// Ends them, as at a power cut: the journal stays.
void story_stop(struct story *story);

// Turn the loop until the condition holds; the test fails after 10 s.
void story_until_screen(struct story *story, enum session_screen screen);
void story_until_count(struct story *story, const int *counter, int least);

void story_tell(struct story *story, enum session_event_kind kind);
void story_choose_language(struct story *story, enum language language);
void story_type(struct story *story, const char *pin);

// The way through a good session: each leaves the session on the named screen.
void story_to_list(struct story *story);
void story_to_preview(struct story *story);
void story_to_printing(struct story *story);
void story_printer_ends(struct story *story, enum page_job_state state, int sheets);

// The state of the oldest order in the journal, and any other value there.
void story_until_order(struct story *story, enum order_state state);
void story_until_query(struct story *story, const char *query, const char *answer);
// Text of one value in the journal.
void story_query(struct story *story, const char *query, char *out, size_t capacity);
