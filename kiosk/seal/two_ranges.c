#include "two_ranges.h"

#include <string.h>

static int read_ranges(BIO *source, char *out, size_t wanted, size_t *read)
{
    struct two_ranges *ranges = BIO_get_data(source);
    struct bytes *rest = ranges->rest[0].size > 0 ? &ranges->rest[0] : &ranges->rest[1];
    size_t size = wanted < rest->size ? wanted : rest->size;

    if (size == 0)
        return 0; // the end
    memcpy(out, rest->data, size);
    *rest = (struct bytes){rest->data + size, rest->size - size};
    *read = size;
    return 1;
}

static long control(BIO *source, int command, long number, void *pointer)
{
    (void)source;
    (void)number;
    (void)pointer;
    return command == BIO_CTRL_FLUSH;
}

BIO *two_ranges_open(struct two_ranges *ranges, struct bytes first, struct bytes second)
{
    *ranges = (struct two_ranges){.rest = {first, second}};
    ranges->method = BIO_meth_new(BIO_TYPE_SOURCE_SINK, "two ranges");
    if (ranges->method == NULL || !BIO_meth_set_read_ex(ranges->method, read_ranges) ||
        !BIO_meth_set_ctrl(ranges->method, control))
        return NULL;
    BIO *source = BIO_new(ranges->method);
    if (source == NULL)
        return NULL;
    BIO_set_data(source, ranges);
    BIO_set_init(source, 1);
    return source;
}

void two_ranges_release(struct two_ranges *ranges)
{
    BIO_meth_free(ranges->method);
}
