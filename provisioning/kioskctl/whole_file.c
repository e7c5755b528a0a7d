#include "whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static enum result read_into(int file, struct secret *content)
{
    size_t capacity = secret_capacity(content), size = 0;

    while (size < capacity) {
        ssize_t got = read(file, secret_writable(content) + size, capacity - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return RESULT_FAILED;
        if (got == 0)
            return secret_set_size(content, size);
        size += (size_t)got;
    }
    return RESULT_TOO_LARGE;
}

enum result whole_file_read(const char *path, size_t maximum, struct secret **out)
{
    owned(secret) content = NULL;

    TRY(secret_create(maximum + 1, &content));
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return RESULT_NOT_FOUND;
    enum result result = read_into(file, content);
    close(file);
    if (result == RESULT_OK)
        *out = take(content);
    return result;
}

enum result whole_file_write(const char *path, struct bytes content)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    size_t written = 0;
    ssize_t put = 0;

    if (file < 0)
        return RESULT_FAILED;
    while (written < content.size && (put >= 0 || errno == EINTR)) {
        put = write(file, content.data + written, content.size - written);
        if (put > 0)
            written += (size_t)put;
    }
    bool closed = close(file) == 0;
    return closed && written == content.size ? RESULT_OK : RESULT_FAILED;
}
