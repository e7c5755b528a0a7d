// paper_language.h: the two languages in which a local service of Brussels-Capital draws up a
// certificate (coordinated laws of 18 July 1966, article 20).
#pragma once

enum paper_language { PAPER_FRENCH, PAPER_DUTCH, PAPER_LANGUAGE_COUNT };

// fr, nl: the words of the interface and of the database.
extern const char *const paper_language_words[PAPER_LANGUAGE_COUNT];
