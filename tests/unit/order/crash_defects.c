// Planted defects: the shipped rules with one protecting rule taken away.
#include "crash_kiosk.h"

const struct rules shipped_rules = {"", order_next, order_act, order_news_of_missing_job};

#define NEXT(name) static enum order_state name(const struct order *order, enum order_news news)
#define ACT(name) static enum order_act name(const struct order *order)

NEXT(forgets_open_payment_at_start)
{
    return order->state == ORDER_PAYING && order->company == ORDER_FOUND && news == ORDER_LEFT
               ? ORDER_CLOSED
               : order_next(order, news);
}

NEXT(leaves_abandoned_payment_open)
{
    return order->state == ORDER_PAYING && order->company == ORDER_LEFT_ALONE && news == ORDER_LEFT
               ? ORDER_CLOSED
               : order_next(order, news);
}

NEXT(takes_cancelled_for_unpaid)
{
    return order->state == ORDER_CANCELLING && news == ORDER_PAYMENT_MADE ? ORDER_CLOSED
                                                                          : order_next(order, news);
}

ACT(does_not_ask_printer)
{
    return order->state == ORDER_PRINTING && order->company == ORDER_FOUND ? ORDER_GIVE_UP
                                                                           : order_act(order);
}

NEXT(takes_found_job_for_unprinted)
{
    return order_next(order, order->state == ORDER_PRINTING && order->company == ORDER_FOUND
                                 ? ORDER_NO_SHEET
                                 : news);
}

ACT(prints_before_it_is_written)
{
    return order->state == ORDER_PAID && order->company == ORDER_ATTENDED ? ORDER_PRINT
                                                                          : order_act(order);
}

NEXT(writes_after_printing)
{
    return order_next(order, order->state == ORDER_PAID && order->company == ORDER_ATTENDED
                                 ? ORDER_TO_BE_PRINTED
                                 : news);
}

NEXT(offers_unclear_payment_again)
{
    return order->state == ORDER_PAYING && news == ORDER_PAYMENT_UNCLEAR ? ORDER_ISSUED
                                                                         : order_next(order, news);
}

NEXT(takes_refund_for_granted)
{
    return order->state == ORDER_REFUND_DUE ? ORDER_REFUNDED : order_next(order, news);
}

static enum order_news believes_a_printer_that_forgot(int64_t age, int64_t up_before,
                                                      int64_t up_now)
{
    (void)age;
    (void)up_before;
    (void)up_now;
    return ORDER_NO_SHEET;
}

NEXT(believes_every_completed_job)
{
    return order_next(order, news == ORDER_PRINT_UNCLEAR ? ORDER_PRINTED : news);
}

const struct rules defects[] = {
    {"an open payment is not looked for at the start", forgets_open_payment_at_start, order_act,
     order_news_of_missing_job},
    {"an abandoned payment is not cancelled", leaves_abandoned_payment_open, order_act,
     order_news_of_missing_job},
    {"the answer to a cancellation is not read", takes_cancelled_for_unpaid, order_act,
     order_news_of_missing_job},
    {"the printer is not asked at the start", takes_found_job_for_unprinted, does_not_ask_printer,
     order_news_of_missing_job},
    {"PRINTING is written after the hand-over", writes_after_printing, prints_before_it_is_written,
     order_news_of_missing_job},
    {"an unclear payment is offered again", offers_unclear_payment_again, order_act,
     order_news_of_missing_job},
    {"a refund is taken for granted", takes_refund_for_granted, order_act,
     order_news_of_missing_job},
    {"a printer that forgot is believed", order_next, order_act, believes_a_printer_that_forgot},
    {"a job of which nobody knows counts as printed", believes_every_completed_job, order_act,
     order_news_of_missing_job},
};
const int defect_count = sizeof defects / sizeof defects[0];
