// receipt_time.h: Belgian civil time, by rule and not by the machine's time zone. Pure.
#pragma once
#include <stdint.h>

struct receipt_time {
    int year, month, day, hour, minute;
};

// Central European time, one hour more from the last Sunday of March to the last Sunday of October,
// changing at 01:00 UTC (Directive 2000/84/EC). For 1996 and later.
struct receipt_time receipt_time_in_belgium(int64_t seconds_utc);
