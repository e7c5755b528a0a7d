// sqlite_register.h: the population register of the demo city, in one SQLite file.
#pragma once
#include "owned.h"
#include "population_register.h"
#include "result.h"

struct sqlite_register;

// The tables, as one script of SQL; the writer creates them, this room reads them.
extern const char sqlite_register_schema[];

// Opens an existing file. The caller owns the register. RESULT_NOT_FOUND: no such file;
// RESULT_FAILED: not a register. Blocks on the disk.
enum result sqlite_register_create(const char *path, struct sqlite_register **out);
void sqlite_register_destroy(struct sqlite_register *sqlite_register);
DEFINE_OWNED(sqlite_register)

// The verbs of population_register.h on it; valid until it is destroyed.
struct population_register sqlite_register_verbs(struct sqlite_register *sqlite_register);
