// The world of the explorer.
#include "world.h"

#include <stdlib.h>
#include <string.h>

#include "order.h"
#include "order.h"
#include "session_play.h"

static const char *const lines[] = {
    // hands
    "TOUCHED",
    "LANGUAGE_CHOSEN fr",
    "LANGUAGE_CHOSEN nl",
    "LANGUAGE_CHOSEN de",
    "LANGUAGE_CHOSEN en",
    "BACK",
    "STOP",
    "HELP",
    "CONTINUE",
    "YES",
    "NO",
    "PIN_DIGITS 0",
    "PIN_DIGITS 3",
    "PIN_DIGITS 4",
    "PIN_CONFIRMED",
    "PIN_FORGOT",
    "SUBJECT_CHOSEN 0",
    "SUBJECT_CHOSEN 1",
    "SUBJECT_CHOSEN 7",
    "DOCUMENT_CHOSEN 0",
    "DOCUMENT_CHOSEN 1",
    "DOCUMENT_CHOSEN 2",
    "DOCUMENT_CHOSEN 7",
    "PURPOSE_CHOSEN 0",
    "PURPOSE_CHOSEN 1",
    "PURPOSE_CHOSEN 2",
    "PURPOSE_CHOSEN 7",
    "OPTION_CHOSEN 0",
    "OPTION_CHOSEN 7",
    "PAPER_LANGUAGE_CHOSEN fr",
    "PAPER_LANGUAGE_CHOSEN nl",
    "PAPER_LANGUAGE_CHOSEN de",
    "SHOW_PAGE",
    "HIDE_PAGE",
    "NEXT_PAGE",
    "ZOOM",
    "ACTIVITY",
    // time
    "STARTED",
    "TIMER",
    // card
    "READER_LOST",
    "READER_READY",
    "CARD_IN",
    "CARD_SILENT",
    "CARD_OUT",
    "CARD_KNOWN -1",
    "CARD_KNOWN 0",
    "CARD_KNOWN 1",
    "CARD_KNOWN 3",
    "CARD_KNOWN 1 PAD",
    "CARD_KNOWN 3 PAD",
    "CARD_READ GOOD -1",
    "CARD_READ GOOD 0",
    "CARD_READ GOOD 1",
    "CARD_READ GOOD 3",
    "CARD_READ GOOD -1 PAD",
    "CARD_READ GOOD 1 PAD",
    "CARD_READ GOOD 3 PAD",
    "CARD_READ MUTE",
    "CARD_READ BANK",
    "CARD_READ OTHER",
    "CARD_READ FOREIGN",
    "CARD_READ KIDS",
    "CARD_READ EXPIRED",
    "CARD_READ NOT_VERIFIABLE",
    "CARD_READ NOT_ACTIVATED",
    "CARD_FAILED",
    "PIN_ACCEPTED",
    "PIN_REFUSED -1",
    "PIN_REFUSED 0",
    "PIN_REFUSED 1",
    "PIN_REFUSED 2",
    "PIN_FAILED",
    "PIN_PAD_CANCELLED",
    "PIN_PAD_TIMED_OUT",
    "PIN_PAD_TOO_SHORT",
    "SIGNED",
    "SIGN_FAILED",
    // municipality
    "BACKEND_LOST",
    "BACKEND_READY",
    "CHALLENGED",
    "PROVED",
    "PROVED CHILD",
    "BACKEND_REFUSED UNKNOWN_RESIDENT",
    "BACKEND_REFUSED MINOR",
    "BACKEND_REFUSED SEE_COUNTER",
    "BACKEND_REFUSED CARD_BLOCKED",
    "BACKEND_REFUSED CARD_NOT_VERIFIABLE",
    "BACKEND_REFUSED CHALLENGE_STALE",
    "BACKEND_REFUSED NOT_POSSIBLE",
    "BACKEND_REFUSED SERVICE",
    "BACKEND_FAILED",
    "ORDERED 2",
    "ORDERED 2 500",
    "ORDERED 0",
    "SEALED",
    "SEAL_REFUSED",
    "OUTCOME_REPORTED",
    "OUTCOME_FAILED",
    // preview
    "PAGE_DRAWN 1",
    "PAGE_FAILED",
    // money
    "WAY_CHOSEN QR",
    "WAY_CHOSEN TERMINAL",
    "PAYMENT_CHANGED QR 0",
    "PAYMENT_CHANGED QR 1",
    "PAYMENT_CHANGED TERMINAL 0",
    "PAYMENT_CHANGED TERMINAL 1",
    "PAYMENT_READY",
    "PAYMENT_NOT_READY",
    "PAYMENT_SHOWN 120000",
    "PAYMENT_PROMPT 3",
    "PAYMENT_MADE",
    "PAYMENT_REFUSED REFUSED",
    "PAYMENT_REFUSED EXPIRED",
    "PAYMENT_REFUSED CANCELLED",
    "PAYMENT_UNCLEAR",
    "PAYMENT_UNKNOWABLE",
    // paper
    "PRINTER_CHANGED READY",
    "PRINTER_CHANGED EMPTY",
    "PRINTER_CHANGED TROUBLE",
    "PRINTER_CHANGED OFFLINE",
    "RECEIPT_CHANGED 0",
    "RECEIPT_CHANGED 1",
    "PRINT_ACCEPTED",
    "PRINT_PROGRESS 1",
    "PRINT_PROGRESS 2",
    "PRINT_COMPLETED 2",
    "PRINT_COMPLETED 1",
    "PRINT_COMPLETED -1",
    "PRINT_REFUSED",
    "PRINT_ABORTED 0",
    "PRINT_ABORTED 1",
    "PRINT_ABORTED -1",
    "PRINT_UNCLEAR",
    "RECEIPT_PRINTED",
    "RECEIPT_FAILED",
    // journal
    "JOURNALED",
    "JOURNAL_FAILED",
    "JOURNAL_LOST",
    "JOURNAL_READY",
};
_Static_assert(sizeof lines / sizeof *lines <= WORLD_LINES_MAXIMUM, "a line has a place");

const char *world_line(size_t line)
{
    return lines[line];
}

size_t world_line_count(void)
{
    return sizeof lines / sizeof *lines;
}

void world_parse(struct session_event events[WORLD_LINES_MAXIMUM])
{
    for (size_t i = 0; i < world_line_count(); i++)
        if (!play_parse(lines[i], &events[i]))
            abort();
}

#define Q(question) (UINT32_C(1) << EFFECT_##question)
#define CITY Q(OPEN_BACKEND_SESSION) | Q(PROVE) | Q(ORDER_DOCUMENT) | Q(FETCH_DOCUMENT)

// Which questions an answer can answer; written down a second time on purpose.
static const uint32_t questions[SESSION_EVENT_COUNT] = {
    [EVENT_CARD_KNOWN] = Q(READ_CARD),
    [EVENT_CARD_READ] = Q(READ_CARD),
    [EVENT_CARD_FAILED] = Q(READ_CARD),
    [EVENT_PIN_ACCEPTED] = Q(VERIFY_PIN) | Q(VERIFY_PIN_ON_PAD),
    [EVENT_PIN_REFUSED] = Q(VERIFY_PIN) | Q(VERIFY_PIN_ON_PAD),
    [EVENT_PIN_FAILED] = Q(VERIFY_PIN) | Q(VERIFY_PIN_ON_PAD),
    [EVENT_PIN_PAD_CANCELLED] = Q(VERIFY_PIN_ON_PAD),
    [EVENT_PIN_PAD_TIMED_OUT] = Q(VERIFY_PIN_ON_PAD),
    [EVENT_PIN_PAD_TOO_SHORT] = Q(VERIFY_PIN_ON_PAD),
    [EVENT_SIGNED] = Q(SIGN_CHALLENGE),
    [EVENT_SIGN_FAILED] = Q(SIGN_CHALLENGE),
    [EVENT_CHALLENGED] = Q(OPEN_BACKEND_SESSION),
    [EVENT_PROVED] = Q(PROVE),
    [EVENT_BACKEND_REFUSED] = CITY,
    [EVENT_BACKEND_FAILED] = CITY,
    [EVENT_ORDERED] = Q(ORDER_DOCUMENT),
    [EVENT_SEALED] = Q(FETCH_DOCUMENT),
    [EVENT_SEAL_REFUSED] = Q(FETCH_DOCUMENT),
    [EVENT_PAGE_DRAWN] = Q(DRAW_PAGE),
    [EVENT_PAGE_FAILED] = Q(DRAW_PAGE),
    [EVENT_PAYMENT_READY] = Q(PREPARE_PAYMENT),
    [EVENT_PAYMENT_NOT_READY] = Q(PREPARE_PAYMENT),
    [EVENT_PAYMENT_SHOWN] = Q(TAKE_PAYMENT),
    [EVENT_PAYMENT_PROMPT] = Q(TAKE_PAYMENT),
    [EVENT_PAYMENT_MADE] = Q(TAKE_PAYMENT) | Q(STOP_PAYMENT),
    [EVENT_PAYMENT_REFUSED] = Q(TAKE_PAYMENT) | Q(STOP_PAYMENT),
    [EVENT_PAYMENT_UNCLEAR] = Q(TAKE_PAYMENT) | Q(STOP_PAYMENT),
    [EVENT_PAYMENT_UNKNOWABLE] = Q(TAKE_PAYMENT) | Q(STOP_PAYMENT),
    [EVENT_PRINT_ACCEPTED] = Q(PRINT),
    [EVENT_PRINT_PROGRESS] = Q(PRINT),
    [EVENT_PRINT_COMPLETED] = Q(PRINT),
    [EVENT_PRINT_REFUSED] = Q(PRINT),
    [EVENT_PRINT_ABORTED] = Q(PRINT),
    [EVENT_PRINT_UNCLEAR] = Q(PRINT),
    [EVENT_RECEIPT_PRINTED] = Q(PRINT_RECEIPT),
    [EVENT_RECEIPT_FAILED] = Q(PRINT_RECEIPT),
    [EVENT_JOURNALED] = Q(JOURNAL_ORDER),
    [EVENT_JOURNAL_FAILED] = Q(JOURNAL_ORDER),
};

bool world_is_answer(enum session_event_kind kind)
{
    return questions[kind] != 0;
}

static uint32_t open_ticket(const struct session *session, enum session_event_kind kind)
{
    for (int i = 0; i < SESSION_ASKED_COUNT; i++) {
        const struct session_question *asked = &session->asked[i];
        if (asked->ticket != 0 && (questions[kind] & (UINT32_C(1) << asked->effect)) != 0)
            return asked->ticket;
    }
    return 0;
}

bool world_is_asked(const struct session *session, const struct session_event *event)
{
    return !world_is_answer(event->kind) || open_ticket(session, event->kind) != 0;
}

void world_fill(const struct session *session, uint64_t now, struct session_event *event)
{
    uint32_t ticket = open_ticket(session, event->kind);

    event->now = now;
    event->fresh = (struct identifier){.bytes = {9}};
    for (size_t i = 0; i < 8; i++)
        event->fresh.bytes[8 + i] = (uint8_t)(now >> (8 * i));
    if (world_is_answer(event->kind))
        event->ticket = ticket != 0 ? ticket : session->ticket_count + 1000;
    if (event->kind == EVENT_TIMER)
        event->number = session->timer != 0 ? session->timer : session->timer_count + 1000;
    if (event->kind == EVENT_JOURNALED)
        event->state = session->order_waiting;
    if (event->kind == EVENT_PROVED && event->catalogue == NULL)
        event->catalogue = play_catalogue();
}

// ---- the finite picture

// Numbers and enumerators from -1 to 254, one byte each.
#define FIELD_LIST(X)                                                                              \
    X(screen)                                                                                      \
    X(behind)                                                                                      \
    X(language)                                                                                    \
    X(reader)                                                                                      \
    X(backend)                                                                                     \
    X(journal)                                                                                     \
    X(printer)                                                                                     \
    X(receipts_work)                                                                               \
    X(qr_works)                                                                                    \
    X(terminal_works)                                                                              \
    X(way)                                                                                         \
    X(pay_stopping)                                                                                \
    X(pay_no)                                                                                      \
    X(money)                                                                                       \
    X(slot)                                                                                        \
    X(card_spent)                                                                                  \
    X(open)                                                                                        \
    X(pin_open)                                                                                    \
    X(pin_digits)                                                                                  \
    X(pad)                                                                                         \
    X(tries_left)                                                                                  \
    X(pin_consented)                                                                               \
    X(pin_verified)                                                                                \
    X(backend_open)                                                                                \
    X(proved)                                                                                      \
    X(challenges)                                                                                  \
    X(retries)                                                                                     \
    X(choice)                                                                                      \
    X(choice_paper)                                                                                \
    X(choice_waits)                                                                                \
    X(document)                                                                                    \
    X(paper)                                                                                       \
    X(order_state)                                                                                 \
    X(order_waiting)                                                                               \
    X(order_goal)                                                                                  \
    X(ordered)                                                                                     \
    X(pages)                                                                                       \
    X(sheets)                                                                                      \
    X(seals_refused)                                                                               \
    X(document_held)                                                                               \
    X(page_shown)                                                                                  \
    X(page_drawn)                                                                                  \
    X(job_given)                                                                                   \
    X(job_stopping)                                                                                \
    X(papers)                                                                                      \
    X(not_printed)                                                                                 \
    X(receipt_due)                                                                                 \
    X(reminders)

#define X(name) +1
_Static_assert(0 FIELD_LIST(X) MONITOR_FIELD_LIST(X) + 7 + SESSION_ASKED_COUNT <= WORLD_KEY_SIZE,
               "the key holds every field");
#undef X

#define MARK_OPEN_ORDER 1
#define MARK_RECEIPT_ORDER 2

static bool is_busy(const struct session *session)
{
    return session->order_state != ORDER_NONE || session->order_waiting != ORDER_NONE;
}

static bool is_overlay(enum session_screen screen)
{
    return screen == SCREEN_HELP || screen == SCREEN_STILL_THERE;
}

static enum session_screen base(const struct session *session)
{
    return is_overlay(session->screen) ? session->behind : session->screen;
}

static bool shows_health(const struct session *session)
{
    enum session_screen screen = base(session);

    return screen == SCREEN_STARTING || screen == SCREEN_ATTRACT || screen == SCREEN_LANGUAGE ||
           screen == SCREEN_INSERT || screen == SCREEN_OUT_OF_SERVICE;
}

// What makes no difference to what the session does, before the same change could come again, is
// made the same. The random walks check that it makes none.

// During a session devices may be lost, and after it it does not matter which of the three is: the
// journal stands for all.
static void simplify_health(struct session *session)
{
    bool lost = session->reader != SESSION_DEVICE_READY ||
                session->backend != SESSION_DEVICE_READY ||
                session->journal != SESSION_DEVICE_READY;

    if (session->screen == SCREEN_STARTING)
        return;
    if (!shows_health(session)) {
        session->reader = SESSION_DEVICE_READY;
        session->backend = SESSION_DEVICE_READY;
        session->journal = lost && !session->open ? SESSION_DEVICE_LOST : SESSION_DEVICE_READY;
    }
    if (session->reader == SESSION_DEVICE_UNKNOWN)
        session->reader = SESSION_DEVICE_LOST;
    if (session->backend == SESSION_DEVICE_UNKNOWN)
        session->backend = SESSION_DEVICE_LOST;
    if (session->journal == SESSION_DEVICE_UNKNOWN)
        session->journal = SESSION_DEVICE_LOST;
}

static bool is_paying(enum session_screen screen)
{
    return screen == SCREEN_PAY_CHOICE || screen == SCREEN_PAY_QR ||
           screen == SCREEN_PAY_TERMINAL || screen == SCREEN_PAY_CHECKING ||
           screen == SCREEN_PAY_REFUSED || screen == SCREEN_PAY_EXPIRED ||
           screen == SCREEN_PAY_CANCELLED;
}

// The printer matters to the idle terminal, at the hand-over and while it has a job.
static bool printer_matters(const struct session *session)
{
    enum session_screen screen = base(session);

    return !session->open || session->asked[SESSION_ASKED_PRINTER].ticket != 0 ||
           screen == SCREEN_PREVIEW || is_paying(screen) || screen == SCREEN_PRINTER_EMPTY ||
           screen == SCREEN_PRINTER_TROUBLE;
}

static void simplify_printer(struct session *session)
{
    if (!printer_matters(session))
        session->printer = SESSION_PRINTER_READY;
    if (session->printer == SESSION_PRINTER_OFFLINE ||
        (session->printer == SESSION_PRINTER_UNKNOWN && session->screen != SCREEN_STARTING))
        session->printer = SESSION_PRINTER_TROUBLE;
    if (base(session) != SCREEN_TAKE_PAPER)
        session->receipts_work = true;
}

static void simplify_terminal(struct session *session)
{
    if (!is_overlay(session->screen))
        session->behind = SCREEN_ATTRACT;
    if (session->card_spent && session->slot == SESSION_SLOT_SILENT)
        session->slot = SESSION_SLOT_CARD;
    simplify_health(session);
    simplify_printer(session);
}

static void simplify_resident(struct session *session)
{
    bool french = session->language == LANGUAGE_FR || session->language == LANGUAGE_NL;

    session->language = french || base(session) != SCREEN_LIST ? LANGUAGE_FR : LANGUAGE_DE;
    session->pin_digits = session->pin_digits >= 4 ? 4 : 0;
    if (session->tries_left > 1)
        session->tries_left = -1;
    if (!session->open) {
        session->challenges = 0;
        session->retries = 0;
    }
    session->pad = session->pad && !session->proved; // no PIN is asked for after the proof
    session->choice_paper = LANGUAGE_FR;             // French and Dutch are like left and right
    session->paper = LANGUAGE_FR;
}

// Whose document it is, what it is for and what it says decide nothing here: a child's documents
// are like the resident's. Which document it is decides which questions come.
static void simplify_choice(struct session *session)
{
    enum session_screen screen = base(session);
    bool choosing = screen == SCREEN_PURPOSE || screen == SCREEN_ABROAD ||
                    screen == SCREEN_OPTIONS || screen == SCREEN_DOCUMENT_LANGUAGE;
    bool may_come_back = session->open && is_busy(session) && !session->job_given;

    session->choice_wish = session->wish = (struct session_wish){};
    if (!choosing && !session->choice_waits)
        session->choice = 0;
    if (!may_come_back)
        session->document = 0;
}

static void simplify_order(struct session *session)
{
    bool intended = session->order_state == ORDER_INTENT || session->order_waiting == ORDER_INTENT;

    if (!is_busy(session)) {
        session->ordered = false;
        session->pages = 0;
        session->sheets = 0;
        session->reference[0] = '\0';
        if (!session->open)
            session->job_given = false;
    }
    if (!intended)
        session->seals_refused = 0;
    if (order_state_is_final(session->order_waiting))
        session->sheets = 0; // its end is decided
    if (session->papers > 0)
        session->papers = 1;
}

// What of a payment matters, and when.
static void simplify_payment(struct session *session)
{
    enum session_screen screen = base(session);
    bool choosing =
        screen == SCREEN_PREVIEW || screen == SCREEN_PAY_CHOICE || screen == SCREEN_PAY_DOWN;
    bool under_way = screen == SCREEN_PAY_QR || screen == SCREEN_PAY_TERMINAL ||
                     screen == SCREEN_PAY_CHECKING || session->order_state == ORDER_PAYING;

    session->prompt = SESSION_PROMPT_WAIT;
    if (screen != SCREEN_PAY_TERMINAL)
        session->way = SESSION_WAY_QR;
    if (screen != SCREEN_PAY_QR)
        session->pay_until = 0;
    if (!under_way) {
        session->pay_stopping = false;
        session->pay_no = SESSION_NO_REFUSED;
    }
    if (!choosing)
        session->qr_works = session->terminal_works = true;
    if (!session->not_printed)
        session->money = SESSION_MONEY_NONE; // it is said, or there is nothing to be said
    if (!is_busy(session) && !session->not_printed)
        session->price_cents = 0;
    if (!is_busy(session) || !session->open || session->job_given ||
        session->order_state == ORDER_PAID)
        session->pay_tried = false;
}

static void put(struct world_key *key, size_t *at, int value)
{
    key->bytes[(*at)++] = (uint8_t)(value + 1);
}

static int get(const struct world_key *key, size_t *at)
{
    return (int)key->bytes[(*at)++] - 1;
}

static int catalogue_number(const struct catalogue *catalogue)
{
    if (catalogue == NULL)
        return 0;
    return catalogue == play_catalogue() ? 1 : 2;
}

void world_pack(const struct session *session, const struct monitor *monitor, struct world_key *key)
{
    struct session simple = *session;
    size_t at = 0;

    simplify_terminal(&simple);
    simplify_resident(&simple);
    simplify_choice(&simple);
    simplify_order(&simple);
    simplify_payment(&simple);
    *key = (struct world_key){};
#define X(name) put(key, &at, (int)simple.name);
    FIELD_LIST(X)
#undef X
    put(key, &at, simple.timer != 0);
    put(key, &at, simple.reference[0] != '\0');
    put(key, &at, catalogue_number(simple.catalogue));
    put(key, &at, simple.price_cents > 0);
    put(key, &at, simple.pay_tried);
    put(key, &at, simple.pay_until != 0);
    put(key, &at, simple.receipt_due && simple.receipt.price_cents > 0);
    for (int i = 0; i < SESSION_ASKED_COUNT; i++)
        put(key, &at, simple.asked[i].ticket != 0 ? (int)simple.asked[i].effect + 1 : 0);
    struct monitor watching = *monitor;
    watching.printer_ready = printer_matters(session) ? monitor->printer_ready : 1;
#define X(name) put(key, &at, (int)watching.name);
    MONITOR_FIELD_LIST(X)
#undef X
}

static void unpack_rest(const struct world_key *key, size_t *at, struct session *session)
{
    bool timer = get(key, at) != 0;
    bool reference = get(key, at) != 0;
    int catalogue = get(key, at);
    bool price = get(key, at) != 0;
    bool payment = get(key, at) != 0;
    bool code = get(key, at) != 0;
    bool paid_receipt = get(key, at) != 0;

    session->timer = timer ? 1 : 0;
    session->timer_count = 1;
    if (reference)
        memcpy(session->reference, "BXL-0001", sizeof "BXL-0001");
    session->catalogue = catalogue == 0 ? NULL : catalogue == 1 ? play_catalogue() : play_family();
    session->price_cents = price ? 500 : 0;
    session->pay_tried = payment;
    session->pay_until = code ? 100000 : 0;
    session->receipt.price_cents = paid_receipt ? 500 : 0;
    for (int i = 0; i < SESSION_ASKED_COUNT; i++) {
        int effect = get(key, at);
        if (effect != 0)
            session->asked[i] = (struct session_question){
                .ticket = (uint32_t)i + 1, .effect = (enum session_effect_kind)(effect - 1)};
    }
    session->ticket_count = SESSION_ASKED_COUNT;
}

void world_unpack(const struct world_key *key, const struct session_limits *limits,
                  struct session *session, struct monitor *monitor)
{
    size_t at = 0;

    *session = (struct session){.limits = *limits};
    *monitor = (struct monitor){};
#define X(name) session->name = (__typeof__(session->name))get(key, &at);
    FIELD_LIST(X)
#undef X
    unpack_rest(key, &at, session);
#define X(name) monitor->name = (uint8_t)get(key, &at);
    MONITOR_FIELD_LIST(X)
#undef X
    session->order = (struct identifier){.bytes = {MARK_OPEN_ORDER}};
    session->receipt_order = (struct identifier){.bytes = {MARK_RECEIPT_ORDER}};
    session->visit = (struct identifier){.bytes = {3}};
    session->pin_right_until = 1000 + limits->backend;
    monitor->order = session->order;
    monitor->delivered = session->receipt_order;
}
