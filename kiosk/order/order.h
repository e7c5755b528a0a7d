// order.h: the life of an order as pure functions: what became known moves it, and what is on disk
// says what may be done. It only moves forward, and every move is in the journal, synced, before
// the act that it announces; so the power may fail at any instant. No input or output, no clock.
#pragma once
#include <stdbool.h>
#include <stdint.h>

// Numbers are never stored: the journal has the names.
enum order_state {
    ORDER_NONE,       // there is no order
    ORDER_INTENT,     // announced; the municipality may be asked for the document
    ORDER_ISSUED,     // the sealed document is in memory and its seal is good
    ORDER_PAYING,     // announced; the resident may be asked for money
    ORDER_CANCELLING, // announced; the payment is being stopped, and may turn out to be made
    ORDER_PAID,       // the scheme said so; the printer does not have the document yet
    ORDER_PRINTING,   // announced; the printer may have it
    ORDER_REFUND_DUE, // paid and no sheet: the money goes back, tried until it is confirmed
    ORDER_DELIVERED,  // final: the printer said completed and counted the sheets
    ORDER_CLOSED,     // final: no sheet came out, no money moved
    ORDER_REFUNDED,   // final: no sheet came out, the money is back
    ORDER_STAFF,      // final on the terminal: nobody can tell, a person decides
};
#define ORDER_STATE_COUNT 12

// The word in the journal and in reports: "INTENT" …; static storage.
const char *order_state_name(enum order_state state);

bool order_state_is_final(enum order_state state);

// Is this step of an order's life legal, under whatever circumstances?
bool order_may_move(enum order_state from, enum order_state to);

// ---- what moves an order

// What became known. Whoever brings news of a payment or a job makes sure that it is about the one
// that is under way; the same news twice does no harm.
enum order_news {
    ORDER_NO_NEWS,
    ORDER_WANTED,             // a resident chose a document
    ORDER_SEALED,             // it is in memory, and its seal is good
    ORDER_LEFT,               // the resident is gone or stops, or the terminal cannot go on
    ORDER_TO_BE_PAID,         // the resident wants to; the printer is ready and has paper
    ORDER_TO_BE_PRINTED,      // likewise
    ORDER_PAYMENT_MADE,       // the scheme's own word
    ORDER_PAYMENT_REFUSED,    // its own word too: no money moved and none will
    ORDER_PAYMENT_UNCLEAR,    // no word of it: money may move or may have moved
    ORDER_PAYMENT_UNKNOWABLE, // it was asked again and again, and cannot tell
    ORDER_PRINTED,            // all sheets
    ORDER_NO_SHEET,           // none came out and none will
    ORDER_PRINT_UNCLEAR,      // some did, or nobody can tell
    ORDER_MONEY_BACK,         // the scheme confirmed it
    ORDER_NO_MONEY_BACK,      // it said for good that it cannot
};
#define ORDER_NEWS_COUNT 15

// Who is there.
enum order_company {
    ORDER_ATTENDED, // the resident
    ORDER_LEFT_ALONE,
    ORDER_FOUND, // nobody: the terminal started and found the order in its journal
};
#define ORDER_COMPANY_COUNT 3

struct order {
    enum order_state state; // as it is on disk
    enum order_company company;
    bool costs; // it has a price
};

// The state to be written now; the present one when the news changes nothing.
enum order_state order_next(const struct order *order, enum order_news news);

// ---- what is to be done

// What the state on disk allows and demands.
enum order_act {
    ORDER_WAIT,             // for the resident's wish, or there is nothing left to do
    ORDER_GIVE_UP,          // nothing outside: go on with ORDER_LEFT
    ORDER_GO_ON_TO_PRINT,   // nothing outside: go on with ORDER_TO_BE_PRINTED
    ORDER_ASK_FOR_DOCUMENT, // of the municipality, by the order's identifier
    ORDER_TAKE_PAYMENT,     // begin once, then ask how it stands
    ORDER_STOP_PAYMENT,     // by its identifier, also if no begin was answered; read the answer
    ORDER_PRINT,            // hand it over, once, then ask how it stands
    ORDER_ASK_PRINTER,      // hand nothing over: what became of the job of that name?
    ORDER_PAY_BACK,         // under one and the same key, until it is confirmed
};
enum order_act order_act(const struct order *order);

// ---- what a printer's words mean

// `sheets` is -1 when the printer does not count.
enum order_print_end { ORDER_PRINT_COMPLETED, ORDER_PRINT_NOTHING_CAME, ORDER_PRINT_NOBODY_KNOWS };
enum order_news order_news_of_job(enum order_print_end end, int sheets, int pages);

// The printer does not know the job of an order found in PRINTING. `age` is the seconds since that
// was written, `up_before` and `up_now` the printer's up-time in seconds then (0 unknown) and now.
// ORDER_NO_NEWS: ask again later, it may still be on its way.
enum order_news order_news_of_missing_job(int64_t age, int64_t up_before, int64_t up_now);
