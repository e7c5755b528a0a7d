// log.h: the technical log on standard error, for journald. It takes a constant text and one
// number: nothing that came from a card, a resident or the backend fits into it.
#pragma once
#include <stdint.h>

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_NOTICE };

// One line: level as journald reads it, the room, the text, the number. Any thread; one write(2).
void log_write(enum log_level level, const char *room, const char *text, int64_t number);

// The text must be a string literal ("" text refuses anything else at compile time). `number` is
// whatever explains the line: errno, an SCARD or CURL code, an HTTP status, a count.
#define log_error(room, text, number) log_write(LOG_LEVEL_ERROR, "" room, "" text, (number))
#define log_warning(room, text, number) log_write(LOG_LEVEL_WARNING, "" room, "" text, (number))
#define log_notice(room, text, number) log_write(LOG_LEVEL_NOTICE, "" room, "" text, (number))
