// orders_service.h: what a power cut, a lost connection or a stopped program left undone: orders
// that are not final are driven there, and the municipality hears of each. Nothing is ever printed
// late.
#pragma once
#include "journal_service.h"
#include "municipality_service.h"
#include "pages_service.h"
#include "payment_service.h"

struct orders_service;

enum result orders_service_create(const struct service_context *context,
                                  struct orders_service **out);
// After the four others exist; borrowed.
void orders_service_connect(struct orders_service *service, struct journal_service *journal,
                            struct pages_service *pages, struct municipality_service *municipality,
                            struct payment_service *payment);
void orders_service_destroy(struct orders_service *service);

struct journal_watcher orders_service_journal_watcher(struct orders_service *service);
struct find_watcher orders_service_find_watcher(struct orders_service *service);
struct settle_watcher orders_service_settle_watcher(struct orders_service *service);
struct report_watcher orders_service_report_watcher(struct orders_service *service);

// The order of the resident who is there is not lost: it is left alone. None: there is none.
void orders_service_spare(struct orders_service *service, const struct identifier *order);
// The municipality hears of the others only while it serves nobody.
void orders_service_allow_reports(struct orders_service *service, bool allowed);
// Looks now.
void orders_service_look(struct orders_service *service);

// What a printer's word of after the restart means for an order in PRINTING (architecture, section
// 11). ORDER_PRINTING: ask again later. `now` and order->changed: seconds since 1970-01-01 UTC.
enum order_state orders_service_verdict(const struct journal_order *order, enum found_job job,
                                        int sheets, int64_t up_seconds, int64_t now);
