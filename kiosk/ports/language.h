// language.h: the four languages of the screens, in the order in which they are offered.
#pragma once

enum language { LANGUAGE_FR, LANGUAGE_NL, LANGUAGE_DE, LANGUAGE_EN };
#define LANGUAGE_COUNT 4

// "fr", "nl", "de", "en"; static storage.
static inline const char *language_code(enum language language)
{
    static const char codes[LANGUAGE_COUNT][3] = { "fr", "nl", "de", "en" };

    return codes[language];
}
