#include "config_keys.h"

#define LENGTH_OF(array) (sizeof(array) / sizeof(array)[0])
#define TEXT_MOST (CONFIG_TEXT_SIZE - 1)
#define AT(member) .offset = offsetof(struct config, member)

#define REQUIRED_TEXT(section_, key_, member_, most_, example_, help_)                             \
    {                                                                                              \
        .section = section_, .key = key_, .type = CONFIG_TYPE_TEXT, .must_be_stated = true,        \
        .fallback = example_, .least = 1, .most = most_, .help = help_, AT(member_)                \
    }
#define OPTIONAL_TEXT(section_, key_, member_, most_, default_, help_)                             \
    {                                                                                              \
        .section = section_, .key = key_, .type = CONFIG_TYPE_TEXT, .may_be_empty = true,          \
        .fallback = default_, .least = 0, .most = most_, .help = help_, AT(member_)                \
    }
#define PLACE(section_, key_, type_, member_, example_, help_)                                     \
    {                                                                                              \
        .section = section_, .key = key_, .type = type_, .must_be_stated = true,                   \
        .fallback = example_, .least = 1, .most = TEXT_MOST, .help = help_, AT(member_)            \
    }
#define OPTIONAL_PLACE(section_, key_, type_, member_, default_, help_)                            \
    {                                                                                              \
        .section = section_, .key = key_, .type = type_, .may_be_empty = true,                     \
        .fallback = default_, .least = 0, .most = TEXT_MOST, .help = help_, AT(member_)            \
    }
#define NUMBER(section_, key_, member_, default_, least_, most_, unit_, help_)                     \
    {                                                                                              \
        .section = section_, .key = key_, .type = CONFIG_TYPE_NUMBER, .fallback = default_,        \
        .least = least_, .most = most_, .unit = unit_, .help = help_, AT(member_)                  \
    }
// Time limits go down to a fifth of a second for a rehearsal, and up to what a person may need.
#define LIMIT(key_, member_, default_, most_, help_)                                               \
    NUMBER("times", key_, limits.member_, default_, 200, most_, "milliseconds", help_)
#define POLL(key_, member_, default_, least_, most_, help_)                                        \
    NUMBER("times", key_, polling.member_, default_, least_, most_, "milliseconds", help_)

static const struct config_key keys[] = {
    REQUIRED_TEXT("terminal", "municipality_fr", terminal.municipality[LANGUAGE_FR], 80,
                  "Ville de Bruxelles",
                  "The municipality's name as the frame of every screen shows it, in French."),
    REQUIRED_TEXT("terminal", "municipality_nl", terminal.municipality[LANGUAGE_NL], 80,
                  "Stad Brussel", "The municipality's name in Dutch."),
    REQUIRED_TEXT("terminal", "municipality_de", terminal.municipality[LANGUAGE_DE], 80,
                  "Stadt Brüssel", "The municipality's name in German."),
    REQUIRED_TEXT("terminal", "municipality_en", terminal.municipality[LANGUAGE_EN], 80,
                  "City of Brussels", "The municipality's name in English."),
    REQUIRED_TEXT(
        "terminal", "counter_fr", terminal.counter[LANGUAGE_FR], 120,
        "Accueil, rue des Halles 4, 1000 Bruxelles, 8 h 30 à 16 h",
        "Where people are at hand, in French: name, place and hours of the nearest counter."),
    REQUIRED_TEXT("terminal", "counter_nl", terminal.counter[LANGUAGE_NL], 120,
                  "Onthaal, Hallenstraat 4, 1000 Brussel, 8.30 tot 16 uur",
                  "The counter in Dutch."),
    REQUIRED_TEXT("terminal", "counter_de", terminal.counter[LANGUAGE_DE], 120,
                  "Empfang, Rue des Halles 4, 1000 Brüssel, 8.30 bis 16 Uhr",
                  "The counter in German."),
    REQUIRED_TEXT("terminal", "counter_en", terminal.counter[LANGUAGE_EN], 120,
                  "Reception, Rue des Halles 4, 1000 Brussels, 8:30 to 16:00",
                  "The counter in English."),
    REQUIRED_TEXT("terminal", "phone", terminal.phone, 40, "02 279 22 11",
                  "The telephone number that residents may call."),
    REQUIRED_TEXT("terminal", "name", terminal.name, 20, "BXL-01",
                  "The terminal's name; it stands on receipts."),
    REQUIRED_TEXT("terminal", "place", terminal.place, 60, "Centre administratif",
                  "Where the terminal stands; it is on receipts."),
    {.section = "terminal",
     .key = "demonstration",
     .type = CONFIG_TYPE_SWITCH,
     .fallback = "no",
     .least = 1,
     .most = TEXT_MOST,
     .help = "Is this a demonstration? Receipts then say that they are worth nothing.",
     AT(terminal.demonstration)},
    {.section = "terminal",
     .key = "card_slot",
     .type = CONFIG_TYPE_SIDE,
     .fallback = "right",
     .least = 1,
     .most = TEXT_MOST,
     .help = "On which side of the screen the card goes in, seen from the front.",
     AT(terminal.card_slot)},
    {.section = "terminal",
     .key = "paper_slot",
     .type = CONFIG_TYPE_SIDE,
     .fallback = "right",
     .least = 1,
     .most = TEXT_MOST,
     .help = "On which side the certificate comes out.",
     AT(terminal.paper_slot)},
    {.section = "terminal",
     .key = "receipt_slot",
     .type = CONFIG_TYPE_SIDE,
     .fallback = "right",
     .least = 1,
     .most = TEXT_MOST,
     .help = "On which side the receipt comes out.",
     AT(terminal.receipt_slot)},

    NUMBER("screen", "width", screen.width, "1080", 600, 7680, "pixels",
           "The screen's width; upright screens are 1080 by 1920, lying ones 1920 by 1080."),
    NUMBER("screen", "height", screen.height, "1920", 600, 7680, "pixels", "The screen's height."),
    NUMBER(
        "screen", "diagonal", screen.diagonal, "546", 200, 2000, "millimetres",
        "The screen's diagonal; 546 is a screen of 21.5 inches. Letters and keys are sized by it."),
    PLACE("screen", "fonts", CONFIG_TYPE_DIRECTORY, screen.fonts, "/usr/share/fonts/opentype/inter",
          "The directory of the screens' fonts: Inter, as Debian's fonts-inter installs it."),

    OPTIONAL_TEXT(
        "card", "reader", card.reader, 120, "",
        "Part of the card reader's name, for machines with more than one. Empty: the only one."),
    PLACE("card", "trust_anchor", CONFIG_TYPE_FILE, card.trust_anchor,
          "/etc/eguichet-kiosk/trust/card-root.pem",
          "The root certificates of the identity cards (PEM, one or more)."),
    PLACE("card", "intermediates", CONFIG_TYPE_FILE, card.intermediates,
          "/etc/eguichet-kiosk/trust/card-intermediates.pem",
          "The authorities between root and card (PEM, one or more)."),

    PLACE("backend", "url", CONFIG_TYPE_HTTPS, backend.url, "https://eguichet.example.be:8443",
          "The municipality's service, without the version at the end."),
    PLACE("backend", "ca", CONFIG_TYPE_FILE, backend.ca, "/etc/eguichet-kiosk/trust/tls-ca.pem",
          "The authority of the service's TLS certificate (PEM). No other authority is trusted."),
    PLACE("backend", "certificate", CONFIG_TYPE_FILE, backend.certificate,
          "/etc/eguichet-kiosk/kiosk.pem", "This terminal's own certificate (PEM)."),
    PLACE("backend", "key", CONFIG_TYPE_FILE, backend.key, "/etc/eguichet-kiosk/kiosk.key",
          "The private key of that certificate (PEM), readable by the terminal alone."),

    PLACE("seal", "trust_anchor", CONFIG_TYPE_FILE, seal.trust_anchor,
          "/etc/eguichet-kiosk/trust/seal-ca.pem",
          "The authority of the municipality's electronic seal (PEM)."),
    OPTIONAL_PLACE("seal", "next_trust_anchor", CONFIG_TYPE_FILE, seal.next_trust_anchor, "",
                   "A second authority (PEM) while one replaces the other. Empty: there is none."),
    OPTIONAL_PLACE("seal", "time_anchor", CONFIG_TYPE_FILE, seal.time_anchor, "",
                   "The authority of time stamps on seals (RFC 3161, PEM). Empty: a document with "
                   "a time stamp\nis not printed."),
    REQUIRED_TEXT("seal", "organisation", seal.organisation, 64, "VATBE-0207373429",
                  "The organisation identifier in the seal's certificate, to the letter (ETSI EN "
                  "319 412-1).\n"
                  "A document sealed by anybody else is never printed."),

    PLACE("printer", "uri", CONFIG_TYPE_IPP, printer_uri, "ipp://127.0.0.1:631/ipp/print",
          "The A4 printer, spoken to directly by IPP: documents never touch a disk."),
    OPTIONAL_PLACE(
        "printer", "queue", CONFIG_TYPE_IPP, printer_queue, "",
        "A print queue in front of that printer, for one that takes no PDF, as\n"
        "eguichet-print-queue makes it on a tmpfs. Documents go there; the printer is still asked\n"
        "what came of them. Empty: none."),

    OPTIONAL_PLACE(
        "receipt", "device", CONFIG_TYPE_DEVICE, receipt_device, "",
        "The receipt printer (ESC/POS, 80 mm): tcp:HOST:PORT or a device such as\n"
        "/dev/usb/lp0. Empty where none is fitted: residents then note a reference instead."),

    {.section = "payment",
     .key = "code",
     .type = CONFIG_TYPE_SWITCH,
     .fallback = "no",
     .least = 1,
     .most = TEXT_MOST,
     .help = "May residents pay with their telephone, by a code on the screen? The municipality's\n"
             "service takes the money.",
     AT(payment.code)},
    OPTIONAL_TEXT(
        "payment", "terminal", payment.terminal, 120, "",
        "The payment terminal for bank cards (ZVT over TCP): HOST or HOST:PORT, the host in\n"
        "numbers. Empty where none is fitted."),
    NUMBER("payment", "terminal_password", payment.terminal_password, "0", 0, 999999, "a number",
           "The payment terminal's password for reversals, six digits as its installer set it."),
    {.section = "payment",
     .key = "side",
     .type = CONFIG_TYPE_SIDE,
     .fallback = "right",
     .least = 1,
     .most = TEXT_MOST,
     .help = "On which side of the screen the payment terminal is.",
     AT(payment.side)},

    PLACE("journal", "file", CONFIG_TYPE_NEW_FILE, journal.file,
          "/var/lib/eguichet-kiosk/journal.db",
          "The journal of sessions and orders. It holds no name, number, address or document."),
    NUMBER("journal", "keep_days", journal.keep_days, "365", 30, 3650, "days",
           "How long the journal keeps sessions and orders; what is older is taken out."),

    OPTIONAL_PLACE("preview", "helper", CONFIG_TYPE_FILE, preview_helper,
                   "/usr/lib/eguichet-kiosk/eguichet-preview",
                   "The program that draws a page for the preview. Empty: no page is shown."),

    OPTIONAL_PLACE("speech", "helper", CONFIG_TYPE_FILE, speech.helper,
                   "/usr/lib/eguichet-kiosk/eguichet-speech",
                   "The program that says the screens to who cannot see them."),
    OPTIONAL_TEXT(
        "speech", "device", speech.device, 120, "",
        "The headset's jack as ALSA names it, such as plughw:1,0; never a loudspeaker, since\n"
        "screens may show names. Empty: no headset is fitted, and nothing is said."),

    LIMIT("choose", choose, "60000", 600000,
          "How long a screen with a choice waits before the terminal asks \"still there?\"."),
    LIMIT("insert", insert, "60000", 600000, "How long the terminal waits for a card."),
    LIMIT("pin", pin, "60000", 600000,
          "How long the keypad waits for the PIN; a reader with keys of its own, half of it for a "
          "key."),
    LIMIT("last_try", last_try, "120000", 600000,
          "How long the terminal waits for consent to the card's last try."),
    LIMIT("message", message, "60000", 600000, "How long a screen that explains something stays."),
    LIMIT("preview", preview, "90000", 600000, "How long the summary of the document waits."),
    LIMIT("help", help, "120000", 600000, "How long the help stays."),
    LIMIT("still_there", still_there, "60000", 600000,
          "How long the question \"still there?\" waits for an answer."),
    LIMIT("page_shown", page_shown, "30000", 600000,
          "After this the page of the preview hides again."),
    LIMIT("reading", reading, "12000", 60000, "Reading the card gives up after this."),
    LIMIT("backend", backend, "30000", 120000,
          "Proving the card to the municipality gives up after this."),
    LIMIT("issue", issue, "45000", 300000, "Issuing a document gives up after this."),
    LIMIT("paper_empty", paper_empty, "300000", 1800000,
          "How long a document waits for somebody to fill in paper,"),
    LIMIT("trouble", trouble, "180000", 1800000,
          "How long a document waits for somebody to help the printer."),
    LIMIT("take_card", take_card, "15000", 120000,
          "After this a card left in the slot raises the alarm."),
    LIMIT("card_left", card_left, "120000", 600000,
          "A card left longer than this ends the session."),
    LIMIT("take_paper", take_paper, "15000", 120000,
          "\"Take your paper\" is said again after this, eight times."),
    LIMIT("receipt", receipt, "20000", 120000, "How long the question about a receipt waits."),
    LIMIT("end", end, "8000", 60000, "How long \"goodbye\" is shown."),
    LIMIT("early", early, "15000", 120000, "How long \"you took your card out\" is shown."),
    LIMIT("terminal", terminal, "180000", 600000,
          "How long a payment at the payment terminal may take before it is stopped."),
    LIMIT("pay_check", pay_check, "60000", 600000,
          "How long a resident waits while nobody knows what became of a payment."),
    POLL("printer_job", printer_job, "300", 20, 2000,
         "How often the printer is asked while it prints."),
    POLL("printer_idle", printer_idle, "60000", 200, 600000,
         "How often the printer is asked while nobody is there."),
    POLL("backend_idle", backend_idle, "60000", 200, 600000,
         "How often the municipality is asked while nobody is there."),
    POLL("retry", retry, "5000", 100, 60000, "How often something that is away is looked for."),
};

const struct config_key *config_keys(size_t *count)
{
    *count = LENGTH_OF(keys);
    return keys;
}
