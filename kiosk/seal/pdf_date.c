#include "pdf_date.h"

#include <string.h>
#include <time.h>

// `count` digits as a number within [least, most].
static bool read_digits(struct bytes_reader *reader, size_t count, int least, int most, int *out)
{
    struct bytes digits;
    int value = 0;

    if (bytes_read(reader, count, &digits) != RESULT_OK)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (digits.data[i] < '0' || digits.data[i] > '9')
            return false;
        value = value * 10 + (digits.data[i] - '0');
    }
    *out = value;
    return value >= least && value <= most;
}

static bool read_text(struct bytes_reader *reader, const char *text)
{
    struct bytes wanted = {(const uint8_t *)text, strlen(text)};
    struct bytes found;

    return bytes_read(reader, wanted.size, &found) == RESULT_OK && bytes_equal(found, wanted);
}

// Minutes east of UTC.
static bool read_zone(struct bytes_reader *reader, int *minutes_east)
{
    uint8_t sign = 0;
    int hours = 0, minutes = 0;

    if (bytes_read_u8(reader, &sign) != RESULT_OK || (sign != 'Z' && sign != '+' && sign != '-'))
        return false;
    if (sign == 'Z' && reader->rest.size == 0) {
        *minutes_east = 0;
        return true;
    }
    if (!read_digits(reader, 2, 0, 23, &hours) || !read_text(reader, "'") ||
        !read_digits(reader, 2, 0, 59, &minutes))
        return false;
    if (reader->rest.size > 0 && !read_text(reader, "'"))
        return false;
    *minutes_east = (hours * 60 + minutes) * (sign == '-' ? -1 : 1);
    return reader->rest.size == 0 && (sign != 'Z' || *minutes_east == 0);
}

bool pdf_date_read(struct bytes text, int64_t *unix_seconds)
{
    struct bytes_reader reader = {.rest = text};
    struct tm parts = {};
    int year = 0, month = 0, minutes_east = 0;

    bool read = read_text(&reader, "D:") && read_digits(&reader, 4, 1970, 9999, &year) &&
                read_digits(&reader, 2, 1, 12, &month) &&
                read_digits(&reader, 2, 1, 31, &parts.tm_mday) &&
                read_digits(&reader, 2, 0, 23, &parts.tm_hour) &&
                read_digits(&reader, 2, 0, 59, &parts.tm_min) &&
                read_digits(&reader, 2, 0, 59, &parts.tm_sec) && read_zone(&reader, &minutes_east);
    if (!read)
        return false;
    parts.tm_year = year - 1900;
    parts.tm_mon = month - 1;
    *unix_seconds = timegm(&parts) - (int64_t)minutes_east * 60;
    return true;
}
