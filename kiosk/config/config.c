// The parser of the configuration file.
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "config_keys.h"
#include "str.h"

#define FILE_MAXIMUM 65536
#define LINE_MAXIMUM 1024
#define KEYS_MAXIMUM 96

struct parser {
    const char *name;
    struct config *out;
    struct config_problem *problem;
    size_t line;
    const char *section; // of the table; NULL before the first
    size_t line_of_key[KEYS_MAXIMUM];
};

static enum result complain(struct config_problem *problem, const char *name, size_t line,
                            const char *format, ...) __attribute__((format(printf, 4, 5)));

static enum result complain(struct config_problem *problem, const char *name, size_t line,
                            const char *format, ...)
{
    char what[1024];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    problem->line = line;
    if (line == 0)
        snprintf(problem->text, sizeof problem->text, "%s: %s", name, what);
    else
        snprintf(problem->text, sizeof problem->text, "%s, line %zu: %s", name, line, what);
    return RESULT_MALFORMED;
}

static char *trimmed(char *text)
{
    while (*text == ' ' || *text == '\t')
        text++;
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t\r", text[length - 1]) != NULL)
        text[--length] = '\0';
    return text;
}

static enum result open_section(struct parser *parser, char *line)
{
    size_t count = 0;
    const struct config_key *keys = config_keys(&count);
    size_t length = strlen(line);

    if (line[length - 1] != ']')
        return complain(parser->problem, parser->name, parser->line,
                        "the section \"%.40s\" does not end with \"]\". Write [NAME].", line);
    line[length - 1] = '\0';
    for (size_t i = 0; i < count; i++) {
        if (str_equal(keys[i].section, line + 1)) {
            parser->section = keys[i].section;
            return RESULT_OK;
        }
    }
    return complain(parser->problem, parser->name, parser->line,
                    "there is no section [%.40s]. The documented file names them all; correct the "
                    "name or remove the section.",
                    line + 1);
}

static enum result find_key(struct parser *parser, const char *name, size_t *index)
{
    size_t count = 0;
    const struct config_key *keys = config_keys(&count);

    if (parser->section == NULL)
        return complain(parser->problem, parser->name, parser->line,
                        "the key \"%.40s\" stands before the first section. Put it below its "
                        "[SECTION].",
                        name);
    for (*index = 0; *index < count; ++*index)
        if (str_equal(keys[*index].section, parser->section) && str_equal(keys[*index].key, name))
            return RESULT_OK;
    return complain(parser->problem, parser->name, parser->line,
                    "section [%s] has no key \"%.40s\". Correct the name or remove the line; the "
                    "documented file lists every key.",
                    parser->section, name);
}

static enum result take_value(struct parser *parser, size_t index, const char *value)
{
    size_t count = 0;
    const struct config_key *key = &config_keys(&count)[index];
    char expectation[256] = "";

    if (parser->line_of_key[index] != 0)
        return complain(parser->problem, parser->name, parser->line,
                        "%s in [%s] is already set in line %zu. Remove one of the two.", key->key,
                        key->section, parser->line_of_key[index]);
    parser->line_of_key[index] = parser->line;
    if (config_key_store(key, value, parser->out) == RESULT_OK)
        return RESULT_OK;
    TRY(config_key_expectation(key, expectation, sizeof expectation));
    return complain(parser->problem, parser->name, parser->line,
                    "%s in [%s] is \"%.80s\". Expected: %s. Correct the value.", key->key,
                    key->section, value, expectation);
}

static enum result parse_line(struct parser *parser, char *text)
{
    char *line = trimmed(text);
    char *equals = strchr(line, '=');
    size_t index = 0;

    if (*line == '\0' || *line == '#' || *line == ';')
        return RESULT_OK;
    if (*line == '[')
        return open_section(parser, line);
    if (equals == NULL || equals == line)
        return complain(parser->problem, parser->name, parser->line,
                        "\"%.40s\" is neither a section nor a key. Write [SECTION] or KEY = VALUE, "
                        "or begin the line with \"#\".",
                        line);
    *equals = '\0';
    TRY(find_key(parser, trimmed(line), &index));
    return take_value(parser, index, trimmed(equals + 1));
}

static enum result parse_lines(struct parser *parser, struct bytes text)
{
    char line[LINE_MAXIMUM];

    for (size_t at = 0; at < text.size;) {
        const uint8_t *end = memchr(text.data + at, '\n', text.size - at);
        size_t length = end != NULL ? (size_t)(end - (text.data + at)) : text.size - at;

        parser->line++;
        if (length >= sizeof line || memchr(text.data + at, '\0', length) != NULL)
            return complain(parser->problem, parser->name, parser->line,
                            "the line is not text of at most %zu characters. Shorten it; save the "
                            "file as plain UTF-8 text.",
                            sizeof line - 1);
        memcpy(line, text.data + at, length);
        line[length] = '\0';
        TRY(parse_line(parser, line));
        at += length + 1;
    }
    return RESULT_OK;
}

// Keys that were not stated get their default, or are missed.
static enum result fill_in_defaults(struct parser *parser)
{
    size_t count = 0;
    const struct config_key *keys = config_keys(&count);
    char expectation[256] = "";

    for (size_t i = 0; i < count; i++) {
        if (parser->line_of_key[i] != 0)
            continue;
        if (keys[i].must_be_stated) {
            TRY(config_key_expectation(&keys[i], expectation, sizeof expectation));
            return complain(parser->problem, parser->name, parser->line,
                            "the file ends and %s in [%s] is not set. Expected: %s. Add the line "
                            "\"%s = …\" below [%s].",
                            keys[i].key, keys[i].section, expectation, keys[i].key,
                            keys[i].section);
        }
        TRY(config_key_store(&keys[i], keys[i].fallback, parser->out));
    }
    return RESULT_OK;
}

// The parser alone; it keeps the line of every key, so that files can be checked afterwards.
static enum result parse(struct parser *parser, struct bytes text)
{
    *parser->out = (struct config){};
    *parser->problem = (struct config_problem){};
    TRY(parse_lines(parser, text));
    return fill_in_defaults(parser);
}

enum result config_parse(const char *name, struct bytes text, struct config *out,
                         struct config_problem *problem)
{
    struct parser parser = {.name = name, .out = out, .problem = problem};

    return parse(&parser, text);
}

static enum result check_files(struct parser *parser)
{
    size_t count = 0;
    const struct config_key *keys = config_keys(&count);
    char expectation[256] = "";

    for (size_t i = 0; i < count; i++) {
        if (config_key_check_file(&keys[i], parser->out) == RESULT_OK)
            continue;
        TRY(config_key_expectation(&keys[i], expectation, sizeof expectation));
        return complain(parser->problem, parser->name, parser->line_of_key[i],
                        "%s in [%s] is \"%.200s\", and that is not there or may not be used. "
                        "Expected: %s. Correct the path, or make the file and its rights right.",
                        keys[i].key, keys[i].section, (const char *)parser->out + keys[i].offset,
                        expectation);
    }
    return RESULT_OK;
}

static enum result read_file(const char *path, char *text, size_t capacity, size_t *size)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = 1;

    if (file < 0)
        return RESULT_NOT_FOUND;
    for (*size = 0; *size < capacity && got > 0; *size += got > 0 ? (size_t)got : 0)
        got = read(file, text + *size, capacity - *size);
    close(file);
    if (got < 0)
        return RESULT_NOT_FOUND;
    return *size < capacity ? RESULT_OK : RESULT_TOO_LARGE;
}

enum result config_load(const char *path, struct config *out, struct config_problem *problem)
{
    struct parser parser = {.name = path, .out = out, .problem = problem};
    char text[FILE_MAXIMUM];
    size_t size = 0;
    enum result result = read_file(path, text, sizeof text, &size);

    if (result == RESULT_NOT_FOUND) {
        (void)complain(problem, path, 0,
                       "the configuration cannot be read (%s). Expected: a file that the terminal "
                       "may read. Give its path with --config FILE.",
                       strerrordesc_np(errno));
        return RESULT_NOT_FOUND;
    }
    if (result != RESULT_OK)
        return complain(problem, path, 0,
                        "the file is too large. Expected: a configuration of less than %d bytes.",
                        FILE_MAXIMUM);
    TRY(parse(&parser, (struct bytes){.data = (const uint8_t *)text, .size = size}));
    return check_files(&parser);
}
