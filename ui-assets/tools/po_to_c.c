// po-to-c HEADER SOURCE kiosk.pot fr.po nl.po de.po en.po: the texts as const tables. The template
// says which texts there are. The build stops, naming file, line and key, when a language lacks a
// text, has one too many, an empty or fuzzy one, other slots than the first language, or, in
// French, an ordinary space where a line must not break.
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "str.h"

#define ENTRIES_MAXIMUM 400
#define LINE_SIZE 2048

struct entry {
    int line;
    bool fuzzy;
    char key[64];
    char *form[2]; // escaped as in the file, which is how C writes it, too; [1] only with plurals
};

struct catalog {
    const char *path;
    struct entry list[ENTRIES_MAXIMUM]; // [0] is the header
    int count;
};

enum field { FIELD_NONE, FIELD_KEY, FIELD_PLURAL_KEY, FIELD_FORM_0, FIELD_FORM_1 };

static bool complain(const struct catalog *catalog, int line, const char *key, const char *what)
{
    (void)fprintf(stderr, "%s:%d: %s%s%s\n", catalog->path, line, key, *key == '\0' ? "" : ": ",
                  what);
    return false;
}

// Appends what stands between the quotes.
static bool add_quoted(struct catalog *catalog, int number, enum field field, const char *line)
{
    struct entry *entry = &catalog->list[catalog->count - 1];
    const char *from = strchr(line, '"');
    const char *to = strrchr(line, '"');
    size_t length, old;
    char **form;

    if (from == NULL || to == from || catalog->count == 0)
        return complain(catalog, number, "", "expected a text in quotes");
    length = (size_t)(to - from - 1);
    if (field == FIELD_KEY) {
        if (length >= sizeof entry->key)
            return complain(catalog, number, "", "key is too long");
        memcpy(entry->key, from + 1, length);
        entry->key[length] = '\0';
        return true;
    }
    if (field == FIELD_PLURAL_KEY)
        return true;
    form = &entry->form[field == FIELD_FORM_1];
    old = *form == NULL ? 0 : strlen(*form);
    *form = realloc(*form, old + length + 1);
    if (*form == NULL)
        return complain(catalog, number, "", "out of memory");
    memcpy(*form + old, from + 1, length);
    (*form)[old + length] = '\0';
    return true;
}

static enum field field_of(const char *line, enum field before)
{
    if (str_starts_with(line, "msgid "))
        return FIELD_KEY;
    if (str_starts_with(line, "msgid_plural "))
        return FIELD_PLURAL_KEY;
    if (str_starts_with(line, "msgstr ") || str_starts_with(line, "msgstr[0] "))
        return FIELD_FORM_0;
    if (str_starts_with(line, "msgstr[1] "))
        return FIELD_FORM_1;
    return line[0] == '"' ? before : FIELD_NONE;
}

static bool read_line(struct catalog *catalog, int number, const char *line, enum field *field,
                      bool *fuzzy)
{
    if (line[0] == '#') {
        *fuzzy = *fuzzy || (str_starts_with(line, "#,") && strstr(line, "fuzzy") != NULL);
        return true;
    }
    if (line[strspn(line, " \r\n")] == '\0')
        return true;
    *field = field_of(line, *field);
    if (*field == FIELD_NONE)
        return complain(catalog, number, "", "expected msgid, msgid_plural, msgstr or a text");
    if (*field == FIELD_KEY && line[0] != '"') {
        if (catalog->count == ENTRIES_MAXIMUM)
            return complain(catalog, number, "", "too many texts");
        catalog->list[catalog->count++] = (struct entry){.line = number, .fuzzy = *fuzzy};
        *fuzzy = false;
    }
    return add_quoted(catalog, number, *field, line);
}

static bool read_catalog(struct catalog *catalog)
{
    char line[LINE_SIZE];
    enum field field = FIELD_NONE;
    bool good = true, fuzzy = false;
    FILE *file = fopen(catalog->path, "r");

    if (file == NULL) {
        perror(catalog->path);
        return false;
    }
    for (int number = 1; good && fgets(line, sizeof line, file) != NULL; number++)
        good = read_line(catalog, number, line, &field, &fuzzy);
    (void)fclose(file);
    return good;
}

static const struct entry *find(const struct catalog *catalog, const char *key)
{
    for (int i = 1; i < catalog->count; i++) {
        if (str_equal(catalog->list[i].key, key))
            return &catalog->list[i];
    }
    return NULL;
}

// Is every {slot} of one text in the other?
static bool has_slots_of(const char *text, const char *of)
{
    for (const char *at = strchr(of, '{'); at != NULL; at = strchr(at + 1, '{')) {
        char slot[32];
        size_t length = strcspn(at, "}") + 1;

        if (length >= sizeof slot)
            return false;
        memcpy(slot, at, length);
        slot[length] = '\0';
        if (strstr(text, slot) == NULL)
            return false;
    }
    return true;
}

// French sets a no-break space before these; an ordinary one may put them at the start of a line.
static bool has_breaking_space(const char *text)
{
    static const char *const wrong[] = {" :", " ;", " !", " ?", " €", " »", "« "};

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        if (strstr(text, wrong[i]) != NULL)
            return true;
    }
    return false;
}

static bool check_entry(const struct catalog *catalog, const struct entry *entry,
                        const struct entry *first, bool french)
{
    if (entry->fuzzy)
        return complain(catalog, entry->line, entry->key, "is marked fuzzy; review it");
    if ((entry->form[1] == NULL) != (first->form[1] == NULL))
        return complain(catalog, entry->line, entry->key, "needs plural forms in every language");
    for (int i = 0; i < 2; i++) {
        const char *text = entry->form[i];

        if (text == NULL)
            continue;
        if (*text == '\0')
            return complain(catalog, entry->line, entry->key, "is not translated");
        if (!has_slots_of(text, first->form[0]) || !has_slots_of(first->form[0], text))
            return complain(catalog, entry->line, entry->key,
                            "its {slots} differ from those of the first language");
        if (french && has_breaking_space(text))
            return complain(catalog, entry->line, entry->key,
                            "needs a no-break space before : ; ! ? or the euro sign");
    }
    return true;
}

static bool check_catalog(const struct catalog *catalog, const struct catalog *template,
                          const struct catalog *first)
{
    bool french = strstr(catalog->path, "fr.po") != NULL;
    bool good = true;

    for (int i = 1; i < template->count; i++) {
        const struct entry *entry = find(catalog, template->list[i].key);
        const struct entry *model = find(first, template->list[i].key);

        if (entry == NULL || model == NULL || entry->form[0] == NULL)
            good = complain(catalog, 1, template->list[i].key, "this text is missing");
        else if (!check_entry(catalog, entry, model, french))
            good = false;
    }
    for (int i = 1; i < catalog->count; i++) {
        if (find(template, catalog->list[i].key) == NULL)
            good = complain(catalog, catalog->list[i].line, catalog->list[i].key,
                            "this text is not in the template kiosk.pot");
    }
    return good;
}

static void write_word(FILE *out, const char *key)
{
    (void)fprintf(out, "    TEXT_");
    for (; *key != '\0'; key++)
        (void)fputc(*key == '.' ? '_' : toupper((unsigned char)*key), out);
    (void)fprintf(out, ",\n");
}

static void write_header(FILE *out, const struct catalog *template)
{
    (void)fprintf(out, "// text_ids.h: which texts there are. Made by po-to-c from "
                       "ui-assets/locale/kiosk.pot.\n#pragma once\n\nenum text_id {\n");
    for (int i = 1; i < template->count; i++)
        write_word(out, template->list[i].key);
    (void)fprintf(out, "};\n#define TEXT_COUNT %d\n", template->count - 1);
}

static bool write_rules(FILE *out, const struct catalog *catalogs, int count)
{
    (void)fprintf(out, "const unsigned char text_least_singular[] = {");
    for (int i = 0; i < count; i++) {
        const char *header = catalogs[i].count > 0 ? catalogs[i].list[0].form[0] : NULL;
        bool from_zero = header != NULL && strstr(header, "nplurals=2; plural=(n > 1);") != NULL;
        bool from_one = header != NULL && strstr(header, "nplurals=2; plural=(n != 1);") != NULL;

        if (!from_zero && !from_one)
            return complain(&catalogs[i], 1, "Plural-Forms",
                            "only nplurals=2 with (n > 1) or (n != 1) are known");
        (void)fprintf(out, " %d,", from_zero ? 0 : 1);
    }
    (void)fprintf(out, " };\n\n");
    return true;
}

static bool write_source(FILE *out, const struct catalog *template, const struct catalog *catalogs,
                         int count)
{
    (void)fprintf(out, "// Made by po-to-c from ui-assets/locale; edit the .po files.\n"
                       "#include \"text_tables.h\"\n\n");
    if (!write_rules(out, catalogs, count))
        return false;
    (void)fprintf(out, "const struct text_forms text_table[][%d] = {\n", count);
    for (int i = 1; i < template->count; i++) {
        (void)fprintf(out, "    { // %s\n", template->list[i].key);
        for (int language = 0; language < count; language++) {
            const struct entry *entry = find(&catalogs[language], template->list[i].key);

            (void)fprintf(out, "        { \"%s\", ", entry->form[0]);
            if (entry->form[1] == NULL)
                (void)fprintf(out, "NULL },\n");
            else
                (void)fprintf(out, "\"%s\" },\n", entry->form[1]);
        }
        (void)fprintf(out, "    },\n");
    }
    (void)fprintf(out, "};\n");
    return true;
}

static bool convert(FILE *header, FILE *source, char **paths, int count)
{
    struct catalog *all = calloc((size_t)count, sizeof *all);
    bool good = all != NULL;

    for (int i = 0; good && i < count; i++) {
        all[i].path = paths[i];
        good = read_catalog(&all[i]);
    }
    for (int i = 1, fine = good; fine && i < count; i++)
        good = check_catalog(&all[i], &all[0], &all[1]) && good;
    if (good) {
        write_header(header, &all[0]);
        good = write_source(source, &all[0], all + 1, count - 1);
    }
    for (int i = 0; all != NULL && i < count; i++) {
        for (int j = 0; j < all[i].count; j++) {
            free(all[i].list[j].form[0]);
            free(all[i].list[j].form[1]);
        }
    }
    free(all);
    return good;
}

int main(int count, char **arguments)
{
    FILE *header = count > 4 ? fopen(arguments[1], "w") : NULL;
    FILE *source = count > 4 ? fopen(arguments[2], "w") : NULL;
    bool good;

    if (header == NULL || source == NULL) {
        (void)fprintf(stderr, "usage: po-to-c HEADER SOURCE kiosk.pot LANGUAGE.po...\n");
        return 2;
    }
    good = convert(header, source, arguments + 3, count - 3);
    good = fclose(header) == 0 && good;
    good = fclose(source) == 0 && good;
    if (!good) {
        (void)remove(arguments[1]);
        (void)remove(arguments[2]);
    }
    return good ? 0 : 1;
}
