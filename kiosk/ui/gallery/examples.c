// The examples: which states of the session the gallery shows.
#include <string.h>

#include "gallery.h"
#include "text.h"

#define NOW 1000000000u // any moment; countdowns and waits are told from it

#define BOTH                                                                                       \
    {                                                                                              \
        [LANGUAGE_FR] = true, [LANGUAGE_NL] = true                                                 \
    }

static const struct catalogue_purpose purposes[] = {
    {.id = "school",
     .name = {"École, études, bourse", "School, studies, studiebeurs", "Schule, Studium, Beihilfe",
              "School, studies, grant"},
     .eligible = true},
    {.id = "housing",
     .name = {"Logement social, location", "Sociale woning, huur", "Wohnung, Miete",
              "Housing, rental"},
     .eligible = true},
    {.id = "justice",
     .name = {"Justice, aide juridique, notaire", "Justitie, rechtsbijstand, notaris",
              "Justiz, Rechtshilfe, Notar", "Justice, legal aid, notary"},
     .eligible = true},
    {.id = "abroad_eu",
     .name = {"Autorité d’un pays de l’Union européenne",
              "Overheid in een land van de Europese Unie",
              "Behörde in einem Land der Europäischen Union", "Authority in an EU country"},
     .information = {"Dans l’Union européenne, ce document est accepté sans légalisation. Un "
                     "formulaire dans plusieurs langues existe au guichet.",
                     "In de Europese Unie is geen legalisatie nodig. Aan het loket bestaat een "
                     "formulier in meerdere talen.",
                     "In der Europäischen Union ist keine Legalisation nötig. Am Schalter gibt es "
                     "ein mehrsprachiges Formular.",
                     "In the European Union no legalisation is needed. A multilingual form is "
                     "available at the counter."},
     .eligible = true,
     .price_cents = 500},
    {.id = "abroad_other",
     .name = {"Autorité hors de l’Union européenne", "Overheid buiten de Europese Unie",
              "Behörde außerhalb der Europäischen Union", "Authority outside the EU"},
     .reason = {"payant, demandez au guichet", "betalend, vraag het aan het loket",
                "kostenpflichtig, fragen Sie am Schalter",
                "not free of charge, ask at the counter"},
     .price_cents = 500},
    {.id = "work",
     .name = {"Emploi, chômage", "Werk, werkloosheid", "Arbeit, Arbeitslosigkeit",
              "Work, unemployment"},
     .eligible = true},
};

static const struct catalogue_option options[] = {
    {.id = "history",
     .question = {"Avec vos anciennes adresses\u00a0?", "Met uw vorige adressen?",
                  "Mit Ihren früheren Adressen?", "With your previous addresses?"},
     .yes = {"Oui, toutes", "Ja, alle", "Ja, alle", "Yes, all"},
     .no = {"Non, seulement l’adresse actuelle", "Nee, alleen het huidige adres",
            "Nein, nur die jetzige Adresse", "No, only the present address"}},
    {.id = "national_number",
     .question = {"Avec le numéro national\u00a0?", "Met het rijksregisternummer?",
                  "Mit der Nationalregisternummer?", "With the national number?"},
     .yes = {"Oui", "Ja", "Ja", "Yes"},
     .no = {"Non", "Nee", "Nein", "No"}},
};
#define ASKS                                                                                       \
    .purpose_count = sizeof purposes / sizeof purposes[0], .purposes = purposes,                   \
    .option_count = sizeof options / sizeof options[0], .options = options

static const struct catalogue_document documents[] = {
    {.kind = "household",
     .icon = "household",
     .name = {"Composition de ménage", "Gezinssamenstelling", "Haushaltszusammensetzung",
              "Household composition"},
     .explanation = {"qui habite avec vous", "wie bij u woont", "wer bei Ihnen wohnt",
                     "who lives with you"},
     .eligible = true,
     .in_language = BOTH,
     ASKS},
    {.kind = "life",
     .icon = "life",
     .name = {"Certificat de vie", "Levensbewijs", "Lebensbescheinigung", "Life certificate"},
     .explanation = {"vous êtes en vie", "u bent in leven", "Sie sind am Leben", "you are alive"},
     .eligible = true,
     .in_language = BOTH},
    {.kind = "residence",
     .icon = "residence",
     .name = {"Certificat de résidence", "Bewijs van woonst", "Wohnsitzbescheinigung",
              "Certificate of residence"},
     .explanation = {"votre adresse", "uw adres", "Ihre Adresse", "your address"},
     .eligible = true,
     .in_language = BOTH},
    {.kind = "registration",
     .icon = "registration",
     .name = {"Certificat d’inscription", "Bewijs van inschrijving", "Eintragungsbescheinigung",
              "Certificate of registration"},
     .explanation = {"votre inscription au registre", "uw inschrijving in het register",
                     "Ihr Eintrag im Register", "your entry in the register"},
     .eligible = true,
     .in_language = BOTH},
    {.kind = "nationality",
     .icon = "nationality",
     .name = {"Certificat de nationalité", "Nationaliteitsbewijs", "Staatsangehörigkeit",
              "Certificate of nationality"},
     .explanation = {"vous êtes belge", "u bent Belg", "Sie sind Belgier oder Belgierin",
                     "you are Belgian"},
     .reason = {"seulement pour les Belges", "alleen voor Belgen",
                "nur für belgische Staatsangehörige", "for Belgian nationals only"},
     .in_language = BOTH},
};

static const struct catalogue_elsewhere elsewhere[] = {
    {.kind = "birth_record",
     .name = {"Copie d’un acte de naissance", "Afschrift van een geboorteakte",
              "Abschrift einer Geburtsurkunde", "Copy of a birth record"},
     .where = {"Au guichet État civil, avec votre carte d’identité",
               "Aan het loket Burgerlijke Stand, met uw identiteitskaart",
               "Am Schalter Standesamt, mit Ihrem Personalausweis",
               "At the civil status counter, with your identity card"}},
    {.kind = "criminal_record",
     .name = {"Extrait de casier judiciaire", "Uittreksel uit het strafregister",
              "Auszug aus dem Strafregister", "Extract from the criminal record"},
     .where = {"Au guichet Population, en personne, avec votre carte d’identité",
               "Aan het loket Bevolking, persoonlijk, met uw identiteitskaart",
               "Am Schalter Bevölkerung, persönlich, mit Ihrem Personalausweis",
               "At the population counter, in person, with your identity card"}},
    {.kind = "multilingual_form",
     .name = {"Formulaire multilingue pour l’Union européenne",
              "Meertalig formulier voor de Europese Unie",
              "Mehrsprachiges Formular für die Europäische Union",
              "Multilingual form for the European Union"},
     .where = {"Au guichet Population, avec le certificat imprimé",
               "Aan het loket Bevolking, met het afgedrukte document",
               "Am Schalter Bevölkerung, mit dem gedruckten Dokument",
               "At the population counter, with the printed certificate"}},
};
#define ELSEWHERE .elsewhere_count = sizeof elsewhere / sizeof elsewhere[0], .elsewhere = elsewhere

static const struct catalogue_child children[] = {
    {.subject = "child-1", .name = "Inès", .count = 4, .documents = documents},
    {.subject = "child-2", .name = "Jean-Baptiste Maximilien", .count = 4, .documents = documents},
};

static const struct catalogue five = {
    .count = 5, .documents = documents, ELSEWHERE, .child_count = 2, .children = children};
static const struct catalogue one = {.count = 1, .documents = documents};
static const struct catalogue one_and_elsewhere = {.count = 1, .documents = documents, ELSEWHERE};

// A change to the plain view of a screen.
struct example {
    const char *name;
    enum session_screen screen;
    int waited; // milliseconds that the screen has been shown
    int left;   // milliseconds of its countdown
    struct {
        int pin_digits, tries, pages, page_shown, sheets, papers, cents;
        bool pin_short, page_drawn, zoomed, page_failed, printing, printed, stopping, choice_waits,
            can_retry, card_in, third_mute, one_way, code, pay_stopping, stays, slip_printed,
            slip_failed, paid;
        enum session_prompt prompt;
        enum session_money money;
        enum view_trouble trouble;
        struct session_wish wish;
        const struct catalogue *catalogue; // NULL: a family's
    } with;
};

#define PLAIN(id)                                                                                  \
    {                                                                                              \
#id, SCREEN_##id, 0, 0,                                                                    \
        {                                                                                          \
        }                                                                                          \
    }
#define WITH(name_, id, ...)                                                                       \
    {                                                                                              \
        name_, SCREEN_##id, 0, 0,                                                                  \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }

static const struct example examples[] = {
    PLAIN(ATTRACT),
    PLAIN(LANGUAGE),
    PLAIN(INSERT),
    WITH("READING", READING, .card_in = true),
    {"READING-slow", SCREEN_READING, 5000, 0, {.card_in = true}},
    WITH("CARD_MUTE", CARD_MUTE, .card_in = true),
    WITH("CARD_MUTE-third", CARD_MUTE, .card_in = true, .third_mute = true),
    WITH("CARD_BANK", CARD_BANK, .card_in = true),
    WITH("CARD_OTHER", CARD_OTHER, .card_in = true),
    WITH("CARD_FOREIGN", CARD_FOREIGN, .card_in = true),
    WITH("CARD_KIDS", CARD_KIDS, .card_in = true),
    WITH("CARD_EXPIRED", CARD_EXPIRED, .card_in = true),
    WITH("CARD_BLOCKED", CARD_BLOCKED, .card_in = true),
    WITH("CARD_NOT_VERIFIABLE", CARD_NOT_VERIFIABLE, .card_in = true),
    WITH("CARD_NOT_ACTIVATED", CARD_NOT_ACTIVATED, .card_in = true),
    WITH("PIN", PIN, .pin_digits = 3),
    WITH("PIN-empty", PIN, .pin_digits = 0),
    WITH("PIN-twelve", PIN, .pin_digits = 12),
    WITH("PIN_CHECKING", PIN_CHECKING, .pin_digits = 4),
    PLAIN(PIN_ON_PAD),
    WITH("PIN_ON_PAD-short", PIN_ON_PAD, .pin_short = true),
    PLAIN(PIN_FORGOTTEN),
    WITH("PIN_WRONG", PIN_WRONG, .tries = 2),
    WITH("PIN_LAST_TRY", PIN_LAST_TRY, .tries = 1),
    WITH("PIN_BLOCKED", PIN_BLOCKED, .card_in = true),
    PLAIN(PIN_CANCELLED),
    PLAIN(AUTHENTICATING),
    {"AUTHENTICATING-slow", SCREEN_AUTHENTICATING, 11000, 0, {}},
    WITH("BACKEND_DOWN", BACKEND_DOWN, .can_retry = true),
    WITH("UNKNOWN_RESIDENT", UNKNOWN_RESIDENT, .card_in = true),
    WITH("MINOR", MINOR, .card_in = true),
    WITH("SEE_COUNTER", SEE_COUNTER, .card_in = true),
    PLAIN(SUBJECT),
    PLAIN(LIST),
    WITH("LIST-few", LIST, .catalogue = &one),
    WITH("LIST-elsewhere", LIST, .catalogue = &one_and_elsewhere),
    PLAIN(PURPOSE),
    WITH("PURPOSE-chosen", PURPOSE, .wish = {.purpose = 3}),
    WITH("ABROAD", ABROAD, .wish = {.purpose = 4}),
    PLAIN(OPTIONS),
    WITH("OPTIONS-wanted", OPTIONS, .wish = {.options = 1}),
    PLAIN(DOCUMENT_LANGUAGE),
    PLAIN(ISSUING),
    WITH("SEAL_BAD", SEAL_BAD, .card_in = true),
    WITH("ISSUE_FAILED", ISSUE_FAILED, .card_in = true),
    WITH("PREVIEW", PREVIEW, .pages = 2),
    WITH("PREVIEW-child", PREVIEW, .pages = 1, .wish = {.subject = 1, .purpose = 4}),
    WITH("PREVIEW-none", PREVIEW, .pages = 1, .page_failed = true),
    WITH("PREVIEW-drawing", PREVIEW, .pages = 2, .page_shown = 1),
    WITH("PREVIEW-page", PREVIEW, .pages = 2, .page_shown = 1, .page_drawn = true),
    WITH("PREVIEW-zoom", PREVIEW, .pages = 2, .page_shown = 1, .page_drawn = true, .zoomed = true),
    WITH("PAY_CHOICE", PAY_CHOICE, .cents = 500),
    WITH("PAY_CHOICE-one", PAY_CHOICE, .cents = 500, .one_way = true),
    {"PAY_QR", SCREEN_PAY_QR, 36000, 84000, {.cents = 500, .code = true}},
    WITH("PAY_QR-waits", PAY_QR, .cents = 500),
    {"PAY_QR-scanned",
     SCREEN_PAY_QR,
     36000,
     84000,
     {.cents = 500, .code = true, .prompt = SESSION_PROMPT_SCANNED}},
    WITH("PAY_QR-stopping", PAY_QR, .cents = 500, .code = true, .pay_stopping = true),
    WITH("PAY_TERMINAL", PAY_TERMINAL, .cents = 500, .prompt = SESSION_PROMPT_INSERT_CARD),
    WITH("PAY_TERMINAL-confirm", PAY_TERMINAL, .cents = 500,
         .prompt = SESSION_PROMPT_CONFIRM_AMOUNT),
    WITH("PAY_TERMINAL-pin", PAY_TERMINAL, .cents = 500, .prompt = SESSION_PROMPT_ENTER_PIN),
    WITH("PAY_TERMINAL-wrong", PAY_TERMINAL, .cents = 500, .prompt = SESSION_PROMPT_PIN_WRONG),
    WITH("PAY_TERMINAL-take", PAY_TERMINAL, .cents = 500, .prompt = SESSION_PROMPT_TAKE_CARD),
    WITH("PAY_TERMINAL-unreadable", PAY_TERMINAL, .cents = 500,
         .prompt = SESSION_PROMPT_CARD_NOT_READABLE),
    WITH("PAY_TERMINAL-not-taken", PAY_TERMINAL, .cents = 500,
         .prompt = SESSION_PROMPT_CARD_NOT_TAKEN),
    WITH("PAY_TERMINAL-stopping", PAY_TERMINAL, .cents = 500, .pay_stopping = true),
    WITH("PAY_REFUSED", PAY_REFUSED, .cents = 500, .stays = true),
    WITH("PAY_EXPIRED", PAY_EXPIRED, .cents = 500, .stays = true),
    WITH("PAY_CANCELLED", PAY_CANCELLED, .cents = 500, .stays = true),
    WITH("PAY_CANCELLED-closed", PAY_CANCELLED, .cents = 500),
    WITH("PAY_CHECKING", PAY_CHECKING, .cents = 500),
    WITH("PAY_UNKNOWN", PAY_UNKNOWN, .cents = 500, .card_in = true, .money = SESSION_MONEY_UNCLEAR),
    WITH("PAY_UNKNOWN-no-slip", PAY_UNKNOWN, .cents = 500, .slip_failed = true,
         .money = SESSION_MONEY_UNCLEAR),
    WITH("PAY_DOWN", PAY_DOWN, .cents = 500),
    WITH("PAID_NOT_PRINTED", PAID_NOT_PRINTED, .cents = 500, .slip_printed = true,
         .money = SESSION_MONEY_BACK),
    WITH("PAID_NOT_PRINTED-staff", PAID_NOT_PRINTED, .cents = 500, .slip_failed = true,
         .money = SESSION_MONEY_STAFF),
    WITH("PREVIEW-priced", PREVIEW, .pages = 2, .cents = 500),
    WITH("PRINTING-paid", PRINTING, .pages = 2, .cents = 500, .printing = true),
    WITH("PRINTER_EMPTY-paid", PRINTER_EMPTY, .pages = 2, .cents = 500, .paid = true),
    WITH("PRINTING", PRINTING, .pages = 2, .printing = true),
    WITH("PRINTING-waits", PRINTING, .pages = 2, .sheets = 1, .printing = true,
         .choice_waits = true),
    WITH("PRINTING-done", PRINTING, .pages = 1, .sheets = 1, .printed = true),
    WITH("PRINTER_EMPTY", PRINTER_EMPTY, .pages = 2, .sheets = 1),
    WITH("PRINTER_EMPTY-stopping", PRINTER_EMPTY, .pages = 2, .stopping = true),
    WITH("PRINTER_TROUBLE", PRINTER_TROUBLE, .pages = 2),
    WITH("NOT_PRINTED", NOT_PRINTED, .sheets = 1),
    WITH("TAKE_CARD", TAKE_CARD, .papers = 2, .card_in = true),
    WITH("CARD_LEFT", CARD_LEFT, .papers = 2, .card_in = true),
    WITH("TAKE_PAPER", TAKE_PAPER, .papers = 2),
    WITH("TAKE_PAPER-one", TAKE_PAPER, .papers = 1),
    PLAIN(RECEIPT),
    PLAIN(RECEIPT_PRINTING),
    PLAIN(RECEIPT_NONE),
    PLAIN(END),
    PLAIN(CARD_EARLY),
    {"STILL_THERE", SCREEN_STILL_THERE, 18000, 42000, {.card_in = true}},
    {"STILL_THERE-urgent", SCREEN_STILL_THERE, 59000, 1000, {.card_in = true}},
    WITH("TIMED_OUT", TIMED_OUT, .card_in = true),
    WITH("OUT_OF_SERVICE", OUT_OF_SERVICE, .trouble = TROUBLE_PRINTER_OFFLINE),
    WITH("OUT_OF_SERVICE-card", OUT_OF_SERVICE, .trouble = TROUBLE_BACKEND, .card_in = true),
    PLAIN(HELP),
    PLAIN(STARTING),
};
#define EXAMPLES ((int)(sizeof examples / sizeof examples[0]))

const struct catalogue *gallery_catalogue(void)
{
    return &five;
}

struct ui_site gallery_site(void)
{
    return (struct ui_site){
        .municipality = {"Ville de Bruxelles", "Stad Brussel", "Stadt Brüssel", "City of Brussels"},
        .counter = {"Accueil du hall, rez-de-chaussée, 8\u00a0h\u00a030 à\u00a016\u00a0h",
                    "Onthaal in de hal, gelijkvloers, 8.30 tot\u00a016\u00a0uur",
                    "Empfang in der Halle, Erdgeschoss, 8:30 bis\u00a016:00\u00a0Uhr",
                    "Reception in the hall, ground floor, 8:30 to\u00a016:00"},
        .phone = "02 279 22 11",
        .card_slot = UI_SIDE_LEFT,
        .paper_slot = UI_SIDE_RIGHT,
        .receipt_slot = UI_SIDE_RIGHT,
    };
}

int gallery_count(void)
{
    return EXAMPLES;
}

void gallery_get(int index, enum language language, struct gallery_example *out)
{
    const struct example *example = &examples[index];
    struct session session = {.screen = example->screen, .price_cents = example->with.cents};
    struct view *view = &out->view;

    memset(out, 0, sizeof *out);
    out->name = example->name;
    out->now = NOW;
    session_view(&session, view); // for the steps
    view->language = language;
    view->paper = language == LANGUAGE_NL ? LANGUAGE_NL : LANGUAGE_FR;
    view->since = NOW - (unsigned)example->waited;
    view->countdown_until = example->left > 0 ? NOW + (unsigned)example->left : 0;
    view->pin_digits = example->with.pin_digits;
    view->pin_short = example->with.pin_short;
    view->tries_left = example->with.tries;
    view->catalogue = example->with.catalogue != NULL ? example->with.catalogue : &five;
    view->wish = example->with.wish;
    view->card_valid_until_day = 20699; // 3 September 2026
    view->reference = "BXL-2026-H-0041873";
    view->pages = example->with.pages;
    view->page_shown = example->with.page_shown;
    view->page_drawn = example->with.page_drawn;
    view->page_zoomed = example->with.zoomed;
    view->page_failed = example->with.page_failed;
    view->sheets = example->with.sheets;
    view->papers = example->with.papers;
    view->printing = example->with.printing;
    view->printed = example->with.printed;
    view->stopping = example->with.stopping;
    view->choice_waits = example->with.choice_waits;
    view->can_retry = example->with.can_retry;
    view->card_in = example->with.card_in;
    view->third_mute = example->with.third_mute;
    view->trouble = example->with.trouble;
    view->qr_works = true;
    view->terminal_works = !example->with.one_way;
    view->code_shown = example->with.code;
    view->pay_stopping = example->with.pay_stopping;
    view->document_stays = example->with.stays;
    view->prompt = example->with.prompt;
    view->money = example->with.money;
    view->paid = example->with.paid;
    view->slip_printed = example->with.slip_printed;
    view->slip_failed = example->with.slip_failed;
    out->has_page = example->with.page_drawn;
}
