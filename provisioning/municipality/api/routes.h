// routes.h: which handler answers which call of openapi.yaml.
#pragma once
#include "call.h"

// NULL: no such call. `subject` gets the identifier of a path that has one.
handle_call *route(const char *method, const char *path, struct identifier *subject);
