// session.h: the resident's session as a pure function: (session, event) -> (session', effects).
// No input or output, no clock, no heap, no threads: time and identifiers come in with the events,
// and what is to be done goes out as effects, which the services carry out.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "catalogue.h"
#include "language.h"
#include "order.h"
#include "str.h"

// The screens of the resident (numbers of the flow map in brackets).
#define SESSION_SCREEN_LIST(X)                                                                     \
    X(ATTRACT)            /* R01 */                                                                \
    X(LANGUAGE)           /* R02 */                                                                \
    X(INSERT)             /* R03 */                                                                \
    X(READING)            /* R04 */                                                                \
    X(CARD_MUTE)          /* R05 */                                                                \
    X(CARD_BANK)          /* R06 */                                                                \
    X(CARD_OTHER)         /* R07 */                                                                \
    X(CARD_FOREIGN)       /* R08 */                                                                \
    X(CARD_KIDS)          /* R09 */                                                                \
    X(CARD_EXPIRED)       /* R10 */                                                                \
    X(CARD_BLOCKED)       /* R11 */                                                                \
    X(CARD_NOT_VERIFIABLE) /* R12 */                                                               \
    X(CARD_NOT_ACTIVATED) /* R13 */                                                                \
    X(PIN)                /* R14 */                                                                \
    X(PIN_CHECKING)       /* R14, keypad asleep */                                                 \
    X(PIN_FORGOTTEN)      /* R14, help for it */                                                   \
    X(PIN_WRONG)          /* R15 */                                                                \
    X(PIN_LAST_TRY)       /* R16 */                                                                \
    X(PIN_BLOCKED)        /* R17 */                                                                \
    X(PIN_CANCELLED)      /* R18 */                                                                \
    X(AUTHENTICATING)     /* R19 */                                                                \
    X(BACKEND_DOWN)       /* R20 */                                                                \
    X(UNKNOWN_RESIDENT)   /* R21 */                                                                \
    X(MINOR)              /* R22 */                                                                \
    X(SEE_COUNTER)        /* R23 */                                                                \
    X(LIST)               /* R25 */                                                                \
    X(DOCUMENT_LANGUAGE)  /* R29 */                                                                \
    X(PREVIEW)            /* R30 */                                                                \
    X(ISSUING)            /* R38 */                                                                \
    X(SEAL_BAD)           /* R39 */                                                                \
    X(ISSUE_FAILED)       /* R40 */                                                                \
    X(PRINTING)           /* R41, another document? */                                             \
    X(PRINTER_EMPTY)      /* R42 */                                                                \
    X(PRINTER_TROUBLE)    /* R43 */                                                                \
    X(NOT_PRINTED)        /* R45, free of charge */                                                \
    X(TAKE_CARD)          /* R46 */                                                                \
    X(CARD_LEFT)          /* R47 */                                                                \
    X(TAKE_PAPER)         /* R48 */                                                                \
    X(RECEIPT)            /* R49, the question */                                                  \
    X(RECEIPT_PRINTING)   /* R49, take it */                                                       \
    X(RECEIPT_NONE)       /* R49, reference instead */                                             \
    X(END)                /* R50 */                                                                \
    X(CARD_EARLY)         /* R51 */                                                                \
    X(STILL_THERE)        /* R52 */                                                                \
    X(TIMED_OUT)          /* R53 */                                                                \
    X(OUT_OF_SERVICE)     /* R54 */                                                                \
    X(HELP)               /* R56 */                                                                \
    X(STARTING)           /* R58 */

enum session_screen {
#define X(id) SCREEN_##id,
    SESSION_SCREEN_LIST(X)
#undef X
};
#define X(id) +1
enum { SESSION_SCREEN_COUNT = 0 SESSION_SCREEN_LIST(X) };
#undef X

// "PIN_WRONG" …; static storage.
const char *session_screen_name(enum session_screen screen);

// ---- events -----------------------------------------------------------------------------------

#define SESSION_EVENT_LIST(X)                                                                      \
    /* hands */                                                                                    \
    X(TOUCHED)           /* attract, beside any language */                                        \
    X(LANGUAGE_CHOSEN)   /* language */                                                            \
    X(BACK)                                                                                        \
    X(STOP)                                                                                        \
    X(HELP)                                                                                        \
    X(CONTINUE)          /* the main action of the screen */                                       \
    X(YES)                                                                                         \
    X(NO)                                                                                          \
    X(PIN_DIGITS)        /* count: how many are typed now; the digits never come here */           \
    X(PIN_CONFIRMED)     /* OK on the keypad, at least four digits */                              \
    X(PIN_FORGOT)                                                                                  \
    X(DOCUMENT_CHOSEN)   /* index */                                                               \
    X(PAPER_LANGUAGE_CHOSEN) /* language */                                                        \
    X(SHOW_PAGE)                                                                                   \
    X(HIDE_PAGE)                                                                                   \
    X(NEXT_PAGE)                                                                                   \
    X(ZOOM)                                                                                        \
    X(ACTIVITY)          /* any touch or key that is not one of the above */                       \
    /* time */                                                                                     \
    X(TIMER)             /* the armed timer is due; number */                                      \
    /* card */                                                                                     \
    X(READER_LOST)                                                                                 \
    X(READER_READY)                                                                                \
    X(CARD_IN)                                                                                     \
    X(CARD_SILENT)       /* something is in the slot and does not answer */                        \
    X(CARD_OUT)                                                                                    \
    X(CARD_READ)         /* card: what the terminal may know of it */                              \
    X(CARD_FAILED)       /* reading did not work */                                                \
    X(PIN_ACCEPTED)                                                                                \
    X(PIN_REFUSED)       /* count: tries left, 0 blocked */                                        \
    X(PIN_FAILED)        /* nobody can tell; no try is repeated */                                 \
    X(SIGNED)                                                                                      \
    X(SIGN_FAILED)                                                                                 \
    /* municipality */                                                                             \
    X(BACKEND_LOST)                                                                                \
    X(BACKEND_READY)                                                                               \
    X(CHALLENGED)        /* the session is open; the challenge is with the card service */         \
    X(PROVED)            /* catalogue */                                                           \
    X(BACKEND_REFUSED)   /* refusal */                                                             \
    X(BACKEND_FAILED)    /* no answer */                                                           \
    X(ORDERED)           /* order: reference, price, pages */                                      \
    X(SEALED)            /* the document is in memory and its seal is good */                      \
    X(SEAL_REFUSED)                                                                                \
    X(OUTCOME_REPORTED)                                                                            \
    X(OUTCOME_FAILED)    /* kept in the journal; reported again later */                           \
    /* preview */                                                                                  \
    X(PAGE_DRAWN)        /* count: the page; the picture is with the preview service */            \
    X(PAGE_FAILED)                                                                                 \
    /* paper */                                                                                    \
    X(PRINTER_CHANGED)   /* printer */                                                             \
    X(RECEIPT_CHANGED)   /* receipts can be printed or not */                                      \
    X(PRINT_ACCEPTED)                                                                              \
    X(PRINT_PROGRESS)    /* count: sheets out */                                                   \
    X(PRINT_COMPLETED)   /* count: sheets out */                                                   \
    X(PRINT_REFUSED)     /* the printer did not take the job: no sheet */                          \
    X(PRINT_ABORTED)     /* count: sheets out, 0 for none */                                       \
    X(PRINT_UNCLEAR)     /* nobody can tell */                                                     \
    X(RECEIPT_PRINTED)                                                                             \
    X(RECEIPT_FAILED)                                                                              \
    /* journal */                                                                                  \
    X(JOURNALED)         /* state: this order state is on disk, synced */                          \
    X(JOURNAL_FAILED)                                                                              \
    X(JOURNAL_READY)

enum session_event_kind {
#define X(id) EVENT_##id,
    SESSION_EVENT_LIST(X)
#undef X
};
#define X(id) +1
enum { SESSION_EVENT_COUNT = 0 SESSION_EVENT_LIST(X) };
#undef X
const char *session_event_name(enum session_event_kind kind);

// The card as the session sees it: a verdict, no datum of the holder.
enum session_card {
    SESSION_CARD_GOOD,
    SESSION_CARD_MUTE,
    SESSION_CARD_BANK,
    SESSION_CARD_OTHER,
    SESSION_CARD_FOREIGN,
    SESSION_CARD_KIDS,
    SESSION_CARD_EXPIRED,
    SESSION_CARD_NOT_VERIFIABLE,
    SESSION_CARD_NOT_ACTIVATED,
};

enum session_printer {
    SESSION_PRINTER_READY,
    SESSION_PRINTER_EMPTY,
    SESSION_PRINTER_TROUBLE, // jam, cover, toner, paused: a person is needed
    SESSION_PRINTER_OFFLINE,
};

enum session_refusal {
    SESSION_REFUSAL_UNKNOWN_RESIDENT,
    SESSION_REFUSAL_MINOR,
    SESSION_REFUSAL_SEE_COUNTER,
    SESSION_REFUSAL_CARD_BLOCKED,
    SESSION_REFUSAL_CARD_NOT_VERIFIABLE,
    SESSION_REFUSAL_CHALLENGE_STALE,
    SESSION_REFUSAL_NOT_POSSIBLE,
    SESSION_REFUSAL_SERVICE, // register or seal down, terminal not in the fleet
};

#define SESSION_REFERENCE_SIZE 32

struct session_event {
    enum session_event_kind kind;
    uint64_t now;            // monotonic milliseconds; filled by the loop
    struct identifier fresh; // a random identifier for whatever this event begins; filled by the loop
    union {
        enum language language;
        int count;
        size_t index;
        uint32_t number; // of the timer
        struct {
            enum session_card verdict;
            int tries_left;           // -1 unknown
            int64_t valid_until_day;  // for CARD_EXPIRED
        } card;
        const struct catalogue *catalogue; // owned by the municipality service until WIPE
        enum session_refusal refusal;
        struct {
            char reference[SESSION_REFERENCE_SIZE];
            int64_t price_cents;
            int pages;
        } order;
        struct {
            enum session_printer condition;
            bool low; // soon empty
        } printer;
        bool works;
        enum order_state state;
    };
};

// ---- effects ----------------------------------------------------------------------------------

#define SESSION_EFFECT_LIST(X)                                                                     \
    X(ARM_TIMER)         /* number, milliseconds; replaces the timer armed before */               \
    X(DISARM_TIMER)                                                                                \
    X(READ_CARD)                                                                                   \
    X(VERIFY_PIN)        /* with the digits that the PIN service holds */                          \
    X(CLEAR_PIN)                                                                                   \
    X(SIGN_CHALLENGE)                                                                              \
    X(LOG_OFF_CARD)      /* the proof is accepted: the PIN's right is not needed any more */       \
    X(RELEASE_CARD)      /* log off, reset, disconnect */                                          \
    X(OPEN_BACKEND_SESSION)                                                                        \
    X(PROVE)                                                                                       \
    X(CLOSE_BACKEND_SESSION)                                                                       \
    X(ORDER_DOCUMENT)    /* order, index, language of the paper */                                 \
    X(FETCH_DOCUMENT)    /* order; the seal is verified before SEALED comes back */                \
    X(REPORT_OUTCOME)    /* order, delivered or not, count of sheets */                            \
    X(DRAW_PAGE)         /* count: page from 1 */                                                  \
    X(DROP_PAGE)                                                                                   \
    X(PRINT)             /* order */                                                               \
    X(CANCEL_PRINT)                                                                                \
    X(PRINT_RECEIPT)     /* order */                                                               \
    X(JOURNAL_SESSION)   /* a session begins or ends */                                            \
    X(JOURNAL_ORDER)     /* order, state */                                                        \
    X(DROP_DOCUMENT)     /* the verified bytes are not needed any more: wipe them */               \
    X(WIPE)              /* everything of this resident in every service, except a job on its way */ \
    X(CALL_STAFF)        /* what: card left, paper, printer */                                     \
    X(SOUND)             /* what: card in, attention, error, key */

enum session_effect_kind {
#define X(id) EFFECT_##id,
    SESSION_EFFECT_LIST(X)
#undef X
};
#define X(id) +1
enum { SESSION_EFFECT_COUNT = 0 SESSION_EFFECT_LIST(X) };
#undef X
const char *session_effect_name(enum session_effect_kind kind);

enum session_sound { SOUND_CARD_IN, SOUND_ERROR, SOUND_ATTENTION };
enum session_call { CALL_CARD_LEFT, CALL_PAPER_EMPTY, CALL_PRINTER_TROUBLE };

struct session_effect {
    enum session_effect_kind kind;
    struct identifier order;
    union {
        struct {
            uint32_t number;
            uint32_t milliseconds;
        } timer;
        struct {
            size_t index;
            enum language paper;
        } document;
        struct {
            bool delivered;
            int sheets;
        } outcome;
        int page;
        enum order_state state;
        bool begins; // JOURNAL_SESSION
        enum session_sound sound;
        enum session_call call;
    };
};

#define SESSION_EFFECTS_MAXIMUM 16
struct session_effects {
    struct session_effect list[SESSION_EFFECTS_MAXIMUM];
    size_t count;
};

// ---- the machine ------------------------------------------------------------------------------

// Time limits in milliseconds; from the configuration, never changed during a session.
struct session_limits {
    uint32_t choose;      // language, list, document language: 60 s
    uint32_t insert;      // 60 s
    uint32_t reading;     // gives up after 12 s
    uint32_t pin;         // 60 s
    uint32_t last_try;    // 120 s
    uint32_t message;     // error and information screens: 60 s
    uint32_t preview;     // 90 s
    uint32_t page_shown;  // the page hides again: 30 s
    uint32_t backend;     // proof gives up: 30 s
    uint32_t issue;       // issuing gives up: 45 s
    uint32_t still_there; // the question: 60 s (30 s after insert and PIN)
    uint32_t paper_empty; // waiting for paper: 5 min
    uint32_t trouble;     // waiting for a person: 3 min
    uint32_t take_card;   // until the alarm: 15 s
    uint32_t card_left;   // alarm until the data go: 120 s
    uint32_t take_paper;  // 15 s, eight times
    uint32_t receipt;     // 20 s
    uint32_t end;         // 8 s
    uint32_t early;       // 15 s
    uint32_t help;        // 120 s
};

// Plain data, copied freely; the fields are read by session_view and the explorer, written by
// session_step alone. Holds no personal datum.
struct session {
    struct session_limits limits;
    enum session_screen screen;
    enum session_screen behind; // the screen under HELP or STILL_THERE
    enum language language;
    bool reader_ready, backend_ready, journal_ready, receipts_work, printer_low;
    enum session_printer printer;
    bool card_in;
    bool started;          // a resident's session is open and in the journal
    bool wiped;            // its data have been wiped
    int pin_digits;
    int tries_left;        // -1 unknown
    bool pin_consented;    // to use the last try
    bool pin_verified;
    bool proved;           // the municipality accepted the card's proof
    bool backend_open;
    int mute_cards;        // in a row: the third gets other words
    int64_t card_valid_until_day;
    const struct catalogue *catalogue;
    size_t document;       // index into the catalogue
    enum language paper;   // language of the document
    struct identifier order;
    enum order_state order_state;   // as the journal has it
    enum order_state order_waiting; // asked of the journal, not answered; ORDER_NONE when none
    char reference[SESSION_REFERENCE_SIZE];
    int64_t price_cents;
    int pages, page_shown, sheets;
    bool document_held, page_drawn, page_zoomed;
    bool wants_another;    // asked while the job was still running
    uint32_t timer;        // number of the armed timer; 0 none
    uint32_t timer_count;  // numbers given out so far
    int reminders;         // take paper: how often it was said
    uint64_t timer_due;    // for the countdown on the screen
};

// A terminal that has just started: SCREEN_STARTING, nothing known of any device.
struct session session_begin(const struct session_limits *limits);

// The whole machine. Defined for every pair; an event that means nothing now changes nothing and has
// no effects. `after` may be `before`.
void session_step(const struct session *before, const struct session_event *event,
                  struct session *after, struct session_effects *effects);
