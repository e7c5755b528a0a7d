#include "receipt_time.h"

#include <stdbool.h>

#define DAY_SECONDS 86400
#define HOUR_SECONDS 3600

static int64_t floor_divide(int64_t value, int64_t by)
{
    return value / by - (value % by < 0 ? 1 : 0);
}

// Days since 1970-01-01 of a date of the Gregorian calendar; years counted from March, so that the
// leap day is the last of its year.
static int64_t days_of(int year, int month, int day)
{
    int64_t march_year = month > 2 ? year : year - 1;
    int64_t era = floor_divide(march_year, 400);
    int64_t year_of_era = march_year - era * 400;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

static struct receipt_time date_of(int64_t days)
{
    int64_t shifted = days + 719468;
    int64_t era = floor_divide(shifted, 146097);
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    int month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);

    return (struct receipt_time){
        .year = (int)(year_of_era + era * 400 + (month <= 2 ? 1 : 0)),
        .month = month,
        .day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1),
    };
}

// 01:00 UTC on the last Sunday of a month of 31 days.
static int64_t last_sunday(int year, int month)
{
    int64_t last = days_of(year, month, 31);
    int64_t days_after_sunday = (last + 4) % 7; // 1970-01-01 was a Thursday

    return (last - days_after_sunday) * DAY_SECONDS + HOUR_SECONDS;
}

struct receipt_time receipt_time_in_belgium(int64_t seconds_utc)
{
    int year = date_of(floor_divide(seconds_utc, DAY_SECONDS)).year;
    bool summer = seconds_utc >= last_sunday(year, 3) && seconds_utc < last_sunday(year, 10);
    int64_t local = seconds_utc + (summer ? 2 : 1) * HOUR_SECONDS;
    int64_t days = floor_divide(local, DAY_SECONDS);
    struct receipt_time time = date_of(days);

    time.hour = (int)((local - days * DAY_SECONDS) / HOUR_SECONDS);
    time.minute = (int)((local - days * DAY_SECONDS) % HOUR_SECONDS / 60);
    return time;
}
