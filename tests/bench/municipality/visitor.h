// visitor.h: a resident at a terminal, proved, who asks for documents: over a TLS connection of its
// own. What fails here ends the program with a message.
#pragma once
#include <stddef.h>

#include "city_bench.h"

#define VISITOR_ORDER_SIZE 37

struct visitor {
    struct https_peer *peer;
    char token[128];
};

// As terminal kiosk-0001, with the card amina-benali.
void visitor_enter(const struct city_bench *bench, const struct city_server *server,
                   struct visitor *out);
void visitor_leave(struct visitor *visitor);

// Orders her household certificate in French; `number` makes the order's identifier.
void visitor_order(struct visitor *visitor, unsigned long number, char id[VISITOR_ORDER_SIZE]);

void need(bool holds, const char *what);
