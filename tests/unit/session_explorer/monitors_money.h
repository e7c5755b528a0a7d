// monitors_money.h: the rules about money, for monitors.c.
#pragma once
#include "monitors.h"

void note_scheme(const struct watched *seen);
bool money_may_be_gone(const struct monitor *monitor);
// A document, a job and a payment that the journal is asked about.
enum rule watch_money(const struct monitor *monitor, enum order_state state);
enum rule watch_take(const struct watched *seen);
enum rule watch_stop(const struct monitor *monitor);
enum rule watch_hand_on(struct monitor *monitor);
enum rule watch_slip(struct monitor *monitor, const struct session_effect *effect);
enum rule watch_receipt(const struct monitor *monitor, const struct session_effect *effect);
bool is_honest(const struct monitor *monitor, enum order_state end);
enum rule watch_what_is_said(const struct watched *seen);
// Nothing but what the order is.
enum rule watch_note(const struct session_order_note *note);
