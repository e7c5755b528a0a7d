// The PIN at a reader's own keys, against a scripted card: what is asked for, and how often.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "eid_reader.h"
#include "made_card.h"
#include "processes.h"
#include "scripted_card.h"
#include "suites.h"

struct stage {
    struct made_card made;
    struct scripted_card card;
    char folder[TEST_PATH_SIZE];
    struct eid_reader *reader;
    struct card_reader port;
};

static int set_stage(void **state)
{
    static struct stage stage;
    char roots[TEST_PATH_SIZE], issuers[TEST_PATH_SIZE];

    made_card_create(&stage.made, PKI_KEY_P384);
    test_folder_create(stage.folder);
    made_card_write_authorities(&stage.made, stage.folder);
    test_path(roots, stage.folder, "root.pem");
    test_path(issuers, stage.folder, "citizens.pem");
    const struct eid_reader_settings settings = {
        .channel = scripted_card_port(&stage.card), .roots = roots, .issuers = issuers};
    if (eid_reader_create(&settings, &stage.reader) != RESULT_OK)
        return 1;
    stage.port = eid_reader_port(stage.reader);
    *state = &stage;
    return 0;
}

static int clear_stage(void **state)
{
    struct stage *stage = *state;

    eid_reader_destroy(stage->reader);
    made_card_destroy(&stage->made);
    test_folder_remove(stage->folder);
    return 0;
}

// A fresh card of applet 1.8 that was read, in a reader with these keys.
static struct card_findings read_with(struct stage *stage, struct pin_pad pad)
{
    struct card_files files = {};
    struct card_findings findings;

    scripted_card_be_specimen(&stage->card);
    stage->card.files = stage->made.files;
    stage->card.key = pki_key(stage->made.holder);
    stage->card.applet_version = 0x18;
    stage->card.pad = pad;
    assert_int_equal(stage->port.verbs->read(stage->port.self, &files, &findings), RESULT_OK);
    card_files_wipe(&files);
    return findings;
}

static enum result enter(struct stage *stage, int seconds, struct pin_outcome *outcome)
{
    return stage->port.verbs->verify_pin_on_pad(stage->port.self, seconds, LANGUAGE_EN, outcome);
}

static void a_reader_s_limits_narrow_the_card_s(void **state)
{
    static const struct {
        struct pin_pad pad;
        int least, most;
    } cases[] = {
        {{true, 0, 255}, 4, 12},
        {{true, 5, 8}, 5, 8},
        {{true, 1, 16}, 4, 12},
    };
    struct stage *stage = *state;
    struct pin_outcome outcome;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(read_with(stage, cases[i].pad).pin_pad);
        stage->card.pad_answer = 0x9000;
        assert_int_equal(enter(stage, 30, &outcome), RESULT_OK);
        assert_true(outcome.accepted);
        assert_int_equal(stage->card.entered.least, cases[i].least);
        assert_int_equal(stage->card.entered.most, cases[i].most);
        assert_int_equal(stage->card.entered.first_key_s, 30);
        assert_int_equal(stage->card.entered.language, LANGUAGE_EN);
        assert_int_equal(stage->card.verifications, 0); // no VERIFY of ours
    }
}

static void without_keys_nobody_is_asked(void **state)
{
    struct stage *stage = *state;
    struct pin_outcome outcome;

    assert_false(read_with(stage, (struct pin_pad){}).pin_pad);
    assert_int_equal(enter(stage, 30, &outcome), RESULT_REFUSED);
    assert_int_equal(stage->card.entries, 0);
}

static void with_no_try_left_nobody_is_asked(void **state)
{
    struct stage *stage = *state;
    struct pin_outcome outcome;

    (void)read_with(stage, (struct pin_pad){.fitted = true, .most = 255});
    stage->card.tries = 0;
    assert_int_equal(enter(stage, 30, &outcome), RESULT_OK);
    assert_int_equal(outcome.tries_left, 0);
    assert_int_equal(stage->card.entries, 0);
}

static void a_transport_error_is_not_met_with_a_second_entry(void **state)
{
    static const enum result results[] = {RESULT_FAILED, RESULT_REMOVED, RESULT_UNREACHABLE};
    struct stage *stage = *state;
    struct pin_outcome outcome;

    for (size_t i = 0; i < sizeof results / sizeof *results; i++) {
        (void)read_with(stage, (struct pin_pad){.fitted = true, .most = 255});
        stage->card.pad_result = results[i];
        assert_int_equal(enter(stage, 30, &outcome), results[i]);
        assert_false(outcome.accepted);
        assert_int_equal(stage->card.entries, 1);
    }
}

static void what_is_no_time_is_not_asked_for(void **state)
{
    struct stage *stage = *state;
    struct pin_outcome outcome;

    (void)read_with(stage, (struct pin_pad){.fitted = true, .most = 255});
    assert_int_equal(enter(stage, 0, &outcome), RESULT_INVALID);
    assert_int_equal(enter(stage, 256, &outcome), RESULT_INVALID);
    assert_int_equal(stage->card.entries, 0);
}

int test_pin_pad(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reader_s_limits_narrow_the_card_s),
        cmocka_unit_test(without_keys_nobody_is_asked),
        cmocka_unit_test(with_no_try_left_nobody_is_asked),
        cmocka_unit_test(a_transport_error_is_not_met_with_a_second_entry),
        cmocka_unit_test(what_is_no_time_is_not_asked_for),
    };

    return cmocka_run_group_tests_name("the reader's keys", tests, set_stage, clear_stage);
}
