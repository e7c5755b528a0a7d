// kiosk_visit FOLDER PORT: one resident's visit by the terminal's own driver, at the city of FOLDER
// behind PORT. Exits 0 when every call was answered as the driver wants it.
#include "city.h"

#include "str.h"

#include <stdio.h>

#define LARGEST_DOCUMENT (8 * 1024 * 1024)

static enum result prove(const struct city *city, struct backend *backend)
{
    struct card_files files = city_card(city);
    struct backend_challenge challenge;
    owned(catalogue) offered = NULL;
    enum backend_refusal refusal;

    enum result opened = backend->verbs->open_session(backend->self, &files, &challenge, &refusal);
    card_files_wipe(&files);
    TRY(opened);
    struct card_signature signature =
        city_sign(city, (struct bytes){challenge.message, challenge.size});
    return backend->verbs->prove(backend->self, &signature, &offered, &refusal);
}

static enum result fetch(struct backend *backend)
{
    struct backend_order_request request = {
        .kind = "household", .language = "fr", .subject = "self"};
    struct backend_order order;
    enum backend_refusal refusal;
    owned(secret) pdf = NULL;

    TRY(identifier_make(&request.id));
    TRY(backend->verbs->order(backend->self, &request, &order, &refusal));
    TRY(secret_create(LARGEST_DOCUMENT, &pdf));
    TRY(backend->verbs->document(backend->self, &order.id, pdf, &refusal));
    return backend->verbs->outcome(backend->self, &order.id, true, 1, &refusal);
}

static enum result visit(const struct city *city, struct backend *backend)
{
    owned(catalogue) offered = NULL;
    enum backend_refusal refusal;

    TRY(backend->verbs->catalogue(backend->self, &offered, &refusal));
    TRY(prove(city, backend));
    TRY(fetch(backend));
    return backend->verbs->close_session(backend->self);
}

int main(int argc, char **argv)
{
    struct city city = {};
    int64_t port;

    if (argc != 3 || str_copy(city.folder, sizeof city.folder, argv[1]) != RESULT_OK ||
        str_to_int(argv[2], 1, 65535, &port) != RESULT_OK) {
        fputs("usage: kiosk_visit FOLDER PORT\n", stderr);
        return 2;
    }
    city.port = (int)port;
    if (https_library_begin() != RESULT_OK)
        return 1;
    struct backend backend = city_link(&city);
    enum result result = visit(&city, &backend);
    if (result != RESULT_OK)
        fprintf(stderr, "kiosk_visit: %s\n", result_text(result));
    https_backend_destroy(&backend);
    https_library_end();
    return result == RESULT_OK ? 0 : 1;
}
