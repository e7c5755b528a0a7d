#include "screens.h"

static void (*const table[SESSION_SCREEN_COUNT])(struct screen *screen) = {
    [SCREEN_ATTRACT] = screen_attract,
    [SCREEN_LANGUAGE] = screen_language,
    [SCREEN_INSERT] = screen_insert,
    [SCREEN_READING] = screen_reading,
    [SCREEN_CARD_MUTE] = screen_card_mute,
    [SCREEN_CARD_BANK] = screen_card_refused,
    [SCREEN_CARD_OTHER] = screen_card_refused,
    [SCREEN_CARD_FOREIGN] = screen_card_refused,
    [SCREEN_CARD_KIDS] = screen_card_refused,
    [SCREEN_CARD_EXPIRED] = screen_card_expired,
    [SCREEN_CARD_BLOCKED] = screen_card_refused,
    [SCREEN_CARD_NOT_VERIFIABLE] = screen_card_refused,
    [SCREEN_CARD_NOT_ACTIVATED] = screen_card_refused,
    [SCREEN_PIN] = screen_pin,
    [SCREEN_PIN_CHECKING] = screen_pin,
    [SCREEN_PIN_ON_PAD] = screen_pin_on_pad,
    [SCREEN_PIN_FORGOTTEN] = screen_pin_forgotten,
    [SCREEN_PIN_WRONG] = screen_pin_wrong,
    [SCREEN_PIN_LAST_TRY] = screen_pin_last_try,
    [SCREEN_PIN_BLOCKED] = screen_pin_blocked,
    [SCREEN_PIN_CANCELLED] = screen_pin_cancelled,
    [SCREEN_AUTHENTICATING] = screen_authenticating,
    [SCREEN_BACKEND_DOWN] = screen_backend_down,
    [SCREEN_UNKNOWN_RESIDENT] = screen_register_refused,
    [SCREEN_MINOR] = screen_register_refused,
    [SCREEN_SEE_COUNTER] = screen_register_refused,
    [SCREEN_SUBJECT] = screen_subject,
    [SCREEN_LIST] = screen_list,
    [SCREEN_PURPOSE] = screen_purpose,
    [SCREEN_ABROAD] = screen_abroad,
    [SCREEN_OPTIONS] = screen_options,
    [SCREEN_DOCUMENT_LANGUAGE] = screen_document_language,
    [SCREEN_PREVIEW] = screen_preview,
    [SCREEN_ISSUING] = screen_issuing,
    [SCREEN_SEAL_BAD] = screen_issue_failed,
    [SCREEN_ISSUE_FAILED] = screen_issue_failed,
    [SCREEN_PRINTING] = screen_printing,
    [SCREEN_PRINTER_EMPTY] = screen_printer_empty,
    [SCREEN_PRINTER_TROUBLE] = screen_printer_trouble,
    [SCREEN_NOT_PRINTED] = screen_not_printed,
    [SCREEN_TAKE_CARD] = screen_take_card,
    [SCREEN_CARD_LEFT] = screen_card_left,
    [SCREEN_TAKE_PAPER] = screen_take_paper,
    [SCREEN_RECEIPT] = screen_receipt,
    [SCREEN_RECEIPT_PRINTING] = screen_receipt_printing,
    [SCREEN_RECEIPT_NONE] = screen_receipt_none,
    [SCREEN_END] = screen_end,
    [SCREEN_CARD_EARLY] = screen_card_early,
    [SCREEN_STILL_THERE] = screen_still_there,
    [SCREEN_TIMED_OUT] = screen_timed_out,
    [SCREEN_OUT_OF_SERVICE] = screen_out_of_service,
    [SCREEN_HELP] = screen_help,
    [SCREEN_STARTING] = screen_starting,
};

void screens_make(struct screen *screen)
{
    screen->wall = COLOUR_GROUND;
    frame_begin(screen);
    table[screen->view->screen](screen);
    frame_finish(screen);
    layout_screen(screen);
}
