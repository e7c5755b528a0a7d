// The driver and the reference municipality, each written from the API's description alone: do they
// mean the same?
#include "city.h"

#include "clock.h"
#include "seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// after the four above
#include <cmocka.h>

#include <string.h>

#define LARGEST_DOCUMENT (8 * 1024 * 1024)

static enum result open_session(const struct city *city, struct backend *backend,
                                struct backend_challenge *challenge)
{
    struct card_files files = city_card(city);
    enum backend_refusal refusal;

    enum result result = backend->verbs->open_session(backend->self, &files, challenge, &refusal);
    card_files_wipe(&files);
    return result;
}

static enum result prove(const struct city *city, struct backend *backend,
                         const struct backend_challenge *challenge, enum backend_refusal *refusal)
{
    struct card_signature signature =
        city_sign(city, (struct bytes){challenge->message, challenge->size});
    owned(catalogue) offered = NULL;

    enum result result = backend->verbs->prove(backend->self, &signature, &offered, refusal);
    if (result == RESULT_OK) {
        assert_true(offered->count > 0);
        assert_string_equal(offered->documents[0].kind, "household");
        assert_true(offered->documents[0].eligible);
    }
    return result;
}

static void test_catalogue(void **state)
{
    struct backend backend = city_link(*state);
    owned(catalogue) offered = NULL;
    enum backend_refusal refusal;

    assert_int_equal(backend.verbs->catalogue(backend.self, &offered, &refusal), RESULT_OK);
    assert_true(offered->count > 0);
    assert_true(offered->municipality[LANGUAGE_NL][0] != '\0');
    https_backend_destroy(&backend);
}

static void assert_sealed(const struct city *city, const struct secret *pdf)
{
    owned(secret) authority = city_file(city, "authorities/seal-ca.pem");
    owned(seal_anchors) anchors = NULL;
    const struct seal_trust trust = {.authorities = {secret_bytes(authority)},
                                     .organization = "VATBE-0000000196"};
    struct seal_report report;

    assert_int_equal(seal_anchors_create(&trust, &anchors), RESULT_OK);
    if (seal_verify(secret_bytes(pdf), anchors, clock_wall_seconds(), &report) != RESULT_OK)
        print_error("refused: %s\n", seal_reason_sentence(report.reason));
    assert_int_equal(report.status, SEAL_STATUS_GOOD);
    assert_in_range(report.signed_at, clock_wall_seconds() - 60, clock_wall_seconds());
}

static struct backend_order make_order(struct backend *backend, const char *language)
{
    struct backend_order_request request = {
        .kind = "household", .language = language, .subject = "self"};
    struct backend_order order, again;
    enum backend_refusal refusal;

    assert_int_equal(identifier_make(&request.id), RESULT_OK);
    assert_int_equal(backend->verbs->order(backend->self, &request, &order, &refusal), RESULT_OK);
    assert_true(identifier_equal(&order.id, &request.id));
    assert_true(order.reference[0] != '\0' && order.pages >= 1);
    // The same key again is the same order.
    assert_int_equal(backend->verbs->order(backend->self, &request, &again, &refusal), RESULT_OK);
    assert_string_equal(order.reference, again.reference);
    assert_memory_equal(order.document_sha256, again.document_sha256, 32);
    return order;
}

static void test_whole_session(void **state)
{
    const struct city *city = *state;
    struct backend backend = city_link(city);
    struct backend_challenge challenge;
    enum backend_refusal refusal;
    owned(secret) pdf = NULL;

    assert_int_equal(open_session(city, &backend, &challenge), RESULT_OK);
    assert_int_equal(prove(city, &backend, &challenge, &refusal), RESULT_OK);
    struct backend_order order = make_order(&backend, "nl");
    assert_int_equal(secret_create(LARGEST_DOCUMENT, &pdf), RESULT_OK);
    assert_int_equal(backend.verbs->document(backend.self, &order.id, pdf, &refusal), RESULT_OK);
    assert_sealed(city, pdf);
    for (int i = 0; i < 2; i++) // may be repeated
        assert_int_equal(backend.verbs->outcome(backend.self, &order.id, true, 1, &refusal),
                         RESULT_OK);
    assert_int_equal(backend.verbs->close_session(backend.self), RESULT_OK);
    https_backend_destroy(&backend);
}

// A challenge signed for one connection is worth nothing on another one.
static void test_other_connection(void **state)
{
    const struct city *city = *state;
    struct backend first = city_link(city), second = city_link(city);
    struct backend_challenge challenge, other;
    enum backend_refusal refusal;

    assert_int_equal(open_session(city, &first, &challenge), RESULT_OK);
    assert_int_equal(open_session(city, &second, &other), RESULT_OK);
    assert_int_equal(prove(city, &second, &challenge, &refusal), RESULT_REFUSED);
    https_backend_destroy(&first);
    https_backend_destroy(&second);
}

// Outcomes need no session: after a restart, another connection reports what became of the order.
static void test_outcome_later(void **state)
{
    const struct city *city = *state;
    struct backend backend = city_link(city);
    struct backend_challenge challenge;
    enum backend_refusal refusal;

    assert_int_equal(open_session(city, &backend, &challenge), RESULT_OK);
    assert_int_equal(prove(city, &backend, &challenge, &refusal), RESULT_OK);
    struct backend_order order = make_order(&backend, "fr");
    https_backend_destroy(&backend);
    struct backend later = city_link(city);
    assert_int_equal(later.verbs->outcome(later.self, &order.id, false, 0, &refusal), RESULT_OK);
    struct identifier unknown;
    assert_int_equal(identifier_make(&unknown), RESULT_OK);
    assert_int_not_equal(later.verbs->outcome(later.self, &unknown, false, 0, &refusal), RESULT_OK);
    https_backend_destroy(&later);
}

static int setup(void **state)
{
    struct city *city = *state;

    assert_int_equal(https_library_begin(), RESULT_OK);
    city_start(city);
    return 0;
}

static int teardown(void **state)
{
    city_stop(*state);
    https_library_end();
    return 0;
}

int main(int argc, char **argv)
{
    struct city city = {};

    if (argc != 3) {
        print_error("usage: %s PROGRAMS MUNICIPALITY_SOURCES\n", argv[0]);
        return 2;
    }
    city.programs = argv[1];
    city.sources = argv[2];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(test_catalogue, &city),
        cmocka_unit_test_prestate(test_whole_session, &city),
        cmocka_unit_test_prestate(test_other_connection, &city),
        cmocka_unit_test_prestate(test_outcome_later, &city),
    };
    // Without group functions: they get no state, so the city lives around the run.
    void *state = &city;
    setup(&state);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    teardown(&state);
    return failed;
}
