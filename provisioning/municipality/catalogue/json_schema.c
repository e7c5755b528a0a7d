#include "json_schema.h"

#include <regex.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "str.h"

#define PLACE_MAXIMUM 200
#define DEPTH_MAXIMUM 32

struct check {
    const json_t *root; // the schema's, for references
    char place[PLACE_MAXIMUM];
    int depth;
    char *wrong;
    size_t capacity;
};

static enum result holds(struct check *check, const json_t *schema, const json_t *value);

// "/documents/2/letter: expected …", with what the schema calls it.
__attribute__((format(printf, 3, 4))) static enum result
fails(const struct check *check, const json_t *schema, const char *format, ...)
{
    const char *called = json_string_value(json_object_get(schema, "description"));
    char expected[300];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(expected, sizeof expected, format, arguments);
    va_end(arguments);
    snprintf(check->wrong, check->capacity, "%s: expected %s%s%s%s",
             check->place[0] == '\0' ? "/" : check->place, expected, called == NULL ? "" : " (",
             called == NULL ? "" : called, called == NULL ? "" : ")");
    return RESULT_MALFORMED;
}

// Goes down to a member or an element and comes back.
static enum result holds_below(struct check *check, const json_t *schema, const json_t *value,
                               const char *name, size_t index)
{
    size_t before = strlen(check->place);

    if (name != NULL)
        snprintf(check->place + before, sizeof check->place - before, "/%s", name);
    else
        snprintf(check->place + before, sizeof check->place - before, "/%zu", index);
    enum result good = holds(check, schema, value);
    check->place[before] = '\0';
    return good;
}

static enum result check_type(struct check *check, const json_t *schema, const json_t *wanted,
                              const json_t *value)
{
    static const struct {
        const char *word, *called;
        json_type type;
    } types[] = {
        {"object", "an object", JSON_OBJECT},
        {"array", "a list", JSON_ARRAY},
        {"string", "a text", JSON_STRING},
        {"integer", "a whole number", JSON_INTEGER},
    };
    const char *word = json_string_value(wanted);

    for (size_t i = 0; word != NULL && i < sizeof types / sizeof types[0]; i++)
        if (str_equal(word, types[i].word))
            return json_typeof(value) == types[i].type
                       ? RESULT_OK
                       : fails(check, schema, "%s", types[i].called);
    return RESULT_INVALID;
}

static enum result check_required(struct check *check, const json_t *schema, const json_t *names,
                                  const json_t *value)
{
    for (size_t i = 0; i < json_array_size(names); i++) {
        const char *name = json_string_value(json_array_get(names, i));
        if (json_is_object(value) && json_object_get(value, name) == NULL)
            return fails(check, schema, "\"%s\", which is missing", name);
    }
    return RESULT_OK;
}

static enum result check_members(struct check *check, const json_t *schema, const json_t *value)
{
    const json_t *properties = json_object_get(schema, "properties");
    const json_t *others = json_object_get(schema, "additionalProperties");
    const char *name;
    json_t *member;

    json_object_foreach((json_t *)value, name, member)
    {
        const json_t *known = json_object_get(properties, name);
        if (known == NULL && json_is_false(others))
            return fails(check, schema, "no \"%s\"; there is no such member", name);
        if (known == NULL && others == NULL)
            continue;
        TRY(holds_below(check, known != NULL ? known : others, member, name, 0));
    }
    return RESULT_OK;
}

static enum result check_items(struct check *check, const json_t *schema, const json_t *value)
{
    const json_t *items = json_object_get(schema, "items");
    bool unique = json_is_true(json_object_get(schema, "uniqueItems"));

    for (size_t i = 0; i < json_array_size(value); i++) {
        const json_t *item = json_array_get(value, i);
        if (items != NULL)
            TRY(holds_below(check, items, item, NULL, i));
        for (size_t before = 0; unique && before < i; before++)
            if (json_equal(json_array_get(value, before), item))
                return fails(check, schema, "no element twice");
    }
    return RESULT_OK;
}

static enum result check_pattern(struct check *check, const json_t *schema, const json_t *wanted,
                                 const json_t *value)
{
    const char *pattern = json_string_value(wanted), *text = json_string_value(value);
    regex_t compiled;

    if (pattern == NULL || regcomp(&compiled, pattern, REG_EXTENDED | REG_NOSUB) != 0)
        return RESULT_INVALID;
    bool fits = text == NULL || regexec(&compiled, text, 0, NULL, 0) == 0;
    regfree(&compiled);
    return fits ? RESULT_OK : fails(check, schema, "a text that fits %s", pattern);
}

static enum result check_enum(struct check *check, const json_t *schema, const json_t *words,
                              const json_t *value)
{
    char list[200] = "";

    for (size_t i = 0; i < json_array_size(words); i++) {
        if (json_equal(json_array_get(words, i), value))
            return RESULT_OK;
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s%s", i == 0 ? "" : ", ",
                 json_string_value(json_array_get(words, i)));
    }
    return fails(check, schema, "one of: %s", list);
}

// Bounds of numbers, texts and lists: a keyword, what it measures, and its words.
static enum result check_bound(struct check *check, const json_t *schema, const char *keyword,
                               const json_t *wanted, const json_t *value)
{
    static const struct {
        const char *keyword, *called;
        json_type of;
        bool least;
    } bounds[] = {
        {"minimum", "a number of at least %lld", JSON_INTEGER, true},
        {"maximum", "a number of at most %lld", JSON_INTEGER, false},
        {"minLength", "a text of at least %lld bytes", JSON_STRING, true},
        {"maxLength", "a text of at most %lld bytes", JSON_STRING, false},
        {"minItems", "at least %lld elements", JSON_ARRAY, true},
        {"maxItems", "at most %lld elements", JSON_ARRAY, false},
    };
    long long limit = json_integer_value(wanted);

    for (size_t i = 0; i < sizeof bounds / sizeof bounds[0]; i++) {
        if (!str_equal(keyword, bounds[i].keyword))
            continue;
        long long measured = bounds[i].of == JSON_INTEGER  ? json_integer_value(value)
                             : bounds[i].of == JSON_STRING ? (long long)json_string_length(value)
                                                           : (long long)json_array_size(value);
        bool fits = bounds[i].least ? measured >= limit : measured <= limit;
        char expected[80];
        if (json_typeof(value) != bounds[i].of || fits)
            return RESULT_OK;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        snprintf(expected, sizeof expected, bounds[i].called, limit);
#pragma GCC diagnostic pop
        return fails(check, schema, "%s", expected);
    }
    return RESULT_INVALID;
}

// "#/$defs/word" alone.
static const json_t *referred(const struct check *check, const json_t *reference)
{
    static const char prefix[] = "#/$defs/";
    const char *text = json_string_value(reference);

    if (text == NULL || !str_starts_with(text, prefix))
        return NULL;
    return json_object_get(json_object_get(check->root, "$defs"), text + strlen(prefix));
}

static bool is_of(const char *keyword, const char *const *words)
{
    for (; *words != NULL; words++)
        if (str_equal(keyword, *words))
            return true;
    return false;
}

static enum result check_keyword(struct check *check, const json_t *schema, const char *keyword,
                                 const json_t *wanted, const json_t *value)
{
    static const char *const silent[] = {
        "$schema",     "$defs",       "title",    "$id",
        "description", "uniqueItems", "examples", "additionalProperties",
        NULL};

    if (str_equal(keyword, "$ref"))
        return holds(check, referred(check, wanted), value);
    if (str_equal(keyword, "type"))
        return check_type(check, schema, wanted, value);
    if (str_equal(keyword, "required"))
        return check_required(check, schema, wanted, value);
    if (str_equal(keyword, "properties"))
        return RESULT_OK; // with additionalProperties, in check_members
    if (str_equal(keyword, "items"))
        return check_items(check, schema, value);
    if (str_equal(keyword, "pattern"))
        return check_pattern(check, schema, wanted, value);
    if (str_equal(keyword, "enum"))
        return check_enum(check, schema, wanted, value);
    if (is_of(keyword, silent))
        return RESULT_OK;
    return check_bound(check, schema, keyword, wanted, value);
}

static enum result holds_now(struct check *check, const json_t *schema, const json_t *value)
{
    const json_t *type = json_object_get(schema, "type");
    const char *keyword;
    json_t *wanted;

    if (!json_is_object(schema))
        return RESULT_INVALID;
    if (type != NULL) // first: what follows is about a value of that type
        TRY(check_type(check, schema, type, value));
    json_object_foreach((json_t *)schema, keyword, wanted)
        TRY(check_keyword(check, schema, keyword, wanted, value));
    return json_is_object(value) ? check_members(check, schema, value) : RESULT_OK;
}

static enum result holds(struct check *check, const json_t *schema, const json_t *value)
{
    if (++check->depth > DEPTH_MAXIMUM)
        return RESULT_INVALID; // a schema that refers to itself
    enum result good = holds_now(check, schema, value);
    check->depth--;
    return good;
}

enum result json_schema_check(const json_t *schema, const json_t *value, char *wrong,
                              size_t capacity)
{
    struct check check = {.root = schema, .wrong = wrong, .capacity = capacity};

    wrong[0] = '\0';
    return holds(&check, schema, value);
}
