#include "place.h"

#include <math.h>

#include "receipt.h"
#include "secret.h"
#include "str.h"

#define UNIT_MM 0.254      // one unit of the design on the panel (ui.h)
#define REFUND_DAYS 5      // working days until a bank shows the money
#define RECEIPT_COLUMNS 48 // 80 mm paper, font A

static enum ui_side side(const char *word)
{
    return word[0] == 'l' ? UI_SIDE_LEFT : UI_SIDE_RIGHT;
}

struct ui_settings place_look(const struct config *config, bool whole_screen)
{
    const struct config_terminal *terminal = &config->terminal;
    double pixels = hypot((double)config->screen.width, (double)config->screen.height);
    struct ui_settings settings = {
        .site = {.phone = terminal->phone},
        .font_directory = config->screen.fonts,
        .pixels_per_unit = whole_screen ? pixels / (double)config->screen.diagonal * UNIT_MM : 0,
    };

    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        settings.site.municipality[language] = terminal->municipality[language];
        settings.site.counter[language] = terminal->counter[language];
    }
    settings.site.card_slot = side(terminal->card_slot);
    settings.site.paper_slot = side(terminal->paper_slot);
    settings.site.receipt_slot = side(terminal->receipt_slot);
    settings.site.pay_slot = side(config->payment.side);
    return settings;
}

static enum receipt_kind kind_of(const struct session_order_note *note)
{
    if (note->price_cents == 0)
        return RECEIPT_FREE;
    if (note->state == ORDER_DELIVERED)
        return RECEIPT_PAID;
    return note->sheets == 0 ? RECEIPT_NOT_PRINTED : RECEIPT_PRINTED_IN_PART;
}

static enum result compose_receipt(void *self, const struct session_order_note *note,
                                   enum language language, int64_t now, struct secret *stream)
{
    const struct config_terminal *terminal = self;
    bool coded = note->verification.code[0] != '\0', costs = note->price_cents > 0;
    const struct receipt receipt = {
        .kind = kind_of(note),
        .language = language,
        .columns = RECEIPT_COLUMNS,
        .specimen = str_equal(terminal->demonstration, "yes"),
        .municipality = terminal->municipality[language],
        .place = terminal->place,
        .terminal = terminal->name,
        .issued = now,
        .reference = note->reference,
        .verification_code = coded ? note->verification.code : NULL,
        .verification_address = coded ? note->verification.address : NULL,
        .price_cents = note->price_cents,
        .help_number = terminal->phone,
        .order = costs ? note->reference : NULL,
        .document = costs ? note->name[language] : NULL,
        .paper = note->paper,
        .sheets = note->pages,
        .sheets_printed = note->sheets > 0 ? note->sheets : 0,
        .payment = {.means = "Bancontact"},
        .refund_days = REFUND_DAYS,
    };
    struct bytes composed;

    TRY(receipt_compose(&receipt, secret_writable(stream), secret_capacity(stream), &composed));
    return secret_set_size(stream, composed.size);
}

struct receipt_composer place_receipt_composer(const struct config_terminal *terminal)
{
    return (struct receipt_composer){.compose = compose_receipt, .self = (void *)terminal};
}
