// resident_table.h: the named residents for people who want to play one, as a table in Markdown.
#pragma once
#include <stdio.h>

#include "result.h"

enum result resident_table_print(FILE *to);
