// printer_processes.h: the two programs that a private printer consists of, and the end of both.
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "result.h"

#define PATH_SIZE 4096

struct printer_request {
    const char *directory;
    const char *keep;     // NULL: not
    const char *scenario; // NULL: none
    const char *spool;    // NULL: a folder of its own
    const char *formats;
    int64_t port; // 0: a free one
};

// Starts the bus in request->directory and waits until it answers.
enum result start_bus(const struct printer_request *request, pid_t *bus);

// Starts the printer on `port`; `name` is its name on its own pages.
enum result start_printer(const struct printer_request *request, int port, const char *name,
                          pid_t *printer);

// A port that is free at this moment, or RESULT_FAILED.
enum result find_free_port(int *port);

bool has_ended(pid_t process);

// Asks it to end, insists after 2 s, and waits. 0 is no process.
void end_process(pid_t process);

void wait_a_little(void);
