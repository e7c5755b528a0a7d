// Nothing in our drivers depends on the virtual reader that we wrote ourselves: the same card, read
// and used through Debian's vpcd driver, which has other ways to fail.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <winscard.h>

#include "call.h"
#include "visit.h"

#define READER "Virtual PCD 00 00"
#define CARD "card"
#define NEXT_CARD "next"
#define LOOK_LIMIT_US 20000000

struct scene {
    struct card_bench *bench;
    struct card_slot slot;
    struct caller kioskctl;
};

static void insert(struct scene *scene, const char *card)
{
    card_bench_insert(scene->bench, card);
    card_slot_until(&scene->slot, CARD_PRESENCE_PRESENT);
}

static void take_out(struct scene *scene)
{
    (void)scene->slot.port.verbs->release(scene->slot.port.self); // of a card that may be gone
    card_bench_remove(scene->bench);
    card_slot_until(&scene->slot, CARD_PRESENCE_ABSENT);
}

static void kioskctl_reads_a_card_whole(void **state)
{
    static const char *const checks[] = {"identity_signature", "address_signature", "photo_hash",
                                         "certificate_chain"};
    struct scene *scene = *state;
    char roots[TEST_PATH_SIZE], issuers[TEST_PATH_SIZE];
    struct call call;

    card_bench_path(scene->bench, "auth/card-root.pem", roots);
    card_bench_path(scene->bench, "auth/card-citizen-ca.pem", issuers);
    const char *const words[] = {"card",           "read", "--reader",        READER,
                                 "--trust-anchor", roots,  "--intermediates", issuers,
                                 "--json",         NULL};
    insert(scene, CARD);
    call_run(&scene->kioskctl, words, &call);
    if (call.status != 0)
        print_error("%s%s", call.output, call.errors);
    assert_int_equal(call.status, 0);
    json_t *root = call_json(&call);
    assert_string_equal(json_at(root, "identity", "surname"), "Benali");
    assert_string_equal(json_at(root, "address", "street"), "Rue Haute 12");
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        assert_string_equal(json_at(root, "verification", checks[i]), "valid");
    const json_t *apdu = json_object_get(root, "apdu");
    print_message("%lld exchanges in %.0f ms\n",
                  (long long)json_integer_value(json_object_get(apdu, "count")),
                  json_number_value(json_object_get(apdu, "milliseconds")));
    assert_int_equal(json_integer_value(json_object_get(apdu, "count")),
                     card_bench_commands(scene->bench));
    json_decref(root);
    take_out(scene);
}

static enum outcome visit(struct scene *scene, const char *card)
{
    int64_t milliseconds;

    return visit_whole(&scene->slot, scene->bench, card, &milliseconds);
}

static void a_resident_is_served(void **state)
{
    struct scene *scene = *state;

    insert(scene, CARD);
    assert_int_equal(visit(scene, CARD), OUTCOME_SERVED);
    take_out(scene);
}

// How many cards came and went, as pcscd counts them.
static DWORD slot_counter(SCARDCONTEXT context)
{
    SCARD_READERSTATE state = {.szReader = READER, .dwCurrentState = SCARD_STATE_UNAWARE};

    assert_int_equal(SCardGetStatusChange(context, 0, &state, 1), SCARD_S_SUCCESS);
    return state.dwEventState >> 16;
}

// pcscd looks at this driver's slot every 400 ms only. Told by a failed reset that the slot is
// empty it says so at once, but does not look again before; a card that is back by then it never
// notices. No hand is so quick.
static void wait_for_the_look(SCARDCONTEXT context, DWORD counter)
{
    int64_t start = microseconds_now();

    while (slot_counter(context) == counter && microseconds_now() - start < LOOK_LIMIT_US)
        wait_a_moment();
    assert_int_not_equal(slot_counter(context), counter);
}

static void pull(struct scene *scene, SCARDCONTEXT context, const char *moment)
{
    char answer[64];

    card_bench_control(scene->bench, moment, answer, sizeof answer);
    insert(scene, CARD);
    DWORD counter = slot_counter(context);
    enum outcome outcome = visit(scene, CARD);
    print_message("%s: %s\n", moment, outcome_text(outcome));
    assert_true(outcome == OUTCOME_REMOVED || outcome == OUTCOME_FAILED);
    wait_for_the_look(context, counter);
    take_out(scene);
}

// This driver calls a command to a card that was pulled a success without an answer.
static void a_pulled_card_is_no_success_and_the_next_is_served(void **state)
{
    static const char *const moments[] = {"pull-at 1", "pull-at 2", "pull-at 20", "pull-at 26"};
    struct scene *scene = *state;
    SCARDCONTEXT context;

    assert_int_equal(SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL, &context),
                     SCARD_S_SUCCESS);
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        pull(scene, context, moments[i]);
        insert(scene, NEXT_CARD);
        assert_int_equal(visit(scene, NEXT_CARD), OUTCOME_SERVED);
        take_out(scene);
    }
    SCardReleaseContext(context);
}

int main(int argc, char **argv)
{
    struct scene scene;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(kioskctl_reads_a_card_whole, &scene),
        cmocka_unit_test_prestate(a_resident_is_served, &scene),
        cmocka_unit_test_prestate(a_pulled_card_is_no_success_and_the_next_is_served, &scene),
    };

    if (argc != 2) {
        fprintf(stderr, "usage: %s FOLDER_OF_PROGRAMS\n", argv[0]);
        return 2;
    }
    scene.bench = card_bench_create_on_vpcd(argv[1]);
    card_bench_make_card(scene.bench, CARD, "1");
    card_bench_make_card(scene.bench, NEXT_CARD, "1");
    test_path(scene.kioskctl.program, argv[1], "kioskctl");
    test_folder_create(scene.kioskctl.folder);
    scene.slot = card_slot_open(scene.bench, READER, true);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    card_slot_close(&scene.slot);
    card_bench_destroy(scene.bench);
    test_folder_remove(scene.kioskctl.folder);
    return failed;
}
