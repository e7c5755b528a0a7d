// plain_print_job.h: one Print-Job by libcups and nothing else: connect, send, read the answer.
#pragma once
#include <stdbool.h>
#include <stddef.h>

// Blocks until the printer has accepted the job; false when it did not.
bool plain_print_job(const char *host, int port, const char *path, const char *uri,
                     const void *document, size_t size);
