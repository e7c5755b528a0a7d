// suites.h: the tests of kioskctl; each returns how many failed.
#pragma once
#include "call.h"

struct card_bench;

int decode_tests(const struct caller *caller);
int seal_tests(const struct caller *caller);
int read_tests(const struct caller *caller, struct card_bench *bench);
int generation_tests(const struct caller *caller, struct card_bench *bench);
