// answer_members.h: how the tables of members of the municipality's answers are written.
#pragma once
#include "json_reader.h"

#define PRICE_MAXIMUM 1000000 // cents

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define TEXT(type, field, limit)                                                                   \
    {                                                                                              \
        .name = #field, .kind = JSON_KIND_TEXT, .offset = offsetof(type, field), .least = 1,       \
        .most = (limit)                                                                            \
    }
#define OPTIONAL_TEXT(type, field, limit)                                                          \
    {                                                                                              \
        .name = #field, .kind = JSON_KIND_TEXT, .optional = true, .offset = offsetof(type, field), \
        .least = 1, .most = (limit)                                                                \
    }
#define INTEGER(type, field, from, to)                                                             \
    {                                                                                              \
        .name = #field, .kind = JSON_KIND_INTEGER, .offset = offsetof(type, field),                \
        .least = (from), .most = (to)                                                              \
    }
#define BOOLEAN(type, field)                                                                       \
    {                                                                                              \
        .name = #field, .kind = JSON_KIND_BOOLEAN, .offset = offsetof(type, field)                 \
    }
#define OBJECT(type, field)                                                                        \
    {                                                                                              \
        .name = #field, .kind = JSON_KIND_OBJECT, .offset = offsetof(type, field)                  \
    }
#define ARRAY(type, field, from, to)                                                               \
    {                                                                                              \
        .name = #field, .kind = JSON_KIND_ARRAY, .offset = offsetof(type, field), .least = (from), \
        .most = (to)                                                                               \
    }
#define OPTIONAL_OBJECT(type, field)                                                               \
    {                                                                                              \
        .name = #field, .kind = JSON_KIND_OBJECT, .optional = true,                                \
        .offset = offsetof(type, field)                                                            \
    }
#define OPTIONAL_ARRAY(type, field, to)                                                            \
    {                                                                                              \
        .name = #field, .kind = JSON_KIND_ARRAY, .optional = true,                                 \
        .offset = offsetof(type, field), .most = (to)                                              \
    }
