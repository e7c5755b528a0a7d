#include "script.h"

#include "str.h"

// clang-format off
const struct story script_stories[] = {
    {"none", NULL, "DELIVERED", "nothing goes wrong", NULL, NULL},
    {"wrong-pin", "PIN_WRONG", "DELIVERED", "a wrong PIN first, then the right one", NULL, NULL},
    {"last-try", "PIN_LAST_TRY", "DELIVERED", "two wrong PINs, consent, then the right one",
     NULL, NULL},
    {"pin-blocked", "PIN_BLOCKED", "NONE", "three wrong PINs", NULL, NULL},
    {"bank-card", "CARD_BANK", "DELIVERED", "a bank card first, then the identity card",
     NULL, NULL},
    {"card-upside-down", "CARD_MUTE", "DELIVERED",
     "the card upside down first, then the right way", NULL, NULL},
    {"card-pulled", "TAKE_PAPER", "DELIVERED", "the card is pulled while the sheet prints",
     NULL, NULL},
    {"paper-empty", "PRINTER_EMPTY", "DELIVERED", "the tray is empty, then filled again",
     NULL, NULL},
    {"page-shown", "PREVIEW", "DELIVERED", "nothing; the resident looks at the page first",
     NULL, NULL},
    {"paid-qr", "PAY_QR", "DELIVERED", "nothing; the document costs something, paid by telephone",
     NULL, NULL},
    {"backend-down", "BACKEND_DOWN", "NONE", "the municipality is gone before the proof",
     NULL, NULL},
    {"backend-down-late", "BACKEND_DOWN", "CLOSED", "it is gone before the document is made",
     NULL, NULL},
    {"seal-of-another", "SEAL_BAD", "CLOSED", "the seal is somebody else's", "seal", NULL},
    {"seal-not-trusted", "SEAL_BAD", "CLOSED", "the seal's authority is not the terminal's",
     "seal", NULL},

    {"laser-jam", "PRINTER_TROUBLE", "DELIVERED", "a jam, cleared", "laser-repaired", "media-jam"},
    {"laser-cover-open", "PRINTER_TROUBLE", "DELIVERED", "a cover open, closed again",
     "laser-repaired", "cover-open"},
    {"laser-toner", "PRINTER_TROUBLE", "DELIVERED", "no toner, changed", "laser-repaired",
     "toner-empty"},
    {"laser-paused", "PRINTER_TROUBLE", "DELIVERED", "paused at its panel, then not",
     "laser-repaired", "paused"},
    {"laser-stopped", "PRINTER_TROUBLE", "DELIVERED", "stops without a word, then goes on",
     "laser-repaired", "processing-stopped"},
    {"laser-output-full", "PRINTER_TROUBLE", "DELIVERED", "the tray it puts paper in is full",
     "laser-repaired", "output-area-full"},
    {"laser-unknown-reason", "PRINTER_TROUBLE", "DELIVERED", "needs something nobody has heard of",
     "laser-repaired", "word-nobody-knows"},
    {"laser-wrong-paper", "PRINTER_EMPTY", "CLOSED", "no paper, and the resident stops",
     "laser-given-up", "media-needed"},
    {"laser-jam-given-up", "PRINTER_TROUBLE", "CLOSED", "a jam, and the resident stops",
     "laser-given-up", "interlock-open"},
    {"laser-gone", "NOT_PRINTED", "CLOSED", "gone before a byte has left", "laser-lasts",
     "offline"},
    {"laser-refuses", "NOT_PRINTED", "CLOSED", "refuses the document", "laser-lasts",
     "refuses-this-pdf"},
    {"laser-aborts", "NOT_PRINTED", "CLOSED", "gives the job up", "laser-lasts", "aborts-at-once"},
    {"laser-aborts-uncounted", "NOT_PRINTED", "STAFF", "gives the job up and counts no sheets",
     "laser-lasts", "aborts-uncounted"},
    {"laser-cut-in-document", "NOT_PRINTED", "STAFF", "the line is cut in the document",
     "laser-lasts", "cut-in-document"},
    {"laser-forgets", "NOT_PRINTED", "STAFF", "starts anew and has forgotten the job",
     "laser-lasts", "starts-anew"},
    {"laser-cut-before-answer", "TAKE_PAPER", "DELIVERED", "the line is cut before its answer",
     "laser-prints", "cut-before-answer"},
    {"laser-low", "TAKE_PAPER", "DELIVERED", "little paper is left, and it prints",
     "laser-prints", "media-low"},

    {"receipt-paper-out", "RECEIPT_NONE", "DELIVERED", "no paper for receipts from the start",
     "receipt-before", "paper-out"},
    {"receipt-cover-open", "RECEIPT_NONE", "DELIVERED", "its cover opens before the receipt",
     "receipt-lost", "cover-open"},
    {"receipt-cutter", "RECEIPT_NONE", "DELIVERED", "its knife is stuck", "receipt-lost", "cutter"},
    {"receipt-offline", "RECEIPT_NONE", "DELIVERED", "it answers no more", "receipt-lost",
     "offline"},
    {"receipt-ends-midway", "RECEIPT_NONE", "DELIVERED", "its paper ends in the receipt",
     "receipt-lost", "paper-out-after 5"},
    {"receipt-near-end", "RECEIPT_PRINTING", "DELIVERED", "its paper is nearly at its end",
     "receipt-before", "near-end"},
};
// clang-format on
const size_t script_story_count = sizeof script_stories / sizeof *script_stories;

const struct story *script_find_story(const char *fault)
{
    for (size_t i = 0; i < script_story_count; i++)
        if (str_equal(script_stories[i].fault, fault))
            return &script_stories[i];
    return NULL;
}

static const struct rule rules[] = {
    {"pin-blocked", "PIN", 0, NULL, {ACT_TYPE_WRONG_PIN}},
    {"pin-blocked", "PIN_ON_PAD", 0, NULL, {ACT_TYPE_WRONG_PIN}},
    {"backend-down-late", "OUT_OF_SERVICE", 0, NULL, {ACT_GREET_OR_LEAVE}},
    {"backend-down-late", "LIST", 1, NULL, {ACT_STOP_CITY, ACT_ANSWER}},
    {"laser-repaired", "PREVIEW", 1, "main", {ACT_BREAK_LASER, ACT_PRESS}},
    {"laser-repaired", "PRINTER_EMPTY", 0, NULL, {ACT_REPAIR_LASER}},
    {"laser-repaired", "PRINTER_TROUBLE", 0, NULL, {ACT_REPAIR_LASER}},
    {"laser-repaired", "PRINTING", 0, "no", {ACT_RELEASE_SHEET, ACT_PRESS_ONCE_NOTICED}},
    {"laser-given-up", "PREVIEW", 1, "main", {ACT_BREAK_LASER, ACT_PRESS}},
    {"laser-given-up", "PRINTER_EMPTY", 0, "no", {ACT_PRESS}},
    {"laser-given-up", "PRINTER_TROUBLE", 0, "no", {ACT_PRESS}},
    {"laser-given-up", "PRINTING", 0, NULL, {ACT_RELEASE_SHEET}},
    {"laser-given-up", "OUT_OF_SERVICE", 0, NULL, {ACT_REPAIR_LASER}},
    {"laser-lasts", "PREVIEW", 1, "main", {ACT_BREAK_LASER, ACT_PRESS}},
    {"laser-lasts", "PRINTING", 0, NULL, {ACT_RELEASE_SHEET}},
    {"laser-lasts", "OUT_OF_SERVICE", 0, NULL, {ACT_REPAIR_LASER}},
    {"laser-prints", "PREVIEW", 1, "main", {ACT_BREAK_LASER, ACT_PRESS}},
    {"laser-before", "ATTRACT", 1, NULL, {ACT_BREAK_LASER, ACT_GREET_OR_LEAVE}},
    {"laser-before", "LANGUAGE", 0, NULL, {ACT_NOTHING}},
    {"laser-before", "OUT_OF_SERVICE", 0, NULL, {ACT_REPAIR_LASER}},
    {"laser-before", "ATTRACT", 0, NULL, {ACT_LEAVE}},
    {"receipt-before", "ATTRACT", 1, NULL, {ACT_BREAK_RECEIPTS, ACT_GREET_OR_LEAVE}},
    {"receipt-lost", "RECEIPT", 1, "yes", {ACT_BREAK_RECEIPTS, ACT_PRESS}},
    {"wrong-pin", "PIN", 1, NULL, {ACT_TYPE_WRONG_PIN}},
    {"last-try", "PIN", 1, NULL, {ACT_TYPE_WRONG_PIN}},
    {"last-try", "PIN", 2, NULL, {ACT_TYPE_WRONG_PIN}},
    {"wrong-pin", "PIN_ON_PAD", 1, NULL, {ACT_TYPE_WRONG_PIN}},
    {"last-try", "PIN_ON_PAD", 1, NULL, {ACT_TYPE_WRONG_PIN}},
    {"last-try", "PIN_ON_PAD", 2, NULL, {ACT_TYPE_WRONG_PIN}},
    {"bank-card", "INSERT", 1, NULL, {ACT_INSERT_BANK_CARD}},
    {"card-upside-down", "INSERT", 1, NULL, {ACT_INSERT_UPSIDE_DOWN}},
    {"card-pulled", "PRINTING", 1, NULL, {ACT_PULL_CARD}},
    {"page-shown", "PREVIEW", 1, "main", {ACT_SHOW_PAGE, ACT_PRESS_AFTER_PAGE}},
    {"paper-empty", "PREVIEW", 1, "main", {ACT_EMPTY_TRAY, ACT_PRESS}},
    {"paper-empty", "PRINTER_EMPTY", 1, NULL, {ACT_FILL_TRAY}},
    {"backend-down", "PIN", 1, NULL, {ACT_STOP_CITY, ACT_TYPE_PIN}},
    {"backend-down", "PIN_ON_PAD", 1, NULL, {ACT_STOP_CITY, ACT_TYPE_PIN}},

    {NULL, "STARTING", 0, NULL, {ACT_NOTHING}},
    {NULL, "OUT_OF_SERVICE", 0, NULL, {ACT_NOTHING}},
    {NULL, "ATTRACT", 0, NULL, {ACT_GREET_OR_LEAVE}},
    {NULL, "LANGUAGE", 0, NULL, {ACT_PRESS_LANGUAGE}},
    {NULL, "INSERT", 0, NULL, {ACT_INSERT_CARD}},
    {NULL, "READING", 0, NULL, {ACT_NOTHING}},
    {NULL, "CARD_BANK", 0, NULL, {ACT_PULL_CARD}},
    {NULL, "CARD_MUTE", 0, NULL, {ACT_PULL_CARD}},
    {NULL, "PIN", 0, NULL, {ACT_TYPE_PIN}},
    {NULL, "PIN_ON_PAD", 0, NULL, {ACT_TYPE_PIN}},
    {NULL, "PIN_CHECKING", 0, NULL, {ACT_NOTHING}},
    {NULL, "PIN_WRONG", 0, "main", {ACT_PRESS}},
    {NULL, "PIN_LAST_TRY", 0, "main", {ACT_PRESS}},
    {NULL, "AUTHENTICATING", 0, NULL, {ACT_NOTHING}},
    {NULL, "PIN_BLOCKED", 0, "stop", {ACT_PRESS}},
    {NULL, "BACKEND_DOWN", 0, "stop", {ACT_PRESS}},
    {NULL, "SUBJECT", 0, NULL, {ACT_ANSWER}},
    {NULL, "LIST", 0, NULL, {ACT_ANSWER}},
    {NULL, "PURPOSE", 0, NULL, {ACT_ANSWER}},
    {NULL, "ABROAD", 0, "main", {ACT_PRESS}},
    {NULL, "OPTIONS", 0, "main", {ACT_ANSWER}},
    {NULL, "DOCUMENT_LANGUAGE", 0, NULL, {ACT_PRESS_PAPER}},
    {NULL, "ISSUING", 0, NULL, {ACT_NOTHING}},
    {NULL, "PREVIEW", 0, "main", {ACT_PRESS}},
    {NULL, "PAY_CHOICE", 0, "pay-qr", {ACT_PRESS}},
    {NULL, "PAY_QR", 0, NULL, {ACT_PAY_BY_PHONE}},
    {NULL, "PRINTING", 0, "no", {ACT_RELEASE_SHEET, ACT_PRESS}},
    {NULL, "SEAL_BAD", 0, "stop", {ACT_PRESS}},
    {NULL, "ISSUE_FAILED", 0, "stop", {ACT_PRESS}},
    {NULL, "PRINTER_EMPTY", 0, NULL, {ACT_NOTHING}},
    {NULL, "PRINTER_TROUBLE", 0, NULL, {ACT_NOTHING}},
    {NULL, "NOT_PRINTED", 0, "stop", {ACT_PRESS}},
    {NULL, "TAKE_CARD", 0, NULL, {ACT_PULL_CARD}},
    {NULL, "TAKE_PAPER", 0, "main", {ACT_RELEASE_SHEET, ACT_PRESS}},
    {NULL, "RECEIPT", 0, "yes", {ACT_PRESS}},
    {NULL, "RECEIPT_PRINTING", 0, NULL, {ACT_NOTHING}},
    {NULL, "RECEIPT_NONE", 0, "main", {ACT_PRESS}},
    {NULL, "END", 0, NULL, {ACT_NOTHING}},
    {NULL, "CARD_EARLY", 0, NULL, {ACT_NOTHING}},
};

const struct rule *script_find_rule(const struct story *story, const char *screen, int visit)
{
    const char *plot = story->plot != NULL ? story->plot : story->fault;

    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const struct rule *rule = &rules[i];
        if (str_equal(rule->screen, screen) && (rule->visit == 0 || rule->visit == visit) &&
            (rule->plot == NULL || str_equal(rule->plot, plot)))
            return rule;
    }
    return NULL;
}
