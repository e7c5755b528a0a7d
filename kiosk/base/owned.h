// owned.h: ownership by scope, so that every early return frees what it holds and no goto is
// needed.
#pragma once
#include <stddef.h>

// DEFINE_OWNED(x) needs `void x_destroy(struct x *)` that accepts NULL. Then
//     owned(x) thing = NULL;
// is destroyed when its scope ends, unless take(thing) moved it elsewhere.
#define DEFINE_OWNED(type)                                                                         \
    static inline void type##_destroy_owned_(struct type **held)                                   \
    {                                                                                              \
        type##_destroy(*held);                                                                     \
    }
#define owned(type) __attribute__((cleanup(type##_destroy_owned_))) struct type *

// The one place where ownership leaves a scope.
#define take(held)                                                                                 \
    ({                                                                                             \
        __typeof__(held) taken_ = (held);                                                          \
        (held) = NULL;                                                                             \
        taken_;                                                                                    \
    })
