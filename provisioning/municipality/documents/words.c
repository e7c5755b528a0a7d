// The words that are made, not listed: numbers, dates, names, addresses.
#include "wording.h"

#include <glib.h>

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

char *wording_date(struct partial_date date, enum paper_language language, bool markup)
{
    const char *in = language == PAPER_FRENCH ? "en" : "in";
    const char *ordinal = "";

    if (date.year == 0)
        return g_strdup(language == PAPER_FRENCH ? "date" NBSP "inconnue"
                                                 : "datum" NBSP "onbekend");
    if (date.month == 0)
        return g_strdup_printf("%s" NBSP "%d", in, date.year);
    if (date.day == 0)
        return g_strdup_printf("%s" NBSP "%s" NBSP "%d", in, month_name(date.month, language),
                               date.year);
    if (date.day == 1 && language == PAPER_FRENCH)
        ordinal = markup ? "<span rise='3200' size='70%'>er</span>" : "er";
    return g_strdup_printf("%d%s" NBSP "%s" NBSP "%d", date.day, ordinal,
                           month_name(date.month, language), date.year);
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

    if (lodged[0] != '\0')
        g_string_append_printf(
            line, french ? "Adresse de référence" NBSP ": %s, " : "Referentieadres: %s, ", lodged);
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

char *wording_continued(size_t from, size_t to, size_t of, int page, enum paper_language language)
{
    bool french = language == PAPER_FRENCH;
    g_autofree char *rows =
        from == to ? g_strdup_printf(french ? "Personne" NBSP "%zu sur" NBSP "%zu."
                                            : "Persoon" NBSP "%zu van" NBSP "%zu.",
                                     from, of)
                   : g_strdup_printf(french ? "Personnes" NBSP "%zu à" NBSP "%zu sur" NBSP "%zu."
                                            : "Personen" NBSP "%zu tot" NBSP "%zu van" NBSP "%zu.",
                                     from, to, of);

    return g_strdup_printf(
        french ? "%s Suite à la page" NBSP "%d." : "%s Vervolg op pagina" NBSP "%d.", rows, page);
}
