// catalogue_schema.h: the bytes of catalogue.schema.json.
#pragma once
#include <stddef.h>

extern const unsigned char catalogue_schema[];
extern const size_t catalogue_schema_size;
