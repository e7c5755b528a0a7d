// screens.h: one function a screen; the table is in screens.c.
#pragma once
#include "screen.h"

#define SCREEN(name) void screen_##name(struct screen *screen)

SCREEN(attract);
SCREEN(language);
SCREEN(help);
SCREEN(still_there);
SCREEN(starting);
SCREEN(out_of_service);

SCREEN(insert);
SCREEN(reading);
SCREEN(card_mute);
SCREEN(card_refused); // every card that cannot be used; view->screen says which
SCREEN(card_expired);

SCREEN(pin);
SCREEN(pin_on_pad);
SCREEN(pin_forgotten);
SCREEN(pin_wrong);
SCREEN(pin_last_try);
SCREEN(pin_blocked);
SCREEN(pin_cancelled);

SCREEN(authenticating);
SCREEN(backend_down);
SCREEN(register_refused); // unknown, minor, see the counter

SCREEN(subject);
SCREEN(list);
SCREEN(purpose);
SCREEN(abroad);
SCREEN(options);
SCREEN(document_language);

SCREEN(issuing);
SCREEN(preview);
SCREEN(issue_failed); // and seal bad
SCREEN(pay_choice);
SCREEN(pay_qr);
SCREEN(pay_terminal);
SCREEN(pay_unpaid); // refused, expired, cancelled
SCREEN(pay_checking);
SCREEN(pay_unknown);
SCREEN(pay_down);
SCREEN(paid_not_printed);
SCREEN(printing);
SCREEN(printer_empty);
SCREEN(printer_trouble);
SCREEN(not_printed);

SCREEN(take_card);
SCREEN(card_left);
SCREEN(take_paper);
SCREEN(receipt);
SCREEN(receipt_printing);
SCREEN(receipt_none);
SCREEN(end);
SCREEN(card_early);
SCREEN(timed_out);
