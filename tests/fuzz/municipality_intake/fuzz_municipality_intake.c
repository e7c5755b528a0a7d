// Any bytes as a request to the municipality: the first line is method and path, the rest a body.
// Routes, bodies, members and the public page's texts are read as the servers read them; whatever
// is accepted must lie within its bounds.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "json_body.h"
#include "national_number.h"
#include "population_register.h"
#include "public_check.h"
#include "public_words.h"
#include "routes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

// One member of each kind, with the bounds that the calls use.
static const struct json_member members[] = {
    {"kind", JSON_KIND_TEXT, 0, 40},
    {"signature", JSON_KIND_BASE64, 0, 512},
    {"sheets", JSON_KIND_WHOLE, -1, 1000},
    {"delivered", JSON_KIND_BOOLEAN, 0, 0},
};
#define MEMBERS (sizeof members / sizeof members[0])

static void look_at(const struct json_value values[MEMBERS])
{
    must(strlen(values[0].text) >= 1 && strlen(values[0].text) <= 40);
    must(values[1].decoded.size >= 1 && values[1].decoded.size <= 512);
    uint8_t copy[512]; // a sanitizer sees what is not there
    memcpy(copy, values[1].decoded.data, values[1].decoded.size);
    must(memcmp(copy, values[1].decoded.data, values[1].decoded.size) == 0);
    must(values[2].whole >= -1 && values[2].whole <= 1000);
}

static void as_body(struct bytes body)
{
    struct json_value values[MEMBERS] = {};
    char detail[160] = "";
    json_t *document = NULL;

    if (json_body_parse(body, &document) != RESULT_OK) {
        must(document == NULL);
        return;
    }
    enum result read = json_body_read(document, members, MEMBERS, values, detail, sizeof detail);
    if (read == RESULT_OK)
        look_at(values);
    else
        must(read == RESULT_MALFORMED && detail[0] != '\0' && strlen(detail) < sizeof detail);
    json_values_clear(values, MEMBERS);
    json_decref(document);
}

static void as_call(const char *method, const char *path)
{
    struct identifier found[2] = {}, other[2] = {};
    char methods[ROUTE_METHODS_SIZE];

    handle_call *handle = route(method, path, found);
    route_methods(path, methods);
    if (handle == NULL)
        return;
    must(strstr(methods, method) != NULL);
    must(route(method, path, other) == handle);
}

static void as_text(const char *text)
{
    char code[ORDER_CODE_SIZE], again[ORDER_CODE_SIZE], written[PARTIAL_DATE_SIZE];
    struct partial_date date;

    must(public_language_accepted(text) < PUBLIC_LANGUAGE_COUNT);
    if (public_code_from_text(text, code) == RESULT_OK) {
        must(strlen(code) == ORDER_CODE_SIZE - 1);
        must(public_code_from_text(code, again) == RESULT_OK && strcmp(code, again) == 0);
    }
    if (partial_date_from_text(text, &date) == RESULT_OK) {
        partial_date_to_text(date, written);
        must(strlen(written) <= strlen(text));
    }
    must(!national_number_is_valid(text) || strlen(text) == NATIONAL_NUMBER_SIZE - 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *end = size == 0 ? NULL : memchr(data, '\n', size);
    size_t head = end == NULL ? size : (size_t)(end - data);
    char *line = calloc(1, head + 1);

    if (line == NULL)
        return 0;
    if (head > 0)
        memcpy(line, data, head);
    char *path = strchr(line, ' ');
    if (path != NULL) {
        *path++ = '\0';
        as_call(line, path);
        as_text(path);
    }
    free(line);
    if (end != NULL)
        as_body((struct bytes){end + 1, size - head - 1});
    return 0;
}
