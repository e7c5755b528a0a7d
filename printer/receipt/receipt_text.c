#include "receipt_text.h"

#define NBSP "\u00A0"

static const struct receipt_text texts[LANGUAGE_COUNT] = {
    [LANGUAGE_FR] =
        {
            .counter = "Guichet électronique",
            .specimen = "SPÉCIMEN – DÉMONSTRATION",
            .place = "Lieu",
            .terminal = "Borne",
            .date = "Date",
            .order = "Commande",
            .document_reference = "Référence du document",
            .verification_code = "Code de vérification",
            .verify = "Vérifier" NBSP ": {address}",
            .free_of_charge = "Document gratuit. Rien n’est payé.",
            .total = "TOTAL",
            .no_vat = "Sans TVA (redevance communale)",
            .in_language = {"en français", "en néerlandais", "en allemand", "en anglais"},
            .one_copy = "1" NBSP "exemplaire",
            .one_sheet = "1" NBSP "feuille",
            .more_sheets = "{n}" NBSP "feuilles",
            .means = "Moyen",
            .card = "Carte",
            .card_end = "se termine par {digits}",
            .authorisation = "Autorisation",
            .pay_terminal = "Terminal",
            .state = "État",
            .paid = "PAYÉ",
            .refund_under_way = "REMBOURSEMENT EN COURS",
            .not_printed = {"PAYÉ,", "PAS IMPRIMÉ"},
            .printed_in_part = {"IMPRESSION INCOMPLÈTE"},
            .show = "Montrez ce ticket au guichet.",
            .refund_card = "Nous remboursons {amount} automatiquement, sur la même carte, dans les "
                           "{days} jours ouvrables.",
            .refund_account =
                "Nous remboursons {amount} automatiquement, sur le même compte, dans les "
                "{days} jours ouvrables.",
            .nothing_to_do = "Vous ne devez rien faire pour être remboursé.",
            .torn_page = "Une page est incomplète" NBSP "? Déchirez-la.",
            .sheets_printed = "Feuilles imprimées" NBSP ": {n} sur {all}",
            .questions =
                "Questions, réclamations" NBSP ": au guichet ou au {number}, avec ce ticket.",
            .questions_here = "Questions, réclamations" NBSP ": au guichet, avec ce ticket.",
            .privacy = "Ce ticket ne contient ni votre nom, ni votre adresse, ni votre numéro "
                       "national.",
            .date_format = "{day}/{month}/{year}, {hour}" NBSP "h" NBSP "{minute}",
            .money_format = "{euro},{cent}" NBSP "€",
        },
    [LANGUAGE_NL] =
        {
            .counter = "Elektronisch loket",
            .specimen = "SPECIMEN – DEMONSTRATIE",
            .place = "Plaats",
            .terminal = "Toestel",
            .date = "Datum",
            .order = "Bestelling",
            .document_reference = "Referentie van het document",
            .verification_code = "Controlecode",
            .verify = "Controleren: {address}",
            .free_of_charge = "Gratis document. Er is niets betaald.",
            .total = "TOTAAL",
            .no_vat = "Geen btw (gemeentelijke retributie)",
            .in_language = {"in het Frans", "in het Nederlands", "in het Duits", "in het Engels"},
            .one_copy = "1" NBSP "exemplaar",
            .one_sheet = "1" NBSP "blad",
            .more_sheets = "{n}" NBSP "bladen",
            .means = "Betaalmiddel",
            .card = "Kaart",
            .card_end = "eindigt op {digits}",
            .authorisation = "Autorisatie",
            .pay_terminal = "Terminal",
            .state = "Status",
            .paid = "BETAALD",
            .refund_under_way = "TERUGBETALING BEZIG",
            .not_printed = {"BETAALD,", "NIET AFGEDRUKT"},
            .printed_in_part = {"NIET VOLLEDIG", "AFGEDRUKT"},
            .show = "Toon dit ticket aan het loket.",
            .refund_card =
                "Wij betalen {amount} automatisch terug op dezelfde kaart, binnen {days} "
                "werkdagen.",
            .refund_account = "Wij betalen {amount} automatisch terug op dezelfde rekening, binnen "
                              "{days} werkdagen.",
            .nothing_to_do = "U hoeft niets te doen om uw geld terug te krijgen.",
            .torn_page = "Is een pagina onvolledig? Verscheur ze.",
            .sheets_printed = "Afgedrukte bladen: {n} van {all}",
            .questions = "Vragen, klachten: aan het loket of op {number}, met dit ticket.",
            .questions_here = "Vragen, klachten: aan het loket, met dit ticket.",
            .privacy = "Op dit ticket staat geen naam, geen adres en geen rijksregisternummer.",
            .date_format = "{day}/{month}/{year}, {hour}.{minute}" NBSP "uur",
            .money_format = "€" NBSP "{euro},{cent}",
        },
    [LANGUAGE_DE] =
        {
            .counter = "Elektronischer Schalter",
            .specimen = "MUSTER – DEMONSTRATION",
            .place = "Ort",
            .terminal = "Gerät",
            .date = "Datum",
            .order = "Auftrag",
            .document_reference = "Referenz des Dokuments",
            .verification_code = "Prüfcode",
            .verify = "Prüfen: {address}",
            .free_of_charge = "Kostenloses Dokument. Es wurde nichts bezahlt.",
            .total = "SUMME",
            .no_vat = "Ohne MwSt. (Gemeindegebühr)",
            .in_language = {"auf Französisch", "auf Niederländisch", "auf Deutsch", "auf Englisch"},
            .one_copy = "1" NBSP "Exemplar",
            .one_sheet = "1" NBSP "Blatt",
            .more_sheets = "{n}" NBSP "Blätter",
            .means = "Zahlungsart",
            .card = "Karte",
            .card_end = "endet auf {digits}",
            .authorisation = "Genehmigung",
            .pay_terminal = "Terminal",
            .state = "Status",
            .paid = "BEZAHLT",
            .refund_under_way = "ERSTATTUNG LÄUFT",
            .not_printed = {"BEZAHLT,", "NICHT GEDRUCKT"},
            .printed_in_part = {"UNVOLLSTÄNDIG", "GEDRUCKT"},
            .show = "Zeigen Sie diesen Beleg am Schalter.",
            .refund_card =
                "Wir zahlen {amount} automatisch zurück, auf dieselbe Karte, innerhalb von "
                "{days} Werktagen.",
            .refund_account =
                "Wir zahlen {amount} automatisch zurück, auf dasselbe Konto, innerhalb "
                "von {days} Werktagen.",
            .nothing_to_do = "Für die Erstattung müssen Sie nichts tun.",
            .torn_page = "Ist eine Seite unvollständig? Zerreißen Sie sie.",
            .sheets_printed = "Gedruckte Blätter: {n} von {all}",
            .questions = "Fragen, Beschwerden: am Schalter oder unter {number}, mit diesem Beleg.",
            .questions_here = "Fragen, Beschwerden: am Schalter, mit diesem Beleg.",
            .privacy = "Dieser Beleg enthält weder Ihren Namen noch Ihre Adresse noch Ihre "
                       "Nationalregisternummer.",
            .date_format = "{day}.{month}.{year}, {hour}:{minute}" NBSP "Uhr",
            .money_format = "{euro},{cent}" NBSP "€",
        },
    [LANGUAGE_EN] =
        {
            .counter = "Electronic counter",
            .specimen = "SPECIMEN – DEMONSTRATION",
            .place = "Place",
            .terminal = "Terminal",
            .date = "Date",
            .order = "Order",
            .document_reference = "Document reference",
            .verification_code = "Verification code",
            .verify = "Check it: {address}",
            .free_of_charge = "Free document. Nothing was paid.",
            .total = "TOTAL",
            .no_vat = "No VAT (municipal fee)",
            .in_language = {"in French", "in Dutch", "in German", "in English"},
            .one_copy = "1" NBSP "copy",
            .one_sheet = "1" NBSP "sheet",
            .more_sheets = "{n}" NBSP "sheets",
            .means = "Paid with",
            .card = "Card",
            .card_end = "ending in {digits}",
            .authorisation = "Authorisation",
            .pay_terminal = "Pay terminal",
            .state = "Status",
            .paid = "PAID",
            .refund_under_way = "REFUND UNDER WAY",
            .not_printed = {"PAID,", "NOT PRINTED"},
            .printed_in_part = {"PRINTED IN PART"},
            .show = "Show this receipt at the counter.",
            .refund_card =
                "We refund {amount} automatically, to the same card, within {days} working "
                "days.",
            .refund_account =
                "We refund {amount} automatically, to the same account, within {days} "
                "working days.",
            .nothing_to_do = "You need not do anything to get your money back.",
            .torn_page = "Is a page incomplete? Tear it up.",
            .sheets_printed = "Sheets printed: {n} of {all}",
            .questions = "Questions, complaints: at the counter or on {number}, with this receipt.",
            .questions_here = "Questions, complaints: at the counter, with this receipt.",
            .privacy =
                "This receipt does not show your name, your address or your national number.",
            .date_format = "{day}/{month}/{year}, {hour}:{minute}",
            .money_format = "€{euro}.{cent}",
        },
};

const struct receipt_text *receipt_text_in(enum language language)
{
    return &texts[language];
}
