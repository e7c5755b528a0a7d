#include "options.h"

#include "str.h"

#include <stdio.h>

static bool wrong(const char *what, const char *word)
{
    fprintf(stderr, "kioskctl: %s: %s. \"kioskctl --help\" lists what is expected.\n", word, what);
    return false;
}

static const struct option_rule *rule_of(const char *word, const struct option_rule *rules,
                                         size_t rule_count)
{
    for (size_t i = 0; i < rule_count; i++)
        if (str_equal(rules[i].name, word))
            return &rules[i];
    return NULL;
}

static bool take_option(const struct option_rule *rule, const char *value)
{
    if (rule->value == NULL) {
        *rule->given = true;
        return true;
    }
    if (value == NULL || value[0] == '\0')
        return wrong("a value must follow", rule->name);
    if (*rule->value != NULL)
        return wrong("given twice", rule->name);
    *rule->value = value;
    return true;
}

bool options_read(int count, const char *const words[], const struct option_rule *rules,
                  size_t rule_count, const char **word)
{
    for (int i = 0; i < count; i++) {
        const struct option_rule *rule = rule_of(words[i], rules, rule_count);
        if (rule != NULL) {
            bool valued = rule->value != NULL;
            if (!take_option(rule, valued && i + 1 < count ? words[i + 1] : NULL))
                return false;
            i += valued;
        } else if (words[i][0] == '-') {
            return wrong("no option of this command", words[i]);
        } else if (word == NULL || *word != NULL) {
            return wrong("one word too many", words[i]);
        } else {
            *word = words[i];
        }
    }
    return true;
}
