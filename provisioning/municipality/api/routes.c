#include "routes.h"

#include <string.h>

// A path is `before`, and when `after` is not NULL an identifier and `after`; one that ends with a
// slash is followed by a second identifier.
static const struct {
    const char *method, *before, *after;
    handle_call *handle;
} routes[] = {
    {"GET", "/v1/catalogue", NULL, call_catalogue},
    {"POST", "/v1/sessions", NULL, call_open_session},
    {"POST", "/v1/sessions/", "/proof", call_prove},
    {"DELETE", "/v1/sessions/", "", call_close_session},
    {"POST", "/v1/orders", NULL, call_order},
    {"GET", "/v1/orders/", "", call_order_state},
    {"GET", "/v1/orders/", "/document", call_document},
    {"POST", "/v1/orders/", "/outcome", call_outcome},
    {"GET", "/.well-known/est/cacerts", NULL, call_authorities},
    {"POST", "/.well-known/est/simplereenroll", NULL, call_renew},
    {"GET", "/v1/payment-ways", NULL, call_payment_ways},
    {"POST", "/v1/orders/", "/payments", call_begin_payment},
    {"GET", "/v1/orders/", "/payments/", call_payment},
    {"DELETE", "/v1/orders/", "/payments/", call_cancel_payment},
};

// The identifier with which `path` begins; NULL: it does not, otherwise what follows it.
static const char *read_identifier(const char *path, struct identifier *out)
{
    char text[IDENTIFIER_TEXT_SIZE];

    if (strlen(path) < IDENTIFIER_TEXT_SIZE - 1 ||
        str_format(text, sizeof text, "%.*s", IDENTIFIER_TEXT_SIZE - 1, path) != RESULT_OK ||
        identifier_from_text(text, out) != RESULT_OK)
        return NULL;
    return path + IDENTIFIER_TEXT_SIZE - 1;
}

static bool ends_with_slash(const char *text)
{
    size_t length = strlen(text);

    return length > 0 && text[length - 1] == '/';
}

static bool matches(const char *path, const char *before, const char *after,
                    struct identifier found[2])
{
    if (after == NULL)
        return str_equal(path, before);
    if (!str_starts_with(path, before))
        return false;
    const char *rest = read_identifier(path + strlen(before), &found[0]);
    if (rest == NULL)
        return false;
    if (!ends_with_slash(after))
        return str_equal(rest, after);
    if (!str_starts_with(rest, after))
        return false;
    rest = read_identifier(rest + strlen(after), &found[1]);
    return rest != NULL && *rest == '\0';
}

handle_call *route(const char *method, const char *path, struct identifier found[2])
{
    for (size_t i = 0; i < sizeof routes / sizeof routes[0]; i++)
        if (str_equal(method, routes[i].method) &&
            matches(path, routes[i].before, routes[i].after, found))
            return routes[i].handle;
    return NULL;
}

enum result route_describe(size_t index, char out[ROUTE_TEXT_SIZE])
{
    if (index >= sizeof routes / sizeof routes[0])
        return RESULT_NOT_FOUND;
    const char *after = routes[index].after;
    return str_format(out, ROUTE_TEXT_SIZE, "%s %s%s%s%s", routes[index].method,
                      routes[index].before, after == NULL ? "" : "{}", after == NULL ? "" : after,
                      after != NULL && ends_with_slash(after) ? "{}" : "");
}

void route_methods(const char *path, char out[ROUTE_METHODS_SIZE])
{
    struct identifier found[2];
    char before[ROUTE_METHODS_SIZE];

    out[0] = '\0';
    for (size_t i = 0; i < sizeof routes / sizeof routes[0]; i++) {
        if (!matches(path, routes[i].before, routes[i].after, found))
            continue;
        bool fits = str_copy(before, sizeof before, out) == RESULT_OK &&
                    str_format(out, ROUTE_METHODS_SIZE, "%s%s%s", before,
                               before[0] == '\0' ? "" : ", ", routes[i].method) == RESULT_OK;
        if (!fits) // more methods than there are
            out[0] = '\0';
    }
}
