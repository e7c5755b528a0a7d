#include "order.h"

#include <stddef.h>

// A finished job is known to the printer for at least this long, by our own reckoning (CUPS'
// ippeveprinter forgets jobs after a minute): what it does not know later, it may have forgotten.
#define JOB_KEPT_SECONDS 60
// What was sent before the power failed has arrived by then, or never will.
#define JOB_ARRIVES_SECONDS 5
// Up-time and clock are whole seconds of two machines.
#define UP_TOLERANCE_SECONDS 2

enum condition { ALWAYS, IF_FREE, IF_IT_COSTS, IF_ATTENDED, IF_ALONE };

// The whole life. A pair of state and news that is not here changes nothing.
static const struct arrow {
    enum order_state from;
    enum order_news news;
    enum condition condition;
    enum order_state to;
} arrows[] = {
    {ORDER_NONE, ORDER_WANTED, ALWAYS, ORDER_INTENT},

    {ORDER_INTENT, ORDER_SEALED, ALWAYS, ORDER_ISSUED},
    {ORDER_INTENT, ORDER_LEFT, ALWAYS, ORDER_CLOSED},

    {ORDER_ISSUED, ORDER_TO_BE_PRINTED, IF_FREE, ORDER_PRINTING},
    {ORDER_ISSUED, ORDER_TO_BE_PAID, IF_IT_COSTS, ORDER_PAYING},
    {ORDER_ISSUED, ORDER_LEFT, ALWAYS, ORDER_CLOSED},

    // Paid is paid, however late it is heard; only the scheme's own no allows another try.
    {ORDER_PAYING, ORDER_PAYMENT_MADE, ALWAYS, ORDER_PAID},
    {ORDER_PAYING, ORDER_PAYMENT_REFUSED, IF_ATTENDED, ORDER_ISSUED},
    {ORDER_PAYING, ORDER_PAYMENT_REFUSED, IF_ALONE, ORDER_CLOSED},
    {ORDER_PAYING, ORDER_PAYMENT_UNCLEAR, ALWAYS, ORDER_CANCELLING},
    {ORDER_PAYING, ORDER_PAYMENT_UNKNOWABLE, ALWAYS, ORDER_CANCELLING},
    {ORDER_PAYING, ORDER_LEFT, ALWAYS, ORDER_CANCELLING},

    {ORDER_CANCELLING, ORDER_PAYMENT_MADE, ALWAYS, ORDER_PAID},
    {ORDER_CANCELLING, ORDER_PAYMENT_REFUSED, ALWAYS, ORDER_CLOSED},
    {ORDER_CANCELLING, ORDER_PAYMENT_UNKNOWABLE, ALWAYS, ORDER_STAFF},

    {ORDER_PAID, ORDER_TO_BE_PRINTED, IF_ATTENDED, ORDER_PRINTING},
    {ORDER_PAID, ORDER_LEFT, ALWAYS, ORDER_REFUND_DUE},

    // From here on the job goes on, whether the resident stays or not.
    {ORDER_PRINTING, ORDER_PRINTED, ALWAYS, ORDER_DELIVERED},
    {ORDER_PRINTING, ORDER_NO_SHEET, IF_FREE, ORDER_CLOSED},
    {ORDER_PRINTING, ORDER_NO_SHEET, IF_IT_COSTS, ORDER_REFUND_DUE},
    {ORDER_PRINTING, ORDER_PRINT_UNCLEAR, ALWAYS, ORDER_STAFF},

    {ORDER_REFUND_DUE, ORDER_MONEY_BACK, ALWAYS, ORDER_REFUNDED},
    {ORDER_REFUND_DUE, ORDER_NO_MONEY_BACK, ALWAYS, ORDER_STAFF},
};
#define ARROW_COUNT (sizeof arrows / sizeof arrows[0])

// After a start nobody is there and nothing is begun: what is open is stopped, asked about, or paid
// back. Nothing is printed late.
static const enum order_act acts[ORDER_STATE_COUNT][ORDER_COMPANY_COUNT] = {
    //                   attended                 left alone           found at a start
    [ORDER_NONE] = {ORDER_WAIT, ORDER_WAIT, ORDER_WAIT},
    [ORDER_INTENT] = {ORDER_ASK_FOR_DOCUMENT, ORDER_GIVE_UP, ORDER_GIVE_UP},
    [ORDER_ISSUED] = {ORDER_WAIT, ORDER_GIVE_UP, ORDER_GIVE_UP},
    [ORDER_PAYING] = {ORDER_TAKE_PAYMENT, ORDER_GIVE_UP, ORDER_GIVE_UP},
    [ORDER_CANCELLING] = {ORDER_STOP_PAYMENT, ORDER_STOP_PAYMENT, ORDER_STOP_PAYMENT},
    [ORDER_PAID] = {ORDER_GO_ON_TO_PRINT, ORDER_GIVE_UP, ORDER_GIVE_UP},
    [ORDER_PRINTING] = {ORDER_PRINT, ORDER_PRINT, ORDER_ASK_PRINTER},
    [ORDER_REFUND_DUE] = {ORDER_PAY_BACK, ORDER_PAY_BACK, ORDER_PAY_BACK},
    [ORDER_DELIVERED] = {ORDER_WAIT, ORDER_WAIT, ORDER_WAIT},
    [ORDER_CLOSED] = {ORDER_WAIT, ORDER_WAIT, ORDER_WAIT},
    [ORDER_REFUNDED] = {ORDER_WAIT, ORDER_WAIT, ORDER_WAIT},
    [ORDER_STAFF] = {ORDER_WAIT, ORDER_WAIT, ORDER_WAIT},
};

const char *order_state_name(enum order_state state)
{
    static const char *const names[ORDER_STATE_COUNT] = {
        "NONE",     "INTENT",     "ISSUED",    "PAYING", "CANCELLING", "PAID",
        "PRINTING", "REFUND_DUE", "DELIVERED", "CLOSED", "REFUNDED",   "STAFF"};

    return names[state];
}

bool order_state_is_final(enum order_state state)
{
    return state == ORDER_DELIVERED || state == ORDER_CLOSED || state == ORDER_REFUNDED ||
           state == ORDER_STAFF;
}

bool order_may_move(enum order_state from, enum order_state to)
{
    for (size_t i = 0; i < ARROW_COUNT; i++)
        if (arrows[i].from == from && arrows[i].to == to)
            return true;
    return false;
}

static bool holds(enum condition condition, const struct order *order)
{
    switch (condition) {
    case ALWAYS:
        return true;
    case IF_FREE:
        return !order->costs;
    case IF_IT_COSTS:
        return order->costs;
    case IF_ATTENDED:
        return order->company == ORDER_ATTENDED;
    case IF_ALONE:
        return order->company != ORDER_ATTENDED;
    }
    return false;
}

enum order_state order_next(const struct order *order, enum order_news news)
{
    for (size_t i = 0; i < ARROW_COUNT; i++)
        if (arrows[i].from == order->state && arrows[i].news == news &&
            holds(arrows[i].condition, order))
            return arrows[i].to;
    return order->state;
}

enum order_act order_act(const struct order *order)
{
    return acts[order->state][order->company];
}

enum order_news order_news_of_job(enum order_print_end end, int sheets, int pages)
{
    switch (end) {
    case ORDER_PRINT_COMPLETED:
        // A printer that counts and counts too few has not printed the document.
        return sheets < 0 || sheets >= pages ? ORDER_PRINTED : ORDER_PRINT_UNCLEAR;
    case ORDER_PRINT_NOTHING_CAME:
        return ORDER_NO_SHEET;
    case ORDER_PRINT_NOBODY_KNOWS:
        return ORDER_PRINT_UNCLEAR;
    }
    return ORDER_PRINT_UNCLEAR;
}

// It never had the job, if it has been up since before the hand-over and would still know. Had it
// only just started then, a second start at once could not be told from none.
enum order_news order_news_of_missing_job(int64_t age, int64_t up_before, int64_t up_now)
{
    if (up_before <= UP_TOLERANCE_SECONDS || age < 0 || age >= JOB_KEPT_SECONDS ||
        up_now + UP_TOLERANCE_SECONDS < up_before + age)
        return ORDER_PRINT_UNCLEAR;
    return age < JOB_ARRIVES_SECONDS ? ORDER_NO_NEWS : ORDER_NO_SHEET;
}
