// sql_register.h: the population register of the demo city, in a SQL database of either kind.
#pragma once
#include "database.h"
#include "owned.h"
#include "population_register.h"
#include "result.h"

struct sql_register;

// Opens a register that municipality-register made. The caller owns it. RESULT_NOT_FOUND: no such
// file; RESULT_FAILED: not a register, or the server does not answer. Blocks.
enum result sql_register_create(const struct database_address *address, struct sql_register **out);
void sql_register_destroy(struct sql_register *sql_register);
DEFINE_OWNED(sql_register)

// The verbs of population_register.h on it; valid until it is destroyed.
struct population_register sql_register_verbs(struct sql_register *sql_register);
