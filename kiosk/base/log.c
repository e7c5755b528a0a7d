#include "log.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

// sd-daemon(3): a line beginning with <N> carries the syslog priority N.
static int syslog_priority(enum log_level level)
{
    switch (level) {
    case LOG_LEVEL_ERROR:
        return 3;
    case LOG_LEVEL_WARNING:
        return 4;
    case LOG_LEVEL_NOTICE:
        return 5;
    }
    return 3;
}

void log_write(enum log_level level, const char *room, const char *text, int64_t number)
{
    char line[256];
    int length = snprintf(line, sizeof line, "<%d>%s: %s (%" PRId64 ")\n", syslog_priority(level),
                          room, text, number);

    if (length <= 0)
        return;
    size_t size = (size_t)length < sizeof line ? (size_t)length : sizeof line - 1;
    // A full or closed log must not stop the terminal, so the outcome is deliberately unused.
    ssize_t written = write(STDERR_FILENO, line, size);
    (void)written;
}
