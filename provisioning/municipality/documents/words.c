// The words that are made, not listed: numbers, dates, names, addresses.
#include "wording.h"

#include <glib.h>
#include <string.h>

#define NBSP "\u00A0"

static const char *const units[PAPER_LANGUAGE_COUNT][20] = {
    {"zéro",     "une",    "deux",  "trois",    "quatre",   "cinq",    "six",
     "sept",     "huit",   "neuf",  "dix",      "onze",     "douze",   "treize",
     "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"},
    {"nul",      "een",      "twee",    "drie",      "vier",     "vijf",     "zes",
     "zeven",    "acht",     "negen",   "tien",      "elf",      "twaalf",   "dertien",
     "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"},
};
static const char *const tens[PAPER_LANGUAGE_COUNT][10] = {
    {"", "", "vingt", "trente", "quarante", "cinquante", "soixante", "septante", "quatre-vingt",
     "nonante"},
    {"", "", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig",
     "negentig"},
};

static char *french_number(int number)
{
    const char *ten = tens[PAPER_FRENCH][number / 10];
    const char *unit = units[PAPER_FRENCH][number % 10];

    if (number == 80)
        return g_strdup("quatre-vingts");
    if (number % 10 == 0)
        return g_strdup(ten);
    if (number % 10 == 1 && number != 81)
        return g_strdup_printf("%s et %s", ten, unit);
    return g_strdup_printf("%s-%s", ten, unit);
}

static char *dutch_number(int number)
{
    int unit = number % 10;
    // Diaeresis where two e's would meet: tweeëntwintig, drieëndertig.
    const char *and = unit == 2 || unit == 3 ? "ën" : "en";

    if (unit == 0)
        return g_strdup(tens[PAPER_DUTCH][number / 10]);
    return g_strdup_printf("%s%s%s", units[PAPER_DUTCH][unit], and, tens[PAPER_DUTCH][number / 10]);
}

char *wording_number(int number, enum paper_language language)
{
    if (number < 20)
        return g_strdup(units[language][number]);
    return language == PAPER_FRENCH ? french_number(number) : dutch_number(number);
}

static const char *month_name(int month, enum paper_language language)
{
    static const char *const months[PAPER_LANGUAGE_COUNT][12] = {
        {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
         "octobre", "novembre", "décembre"},
        {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
         "oktober", "november", "december"},
    };

    return months[language][month - 1];
}

// A date whose day is known.
static char *whole_date(struct partial_date date, enum paper_language language, bool markup)
{
    const char *ordinal = "";

    if (date.day == 1 && language == PAPER_FRENCH)
        ordinal = markup ? "<span rise='3200' size='70%'>er</span>" : "er";
    return g_strdup_printf("%d%s" NBSP "%s" NBSP "%d", date.day, ordinal,
                           month_name(date.month, language), date.year);
}

// "mars 1984", "1962".
static char *month_or_year(struct partial_date date, enum paper_language language)
{
    if (date.month == 0)
        return g_strdup_printf("%d", date.year);
    return g_strdup_printf("%s" NBSP "%d", month_name(date.month, language), date.year);
}

static bool is_whole(struct partial_date date)
{
    return date.year != 0 && date.month != 0 && date.day != 0;
}

char *wording_date(struct partial_date date, enum paper_language language, bool markup)
{
    if (date.year == 0)
        return g_strdup(language == PAPER_FRENCH ? "date" NBSP "inconnue"
                                                 : "datum" NBSP "onbekend");
    if (is_whole(date))
        return whole_date(date, language, markup);
    g_autofree char *known = month_or_year(date, language);
    return g_strdup_printf("%s" NBSP "%s", language == PAPER_FRENCH ? "en" : "in", known);
}

const char *wording_label_since(struct partial_date date, enum paper_language language)
{
    if (language == PAPER_DUTCH)
        return "Op dit adres sinds";
    return is_whole(date) ? "À cette adresse depuis le" : "À cette adresse depuis";
}

char *wording_since_value(struct partial_date date, enum paper_language language, bool markup)
{
    if (date.year == 0)
        return g_strdup(language == PAPER_FRENCH ? "une date" NBSP "inconnue"
                                                 : "een onbekende" NBSP "datum");
    return is_whole(date) ? whole_date(date, language, markup) : month_or_year(date, language);
}

char *wording_since(struct partial_date date, enum paper_language language, bool markup)
{
    g_autofree char *value = wording_since_value(date, language, markup);

    if (language == PAPER_DUTCH)
        return g_strdup_printf("sinds" NBSP "%s", value);
    return g_strdup_printf(is_whole(date) ? "depuis le" NBSP "%s" : "depuis" NBSP "%s", value);
}

char *wording_numeric_date(struct partial_date date, enum paper_language language)
{
    if (date.year == 0)
        return g_strdup(language == PAPER_FRENCH ? "inconnu" : "onbekend");
    if (date.month == 0)
        return g_strdup_printf("%d", date.year);
    if (date.day == 0)
        return g_strdup_printf("%02d/%d", date.month, date.year);
    return g_strdup_printf("%02d/%02d/%d", date.day, date.month, date.year);
}

char *wording_moment(struct partial_date date, int hour, int minute, enum paper_language language)
{
    g_autofree char *day = wording_date(date, language, true);

    if (language == PAPER_FRENCH)
        return g_strdup_printf("%s à %d" NBSP "h" NBSP "%02d", day, hour, minute);
    return g_strdup_printf("%s om %d.%02d" NBSP "uur", day, hour, minute);
}

char *wording_place_and_date(struct partial_date date, enum paper_language language, bool markup)
{
    g_autofree char *day = wording_date(date, language, markup);

    return g_strdup_printf(language == PAPER_FRENCH ? "Bruxelles, le" NBSP "%s" : "Brussel, %s",
                           day);
}

char *wording_fee(long long cents, enum paper_language language)
{
    if (cents == 0)
        return g_strdup(language == PAPER_FRENCH ? "gratuit" : "gratis");
    return g_strdup_printf(language == PAPER_FRENCH ? "%lld,%02lld" NBSP "€"
                                                    : "€" NBSP "%lld,%02lld",
                           cents / 100, cents % 100);
}

void wording_address(const struct home_address *address, enum paper_language language,
                     char **street, char **place)
{
    const char *lodged = address->lodged_at[language], *quarter = address->quarter[language];
    bool french = language == PAPER_FRENCH;
    GString *line = g_string_new(NULL);

    if (address->dwelling == DWELLING_REFERENCE)
        g_string_append(line, french ? "Adresse de référence" NBSP ": " : "Referentieadres: ");
    if (lodged[0] != '\0')
        g_string_append_printf(line, "%s, ", lodged);
    g_string_append(line, address->street[language]);
    if (address->number[0] != '\0')
        g_string_append_printf(line, NBSP "%s", address->number);
    if (address->box[0] != '\0')
        g_string_append_printf(line, french ? ", boîte" NBSP "%s" : " bus" NBSP "%s", address->box);
    *street = g_string_free(line, FALSE);

    line = g_string_new(NULL);
    g_string_append_printf(line, "%s" NBSP "%s", address->postal_code,
                           address->municipality[language]);
    if (quarter[0] != '\0')
        g_string_append_printf(line, " (%s)", quarter);
    *place = g_string_free(line, FALSE);
}

char *wording_name(const char *name)
{
    char *composed = g_utf8_normalize(name, -1, G_NORMALIZE_NFC);

    return composed == NULL ? g_strdup("") : composed;
}

char *wording_birth_place(const struct resident *person, enum paper_language language)
{
    const char *country = person->birth_country[language];

    if (person->birth_place[language][0] == '\0')
        return g_strdup(wording_of(language)->place_unknown);
    g_autofree char *place = wording_name(person->birth_place[language]);
    if (country[0] == '\0')
        return g_steal_pointer(&place);
    return g_strdup_printf("%s (%s)", place, country);
}

char *wording_capitals(const char *name)
{
    g_autofree char *composed = wording_name(name);
    GString *capitals = g_string_new(NULL);

    for (const char *at = composed; *at != '\0'; at = g_utf8_next_char(at))
        g_string_append_unichar(capitals, g_unichar_toupper(g_utf8_get_char(at)));
    return g_string_free(capitals, FALSE);
}

char *wording_count_of_persons(int persons, enum paper_language language)
{
    g_autofree char *words = wording_number(persons, language);

    return g_strdup_printf(language == PAPER_FRENCH ? "Nombre de personnes" NBSP ": <b>%d" NBSP
                                                      "(%s)</b>."
                                                    : "Aantal personen: <b>%d" NBSP "(%s)</b>.",
                           persons, words);
}

char *wording_count_of_addresses(int rows, bool with_gap, enum paper_language language)
{
    static const char *const counted[PAPER_LANGUAGE_COUNT][2] = {
        {"Nombre d’adresses précédentes" NBSP ":", "Nombre de périodes mentionnées" NBSP ":"},
        {"Aantal vorige adressen:", "Aantal vermelde perioden:"}};
    g_autofree char *words = wording_number(rows, language);

    return g_strdup_printf("%s <b>%d" NBSP "(%s)</b>.", counted[language][with_gap ? 1 : 0], rows,
                           words);
}

char *wording_continued(const struct rows_shown *rows, int next_page, enum paper_language language)
{
    static const char *const nouns[][PAPER_LANGUAGE_COUNT][2] = {
        [TABLE_OF_PERSONS] = {{"Personne", "Personnes"}, {"Persoon", "Personen"}},
        [TABLE_OF_ADDRESSES] = {{"Ligne", "Lignes"}, {"Regel", "Regels"}},
    };
    bool french = language == PAPER_FRENCH, one = rows->from == rows->to;
    const char *noun = nouns[rows->what][language][one ? 0 : 1];
    g_autofree char *last =
        one ? g_strdup("")
            : g_strdup_printf(french ? " à" NBSP "%zu" : " tot" NBSP "%zu", rows->to);

    return g_strdup_printf(french ? "%s" NBSP "%zu%s sur" NBSP "%zu. Suite à la page" NBSP "%d."
                                  : "%s" NBSP "%zu%s van" NBSP "%zu. Vervolg op pagina" NBSP "%d.",
                           noun, rows->from, last, rows->of, next_page);
}

char *wording_nationality(const struct resident *person, enum paper_language language)
{
    static const char *const statuses[] = {"réfugié reconnu", "réfugiée reconnue",
                                           "personne réfugiée reconnue"};
    const char *written = person->nationality[language];

    for (size_t i = 0; language == PAPER_FRENCH && i < G_N_ELEMENTS(statuses); i++) {
        size_t length = strlen(statuses[i]);
        bool ends =
            written[length <= strlen(written) ? length : 0] == ',' || strlen(written) == length;
        if (person->citizenship == CITIZENSHIP_REFUGEE && ends &&
            g_str_has_prefix(written, statuses[i]))
            return g_strconcat(statuses[person->sex], written + length, NULL);
    }
    return wording_name(written);
}

char *wording_national_number(const char *number)
{
    if (strlen(number) != 11)
        return g_strdup(number);
    return g_strdup_printf("%.2s.%.2s.%.2s-%.3s.%.2s", number, number + 2, number + 4, number + 6,
                           number + 9);
}
