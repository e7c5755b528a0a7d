#include "script.h"

#include "str.h"

const struct story script_stories[] = {
    {"none", NULL, "DELIVERED", "nothing goes wrong"},
    {"wrong-pin", "PIN_WRONG", "DELIVERED", "a wrong PIN first, then the right one"},
    {"last-try", "PIN_LAST_TRY", "DELIVERED", "two wrong PINs, consent, then the right one"},
    {"bank-card", "CARD_BANK", "DELIVERED", "a bank card first, then the identity card"},
    {"card-upside-down", "CARD_MUTE", "DELIVERED",
     "the card upside down first, then the right way"},
    {"card-pulled", "TAKE_PAPER", "DELIVERED", "the card is pulled while the sheet prints"},
    {"paper-empty", "PRINTER_EMPTY", "DELIVERED", "the tray is empty, then filled again"},
    {"page-shown", "PREVIEW", "DELIVERED", "nothing; the resident looks at the page first"},
    {"backend-down", "BACKEND_DOWN", "NONE", "the municipality is gone before the proof"},
};
const size_t script_story_count = sizeof script_stories / sizeof *script_stories;

const struct story *script_find_story(const char *fault)
{
    for (size_t i = 0; i < script_story_count; i++)
        if (str_equal(script_stories[i].fault, fault))
            return &script_stories[i];
    return NULL;
}

static const struct rule rules[] = {
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
    {NULL, "BACKEND_DOWN", 0, "stop", {ACT_PRESS}},
    {NULL, "LIST", 0, NULL, {ACT_PRESS_DOCUMENT}},
    {NULL, "DOCUMENT_LANGUAGE", 0, NULL, {ACT_PRESS_PAPER}},
    {NULL, "ISSUING", 0, NULL, {ACT_NOTHING}},
    {NULL, "PREVIEW", 0, "main", {ACT_PRESS}},
    {NULL, "PRINTING", 0, "no", {ACT_RELEASE_SHEET, ACT_PRESS}},
    {NULL, "PRINTER_EMPTY", 0, NULL, {ACT_NOTHING}},
    {NULL, "TAKE_CARD", 0, NULL, {ACT_PULL_CARD}},
    {NULL, "TAKE_PAPER", 0, "main", {ACT_RELEASE_SHEET, ACT_PRESS}},
    {NULL, "RECEIPT", 0, "yes", {ACT_PRESS}},
    {NULL, "RECEIPT_PRINTING", 0, NULL, {ACT_NOTHING}},
    {NULL, "END", 0, NULL, {ACT_NOTHING}},
    {NULL, "CARD_EARLY", 0, NULL, {ACT_NOTHING}},
};

const struct rule *script_find_rule(const char *fault, const char *screen, int visit)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const struct rule *rule = &rules[i];
        if (str_equal(rule->screen, screen) && (rule->visit == 0 || rule->visit == visit) &&
            (rule->fault == NULL || str_equal(rule->fault, fault)))
            return rule;
    }
    return NULL;
}
