// eid_date.h: the dates of the identity file: validity in figures, birth in the card's language and
// sometimes incomplete.
#pragma once
#include "bytes.h"
#include "result.h"

struct eid_date {
    int year;
    int month, day; // 0: unknown
};

// DD.MM.YYYY and a day of the calendar; RESULT_MALFORMED for anything else.
enum result eid_date_parse(struct bytes text, struct eid_date *out);

// Day, month's name in French, Dutch or German, year: "01 JAN 1971", "22.DEZ. 1997". Day, or day
// and month, may be missing, an unknown name counts as missing. RESULT_MALFORMED: no year at the
// end.
enum result eid_birth_date_parse(struct bytes text, struct eid_date *out);

// "1971-01-01", "1971-01", "1971" as far as the parts are known; "" without a year.
#define EID_DATE_TEXT_SIZE 16
void eid_date_iso(const struct eid_date *date, char text[EID_DATE_TEXT_SIZE]);

// Days since 1970-01-01 of a whole date.
int64_t eid_date_days(const struct eid_date *date);
