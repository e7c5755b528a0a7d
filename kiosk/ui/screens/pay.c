// Paying: which way, the code to scan, the payment terminal, and what became of the money. Each
// screen says what happened, whether money moved, and what to do now.
#include "screens.h"

#define CODE_HEIGHT 560      // units: 142 mm, never below 60 mm
#define CODE_HEIGHT_WIDE 480 // on a lying panel

static struct filled amount(const struct screen *screen)
{
    struct filled filled;

    if (text_amount(screen->view->price_cents, screen->view->language, filled.text,
                    sizeof filled.text) != RESULT_OK)
        filled.text[0] = '\0';
    return filled;
}

static void title(struct screen *screen, enum text_id id, enum picture icon)
{
    widget_picture(screen_title(screen, screen_text(screen, id)), icon);
}

// ---- which way

static void add_way(struct screen *screen, enum session_way way)
{
    bool phone = way == SESSION_WAY_QR;
    struct widget *key = screen_add(screen, WIDGET_WAY, ZONE_DO, phone ? "pay-qr" : "pay-terminal",
                                    screen_text(screen, phone ? TEXT_PAY_PHONE : TEXT_PAY_CARD));

    widget_picture(key, phone ? ICON_QR_PHONE : ICON_PAY_TERMINAL);
    key->row = 1;
    key->height = screen->wide ? 560 : 680;
    key->floats = true;
    key->shrinks = true;
    key->act.kind = UI_ACTION_EVENT;
    key->act.event = EVENT_WAY_CHOSEN;
    key->act.value = (int)way;
}

// Only the ways that work now are offered; both look alike, so that nobody is nudged.
SCREEN(pay_choice)
{
    const struct view *view = screen->view;

    screen_title(screen,
                 FILL(screen_text(screen, TEXT_PAY_TITLE), {"amount", amount(screen).text}).text);
    if (view->terminal_works)
        add_way(screen, SESSION_WAY_TERMINAL);
    if (view->qr_works)
        add_way(screen, SESSION_WAY_QR);
    (void)screen_notice(screen, ZONE_FOOT, TONE_FACT, ICON_COUNTER,
                        screen_text(screen, TEXT_PAY_CASH));
    screen->left = LEFT_BACK;
    screen->help = true;
}

static void add_amount(struct screen *screen, enum zone zone)
{
    struct widget *text = screen_add(screen, WIDGET_TEXT, zone, "amount", amount(screen).text);

    text->style = STYLE_PARTING;
}

// What nobody can do anything about but wait; stopping is under way.
static void waiting(struct screen *screen)
{
    screen_lead(screen,
                screen_text(screen, screen->view->pay_stopping ? TEXT_PAY_STOPPING : TEXT_WAIT));
    screen_scene(screen, SCENE_HOURGLASS);
    screen_busy(screen)->gap = 48;
}

// ---- the code

static void add_ring(struct screen *screen)
{
    const struct view *view = screen->view;
    uint64_t now = screen->frame->now;
    uint64_t left = view->countdown_until > now ? view->countdown_until - now : 0;
    int seconds = (int)((left + 999) / 1000);
    struct filled words =
        FILL(text_form(TEXT_QR_BODY, view->language, seconds), {"s", screen_number(seconds).text});
    struct widget *ring = screen_add(screen, WIDGET_RING, ZONE_FOOT, "ring", words.text);

    if (left > 0)
        screen_wake_at(screen, now + (left - 1) % 1000 + 1);
    ring->style = STYLE_TEXT;
    ring->value = seconds;
    ring->total = 120;
}

static void add_code(struct screen *screen)
{
    const char *said = screen->frame->code;
    struct widget *code;

    if (said == NULL || said[0] == '\0')
        return;
    code = screen_symbol(screen, "code", said);
    code->height = screen->wide ? CODE_HEIGHT_WIDE : CODE_HEIGHT;
    code->floats = true;
}

SCREEN(pay_qr)
{
    const struct view *view = screen->view;
    bool scanned = view->prompt == SESSION_PROMPT_SCANNED;

    if (!view->code_shown || view->pay_stopping) {
        screen_title(screen, screen_text(screen, TEXT_QR_TITLE));
        waiting(screen);
    } else if (scanned) {
        screen_title(screen, screen_text(screen, TEXT_QR_SCANNED));
        add_amount(screen, ZONE_SAY);
        screen_scene(screen, SCENE_TERMINAL);
    } else {
        screen_title(screen, screen_text(screen, TEXT_QR_TITLE));
        add_amount(screen, ZONE_SAY);
        add_code(screen);
        add_ring(screen);
    }
    if (!view->pay_stopping)
        screen->left = LEFT_STOP;
}

// ---- the payment terminal

static enum text_id prompt_text(enum session_prompt prompt)
{
    switch (prompt) {
    case SESSION_PROMPT_WAIT:
    case SESSION_PROMPT_SCANNED:
        return TEXT_WAIT;
    case SESSION_PROMPT_CONFIRM_AMOUNT:
        return TEXT_TERM_CONFIRM;
    case SESSION_PROMPT_INSERT_CARD:
        return TEXT_TERM_INSERT;
    case SESSION_PROMPT_ENTER_PIN:
        return TEXT_TERM_PIN;
    case SESSION_PROMPT_PIN_WRONG:
        return TEXT_TERM_PINWRONG;
    case SESSION_PROMPT_TAKE_CARD:
        return TEXT_TERM_TAKE;
    case SESSION_PROMPT_CARD_NOT_READABLE:
        return TEXT_TERM_UNREADABLE;
    case SESSION_PROMPT_CARD_NOT_TAKEN:
        return TEXT_TERM_NOTTAKEN;
    }
    return TEXT_WAIT;
}

SCREEN(pay_terminal)
{
    const char *where = screen_where(screen, screen->site->pay_slot);

    screen_title(screen, screen_text(screen, TEXT_TERM_TITLE));
    if (screen->view->pay_stopping) {
        waiting(screen);
        return;
    }
    screen_lead(screen, FILL(screen_text(screen, TEXT_TERM_BODY), {"where", where}).text);
    add_amount(screen, ZONE_SAY);
    screen_scene(screen, SCENE_TERMINAL);
    (void)screen_notice(screen, ZONE_FOOT, TONE_FACT, ICON_PAY_TERMINAL,
                        screen_text(screen, prompt_text(screen->view->prompt)));
    screen_pointer(screen, screen->site->pay_slot);
    screen->left = LEFT_STOP;
}

// ---- nothing was paid

SCREEN(pay_unpaid)
{
    enum session_screen which = screen->view->screen;
    bool expired = which == SCREEN_PAY_EXPIRED, refused = which == SCREEN_PAY_REFUSED;

    title(screen,
          expired   ? TEXT_PAYTIME_TITLE
          : refused ? TEXT_REFUSED_TITLE
                    : TEXT_PAYCANCEL_TITLE,
          expired ? ICON_CLOCK : ICON_ERROR);
    screen_lead(screen, screen_text(screen, refused ? TEXT_REFUSED_BODY : TEXT_PAYTIME_BODY));
    screen_scene(screen, SCENE_TERMINAL);
    screen_counter_notice(screen);
    screen_main(screen,
                screen_text(screen, screen->view->document_stays ? TEXT_PAY_AGAIN : TEXT_CONTINUE),
                ICON_NEXT);
    screen->left = LEFT_STOP;
    screen->help = true;
}

SCREEN(pay_down)
{
    title(screen, TEXT_PAYDOWN_TITLE, ICON_NETWORK_DOWN);
    screen_lead(screen, screen_text(screen, TEXT_PAYDOWN_BODY));
    screen_scene(screen, SCENE_CLOSED);
    screen_counter_notice(screen);
    screen_main(screen, screen_text(screen, TEXT_PAYDOWN_FREE), ICON_NEXT);
    screen->left = LEFT_BACK;
    screen->help = true;
}

// ---- nobody knows

SCREEN(pay_checking)
{
    title(screen, TEXT_PAYUNK_TITLE, ICON_CLOCK);
    screen_lead(screen, screen_text(screen, TEXT_PAYUNK_BODY));
    screen_scene(screen, SCENE_HOURGLASS);
    screen_busy(screen)->gap = 48;
    screen->left = LEFT_STOP;
}

// The reference, large, and as a code to photograph where no slip comes out.
static void add_reference(struct screen *screen)
{
    const struct view *view = screen->view;
    struct widget *widget = screen_add(screen, WIDGET_PANEL, ZONE_DO, "sheet", NULL);

    widget->colour = COLOUR_SHEET;
    widget->value = 24;
    widget->members = view->slip_failed ? 2 : 1;
    widget->floats = true;
    widget = screen_add(screen, WIDGET_TITLE, ZONE_DO, "reference", view->reference);
    widget->style = STYLE_TITLE;
    widget->align = ALIGN_CENTRE;
    widget->ground = COLOUR_SHEET;
    if (!view->slip_failed) {
        (void)screen_notice(
            screen, ZONE_FOOT, TONE_FACT, ICON_RECEIPT,
            FILL(screen_text(screen, view->slip_printed ? TEXT_RECEIPT_TAKE : TEXT_SLIP_COMING),
                 {"where", screen_where(screen, screen->site->receipt_slot)})
                .text);
        return;
    }
    screen_symbol(screen, "symbol", view->reference)->gap = 40;
    (void)screen_notice(screen, ZONE_FOOT, TONE_WARNING, ICON_PHONE,
                        screen_text(screen, TEXT_SLIP_NONE));
}

static void finish_money(struct screen *screen)
{
    add_reference(screen);
    screen_counter_notice(screen);
    if (screen->view->card_in)
        screen_pointer(screen, screen->site->card_slot);
    screen_main(screen, screen_text(screen, TEXT_CONTINUE), ICON_CHECK);
    screen->help = true;
}

SCREEN(pay_unknown)
{
    title(screen, TEXT_PAYSLIP_TITLE, ICON_WARNING);
    screen_lead(screen, screen_text(screen, TEXT_PAYSLIP_BODY));
    finish_money(screen);
}

SCREEN(paid_not_printed)
{
    bool staff = screen->view->money == SESSION_MONEY_STAFF;

    title(screen, TEXT_PAIDNOT_TITLE, ICON_REFUND);
    screen_lead(screen, FILL(screen_text(screen, staff ? TEXT_PAIDSTAFF_BODY : TEXT_PAIDNOT_BODY),
                             {"amount", amount(screen).text})
                            .text);
    finish_money(screen);
}
