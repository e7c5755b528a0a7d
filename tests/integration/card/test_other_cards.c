// Cards that are no Belgian eID, each behind the real pcscd: named in time, and nothing is read.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <sys/stat.h>

#include "card_slot.h"

#define NAMED_WITHIN_US 3000000

struct scene {
    struct card_bench *bench;
    struct card_slot slot;
};

static const struct stranger {
    const char *name, *lines; // as virtual-card reads them
    enum card_kind kind;
} strangers[] = {
    {"a payment card with a directory",
     "answer-to-reset 3B6E000080318066B0840C016E0183009000\n"
     "application 315041592E5359532E4444463031\n" // 1PAY.SYS.DDF01
     "application A0000000031010\n",
     CARD_KIND_BANK},
    {"a payment card of Bancontact alone",
     "answer-to-reset 3B6800000073C84012009000\n"
     "application D056000666111010\n",
     CARD_KIND_BANK},
    {"a transport card (Calypso)",
     "answer-to-reset 3B6F0000805A0A070620042D11223344829000\n"
     "application 315449432E494341\n", // 1TIC.ICA
     CARD_KIND_OTHER},
    {"an Estonian identity card",
     "answer-to-reset 3BDB960080B1FE451F830012233F536549440F9000F1\n"
     "application A000000077010800070000FE00000100\n",
     CARD_KIND_FOREIGN},
    {"an identity card made as a travel document",
     "answer-to-reset 3B88800100000000338191002A\n"
     "application A0000002471001\n",
     CARD_KIND_FOREIGN},
    {"a card of IAS ECC",
     "answer-to-reset 3B7D95000080318065B0831100C883009000\n"
     "application A00000001840000001634200\n",
     CARD_KIND_FOREIGN},
    {"a card that knows no application", "answer-to-reset 3B021450\n", CARD_KIND_OTHER},
};
#define STRANGER_COUNT (sizeof strangers / sizeof *strangers)

static void make_card(struct card_bench *bench, const char *name, const char *lines)
{
    char folder[TEST_PATH_SIZE], file[TEST_PATH_SIZE];

    card_bench_path(bench, name, folder);
    assert_int_equal(mkdir(folder, 0700), 0);
    test_path(file, folder, "other-card");
    write_whole_file(file, lines);
}

static void assert_nothing_kept(const struct card_files *files)
{
    assert_null(files->identity);
    assert_null(files->identity_signature);
    assert_null(files->address);
    assert_null(files->address_signature);
    assert_null(files->authentication_certificate);
    assert_null(files->issuer_certificate);
    assert_null(files->register_certificate);
}

// From the moment the card is put in to its name.
static enum card_kind name_card(struct scene *scene, const char *card, enum card_presence told)
{
    const struct card_reader *port = &scene->slot.port;
    struct card_files files = {};
    struct card_findings findings;
    int64_t start = microseconds_now();

    card_bench_insert(scene->bench, card);
    card_slot_until(&scene->slot, told);
    assert_int_equal(port->verbs->read(port->self, &files, &findings), RESULT_OK);
    int64_t needed = microseconds_now() - start;
    printf("%-42s %7lld us %3ld commands\n", card, (long long)needed,
           card_bench_commands(scene->bench));
    assert_true(needed < NAMED_WITHIN_US);
    assert_nothing_kept(&files);
    return findings.kind;
}

static void let_go(struct scene *scene)
{
    const struct card_reader *port = &scene->slot.port;
    struct card_signature signature;

    assert_int_equal(port->verbs->sign(port->self, (struct bytes){}, &signature), RESULT_INVALID);
    assert_int_equal(port->verbs->release(port->self), RESULT_OK);
    assert_int_equal(card_bench_reads(scene->bench), 0);
    card_bench_remove(scene->bench);
    card_slot_until(&scene->slot, CARD_PRESENCE_ABSENT);
}

static void each_is_named_and_nothing_is_read(void **state)
{
    struct scene *scene = *state;

    for (size_t i = 0; i < STRANGER_COUNT; i++) {
        make_card(scene->bench, strangers[i].name, strangers[i].lines);
        assert_int_equal(name_card(scene, strangers[i].name, CARD_PRESENCE_PRESENT),
                         strangers[i].kind);
        let_go(scene);
    }
}

static void a_card_upside_down_is_mute(void **state)
{
    static const char name[] = "a card upside down";
    struct scene *scene = *state;

    make_card(scene->bench, name, "mute\n");
    assert_int_equal(name_card(scene, name, CARD_PRESENCE_MUTE), CARD_KIND_MUTE);
    assert_int_equal(card_bench_commands(scene->bench), 0);
    let_go(scene);
}

// What the zeros above are worth: on an eID the count moves.
static void reading_an_eid_is_counted(void **state)
{
    struct scene *scene = *state;
    const struct card_reader *port = &scene->slot.port;
    struct card_files files = {};
    struct card_findings findings;

    card_bench_insert(scene->bench, "eid");
    card_slot_until(&scene->slot, CARD_PRESENCE_PRESENT);
    assert_int_equal(port->verbs->read(port->self, &files, &findings), RESULT_OK);
    assert_int_equal(findings.kind, CARD_KIND_EID);
    assert_true(card_bench_reads(scene->bench) > 6);
    card_files_wipe(&files);
    assert_int_equal(port->verbs->release(port->self), RESULT_OK);
    card_bench_remove(scene->bench);
    card_slot_until(&scene->slot, CARD_PRESENCE_ABSENT);
}

int main(int argc, char **argv)
{
    struct scene scene;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(each_is_named_and_nothing_is_read, &scene),
        cmocka_unit_test_prestate(a_card_upside_down_is_mute, &scene),
        cmocka_unit_test_prestate(reading_an_eid_is_counted, &scene),
    };

    if (argc != 2) {
        fprintf(stderr, "usage: %s FOLDER_OF_PROGRAMS\n", argv[0]);
        return 2;
    }
    scene.bench = card_bench_create(argv[1]);
    card_bench_make_card(scene.bench, "eid", "1"); // and with it the authorities
    scene.slot = card_slot_open(scene.bench, "Virtual Reader", true);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    card_slot_close(&scene.slot);
    card_bench_destroy(scene.bench);
    return failed;
}
