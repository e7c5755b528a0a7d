// Events as text, and the stage.
#include "session_play.h"

#include <stdio.h>
#include <string.h>

#include "str.h"

#define WORDS 4
#define WORD_SIZE 32

struct words {
    char word[WORDS][WORD_SIZE];
    size_t count;
};

static bool split(const char *line, struct words *words)
{
    *words = (struct words){};
    while (*line != '\0') {
        size_t length = strcspn(line, " ");
        if (length == 0 || length >= WORD_SIZE || words->count == WORDS)
            return false;
        memcpy(words->word[words->count], line, length);
        words->count++;
        line += length;
        line += strspn(line, " ");
    }
    return words->count > 0;
}

// The place of a word in a list of names; -1 when it is not there.
static int place(const char *word, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(word, names[i]))
            return (int)i;
    return -1;
}
#define PLACE(word, names) place(word, names, sizeof(names) / sizeof *(names))

static const char *const languages[] = {"fr", "nl", "de", "en"};
static const char *const verdicts[] = {"GOOD",    "MUTE",           "BANK",
                                       "OTHER",   "FOREIGN",        "KIDS",
                                       "EXPIRED", "NOT_VERIFIABLE", "NOT_ACTIVATED"};
static const char *const printers[] = {"UNKNOWN", "READY", "EMPTY", "TROUBLE", "OFFLINE"};
static const char *const refusals[] = {
    "UNKNOWN_RESIDENT",    "MINOR",           "SEE_COUNTER",  "CARD_BLOCKED",
    "CARD_NOT_VERIFIABLE", "CHALLENGE_STALE", "NOT_POSSIBLE", "SERVICE"};

static const char *const ways[] = {"QR", "TERMINAL"};
static const char *const noes[] = {"REFUSED", "EXPIRED", "CANCELLED"};

static bool number(const char *word, int *out)
{
    int64_t value = 0;

    if (str_to_int(word, -1, 1000000, &value) != RESULT_OK)
        return false;
    *out = (int)value;
    return true;
}

static bool choice(int found, int *out)
{
    *out = found;
    return found >= 0;
}

static bool parse_card(const struct words *words, struct session_event *event)
{
    int verdict = 0, tries = -1;

    if (!choice(PLACE(words->word[1], verdicts), &verdict))
        return false;
    if (words->count >= 3 && !number(words->word[2], &tries))
        return false;
    if (words->count == 4 && !str_equal(words->word[3], "PAD"))
        return false;
    event->card.pad = words->count == 4;
    event->card.verdict = (enum session_card)verdict;
    event->card.tries_left = tries;
    event->card.valid_until_day = verdict == SESSION_CARD_EXPIRED ? 20000 : 0;
    return true;
}

static bool parse_known(const struct words *words, struct session_event *event)
{
    int tries = -1;

    if (!number(words->word[1], &tries) || words->count > 3 ||
        (words->count == 3 && !str_equal(words->word[2], "PAD")))
        return false;
    event->card.tries_left = tries;
    event->card.pad = words->count == 3;
    return true;
}

static bool parse_order(const struct words *words, struct session_event *event)
{
    int pages = 0, price = 0;

    if (!number(words->word[1], &pages) || (words->count == 3 && !number(words->word[2], &price)) ||
        words->count > 3)
        return false;
    event->order.pages = pages;
    event->order.price_cents = price;
    return str_copy(event->order.reference, sizeof event->order.reference, "BXL-0001") == RESULT_OK;
}

static bool parse_counted(const struct words *words, struct session_event *event)
{
    int value = 0;

    if (!number(words->word[1], &value))
        return false;
    if (event->kind == EVENT_DOCUMENT_CHOSEN || event->kind == EVENT_SUBJECT_CHOSEN ||
        event->kind == EVENT_PURPOSE_CHOSEN || event->kind == EVENT_OPTION_CHOSEN)
        event->index = (size_t)value;
    else if (event->kind == EVENT_RECEIPT_CHANGED)
        event->works = value != 0;
    else
        event->count = value;
    return true;
}

static bool parse_language(const struct words *words, struct session_event *event)
{
    int found = 0;

    if (!choice(PLACE(words->word[1], languages), &found))
        return false;
    event->language = (enum language)found;
    return true;
}

static bool parse_printer(const struct words *words, struct session_event *event)
{
    int found = 0;

    if (!choice(PLACE(words->word[1], printers), &found))
        return false;
    event->printer.condition = (enum session_printer)found;
    return true;
}

static bool parse_refusal(const struct words *words, struct session_event *event)
{
    int found = 0;

    if (!choice(PLACE(words->word[1], refusals), &found))
        return false;
    event->refusal = (enum session_refusal)found;
    return true;
}

// Who has no child needs no word.
static bool parse_family(const struct words *words, struct session_event *event)
{
    event->catalogue = play_family();
    return words->count == 2 && str_equal(words->word[1], "CHILD");
}

static bool parse_way(const struct words *words, struct session_event *event)
{
    int found = 0;

    if (!choice(PLACE(words->word[1], ways), &found))
        return false;
    event->way = (enum session_way)found;
    return true;
}

static bool parse_ways(const struct words *words, struct session_event *event)
{
    int found = 0;

    if (words->count != 3 || !choice(PLACE(words->word[1], ways), &found))
        return false;
    event->payment.way = (enum session_way)found;
    event->payment.works = str_equal(words->word[2], "1");
    return true;
}

static bool parse_no(const struct words *words, struct session_event *event)
{
    int found = 0;

    if (!choice(PLACE(words->word[1], noes), &found))
        return false;
    event->payment.no = (enum session_no)found;
    return true;
}

static bool parse_payment_number(const struct words *words, struct session_event *event)
{
    int value = 0;

    if (!number(words->word[1], &value))
        return false;
    if (event->kind == EVENT_PAYMENT_SHOWN)
        event->payment.milliseconds = (uint32_t)value;
    else
        event->payment.prompt = (enum session_prompt)value;
    return true;
}

typedef bool parser(const struct words *words, struct session_event *event);
static parser *const parsers[SESSION_EVENT_COUNT] = {
    [EVENT_LANGUAGE_CHOSEN] = parse_language,
    [EVENT_PAPER_LANGUAGE_CHOSEN] = parse_language,
    [EVENT_PIN_DIGITS] = parse_counted,
    [EVENT_DOCUMENT_CHOSEN] = parse_counted,
    [EVENT_CARD_KNOWN] = parse_known,
    [EVENT_CARD_READ] = parse_card,
    [EVENT_PIN_REFUSED] = parse_counted,
    [EVENT_BACKEND_REFUSED] = parse_refusal,
    [EVENT_ORDERED] = parse_order,
    [EVENT_PAGE_DRAWN] = parse_counted,
    [EVENT_PRINTER_CHANGED] = parse_printer,
    [EVENT_RECEIPT_CHANGED] = parse_counted,
    [EVENT_PRINT_PROGRESS] = parse_counted,
    [EVENT_PRINT_COMPLETED] = parse_counted,
    [EVENT_PRINT_ABORTED] = parse_counted,
    [EVENT_SUBJECT_CHOSEN] = parse_counted,
    [EVENT_PURPOSE_CHOSEN] = parse_counted,
    [EVENT_OPTION_CHOSEN] = parse_counted,
    [EVENT_PROVED] = parse_family,
    [EVENT_WAY_CHOSEN] = parse_way,
    [EVENT_PAYMENT_CHANGED] = parse_ways,
    [EVENT_PAYMENT_REFUSED] = parse_no,
    [EVENT_PAYMENT_SHOWN] = parse_payment_number,
    [EVENT_PAYMENT_PROMPT] = parse_payment_number,
};

static bool parse_kind(const char *word, enum session_event_kind *kind)
{
    for (int i = 0; i < SESSION_EVENT_COUNT; i++) {
        if (str_equal(word, session_event_name((enum session_event_kind)i))) {
            *kind = (enum session_event_kind)i;
            return true;
        }
    }
    return false;
}

bool play_parse(const char *line, struct session_event *event)
{
    struct words words;

    *event = (struct session_event){};
    if (split(line, &words) && parse_kind(words.word[0], &event->kind)) {
        parser *parse = parsers[event->kind];
        bool plain = parse == NULL || (event->kind == EVENT_PROVED && words.count == 1);
        if (plain ? words.count == 1 : words.count > 1 && parse(&words, event))
            return true;
    }
    (void)fprintf(stderr,
                  "not an event: \"%s\"; expected a name of SESSION_EVENT_LIST and what it "
                  "carries\n",
                  line);
    return false;
}

static const struct catalogue_purpose purposes[] = {
    {.id = "school", .eligible = true},
    {.id = "abroad", .eligible = true, .information = {"i", "i", "i", "i"}},
    {.id = "costly", .eligible = false, .price_cents = 500},
};
static const struct catalogue_option options[] = {{.id = "history"}, {.id = "sex"}};

// One that asks nothing but its language, one that cannot be had, one that asks everything.
static const struct catalogue_document documents[] = {
    {.kind = "household", .eligible = true, .in_language = {true, true}},
    {.kind = "nationality", .eligible = false, .in_language = {true, true}},
    {.kind = "residence",
     .eligible = true,
     .in_language = {true, true},
     .purpose_count = 3,
     .purposes = purposes,
     .option_count = 2,
     .options = options},
};

const struct catalogue *play_catalogue(void)
{
    static const struct catalogue catalogue = {.count = 3, .documents = documents};

    return &catalogue;
}

const struct catalogue *play_family(void)
{
    static const struct catalogue_child children[] = {
        {.subject = "child-1", .name = "Amélie", .count = 3, .documents = documents}};
    static const struct catalogue catalogue = {
        .count = 3, .documents = documents, .child_count = 1, .children = children};

    return &catalogue;
}

struct session_limits play_limits(void)
{
    return (struct session_limits){
        .choose = 60000,
        .insert = 60000,
        .reading = 12000,
        .pin = 60000,
        .last_try = 120000,
        .message = 60000,
        .preview = 90000,
        .page_shown = 30000,
        .backend = 30000,
        .issue = 45000,
        .still_there = 60000,
        .paper_empty = 300000,
        .trouble = 180000,
        .take_card = 15000,
        .card_left = 120000,
        .take_paper = 15000,
        .receipt = 20000,
        .end = 8000,
        .early = 15000,
        .help = 120000,
        .terminal = 180000,
        .pay_check = 60000,
    };
}

struct play play_begin(void)
{
    struct session_limits limits = play_limits();

    return (struct play){.session = session_begin(&limits), .now = 1000};
}

static const struct {
    enum session_event_kind answer;
    enum session_effect_kind question;
} answers[] = {
    {EVENT_CARD_KNOWN, EFFECT_READ_CARD},
    {EVENT_CARD_READ, EFFECT_READ_CARD},
    {EVENT_CARD_FAILED, EFFECT_READ_CARD},
    {EVENT_PIN_ACCEPTED, EFFECT_VERIFY_PIN},
    {EVENT_PIN_REFUSED, EFFECT_VERIFY_PIN},
    {EVENT_PIN_FAILED, EFFECT_VERIFY_PIN},
    {EVENT_PIN_ACCEPTED, EFFECT_VERIFY_PIN_ON_PAD},
    {EVENT_PIN_REFUSED, EFFECT_VERIFY_PIN_ON_PAD},
    {EVENT_PIN_FAILED, EFFECT_VERIFY_PIN_ON_PAD},
    {EVENT_PIN_PAD_CANCELLED, EFFECT_VERIFY_PIN_ON_PAD},
    {EVENT_PIN_PAD_TIMED_OUT, EFFECT_VERIFY_PIN_ON_PAD},
    {EVENT_PIN_PAD_TOO_SHORT, EFFECT_VERIFY_PIN_ON_PAD},
    {EVENT_SIGNED, EFFECT_SIGN_CHALLENGE},
    {EVENT_SIGN_FAILED, EFFECT_SIGN_CHALLENGE},
    {EVENT_CHALLENGED, EFFECT_OPEN_BACKEND_SESSION},
    {EVENT_PROVED, EFFECT_PROVE},
    {EVENT_ORDERED, EFFECT_ORDER_DOCUMENT},
    {EVENT_SEALED, EFFECT_FETCH_DOCUMENT},
    {EVENT_SEAL_REFUSED, EFFECT_FETCH_DOCUMENT},
    {EVENT_BACKEND_REFUSED, EFFECT_OPEN_BACKEND_SESSION},
    {EVENT_BACKEND_REFUSED, EFFECT_PROVE},
    {EVENT_BACKEND_REFUSED, EFFECT_ORDER_DOCUMENT},
    {EVENT_BACKEND_REFUSED, EFFECT_FETCH_DOCUMENT},
    {EVENT_BACKEND_FAILED, EFFECT_OPEN_BACKEND_SESSION},
    {EVENT_BACKEND_FAILED, EFFECT_PROVE},
    {EVENT_BACKEND_FAILED, EFFECT_ORDER_DOCUMENT},
    {EVENT_BACKEND_FAILED, EFFECT_FETCH_DOCUMENT},
    {EVENT_PAGE_DRAWN, EFFECT_DRAW_PAGE},
    {EVENT_PAGE_FAILED, EFFECT_DRAW_PAGE},
    {EVENT_PAYMENT_READY, EFFECT_PREPARE_PAYMENT},
    {EVENT_PAYMENT_NOT_READY, EFFECT_PREPARE_PAYMENT},
    {EVENT_PAYMENT_SHOWN, EFFECT_TAKE_PAYMENT},
    {EVENT_PAYMENT_PROMPT, EFFECT_TAKE_PAYMENT},
    {EVENT_PAYMENT_MADE, EFFECT_TAKE_PAYMENT},
    {EVENT_PAYMENT_REFUSED, EFFECT_TAKE_PAYMENT},
    {EVENT_PAYMENT_UNCLEAR, EFFECT_TAKE_PAYMENT},
    {EVENT_PAYMENT_UNKNOWABLE, EFFECT_TAKE_PAYMENT},
    {EVENT_PAYMENT_MADE, EFFECT_STOP_PAYMENT},
    {EVENT_PAYMENT_REFUSED, EFFECT_STOP_PAYMENT},
    {EVENT_PAYMENT_UNCLEAR, EFFECT_STOP_PAYMENT},
    {EVENT_PAYMENT_UNKNOWABLE, EFFECT_STOP_PAYMENT},
    {EVENT_PRINT_ACCEPTED, EFFECT_PRINT},
    {EVENT_PRINT_PROGRESS, EFFECT_PRINT},
    {EVENT_PRINT_COMPLETED, EFFECT_PRINT},
    {EVENT_PRINT_REFUSED, EFFECT_PRINT},
    {EVENT_PRINT_ABORTED, EFFECT_PRINT},
    {EVENT_PRINT_UNCLEAR, EFFECT_PRINT},
    {EVENT_RECEIPT_PRINTED, EFFECT_PRINT_RECEIPT},
    {EVENT_RECEIPT_FAILED, EFFECT_PRINT_RECEIPT},
    {EVENT_JOURNALED, EFFECT_JOURNAL_ORDER},
    {EVENT_JOURNAL_FAILED, EFFECT_JOURNAL_ORDER},
};

// Which question an answer goes with: the last one of a kind that it can answer.
static uint32_t ticket_for(const struct play *play, enum session_event_kind kind)
{
    uint32_t ticket = 0;

    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
        if (answers[i].answer == kind && play->tickets[answers[i].question] > ticket)
            ticket = play->tickets[answers[i].question];
    return ticket;
}

void play_fill(const struct play *play, struct session_event *event)
{
    bool timer = event->kind == EVENT_TIMER;

    event->now = play->now + (timer ? play->timer_milliseconds : 1);
    for (int i = 0; i < 4; i++)
        event->fresh.bytes[i] = (uint8_t)((play->given_out + 1) >> (8 * i));
    event->ticket = ticket_for(play, event->kind);
    if (timer)
        event->number = play->timer;
    if (event->kind == EVENT_JOURNALED)
        event->state = play->session.order_waiting;
    if (event->kind == EVENT_PROVED && event->catalogue == NULL)
        event->catalogue = play_catalogue();
}

static void notice(struct play *play, const struct session_effect *effect)
{
    if (effect->kind == EFFECT_ARM_TIMER) {
        play->timer = effect->timer.number;
        play->timer_milliseconds = effect->timer.milliseconds;
    } else if (effect->kind == EFFECT_DISARM_TIMER) {
        play->timer = 0;
        play->timer_milliseconds = 0;
    } else if (effect->ticket != 0) {
        play->tickets[effect->kind] = effect->ticket;
    }
}

void play_event(struct play *play, const struct session_event *event)
{
    play->now = event->now;
    play->given_out++;
    session_step(&play->session, event, &play->session, &play->effects);
    for (size_t i = 0; i < play->effects.count; i++)
        notice(play, &play->effects.list[i]);
}

bool play_line(struct play *play, const char *line)
{
    struct session_event event;

    if (!play_parse(line, &event))
        return false;
    play_fill(play, &event);
    play_event(play, &event);
    return true;
}

void play_effects(const struct play *play, char text[PLAY_EFFECTS_SIZE])
{
    size_t length = 0;

    text[0] = '\0';
    for (size_t i = 0; i < play->effects.count; i++) {
        int more = snprintf(text + length, PLAY_EFFECTS_SIZE - length, "%s%s", i == 0 ? "" : " ",
                            session_effect_name(play->effects.list[i].kind));
        if (more < 0 || (size_t)more >= PLAY_EFFECTS_SIZE - length)
            return;
        length += (size_t)more;
    }
}
