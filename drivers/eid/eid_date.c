#include "eid_date.h"

#include "str.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#define DATE_SIZE 10
#define YEAR_SIZE 4
#define SECONDS_OF_DAY 86400
#define MONTH_NAME_SIZE 12

static bool number(struct bytes text, size_t offset, size_t size, int *out)
{
    *out = 0;
    for (size_t i = offset; i < offset + size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
        *out = 10 * *out + (text.data[i] - '0');
    }
    return true;
}

static int days_of_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap);
}

enum result eid_date_parse(struct bytes text, struct eid_date *out)
{
    struct eid_date date;

    *out = (struct eid_date){};
    if (text.size != DATE_SIZE || text.data[2] != '.' || text.data[5] != '.' ||
        !number(text, 0, 2, &date.day) || !number(text, 3, 2, &date.month) ||
        !number(text, 6, YEAR_SIZE, &date.year))
        return RESULT_MALFORMED;
    if (date.month < 1 || date.month > 12 || date.day < 1 ||
        date.day > days_of_month(date.year, date.month))
        return RESULT_MALFORMED;
    *out = date;
    return RESULT_OK;
}

// Names as printed on cards, and the spellings that were seen besides.
static int month_of(const char *name)
{
    static const struct {
        const char *name;
        int month;
    } names[] = {
        {"JAN", 1},  {"FEV", 2},  {"FÉV", 2},  {"FEB", 2},  {"MARS", 3}, {"MAAR", 3},
        {"MÄR", 3},  {"MÄRZ", 3}, {"MAR", 3},  {"MRT", 3},  {"AVR", 4},  {"APR", 4},
        {"MAI", 5},  {"MEI", 5},  {"MAY", 5},  {"JUIN", 6}, {"JUN", 6},  {"JUIL", 7},
        {"JUL", 7},  {"AOUT", 8}, {"AOÛT", 8}, {"AUG", 8},  {"SEPT", 9}, {"SEP", 9},
        {"OCT", 10}, {"OKT", 10}, {"NOV", 11}, {"DEC", 12}, {"DÉC", 12}, {"DEZ", 12},
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasecmp(names[i].name, name) == 0)
            return names[i].month;
    return 0;
}

enum result eid_birth_date_parse(struct bytes text, struct eid_date *out)
{
    char name[MONTH_NAME_SIZE] = "";
    size_t used = 0, at = 0;

    *out = (struct eid_date){};
    while (text.size > 0 && text.data[text.size - 1] == ' ')
        text.size--;
    if (text.size < YEAR_SIZE || !number(text, text.size - YEAR_SIZE, YEAR_SIZE, &out->year))
        return RESULT_MALFORMED;
    text.size -= YEAR_SIZE;
    for (; at < text.size && (isdigit(text.data[at]) || text.data[at] == ' '); at++)
        if (text.data[at] != ' ')
            out->day = 10 * (out->day % 100) + (text.data[at] - '0');
    for (; at < text.size; at++)
        if (text.data[at] != '.' && text.data[at] != ' ' && used + 1 < sizeof name)
            name[used++] = (char)text.data[at];
    out->month = month_of(name);
    if (out->month == 0 || out->day > days_of_month(out->year, out->month))
        out->day = 0;
    return RESULT_OK;
}

void eid_date_iso(const struct eid_date *date, char text[EID_DATE_TEXT_SIZE])
{
    int known = date->year == 0 ? 0 : date->month == 0 ? 1 : date->day == 0 ? 2 : 3;
    enum result result = RESULT_OK;

    text[0] = '\0';
    if (known == 1)
        result = str_format(text, EID_DATE_TEXT_SIZE, "%04d", date->year);
    else if (known == 2)
        result = str_format(text, EID_DATE_TEXT_SIZE, "%04d-%02d", date->year, date->month);
    else if (known == 3)
        result = str_format(text, EID_DATE_TEXT_SIZE, "%04d-%02d-%02d", date->year, date->month,
                            date->day);
    if (result != RESULT_OK)
        text[0] = '\0';
}

int64_t eid_date_days(const struct eid_date *date)
{
    struct tm broken = {
        .tm_year = date->year - 1900, .tm_mon = date->month - 1, .tm_mday = date->day};

    return (int64_t)timegm(&broken) / SECONDS_OF_DAY;
}
