#include "public_words.h"

#include <stdlib.h>
#include <string.h>

#include "certificate.h"
#include "str.h"

#define NB "\u00A0" // a blank at which no line ends

static const struct public_words words[PUBLIC_LANGUAGE_COUNT] = {
    [PUBLIC_FRENCH] =
        {
            .tag = "fr",
            .lang = "fr-BE",
            .own_name = "Français",
            .languages = "Langues",
            .title = "Vérifier un certificat",
            .form_label = "Code de vérification, imprimé près du code" NB "QR",
            .form_button = "Vérifier",
            .form_again = "Vérifier un autre certificat",
            .document = "Document",
            .issued_on = "Délivré le",
            .reference = "Référence",
            .issued_by = "Délivré par",
            .no_personal_data = "Cette page ne montre aucune donnée personnelle.",
            .verdicts =
                {
                    [CHECK_GENUINE] = {"Ce certificat est authentique",
                                       "La Ville l’a délivré. Comparez ces données avec votre "
                                       "papier" NB ": si quelque chose diffère, le papier ne vient "
                                       "pas de la Ville."},
                    [CHECK_NOT_HANDED_OVER] = {"Ce certificat n’a pas encore été remis",
                                               "La Ville l’a préparé, mais personne ne l’a encore "
                                               "reçu."},
                    [CHECK_VOID] = {"Ce certificat n’est pas valable",
                                    "La Ville n’a remis à personne un papier portant ce code."},
                    [CHECK_EXPIRED] = {"Ce certificat n’est plus confirmé",
                                       "Il est trop ancien. Demandez un certificat récent."},
                    [CHECK_UNKNOWN] = {"Nous ne connaissons pas ce certificat",
                                       "Vérifiez le code. S’il est exact, le papier ne vient pas "
                                       "de la Ville."},
                    [CHECK_NO_CODE] = {"Ce n’est pas un code de vérification",
                                       "Un code a 16" NB "lettres et chiffres en quatre groupes, "
                                       "par exemple 7K3M-9QXT-2WVD-H4NR."},
                },
            .too_many = {"Trop de vérifications", "Attendez une minute, puis essayez de nouveau."},
            .down = {"La vérification n’est pas possible pour le moment",
                     "Essayez de nouveau plus tard."},
            .nothing_here = {"Cette page n’existe pas",
                             "Vous pouvez vérifier un certificat ci-dessous."},
        },
    [PUBLIC_DUTCH] =
        {
            .tag = "nl",
            .lang = "nl-BE",
            .own_name = "Nederlands",
            .languages = "Talen",
            .title = "Een attest controleren",
            .form_label = "Controlecode, gedrukt naast de QR-code",
            .form_button = "Controleren",
            .form_again = "Nog een attest controleren",
            .document = "Document",
            .issued_on = "Afgegeven op",
            .reference = "Referentie",
            .issued_by = "Afgegeven door",
            .no_personal_data = "Deze pagina toont geen persoonsgegevens.",
            .verdicts =
                {
                    [CHECK_GENUINE] = {"Dit attest is echt",
                                       "De Stad heeft het afgegeven. Vergelijk deze gegevens met "
                                       "uw papier: als er iets verschilt, komt het papier niet van "
                                       "de Stad."},
                    [CHECK_NOT_HANDED_OVER] = {"Dit attest is nog niet overhandigd",
                                               "De Stad heeft het klaargemaakt, maar niemand heeft "
                                               "het al ontvangen."},
                    [CHECK_VOID] = {"Dit attest is niet geldig",
                                    "De Stad heeft aan niemand een papier met deze code gegeven."},
                    [CHECK_EXPIRED] = {"Dit attest wordt niet meer bevestigd",
                                       "Het is te oud. Vraag een recent attest."},
                    [CHECK_UNKNOWN] = {"Wij kennen dit attest niet",
                                       "Kijk de code na. Als ze juist is, komt het papier niet van "
                                       "de Stad."},
                    [CHECK_NO_CODE] = {"Dit is geen controlecode",
                                       "Een code heeft 16" NB "letters en cijfers in vier groepen, "
                                       "bijvoorbeeld 7K3M-9QXT-2WVD-H4NR."},
                },
            .too_many = {"Te veel controles", "Wacht een minuut en probeer opnieuw."},
            .down = {"Controleren is nu niet mogelijk", "Probeer het later opnieuw."},
            .nothing_here = {"Deze pagina bestaat niet",
                             "Hieronder kunt u een attest controleren."},
        },
    [PUBLIC_GERMAN] =
        {
            .tag = "de",
            .lang = "de-BE",
            .own_name = "Deutsch",
            .languages = "Sprachen",
            .title = "Eine Bescheinigung prüfen",
            .form_label = "Prüfcode, gedruckt neben dem QR-Code",
            .form_button = "Prüfen",
            .form_again = "Eine andere Bescheinigung prüfen",
            .document = "Dokument",
            .issued_on = "Ausgestellt am",
            .reference = "Aktenzeichen",
            .issued_by = "Ausgestellt von",
            .no_personal_data = "Diese Seite zeigt keine personenbezogenen Daten.",
            .verdicts =
                {
                    [CHECK_GENUINE] = {"Diese Bescheinigung ist echt",
                                       "Die Stadt hat sie ausgestellt. Vergleichen Sie diese "
                                       "Angaben mit Ihrem Papier: Wenn etwas abweicht, kommt das "
                                       "Papier nicht von der Stadt."},
                    [CHECK_NOT_HANDED_OVER] = {"Diese Bescheinigung wurde noch nicht ausgehändigt",
                                               "Die Stadt hat sie vorbereitet, aber noch niemand "
                                               "hat sie erhalten."},
                    [CHECK_VOID] = {"Diese Bescheinigung ist nicht gültig",
                                    "Die Stadt hat niemandem ein Papier mit diesem Code gegeben."},
                    [CHECK_EXPIRED] = {"Diese Bescheinigung wird nicht mehr bestätigt",
                                       "Sie ist zu alt. Bitten Sie um eine neue."},
                    [CHECK_UNKNOWN] =
                        {"Diese Bescheinigung kennen wir nicht",
                         "Prüfen Sie den Code. Wenn er stimmt, kommt das Papier nicht "
                         "von der Stadt."},
                    [CHECK_NO_CODE] = {"Das ist kein Prüfcode",
                                       "Ein Code hat 16" NB "Buchstaben und Ziffern in vier "
                                       "Gruppen, zum Beispiel 7K3M-9QXT-2WVD-H4NR."},
                },
            .too_many = {"Zu viele Prüfungen",
                         "Warten Sie eine Minute und versuchen Sie es noch einmal."},
            .down = {"Die Prüfung ist zurzeit nicht möglich",
                     "Versuchen Sie es später noch einmal."},
            .nothing_here = {"Diese Seite gibt es nicht",
                             "Unten können Sie eine Bescheinigung prüfen."},
        },
    [PUBLIC_ENGLISH] =
        {
            .tag = "en",
            .lang = "en-GB",
            .own_name = "English",
            .languages = "Languages",
            .title = "Check a certificate",
            .form_label = "Verification code, printed beside the QR" NB "code",
            .form_button = "Check",
            .form_again = "Check another certificate",
            .document = "Document",
            .issued_on = "Issued on",
            .reference = "Reference",
            .issued_by = "Issued by",
            .no_personal_data = "This page shows no personal data.",
            .verdicts =
                {
                    [CHECK_GENUINE] = {"This certificate is genuine",
                                       "The City has issued it. Compare these details with your "
                                       "paper: if anything differs, the paper is not from the "
                                       "City."},
                    [CHECK_NOT_HANDED_OVER] = {"This certificate has not been handed over yet",
                                               "The City has prepared it, but nobody has received "
                                               "it so far."},
                    [CHECK_VOID] = {"This certificate is not valid",
                                    "The City has given nobody a paper with this code."},
                    [CHECK_EXPIRED] = {"This certificate is no longer confirmed",
                                       "It is too old. Ask for a recent one."},
                    [CHECK_UNKNOWN] = {"We do not know this certificate",
                                       "Check the code. If it is right, the paper is not from the "
                                       "City."},
                    [CHECK_NO_CODE] = {"This is not a verification code",
                                       "A code has 16" NB "letters and digits in four groups, for "
                                       "example 7K3M-9QXT-2WVD-H4NR."},
                },
            .too_many = {"Too many checks", "Wait a minute, then try again."},
            .down = {"Checking is not possible at the moment", "Try again later."},
            .nothing_here = {"There is no such page", "You can check a certificate below."},
        },
};

const struct public_words *public_words_in(enum public_language language)
{
    return &words[language];
}

enum result public_language_of(const char *word, enum public_language *out)
{
    for (enum public_language i = 0; word != NULL && i < PUBLIC_LANGUAGE_COUNT; i++) {
        if (str_equal(word, words[i].tag)) {
            *out = i;
            return RESULT_OK;
        }
    }
    return RESULT_NOT_FOUND;
}

// The weight of one range of the header, in thousandths; 1000 when it says none.
static int weight_of(const char *range, size_t length)
{
    const char *q = memmem(range, length, "q=", 2);
    char digits[6] = "";
    int weight = 0, place = 1000;

    if (q == NULL)
        return 1000;
    for (size_t i = 0; i < 5 && q + 2 + i < range + length; i++)
        digits[i] = q[2 + i];
    if (digits[0] == '1')
        return 1000;
    for (size_t i = 2; i < 5 && digits[i] >= '0' && digits[i] <= '9'; i++) {
        place /= 10;
        weight += (digits[i] - '0') * place;
    }
    return weight;
}

enum public_language public_language_accepted(const char *header)
{
    enum public_language best = PUBLIC_FRENCH, language;
    int most = 0;

    while (header != NULL && *header != '\0') {
        header += strspn(header, " ,\t");
        size_t length = strcspn(header, ",");
        size_t name = strcspn(header, "-_;, \t");
        char word[3] = "";
        if (name == 2)
            word[0] = header[0] | 0x20, word[1] = header[1] | 0x20;
        int weight = weight_of(header, length);
        if (weight > most && public_language_of(word, &language) == RESULT_OK) {
            most = weight;
            best = language;
        }
        header += length;
    }
    return best;
}

enum result public_date(int64_t unix_seconds, enum public_language language,
                        char out[PUBLIC_DATE_SIZE])
{
    static const char *const months[PUBLIC_LANGUAGE_COUNT][12] = {
        [PUBLIC_FRENCH] = {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
                           "septembre", "octobre", "novembre", "décembre"},
        [PUBLIC_DUTCH] = {"januari", "februari", "maart", "april", "mei", "juni", "juli",
                          "augustus", "september", "oktober", "november", "december"},
        [PUBLIC_GERMAN] = {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August",
                           "September", "Oktober", "November", "Dezember"},
        [PUBLIC_ENGLISH] = {"January", "February", "March", "April", "May", "June", "July",
                            "August", "September", "October", "November", "December"},
    };
    struct certificate_moment moment;

    TRY(certificate_moment_of(unix_seconds, &moment));
    const char *after_day = language == PUBLIC_GERMAN ? "." : "";
    if (language == PUBLIC_FRENCH && moment.day.day == 1)
        after_day = "er";
    return str_format(out, PUBLIC_DATE_SIZE, "%d%s" NB "%s" NB "%d", moment.day.day, after_day,
                      months[language][moment.day.month - 1], moment.day.year);
}
