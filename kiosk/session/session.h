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
#include "payment_words.h"
#include "str.h"

// The screens of the resident (numbers of the flow map in brackets).
// clang-format off
#define SESSION_SCREEN_LIST(X)                                                                     \
    X(ATTRACT)                /* R01 */                                                            \
    X(LANGUAGE)               /* R02 */                                                            \
    X(INSERT)                 /* R03 */                                                            \
    X(READING)                /* R04 */                                                            \
    X(CARD_MUTE)              /* R05 */                                                            \
    X(CARD_BANK)              /* R06 */                                                            \
    X(CARD_OTHER)             /* R07 */                                                            \
    X(CARD_FOREIGN)           /* R08 */                                                            \
    X(CARD_KIDS)              /* R09 */                                                            \
    X(CARD_EXPIRED)           /* R10 */                                                            \
    X(CARD_BLOCKED)           /* R11 */                                                            \
    X(CARD_NOT_VERIFIABLE)    /* R12 */                                                            \
    X(CARD_NOT_ACTIVATED)     /* R13 */                                                            \
    X(PIN)                    /* R14 */                                                            \
    X(PIN_CHECKING)           /* R14, keypad asleep */                                             \
    X(PIN_ON_PAD)             /* R14, typed at the reader's own keys */                            \
    X(PIN_FORGOTTEN)          /* R14, help for it */                                               \
    X(PIN_WRONG)              /* R15 */                                                            \
    X(PIN_LAST_TRY)           /* R16 */                                                            \
    X(PIN_BLOCKED)            /* R17 */                                                            \
    X(PIN_CANCELLED)          /* R18 */                                                            \
    X(AUTHENTICATING)         /* R19 */                                                            \
    X(BACKEND_DOWN)           /* R20 */                                                            \
    X(UNKNOWN_RESIDENT)       /* R21 */                                                            \
    X(MINOR)                  /* R22 */                                                            \
    X(SEE_COUNTER)            /* R23 */                                                            \
    X(SUBJECT)                /* R24 */                                                            \
    X(LIST)                   /* R25 */                                                            \
    X(PURPOSE)                /* R26 */                                                            \
    X(ABROAD)                 /* R27, what is good to know about the purpose */                    \
    X(OPTIONS)                /* R28, what else the document says */                               \
    X(DOCUMENT_LANGUAGE)      /* R29 */                                                            \
    X(PREVIEW)                /* R30 */                                                            \
    X(ISSUING)                /* R38 */                                                            \
    X(SEAL_BAD)               /* R39 */                                                            \
    X(ISSUE_FAILED)           /* R40 */                                                            \
    X(PAY_CHOICE)             /* R31 */                                                            \
    X(PAY_QR)                 /* R32 */                                                            \
    X(PAY_TERMINAL)           /* R33 */                                                            \
    X(PAY_REFUSED)            /* R34, by the scheme */                                             \
    X(PAY_EXPIRED)            /* R35, nobody paid in time */                                       \
    X(PAY_CANCELLED)          /* R35, by the resident */                                           \
    X(PAY_CHECKING)           /* R36, nobody knows yet */                                          \
    X(PAY_UNKNOWN)            /* R36, nobody knows: the reference */                               \
    X(PAY_DOWN)               /* R37, no way to pay works */                                       \
    X(PRINTING)               /* R41, another document? */                                         \
    X(PRINTER_EMPTY)          /* R42 */                                                            \
    X(PRINTER_TROUBLE)        /* R43 */                                                            \
    X(NOT_PRINTED)            /* R45, free of charge */                                            \
    X(PAID_NOT_PRINTED)       /* R44 */                                                            \
    X(TAKE_CARD)              /* R46 */                                                            \
    X(CARD_LEFT)              /* R47 */                                                            \
    X(TAKE_PAPER)             /* R48 */                                                            \
    X(RECEIPT)                /* R49, the question */                                              \
    X(RECEIPT_PRINTING)       /* R49, take it */                                                   \
    X(RECEIPT_NONE)           /* R49, reference instead */                                         \
    X(END)                    /* R50 */                                                            \
    X(CARD_EARLY)             /* R51 */                                                            \
    X(STILL_THERE)            /* R52 */                                                            \
    X(TIMED_OUT)              /* R53 */                                                            \
    X(OUT_OF_SERVICE)         /* R54 */                                                            \
    X(HELP)                   /* R56 */                                                            \
    X(STARTING)               /* R58 */
// clang-format on

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

// clang-format off
#define SESSION_EVENT_LIST(X)                                                                      \
    /* hands */                                                                                    \
    X(TOUCHED)                /* attract, beside any language */                                   \
    X(LANGUAGE_CHOSEN)        /* language */                                                       \
    X(BACK)                                                                                        \
    X(STOP)                                                                                        \
    X(HELP)                                                                                        \
    X(CONTINUE)               /* the main action of the screen */                                  \
    X(YES)                                                                                         \
    X(NO)                                                                                          \
    X(PIN_DIGITS)             /* count: how many are typed now; the digits never come here */      \
    X(PIN_CONFIRMED)          /* OK on the keypad, at least four digits */                         \
    X(PIN_FORGOT)                                                                                  \
    X(SUBJECT_CHOSEN)         /* index: 0 the resident, 1 the first child */                       \
    X(DOCUMENT_CHOSEN)        /* index */                                                          \
    X(PURPOSE_CHOSEN)         /* index; NO: not told */                                            \
    X(OPTION_CHOSEN)          /* index: wanted, or not any more */                                 \
    X(PAPER_LANGUAGE_CHOSEN)  /* language */                                                       \
    X(SHOW_PAGE)                                                                                   \
    X(HIDE_PAGE)                                                                                   \
    X(NEXT_PAGE)                                                                                   \
    X(ZOOM)                                                                                        \
    X(WAY_CHOSEN)             /* way: of paying */                                                 \
    X(ACTIVITY)               /* any touch or key that is not one of the above */                  \
    /* time */                                                                                     \
    X(STARTED)                /* the loop runs: the first event of all */                          \
    X(TIMER)                  /* the armed timer is due; number */                                 \
    /* card */                                                                                     \
    X(READER_LOST)                                                                                 \
    X(READER_READY)                                                                                \
    X(CARD_IN)                                                                                     \
    X(CARD_SILENT)            /* something is in the slot and does not answer */                   \
    X(CARD_OUT)                                                                                    \
    X(CARD_KNOWN)             /* card: the PIN may be asked for; the verdict is still to come */   \
    X(CARD_READ)              /* card: what the terminal may know of it, and its verdict */        \
    X(CARD_FAILED)            /* reading did not work */                                           \
    X(PIN_ACCEPTED)                                                                                \
    X(PIN_REFUSED)            /* count: tries left, 0 blocked */                                   \
    X(PIN_FAILED)             /* nobody can tell; no try is repeated */                            \
    X(PIN_PAD_CANCELLED)      /* at the reader's keys; this and the next two used no try */        \
    X(PIN_PAD_TIMED_OUT)      /* nobody typed there */                                             \
    X(PIN_PAD_TOO_SHORT)      /* or too long */                                                    \
    X(SIGNED)                                                                                      \
    X(SIGN_FAILED)                                                                                 \
    /* municipality */                                                                             \
    X(BACKEND_LOST)                                                                                \
    X(BACKEND_READY)                                                                               \
    X(CHALLENGED)             /* the session is open; the challenge is with the card service */    \
    X(PROVED)                 /* catalogue */                                                      \
    X(BACKEND_REFUSED)        /* refusal */                                                        \
    X(BACKEND_FAILED)         /* no answer */                                                      \
    X(ORDERED)                /* order: reference, price, pages */                                 \
    X(SEALED)                 /* the document is in memory and its seal is good */                 \
    X(SEAL_REFUSED)                                                                                \
    X(OUTCOME_REPORTED)                                                                            \
    X(OUTCOME_FAILED)         /* kept in the journal; reported again later */                      \
    /* preview */                                                                                  \
    X(PAGE_DRAWN)             /* count: the page; the picture is with the preview service */       \
    X(PAGE_FAILED)                                                                                 \
    /* money */                                                                                    \
    X(PAYMENT_CHANGED)        /* payment: way, works */                                            \
    X(PAYMENT_READY)          /* it can be begun now */                                            \
    X(PAYMENT_NOT_READY)                                                                           \
    X(PAYMENT_SHOWN)          /* payment: milliseconds that the code is valid */                   \
    X(PAYMENT_PROMPT)         /* payment: prompt */                                                \
    X(PAYMENT_MADE)           /* the scheme's own word, as the next: */                            \
    X(PAYMENT_REFUSED)        /* payment: no, and why; no money moved and none will */             \
    X(PAYMENT_UNCLEAR)        /* no word of it yet */                                              \
    X(PAYMENT_UNKNOWABLE)     /* it was asked and cannot tell */                                   \
    /* paper */                                                                                    \
    X(PRINTER_CHANGED)        /* printer */                                                        \
    X(RECEIPT_CHANGED)        /* receipts can be printed or not */                                 \
    X(PRINT_ACCEPTED)                                                                              \
    X(PRINT_PROGRESS)         /* count: sheets out */                                              \
    X(PRINT_COMPLETED)        /* count: sheets out */                                              \
    X(PRINT_REFUSED)          /* the printer did not take the job: no sheet */                     \
    X(PRINT_ABORTED)          /* count: sheets out, 0 for none */                                  \
    X(PRINT_UNCLEAR)          /* nobody can tell */                                                \
    X(RECEIPT_PRINTED)                                                                             \
    X(RECEIPT_FAILED)                                                                              \
    /* journal */                                                                                  \
    X(JOURNALED)              /* state: this order state is on disk, synced */                     \
    X(JOURNAL_FAILED)         /* it is not, or nobody can tell; implies JOURNAL_LOST */            \
    X(JOURNAL_LOST)           /* nothing can be written */                                         \
    X(JOURNAL_READY)          /* at start, and whenever it works again after a failure */
// clang-format on

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
    SESSION_PRINTER_UNKNOWN, // before the first look; never sent
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

// With what, and where, anybody checks a paper; both empty when the municipality did not tell.
struct session_verification {
    char code[24];
    char address[64];
};

#define SESSION_KIND_SIZE 32 // the API's word for a document
#define SESSION_NAME_SIZE 80 // its name in people's words, cut where it is longer

// An answer (CARD_READ ... RECEIPT_FAILED, JOURNALED, JOURNAL_FAILED) carries the ticket of the
// effect that asked; PRINT_PROGRESS and its like that of PRINT. The session drops an answer to a
// question that it does not wait for any more, so that nobody need take care of late ones.
struct session_event {
    enum session_event_kind kind;
    uint32_t ticket; // answers: of the question; 0 for all other events
    uint64_t now;    // monotonic milliseconds; filled by the loop
    struct identifier
        fresh; // a random identifier for whatever this event begins; filled by the loop
    union {
        enum language language;
        int count;
        size_t index;
        uint32_t number; // of the timer
        struct {
            enum session_card verdict;
            int tries_left;          // -1 unknown
            bool pad;                // the reader has keys of its own for the PIN
            int64_t valid_until_day; // days since 1970-01-01, for SESSION_CARD_EXPIRED; 0 unknown
        } card;
        const struct catalogue *catalogue; // owned by the municipality service until WIPE
        enum session_refusal refusal;
        struct {
            char reference[SESSION_REFERENCE_SIZE];
            int64_t price_cents;
            int pages;
            struct session_verification verification;
        } order;
        struct {
            enum session_printer condition;
            bool low; // soon empty
        } printer;
        bool works;
        enum session_way way;
        struct {
            enum session_way way;
            bool works;
            uint32_t milliseconds;
            enum session_prompt prompt;
            enum session_no no;
        } payment;
        enum order_state state;
    };
};

// ---- effects ----------------------------------------------------------------------------------

// clang-format off
#define SESSION_EFFECT_LIST(X)                                                                     \
    X(ARM_TIMER)              /* number, milliseconds; replaces the timer armed before */          \
    X(DISARM_TIMER)                                                                                \
    X(READ_CARD)                                                                                   \
    X(VERIFY_PIN)             /* with the digits that the PIN service holds */                     \
    X(VERIFY_PIN_ON_PAD)      /* pad: the reader asks for the PIN; it never comes here */          \
    X(CLEAR_PIN)                                                                                   \
    X(SIGN_CHALLENGE)                                                                              \
    X(LOG_OFF_CARD)           /* the proof is accepted: the PIN's right is not needed any more */  \
    X(RELEASE_CARD)           /* log off, reset, disconnect */                                     \
    X(OPEN_BACKEND_SESSION)                                                                        \
    X(PROVE)                                                                                       \
    X(CLOSE_BACKEND_SESSION)                                                                       \
    X(ORDER_DOCUMENT)         /* order, document; again with the same order when nobody answered */\
    X(FETCH_DOCUMENT)         /* order; the seal is verified before SEALED comes back */           \
    X(REPORT_OUTCOME)         /* order, outcome; after the final state is journaled */             \
    X(DRAW_PAGE)              /* page, from 1 */                                                   \
    X(DROP_PAGE)                                                                                   \
    X(PREPARE_PAYMENT)        /* payment: is this way ready? */                                    \
    X(TAKE_PAYMENT)           /* order, payment: begin it, once, and tell how it goes */           \
    X(STOP_PAYMENT)           /* order, payment: until the scheme's answer is clear */             \
    X(HAND_ON_ORDER)          /* order: what is still to do is done without the session */         \
    X(PRINT)                  /* order: its verified bytes, once */                                \
    X(CANCEL_PRINT)           /* order; the answer still is the last word of PRINT */              \
    X(PRINT_RECEIPT)          /* order, receipt; comes after WIPE */                               \
    X(JOURNAL_SESSION)        /* chapter: a session begins or ends; no answer is waited for */     \
    X(JOURNAL_ORDER)          /* order, record; answered by JOURNALED or JOURNAL_FAILED */         \
    X(DROP_DOCUMENT)          /* the verified bytes are not needed any more: wipe them */          \
    X(WIPE)                   /* all of this resident everywhere, except a job on its way */       \
    X(CALL_STAFF)             /* call */                                                           \
    X(SOUND)                  /* sound */
// clang-format on

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

// How a session ended, for the journal.
// clang-format off
#define SESSION_ENDING_LIST(X)                                                                     \
    X(COMPLETED)              /* done, or nothing more asked for while the paper came */           \
    X(STOPPED)                /* by the resident */                                                \
    X(TIMED_OUT)              /* nobody was there any more */                                      \
    X(CARD_REMOVED)           /* before anything was handed to the printer */                      \
    X(CARD_REFUSED)           /* not a card that can be used here, or the PIN is blocked */        \
    X(REFUSED)                /* by the municipality */                                            \
    X(UNREACHABLE)            /* the municipality did not answer */                                \
    X(FAILED)                 /* the terminal or the card could not go on */
// clang-format on
enum session_ending {
#define X(id) SESSION_ENDING_##id,
    SESSION_ENDING_LIST(X)
#undef X
};
const char *session_ending_name(enum session_ending ending);

// What an effect says about an order, to the journal and on the receipt: nothing about its holder.
struct session_order_note {
    enum order_state state;
    char kind[SESSION_KIND_SIZE];
    char name[LANGUAGE_COUNT][SESSION_NAME_SIZE]; // of the document, for who paid for it
    enum language paper;
    char reference[SESSION_REFERENCE_SIZE]; // "" until the municipality gave one
    struct session_verification verification;
    int64_t price_cents;
    int pages;
    int sheets;                // that came out; -1 nobody can tell
    struct identifier payment; // none before one was begun
    enum session_way way;      // of that payment
};

// What a resident asked for besides kind and language, in numbers that mean something only beside
// the catalogue. All zero: the resident's own document, purpose not told, no option.
struct session_wish {
    size_t subject;   // 0 the resident, 1 the first child
    size_t purpose;   // 0 not told, 1 the document's first
    uint32_t options; // bit i: the document's option i is wanted
};

// An effect that asks for an answer has a ticket above 0. A question to a service (card,
// municipality, journal, preview, payment, printer, receipt) makes an unanswered one to the same
// service void: its work is cancelled. RELEASE_CARD voids what was asked of the card,
// CLOSE_BACKEND_SESSION what was asked of the municipality for this session, DROP_PAGE and WIPE
// what was asked of the preview. The effects of one step are carried out in the order of the list.
struct session_effect {
    enum session_effect_kind kind;
    uint32_t ticket;
    struct identifier visit; // the resident's session that the effect belongs to
    struct identifier order; // none when the effect is not about an order
    union {
        struct {
            uint32_t number;
            uint32_t milliseconds;
        } timer;
        struct {
            size_t index; // into the subject's documents
            char kind[SESSION_KIND_SIZE];
            enum language paper;
            struct session_wish wish;
        } document;
        struct {
            enum session_way way;
            struct identifier id;
            int64_t cents;
        } payment;
        struct {
            bool delivered;
            int sheets; // -1 nobody can tell
        } outcome;
        struct session_order_note record; // JOURNAL_ORDER
        struct {
            struct session_order_note note;
            enum language language; // of the screens
        } receipt;
        struct {
            bool begins;
            enum session_ending ending; // when it does not begin
            enum language language;
        } chapter; // JOURNAL_SESSION
        struct {
            int seconds;            // that the reader waits for a key
            enum language language; // of its display
        } pad;
        int page;
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
    uint32_t terminal;    // the payment terminal's own time, and some more: 180 s
    uint32_t pay_check;   // an unknown payment is asked about: 60 s
};

enum session_device { SESSION_DEVICE_UNKNOWN, SESSION_DEVICE_LOST, SESSION_DEVICE_READY };

enum session_slot {
    SESSION_SLOT_EMPTY,
    SESSION_SLOT_CARD,
    SESSION_SLOT_SILENT, // something that does not answer
};

// Whom the session asks; one question each at a time.
enum session_asked {
    SESSION_ASKED_CARD,
    SESSION_ASKED_MUNICIPALITY,
    SESSION_ASKED_JOURNAL,
    SESSION_ASKED_PREVIEW,
    SESSION_ASKED_PAYMENT,
    SESSION_ASKED_PRINTER,
    SESSION_ASKED_RECEIPT,
    SESSION_ASKED_COUNT
};

struct session_question {
    uint32_t ticket; // 0: nothing is asked
    enum session_effect_kind effect;
};

// Plain data, copied freely; the fields are read by session_view and the explorer, written by
// session_step alone. Holds no personal datum.
struct session {
    struct session_limits limits;
    enum session_screen screen;
    enum session_screen behind; // the screen under HELP or STILL_THERE
    enum language language;

    // the terminal
    enum session_device reader, backend, journal;
    enum session_printer printer;
    bool printer_low, receipts_work;
    bool qr_works, terminal_works; // ways of paying
    enum session_slot slot;
    bool card_spent; // the card in the slot has had its session and must come out

    // the resident: from the reading of a card until WIPE
    bool open;
    struct identifier visit;
    bool pin_open; // a PIN may be with the PIN service: entry or verification goes on
    int pin_digits;
    bool pad;                 // the PIN is typed at the reader's own keys, never on the screen
    bool pad_short;           // the last entry there had too few digits, or too many
    int tries_left;           // -1 unknown
    bool pin_consented;       // to use the last try
    bool pin_verified;        // and the card's right not yet given back
    uint64_t pin_right_until; // then it is given back, proof or not
    bool backend_open;        // the municipality may have a session for this card
    bool proved;              // it accepted the card's proof
    int challenges;           // asked for in a row
    int retries; // that the resident asked for, in a row, after the municipality was silent
    const struct catalogue *catalogue;

    // the choice being made
    size_t choice; // index into the subject's documents
    enum language choice_paper;
    struct session_wish choice_wish;
    bool choice_waits; // it is made; its order begins as soon as the one before is final

    // the order
    struct identifier order;
    size_t document; // index into the subject's documents
    char kind[SESSION_KIND_SIZE];
    char name[LANGUAGE_COUNT][SESSION_NAME_SIZE];
    enum language paper;
    struct session_wish wish;
    enum order_state order_state;   // as the journal has it; ORDER_NONE also when it is settled
    enum order_state order_waiting; // asked of the journal, not answered; ORDER_NONE when none
    enum order_state order_goal;    // final state to be asked for next; ORDER_NONE when none
    bool ordered;                   // the municipality was asked for it
    char reference[SESSION_REFERENCE_SIZE];
    struct session_verification verification;
    int64_t price_cents;
    int pages, sheets;
    int seals_refused;
    bool document_held; // the service holds verified bytes
    int page_shown;     // 0: the summary only
    bool page_drawn, page_failed, page_zoomed;

    // its payment
    enum session_way way;
    struct identifier payment;      // the last that was begun
    bool pay_tried;                 // one was begun
    uint64_t pay_until;             // the code is valid; 0 none is shown
    enum session_prompt prompt;     // of the terminal or the telephone
    bool pay_stopping;              // the scheme was told to stop; its answer is awaited
    enum session_no pay_no;         // why, or how the last try ended
    enum session_money money;       // of an order that the visit has left behind
    bool slip_printed, slip_failed; // on paper, what a resident without document keeps

    bool job_given;             // the printer may have it: what was begun goes on
    bool job_stopping;          // the printer was told to cancel
    enum order_state order_end; // how the last order of the visit ended; ORDER_NONE before

    // leaving
    int papers;       // sheets of this visit that wait to be taken
    bool not_printed; // still to be said
    bool receipt_due; // to be asked
    struct identifier receipt_order;
    struct session_order_note receipt; // of the last delivered document
    int reminders;                     // how often the present screen has reminded
    int mute_cards;                    // in a row: the third gets other words
    int64_t card_valid_until_day;

    // time and questions
    uint32_t timer;       // number of the armed timer; 0 none
    uint32_t timer_count; // numbers given out so far
    uint64_t timer_due;   // for the countdown on the screen
    uint64_t since;       // the screen has been shown since
    struct session_question asked[SESSION_ASKED_COUNT];
    uint32_t ticket_count;
};

// A terminal that has just started: SCREEN_STARTING, nothing known of any device.
struct session session_begin(const struct session_limits *limits);

// The whole machine. Defined for every pair; an event that means nothing now changes nothing and
// has no effects. `after` may be `before`.
void session_step(const struct session *before, const struct session_event *event,
                  struct session *after, struct session_effects *effects);
