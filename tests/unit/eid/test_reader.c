// The reader's verbs against a scripted card: what is sent, how often, and what becomes of errors.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "clock.h"
#include "eid_reader.h"
#include "made_card.h"
#include "processes.h"
#include "scripted_card.h"
#include "suites.h"

struct stage {
    struct made_card made; // applet 1.8, P-384, valid today
    struct scripted_card card;
    char folder[TEST_PATH_SIZE];
    struct eid_reader *reader;
    struct card_reader port;
    struct card_files files;
    struct card_findings findings;
};

static void set_card(struct stage *stage)
{
    scripted_card_be_specimen(&stage->card);
    stage->card.files = stage->made.files;
    stage->card.key = pki_key(stage->made.holder);
    stage->card.applet_version = 0x18;
    card_files_wipe(&stage->files);
}

static int set_stage(void **state)
{
    static struct stage stage;
    char roots[TEST_PATH_SIZE], issuers[TEST_PATH_SIZE];

    made_card_create(&stage.made, PKI_KEY_P384);
    set_card(&stage);
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

    card_files_wipe(&stage->files);
    eid_reader_destroy(stage->reader);
    made_card_destroy(&stage->made);
    test_folder_remove(stage->folder);
    return 0;
}

static enum result read_card(struct stage *stage)
{
    card_files_wipe(&stage->files);
    return stage->port.verbs->read(stage->port.self, &stage->files, &stage->findings);
}

static enum result verify(struct stage *stage, const char *pin, struct pin_outcome *outcome)
{
    owned(secret) typed = NULL;

    assert_int_equal(secret_create(12, &typed), RESULT_OK);
    assert_int_equal(secret_append(typed, (struct bytes){(const uint8_t *)pin, strlen(pin)}),
                     RESULT_OK);
    return stage->port.verbs->verify_pin(stage->port.self, typed, outcome);
}

static enum result sign(struct stage *stage, struct card_signature *signature)
{
    return stage->port.verbs->sign(stage->port.self,
                                   (struct bytes){(const uint8_t *)"a challenge", 11}, signature);
}

static bool nothing_kept(const struct stage *stage)
{
    const struct card_files *files = &stage->files;

    return files->identity == NULL && files->identity_signature == NULL && files->address == NULL &&
           files->address_signature == NULL && files->authentication_certificate == NULL &&
           files->issuer_certificate == NULL && files->register_certificate == NULL;
}

static long allowed_exchanges(const struct card_files *files)
{
    const struct secret *const all[] = {
        files->identity,          files->identity_signature,         files->address,
        files->address_signature, files->authentication_certificate, files->register_certificate};
    long allowed = 3;

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        allowed += 1 + (long)(secret_bytes(all[i]).size + 255) / 256;
    return allowed;
}

static void a_card_of_today_is_found_good(void **state)
{
    struct stage *stage = *state;
    struct card_signature signature;
    struct pin_outcome outcome;

    assert_int_equal(read_card(stage), RESULT_OK);
    assert_int_equal(stage->findings.kind, CARD_KIND_EID);
    assert_int_equal(stage->findings.identity_signature, CHECK_VALID);
    assert_int_equal(stage->findings.address_signature, CHECK_VALID);
    assert_int_equal(stage->findings.certificate_chain, CHECK_VALID);
    assert_int_equal(stage->findings.pin_tries_left, 3);
    assert_true(stage->card.exchanges <= allowed_exchanges(&stage->files) + 1); // EC padding
    assert_int_equal(sign(stage, &signature), RESULT_REFUSED);
    assert_int_equal(verify(stage, "1234", &outcome), RESULT_OK);
    assert_true(outcome.accepted);
    assert_int_equal(sign(stage, &signature), RESULT_OK);
    assert_int_equal(signature.size, 96); // r and s
    assert_int_equal(stage->card.transactions, 0);
    assert_int_equal(stage->port.verbs->release(stage->port.self), RESULT_OK);
    assert_false(stage->card.connected);
    assert_int_equal(sign(stage, &signature), RESULT_INVALID);
}

static void the_specimen_is_read_in_the_fewest_exchanges(void **state)
{
    struct stage *stage = *state;

    scripted_card_be_specimen(&stage->card);
    assert_int_equal(read_card(stage), RESULT_OK);
    assert_int_equal(stage->findings.identity_signature, CHECK_VALID);
    assert_int_equal(stage->findings.address_signature, CHECK_VALID);
    assert_int_equal(stage->findings.certificate_chain, CHECK_INVALID); // an unknown root
    assert_int_equal(stage->findings.valid_until_day, 16274);
    // Applet 1.1 would take a question for a wrong PIN.
    assert_int_equal(stage->findings.pin_tries_left, -1);
    assert_int_equal(stage->card.questions, 0);
    // Six selections, twelve chunks, one length unknown, GET CARD DATA; the issuer is read besides.
    assert_int_equal(stage->card.exchanges, 6 + 12 + 1 + 1 + 1 + 4);
}

static enum result look(struct stage *stage)
{
    return stage->port.verbs->look(stage->port.self, &stage->findings);
}

static enum result read_on(struct stage *stage)
{
    return stage->port.verbs->read(stage->port.self, &stage->files, &stage->findings);
}

static void a_look_tells_what_the_pin_needs_and_costs_no_exchange(void **state)
{
    struct stage *stage = *state;

    assert_int_equal(read_card(stage), RESULT_OK);
    int at_once = stage->card.exchanges;
    set_card(stage);
    assert_int_equal(look(stage), RESULT_OK);
    assert_int_equal(stage->findings.kind, CARD_KIND_EID);
    assert_true(stage->findings.activated);
    assert_int_equal(stage->findings.pin_tries_left, 3);
    assert_int_equal(stage->findings.valid_until_day, 16274);
    assert_int_equal(stage->findings.identity_signature, CHECK_NOT_DONE);
    assert_int_equal(stage->findings.certificate_chain, CHECK_NOT_DONE);
    // Card data, selection, 6C, identity, tries.
    assert_int_equal(stage->card.exchanges, 5);
    assert_int_equal(read_on(stage), RESULT_OK);
    assert_int_equal(stage->card.connections, 1);
    assert_int_equal(stage->card.exchanges, at_once);
    assert_int_equal(stage->findings.certificate_chain, CHECK_VALID);
    assert_int_equal(stage->findings.pin_tries_left, 3);
    assert_non_null(stage->files.identity);
}

// No PIN before the card is judged, whatever the caller believes.
static void a_card_that_was_only_looked_at_gets_no_pin(void **state)
{
    struct stage *stage = *state;
    struct card_signature signature;
    struct pin_outcome outcome;

    assert_int_equal(look(stage), RESULT_OK);
    assert_int_equal(verify(stage, "1234", &outcome), RESULT_INVALID);
    assert_int_equal(sign(stage, &signature), RESULT_INVALID);
    assert_int_equal(stage->card.verifications, 0);
    assert_int_equal(stage->port.verbs->release(stage->port.self), RESULT_OK);
    assert_int_equal(read_card(stage), RESULT_OK); // from the beginning
    assert_int_equal(stage->findings.certificate_chain, CHECK_VALID);
}

static void a_card_pulled_in_either_step_leaves_nothing(void **state)
{
    struct stage *stage = *state;

    for (int number = 1; number < 15; number++) {
        set_card(stage);
        stage->card.pull_at = number;
        enum result result = look(stage);
        assert_int_equal(result, number <= 5 ? RESULT_REMOVED : RESULT_OK);
        if (result == RESULT_OK)
            assert_int_equal(read_on(stage), RESULT_REMOVED);
        assert_true(nothing_kept(stage));
    }
}

static void an_error_in_either_step_is_met_by_one_reset(void **state)
{
    static const int numbers[] = {1, 2, 3, 5, 6, 9, 14};
    struct stage *stage = *state;

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        set_card(stage);
        stage->card.fail_at = numbers[i];
        assert_int_equal(look(stage), RESULT_OK);
        assert_int_equal(read_on(stage), RESULT_OK);
        assert_int_equal(stage->card.resets, 1);
        assert_int_equal(stage->findings.certificate_chain, CHECK_VALID);
        card_files_wipe(&stage->files);
    }
}

static void a_card_pulled_anywhere_leaves_nothing(void **state)
{
    struct stage *stage = *state;
    int number = 1;
    enum result result = RESULT_REMOVED;

    for (; result == RESULT_REMOVED && number < 100; number++) {
        set_card(stage);
        stage->card.pull_at = number;
        result = read_card(stage);
        assert_true(result == RESULT_OK || nothing_kept(stage));
        assert_int_equal(stage->card.verifications, 0);
    }
    assert_int_equal(result, RESULT_OK);
    assert_true(number > 20);
}

static void an_error_of_the_reader_is_met_by_one_reset(void **state)
{
    static const int numbers[] = {1, 2, 9};
    struct stage *stage = *state;

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        set_card(stage);
        stage->card.fail_at = numbers[i];
        assert_int_equal(read_card(stage), RESULT_OK);
        assert_int_equal(stage->card.resets, 1);
        assert_int_equal(stage->findings.certificate_chain, CHECK_VALID);
    }
}

static void a_command_called_unknown_once_is_sent_again(void **state)
{
    static const int numbers[] = {1, 2, 3, 9};
    struct stage *stage = *state;

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        set_card(stage);
        stage->card.unknown_at = numbers[i];
        assert_int_equal(read_card(stage), RESULT_OK);
        assert_int_equal(stage->card.resets, 0);
    }
}

static void a_pin_is_sent_once_whatever_happens(void **state)
{
    struct stage *stage = *state;
    struct pin_outcome outcome;

    assert_int_equal(read_card(stage), RESULT_OK);
    int next = stage->card.exchanges + 2; // after the question
    stage->card.fail_at = next;
    assert_int_equal(verify(stage, "1234", &outcome), RESULT_FAILED);
    assert_int_equal(stage->card.verifications, 1);
    stage->card.unknown_at = stage->card.exchanges + 2;
    assert_int_equal(verify(stage, "1234", &outcome), RESULT_FAILED);
    assert_int_equal(stage->card.verifications, 2);
    stage->card.pull_at = stage->card.exchanges + 2;
    assert_int_equal(verify(stage, "1234", &outcome), RESULT_REMOVED);
    assert_int_equal(stage->card.resets, 0);
}

static void tries_are_looked_at_before_a_pin_is_sent(void **state)
{
    struct stage *stage = *state;
    struct pin_outcome outcome;

    assert_int_equal(read_card(stage), RESULT_OK);
    assert_int_equal(verify(stage, "9999", &outcome), RESULT_OK);
    assert_int_equal(outcome.tries_left, 2);
    stage->card.tries = 0;
    assert_int_equal(verify(stage, "1234", &outcome), RESULT_OK);
    assert_false(outcome.accepted);
    assert_int_equal(outcome.tries_left, 0);
    assert_int_equal(stage->card.verifications, 1);
}

static void every_length_of_pin_has_its_block(void **state)
{
    static const char *const good[] = {"1234", "12345", "123456", "123456789012"};
    static const char *const bad[] = {"", "123", "12 4", "12a4"};
    struct stage *stage = *state;
    struct pin_outcome outcome;

    assert_int_equal(read_card(stage), RESULT_OK);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        stage->card.tries = 3;
        assert_int_equal(verify(stage, good[i], &outcome), RESULT_OK);
        assert_int_equal(outcome.accepted, i == 0); // the card knows 1234
    }
    int sent = stage->card.verifications;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(verify(stage, bad[i], &outcome), RESULT_INVALID);
    assert_int_equal(stage->card.verifications, sent);
}

static void a_cancel_ends_its_own_job_early_or_late_and_no_other(void **state)
{
    struct stage *stage = *state;

    const struct card_reader *port = &stage->port;

    port->verbs->begin(port->self, 1);
    stage->card.cancel = port->verbs->cancel;
    stage->card.cancel_self = port->self;
    stage->card.cancelled_number = 1;
    stage->card.cancel_at = 7;
    assert_int_equal(read_card(stage), RESULT_CANCELLED);
    assert_int_equal(stage->card.exchanges, 7);
    assert_true(nothing_kept(stage));
    stage->card.cancel_at = 0;
    port->verbs->begin(port->self, 2);
    port->verbs->cancel(port->self, 1); // too late: its job is over
    assert_int_equal(read_card(stage), RESULT_OK);
    port->verbs->cancel(port->self, 3); // early: the job has its number, and no verb has begun
    port->verbs->begin(port->self, 3);
    assert_int_equal(read_card(stage), RESULT_CANCELLED);
    assert_int_equal(stage->card.exchanges, 0);
    port->verbs->begin(port->self, 4);
    assert_int_equal(read_card(stage), RESULT_OK);
    port->verbs->cancel(port->self, 4);
    assert_int_equal(stage->port.verbs->log_off(stage->port.self), RESULT_OK);
    assert_int_equal(stage->port.verbs->release(stage->port.self), RESULT_OK);
}

static void strangers_are_told_by_their_applications(void **state)
{
    static const uint8_t passport[] = {0xA0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01};
    const struct {
        struct bytes application;
        enum card_kind kind;
    } cases[] = {{{(const uint8_t *)"1PAY.SYS.DDF01", 14}, CARD_KIND_BANK},
                 {{passport, sizeof passport}, CARD_KIND_FOREIGN},
                 {{(const uint8_t *)"something", 9}, CARD_KIND_OTHER}};
    struct stage *stage = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        set_card(stage);
        stage->card.is_eid = false;
        stage->card.answer = (struct answer_to_reset){.bytes = {0x3B, 0x00}, .size = 2};
        stage->card.other_application = cases[i].application;
        assert_int_equal(read_card(stage), RESULT_OK);
        assert_int_equal(stage->findings.kind, cases[i].kind);
        assert_true(nothing_kept(stage));
    }
}

static void a_new_answer_to_reset_is_still_an_eid(void **state)
{
    struct stage *stage = *state;

    stage->card.answer = (struct answer_to_reset){.bytes = {0x3B, 0x01, 0x77}, .size = 3};
    assert_int_equal(read_card(stage), RESULT_OK);
    assert_int_equal(stage->findings.kind, CARD_KIND_EID);
}

static void a_mute_card_is_no_error(void **state)
{
    struct stage *stage = *state;

    stage->card.answer.size = 0;
    assert_int_equal(read_card(stage), RESULT_OK);
    assert_int_equal(stage->findings.kind, CARD_KIND_MUTE);
}

static void a_document_decides_the_kind(void **state)
{
    static const struct {
        char type;
        enum card_kind kind;
    } cases[] = {{'6', CARD_KIND_KIDS}, {'7', CARD_KIND_OTHER}, {'8', CARD_KIND_OTHER}};
    struct stage *stage = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        set_card(stage);
        uint8_t *identity = stage->card.files.content[SPECIMEN_IDENTITY];
        uint8_t *type = memmem(identity, 179, "\x0F\x01\x31", 3);
        assert_non_null(type);
        type[2] = (uint8_t)cases[i].type;
        assert_int_equal(read_card(stage), RESULT_OK);
        assert_int_equal(stage->findings.kind, cases[i].kind);
        assert_true(nothing_kept(stage));
        assert_int_equal(stage->card.exchanges, 4); // card data, selection, 6C, identity
    }
}

static void cards_without_use_are_told(void **state)
{
    struct stage *stage = *state;

    stage->card.not_activated = true;
    assert_int_equal(read_card(stage), RESULT_OK);
    assert_int_equal(stage->findings.kind, CARD_KIND_EID);
    assert_false(stage->findings.activated);
    set_card(stage);
    memset(stage->card.files.content[SPECIMEN_AUTHENTICATION_CERTIFICATE], 0, 1300);
    stage->card.files.size[SPECIMEN_AUTHENTICATION_CERTIFICATE] = 1300;
    assert_int_equal(read_card(stage), RESULT_OK);
    assert_false(stage->findings.activated);
    assert_int_equal(stage->findings.identity_signature, CHECK_VALID);
    assert_int_equal(stage->findings.certificate_chain, CHECK_NOT_DONE);
    assert_true(nothing_kept(stage));
}

// The specimen's card ended in 2014; its certificate ends before that, later, a moment ago, or has
// not begun.
static void a_certificate_that_ended_ends_the_card(void **state)
{
    struct stage *stage = *state;
    int64_t now = clock_wall_seconds(), day = 24 * 3600;
    const int64_t card_ends = 16274; // 2014-07-23
    const struct {
        int64_t from, until, last_day;
        enum check chain;
    } cases[] = {
        {now - 9000 * day, INT64_C(15000) * day, 15000, CHECK_VALID},
        {now - day, now + day, card_ends, CHECK_VALID},
        {now - 9000 * day, now - 1, card_ends, CHECK_VALID},
        {now + day, now + 2 * day, card_ends, CHECK_INVALID},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        made_card_date_holder(&stage->made, cases[i].from, cases[i].until);
        set_card(stage);
        assert_int_equal(read_card(stage), RESULT_OK);
        assert_int_equal(stage->findings.valid_until_day, cases[i].last_day);
        assert_int_equal(stage->findings.certificate_chain, cases[i].chain);
        assert_true(stage->findings.activated);
    }
}

static void data_of_another_card_are_not_believed(void **state)
{
    struct stage *stage = *state;

    stage->card.chip_differs = true;
    assert_int_equal(read_card(stage), RESULT_OK);
    assert_int_equal(stage->findings.identity_signature, CHECK_VALID);
    assert_int_equal(stage->findings.certificate_chain, CHECK_INVALID);
    set_card(stage);
    stage->card.files.content[SPECIMEN_IDENTITY][100] ^= 1;
    assert_int_equal(read_card(stage), RESULT_OK);
    assert_int_equal(stage->findings.identity_signature, CHECK_INVALID);
    assert_int_equal(stage->findings.address_signature, CHECK_VALID);
}

static void files_that_break_their_format_are_malformed(void **state)
{
    static const enum specimen_file files[] = {SPECIMEN_IDENTITY, SPECIMEN_REGISTER_CERTIFICATE,
                                               SPECIMEN_AUTHENTICATION_CERTIFICATE};
    struct stage *stage = *state;

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        set_card(stage);
        memset(stage->card.files.content[files[i]] + 2, 0xFF, 60);
        assert_int_equal(read_card(stage), RESULT_MALFORMED);
        assert_true(nothing_kept(stage));
    }
    set_card(stage);
    stage->card.files.size[SPECIMEN_REGISTER_CERTIFICATE] = 300; // ends before its DER does
    assert_int_equal(read_card(stage), RESULT_MALFORMED);
    set_card(stage);
    stage->card.files.size[SPECIMEN_IDENTITY] = 4096; // zero padding beyond any card's
    assert_int_equal(read_card(stage), RESULT_MALFORMED);
}

static void a_signature_by_another_key_does_not_leave_the_room(void **state)
{
    struct stage *stage = *state;
    struct card_signature signature;
    struct pin_outcome outcome;
    EVP_PKEY *other = EVP_EC_gen("P-384");

    stage->card.key = other;
    assert_int_equal(read_card(stage), RESULT_OK);
    assert_int_equal(verify(stage, "1234", &outcome), RESULT_OK);
    assert_int_equal(sign(stage, &signature), RESULT_MALFORMED);
    assert_int_equal(signature.size, 0);
    EVP_PKEY_free(other);
}

#define STAGED(function) cmocka_unit_test_setup_teardown(function, set_stage, clear_stage)

int test_reader(void)
{
    const struct CMUnitTest tests[] = {
        STAGED(a_card_of_today_is_found_good),
        STAGED(the_specimen_is_read_in_the_fewest_exchanges),
        STAGED(a_look_tells_what_the_pin_needs_and_costs_no_exchange),
        STAGED(a_card_that_was_only_looked_at_gets_no_pin),
        STAGED(a_card_pulled_in_either_step_leaves_nothing),
        STAGED(an_error_in_either_step_is_met_by_one_reset),
        STAGED(a_card_pulled_anywhere_leaves_nothing),
        STAGED(an_error_of_the_reader_is_met_by_one_reset),
        STAGED(a_command_called_unknown_once_is_sent_again),
        STAGED(a_pin_is_sent_once_whatever_happens),
        STAGED(tries_are_looked_at_before_a_pin_is_sent),
        STAGED(every_length_of_pin_has_its_block),
        STAGED(a_cancel_ends_its_own_job_early_or_late_and_no_other),
        STAGED(strangers_are_told_by_their_applications),
        STAGED(a_new_answer_to_reset_is_still_an_eid),
        STAGED(a_mute_card_is_no_error),
        STAGED(a_document_decides_the_kind),
        STAGED(cards_without_use_are_told),
        STAGED(a_certificate_that_ended_ends_the_card),
        STAGED(data_of_another_card_are_not_believed),
        STAGED(files_that_break_their_format_are_malformed),
        STAGED(a_signature_by_another_key_does_not_leave_the_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
