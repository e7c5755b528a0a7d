// routes.h: which handler answers which call of openapi.yaml.
#pragma once
#include "call.h"

// NULL: no such call. `found` gets the identifiers of a path that has any.
handle_call *route(const char *method, const char *path, struct identifier found[2]);

// For `municipality --api`: method and path of call number `index`, an identifier written as {};
// RESULT_NOT_FOUND behind the last one.
#define ROUTE_TEXT_SIZE 128
enum result route_describe(size_t index, char out[ROUTE_TEXT_SIZE]);

#define ROUTE_METHODS_SIZE 32
// The methods with which this path is called ("GET, POST"), empty when there is no such path.
void route_methods(const char *path, char out[ROUTE_METHODS_SIZE]);
