// city_hall.h: everything that a call may need, put together once by the program.
#pragma once
#include "card_evidence.h"
#include "est.h"
#include "fleet.h"
#include "issuing.h"
#include "payment_desk.h"
#include "sessions.h"

struct city_hall {
    struct issuing_desk desk;
    struct payment_desk payment;
    const struct fleet *fleet;
    struct est_desk est; // its book also tells who is revoked
    const struct card_authorities *card_authorities;
    struct sessions *sessions;
    const char *server_name;
};
