// likeness.h: is a text to be read in what an optical reader made of a picture?
#pragma once
#include <stdbool.h>
#include <stddef.h>

// The least number of letters that must be changed, added or left out to find `wanted` somewhere in
// `read`; spaces and line ends do not count. Texts are UTF-8. SIZE_MAX when memory is short.
size_t likeness_edits(const char *wanted, const char *read);

// One edit in eight letters is allowed, at least one.
bool likeness_accepts(const char *wanted, const char *read);
