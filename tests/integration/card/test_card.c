// The card drivers on the real pcscd: reading, PIN, signing, and all that can go wrong in a slot.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "card_slot.h"
#include "other_process.h"
#include "str.h"

#define CARD "card"
#define OTHER_CARD "other"
#define CHILD_CARD "child"
#define MUTE_CARD "mute"
#define READER "Virtual Reader"
#define ENOUGH_COMMANDS 60 // more than any verb of the reader sends

struct scene {
    struct card_bench *bench;
    struct card_slot slot;
    const char *program;
};

static struct bytes text(const char *words)
{
    return (struct bytes){(const uint8_t *)words, strlen(words)};
}

static enum result read_card(struct card_slot *slot, struct card_files *files,
                             struct card_findings *findings)
{
    *files = (struct card_files){};
    return slot->port.verbs->read(slot->port.self, files, findings);
}

static enum result verify(struct card_slot *slot, const char *pin, struct pin_outcome *outcome)
{
    owned(secret) typed = NULL;

    assert_int_equal(secret_create(12, &typed), RESULT_OK);
    assert_int_equal(secret_append(typed, text(pin)), RESULT_OK);
    return slot->port.verbs->verify_pin(slot->port.self, typed, outcome);
}

static enum result sign(struct card_slot *slot, struct card_signature *signature)
{
    return slot->port.verbs->sign(slot->port.self, text("a challenge"), signature);
}

static void insert(struct scene *scene, const char *card)
{
    card_bench_insert(scene->bench, card);
    card_slot_until(&scene->slot, CARD_PRESENCE_PRESENT);
}

static void take_out(struct scene *scene)
{
    assert_int_equal(scene->slot.port.verbs->release(scene->slot.port.self), RESULT_OK);
    card_bench_remove(scene->bench);
    card_slot_until(&scene->slot, CARD_PRESENCE_ABSENT);
}

static void insert_and_read(struct scene *scene, struct card_files *files)
{
    struct card_findings findings;

    insert(scene, CARD);
    assert_int_equal(read_card(&scene->slot, files, &findings), RESULT_OK);
    assert_int_equal(findings.certificate_chain, CHECK_VALID);
}

static void pull_at(struct scene *scene, int number)
{
    char line[32], answer[64];

    assert_int_equal(str_format(line, sizeof line, "pull-at %d", number), RESULT_OK);
    card_bench_control(scene->bench, line, answer, sizeof answer);
}

// As many exchanges as the architecture allows: what is read by 256, a selection a file, and three.
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

static void assert_same_as_on_card(struct scene *scene, const struct secret *read, const char *name)
{
    char path[TEST_PATH_SIZE], relative[64];
    uint8_t content[4096];
    struct bytes got = secret_bytes(read);

    assert_int_equal(str_format(relative, sizeof relative, CARD "/%s", name), RESULT_OK);
    card_bench_path(scene->bench, relative, path);
    size_t size = read_whole_file(path, content, sizeof content);
    assert_true(size >= got.size && size - got.size <= 50); // a certificate's padding is not read
    assert_memory_equal(content, got.data, got.size);
}

static void a_card_is_read_whole_and_found_good(void **state)
{
    struct scene *scene = *state;
    struct card_files files;
    struct card_findings findings;

    insert(scene, CARD);
    assert_int_equal(read_card(&scene->slot, &files, &findings), RESULT_OK);
    long commands = card_bench_commands(scene->bench);
    printf("exchanges %ld, allowed %ld\n", commands, allowed_exchanges(&files));
    assert_true(commands <= allowed_exchanges(&files));
    assert_int_equal(findings.kind, CARD_KIND_EID);
    assert_int_equal(findings.identity_signature, CHECK_VALID);
    assert_int_equal(findings.address_signature, CHECK_VALID);
    assert_int_equal(findings.certificate_chain, CHECK_VALID);
    assert_true(findings.activated);
    assert_int_equal(findings.pin_tries_left, 3);
    assert_false(findings.pin_pad);
    assert_int_equal(findings.valid_until_day, 23380); // 2034-01-05
    assert_same_as_on_card(scene, files.identity, "identity");
    assert_same_as_on_card(scene, files.identity_signature, "identity-signature");
    assert_same_as_on_card(scene, files.address, "address");
    assert_same_as_on_card(scene, files.address_signature, "address-signature");
    assert_same_as_on_card(scene, files.authentication_certificate, "authentication-certificate");
    assert_same_as_on_card(scene, files.issuer_certificate, "issuer-certificate");
    assert_same_as_on_card(scene, files.register_certificate, "register-certificate");
    card_files_wipe(&files);
    take_out(scene);
}

static void an_unknown_authority_is_read_from_the_card(void **state)
{
    struct scene *scene = *state;
    struct card_slot slot = card_slot_open(scene->bench, READER, false);
    struct card_files files;
    struct card_findings findings;

    insert(scene, CARD);
    assert_int_equal(read_card(&slot, &files, &findings), RESULT_OK);
    assert_int_equal(findings.certificate_chain, CHECK_VALID);
    assert_same_as_on_card(scene, files.issuer_certificate, "issuer-certificate");
    card_files_wipe(&files);
    card_slot_close(&slot);
    take_out(scene);
}

static void assert_signed_by(const struct secret *certificate,
                             const struct card_signature *signature)
{
    struct bytes der = secret_bytes(certificate), message = text("a challenge");
    const unsigned char *at = der.data;
    X509 *parsed = d2i_X509(NULL, &at, (long)der.size);
    EVP_MD_CTX *context = EVP_MD_CTX_new();

    assert_non_null(parsed);
    assert_int_equal(
        EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, X509_get0_pubkey(parsed)), 1);
    assert_int_equal(
        EVP_DigestVerify(context, signature->bytes, signature->size, message.data, message.size),
        1);
    EVP_MD_CTX_free(context);
    X509_free(parsed);
}

static void the_pin_counts_down_and_opens_the_key(void **state)
{
    struct scene *scene = *state;
    struct card_files files;
    struct card_signature signature;
    struct pin_outcome outcome;

    insert_and_read(scene, &files);
    assert_int_equal(sign(&scene->slot, &signature), RESULT_REFUSED);
    assert_int_equal(verify(&scene->slot, "4321", &outcome), RESULT_OK);
    assert_false(outcome.accepted);
    assert_int_equal(outcome.tries_left, 2);
    assert_int_equal(verify(&scene->slot, "1234", &outcome), RESULT_OK);
    assert_true(outcome.accepted);
    assert_int_equal(card_bench_tries(scene->bench), 3);
    assert_int_equal(sign(&scene->slot, &signature), RESULT_OK);
    assert_signed_by(files.authentication_certificate, &signature);
    assert_int_equal(sign(&scene->slot, &signature), RESULT_OK); // a second challenge, no new PIN
    assert_int_equal(scene->slot.port.verbs->log_off(scene->slot.port.self), RESULT_OK);
    assert_int_equal(sign(&scene->slot, &signature), RESULT_REFUSED);
    card_files_wipe(&files);
    take_out(scene);
}

// The driver itself checks each signature with the certificate's key before it lets it go.
static void every_generation_is_found_good_and_signs(void **state)
{
    static const struct {
        struct card_bench_card card;
        size_t signature;
        int tries; // before the first PIN; 1.1 cannot be asked without losing one
        enum check genuine_chip;
    } cases[] = {
        {{.generation = "v11"}, 128, -1, CHECK_NOT_DONE},
        {{.generation = "v17ec"}, 256, 3, CHECK_NOT_DONE},
        {{.generation = "v18"}, 96, 3, CHECK_VALID},
        {{.generation = "v18", .document_type = "33"}, 96, 3, CHECK_VALID},
    };
    struct scene *scene = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char name[] = {'g', (char)('0' + i), '\0'};
        struct card_signature signature;
        struct card_findings findings;
        struct pin_outcome outcome;
        struct card_files files;
        card_bench_make(scene->bench, name, &cases[i].card);
        insert(scene, name);
        assert_int_equal(read_card(&scene->slot, &files, &findings), RESULT_OK);
        assert_int_equal(findings.identity_signature, CHECK_VALID);
        assert_int_equal(findings.address_signature, CHECK_VALID);
        assert_int_equal(findings.certificate_chain, CHECK_VALID);
        assert_int_equal(findings.genuine_chip, cases[i].genuine_chip);
        assert_int_equal(findings.pin_tries_left, cases[i].tries);
        assert_int_equal(sign(&scene->slot, &signature), RESULT_REFUSED);
        assert_int_equal(verify(&scene->slot, "1234", &outcome), RESULT_OK);
        assert_true(outcome.accepted);
        assert_int_equal(sign(&scene->slot, &signature), RESULT_OK);
        assert_int_equal(signature.size, cases[i].signature);
        card_files_wipe(&files);
        take_out(scene);
    }
}

static void a_blocked_card_is_not_asked_again(void **state)
{
    struct scene *scene = *state;
    struct card_files files;
    struct pin_outcome outcome;

    insert(scene, OTHER_CARD);
    assert_int_equal(read_card(&scene->slot, &files, &(struct card_findings){}), RESULT_OK);
    card_files_wipe(&files);
    for (int left = 2; left >= 0; left--) {
        assert_int_equal(verify(&scene->slot, "9999", &outcome), RESULT_OK);
        assert_int_equal(outcome.tries_left, left);
    }
    long before = card_bench_commands(scene->bench);
    assert_int_equal(verify(&scene->slot, "1234", &outcome), RESULT_OK);
    assert_false(outcome.accepted);
    assert_int_equal(outcome.tries_left, 0);
    assert_int_equal(card_bench_commands(scene->bench), before + 1); // the question alone
    take_out(scene);
}

static void a_pin_that_is_none_is_not_sent(void **state)
{
    static const char *const bad[] = {"", "123", "12a4", "1234 "};
    struct scene *scene = *state;
    struct card_files files;
    struct pin_outcome outcome;

    insert_and_read(scene, &files);
    card_files_wipe(&files);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(verify(&scene->slot, bad[i], &outcome), RESULT_INVALID);
    assert_int_equal(card_bench_tries(scene->bench), 3);
    take_out(scene);
}

static void after_release_nobody_else_can_sign(void **state)
{
    struct scene *scene = *state;
    struct card_files files;
    struct pin_outcome outcome;

    insert_and_read(scene, &files);
    card_files_wipe(&files);
    assert_int_equal(verify(&scene->slot, "1234", &outcome), RESULT_OK);
    assert_true(outcome.accepted);
    assert_int_equal(other_process_signs(scene->program), 0); // the card is ours
    assert_int_equal(scene->slot.port.verbs->release(scene->slot.port.self), RESULT_OK);
    assert_int_equal(other_process_signs(scene->program), 0x6982);
    take_out(scene);
}

static void a_card_in_use_is_busy_for_others(void **state)
{
    struct scene *scene = *state;
    struct card_slot second = card_slot_open(scene->bench, READER, true);
    struct card_files files, none;
    struct card_findings findings;

    insert_and_read(scene, &files);
    card_files_wipe(&files);
    assert_int_equal(read_card(&second, &none, &findings), RESULT_BUSY);
    card_slot_close(&second);
    take_out(scene);
}

// A whole visit: read, PIN, two signatures.
static enum result visit(struct card_slot *slot)
{
    struct card_files files;
    struct card_findings findings;
    struct card_signature signature;
    struct pin_outcome outcome;

    TRY(read_card(slot, &files, &findings));
    card_files_wipe(&files);
    TRY(verify(slot, "1234", &outcome));
    if (!outcome.accepted)
        return RESULT_FAILED;
    return sign(slot, &signature);
}

static void a_card_pulled_at_any_command_is_removed_and_the_next_works(void **state)
{
    struct scene *scene = *state;
    enum result result = RESULT_REMOVED;
    int number = 1;

    for (; number < ENOUGH_COMMANDS && result == RESULT_REMOVED; number++) {
        pull_at(scene, number);
        insert(scene, CARD);
        result = visit(&scene->slot);
        if (result == RESULT_REMOVED) {
            card_slot_until(&scene->slot, CARD_PRESENCE_ABSENT);
            assert_int_equal(scene->slot.port.verbs->release(scene->slot.port.self), RESULT_OK);
        }
    }
    printf("pulled at each of %d commands\n", number - 2);
    assert_int_equal(result, RESULT_OK);
    assert_true(number > 25);
    pull_at(scene, 0);
    take_out(scene);
}

static void coming_and_going_is_told_at_once(void **state)
{
    enum { TIMES = 15, QUICK_US = 150000 }; // a poll of pcscd takes 200 ms as a rule
    struct scene *scene = *state;
    int64_t slowest = 0;
    int quick = 0;

    for (int i = 0; i < TIMES; i++) {
        enum card_presence known = i % 2 == 0 ? CARD_PRESENCE_ABSENT : CARD_PRESENCE_PRESENT, now;
        struct watching *watching = watching_start(&scene->slot, known);
        int64_t when, start = microseconds_now();
        if (i % 2 == 0)
            card_bench_insert(scene->bench, CARD);
        else
            card_bench_remove(scene->bench);
        assert_int_equal(watching_end(watching, &now, &when), RESULT_OK);
        assert_int_equal(now, i % 2 == 0 ? CARD_PRESENCE_PRESENT : CARD_PRESENCE_ABSENT);
        slowest = when - start > slowest ? when - start : slowest;
        quick += when - start < QUICK_US;
    }
    printf("slowest event %lld us, %d of %d below %d us\n", (long long)slowest, quick, TIMES,
           QUICK_US);
    assert_true(quick > TIMES / 2);
    take_out(scene);
}

static void a_card_changed_between_two_looks_is_told_as_absent(void **state)
{
    struct scene *scene = *state;
    enum card_presence now;
    int64_t when;

    insert(scene, CARD);
    card_bench_remove(scene->bench);
    card_bench_insert(scene->bench, CARD);
    // pcscd may be at any point between the two cards; the first is never told as still there.
    assert_int_equal(watching_end(watching_start(&scene->slot, CARD_PRESENCE_PRESENT), &now, &when),
                     RESULT_OK);
    assert_int_equal(now, CARD_PRESENCE_ABSENT);
    card_slot_until(&scene->slot, CARD_PRESENCE_PRESENT);
    take_out(scene);
}

static void reading_does_not_disturb_the_watch(void **state)
{
    struct scene *scene = *state;
    enum card_presence now;
    int64_t when;

    insert(scene, CARD);
    struct watching *watching = watching_start(&scene->slot, CARD_PRESENCE_PRESENT);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(visit(&scene->slot), RESULT_OK);
        assert_int_equal(scene->slot.port.verbs->release(scene->slot.port.self), RESULT_OK);
    }
    int64_t start = microseconds_now();
    card_bench_remove(scene->bench);
    assert_int_equal(watching_end(watching, &now, &when), RESULT_OK);
    assert_int_equal(now, CARD_PRESENCE_ABSENT);
    assert_true(when >= start); // not before: no event was made up
}

static void a_watch_can_be_cancelled_before_and_while_it_waits(void **state)
{
    struct scene *scene = *state;
    const struct card_reader *port = &scene->slot.port;
    enum card_presence now;
    int64_t when;

    port->verbs->cancel_watch(port->self);
    assert_int_equal(port->verbs->watch(port->self, CARD_PRESENCE_ABSENT, &now), RESULT_CANCELLED);
    for (int i = 0; i < 20; i++) {
        struct watching *watching = watching_start(&scene->slot, CARD_PRESENCE_ABSENT);
        for (int moments = 0; moments < i % 4; moments++)
            wait_a_moment(); // somewhere around the beginning of the wait
        port->verbs->cancel_watch(port->self);
        assert_int_equal(watching_end(watching, &now, &when), RESULT_CANCELLED);
    }
}

static void a_crash_of_the_service_is_survived(void **state)
{
    struct scene *scene = *state;
    struct card_files files;
    struct card_findings findings;
    enum card_presence now;
    int64_t when;

    insert_and_read(scene, &files);
    card_files_wipe(&files);
    struct watching *watching = watching_start(&scene->slot, CARD_PRESENCE_PRESENT);
    card_bench_kill_service(scene->bench);
    assert_int_equal(watching_end(watching, &now, &when), RESULT_OK);
    assert_int_equal(now, CARD_PRESENCE_NO_READER);
    assert_int_equal(sign(&scene->slot, &(struct card_signature){}), RESULT_UNREACHABLE);
    assert_int_equal(read_card(&scene->slot, &files, &findings), RESULT_UNREACHABLE);
    card_bench_start_service(scene->bench);
    card_slot_until(&scene->slot, CARD_PRESENCE_PRESENT); // the card never left the slot
    assert_int_equal(visit(&scene->slot), RESULT_OK);
    take_out(scene);
}

static void a_verb_alone_finds_the_restarted_service(void **state)
{
    struct scene *scene = *state;

    insert(scene, CARD);
    assert_int_equal(visit(&scene->slot), RESULT_OK);
    assert_int_equal(scene->slot.port.verbs->release(scene->slot.port.self), RESULT_OK);
    card_bench_kill_service(scene->bench);
    card_bench_start_service(scene->bench);
    enum result result = RESULT_REMOVED;
    // Until the new service answers and the card is in contact with its reader.
    for (int i = 0; i < 1000 && (result == RESULT_REMOVED || result == RESULT_UNREACHABLE); i++) {
        result = visit(&scene->slot);
        wait_a_moment();
    }
    assert_int_equal(result, RESULT_OK);
    take_out(scene);
}

static void a_reader_that_is_not_there_is_waited_for_asleep(void **state)
{
    struct scene *scene = *state;
    struct card_slot slot = card_slot_open(scene->bench, "No Such Reader", true);
    struct rusage before, after;
    enum card_presence now;
    int64_t when;

    card_slot_until(&slot, CARD_PRESENCE_NO_READER);
    struct watching *watching = watching_start(&slot, CARD_PRESENCE_NO_READER);
    getrusage(RUSAGE_SELF, &before);
    for (int i = 0; i < 150; i++)
        wait_a_moment(); // 300 ms in which a loop would show
    getrusage(RUSAGE_SELF, &after);
    slot.port.verbs->cancel_watch(slot.port.self);
    assert_int_equal(watching_end(watching, &now, &when), RESULT_CANCELLED);
    assert_true(after.ru_nvcsw - before.ru_nvcsw < 200); // 150 of them are this loop's
    card_slot_close(&slot);
}

static void a_child_s_card_is_told_and_nothing_kept(void **state)
{
    struct scene *scene = *state;
    struct card_files files;
    struct card_findings findings;

    insert(scene, CHILD_CARD);
    assert_int_equal(read_card(&scene->slot, &files, &findings), RESULT_OK);
    assert_int_equal(findings.kind, CARD_KIND_KIDS);
    assert_null(files.identity);
    take_out(scene);
}

static void a_mute_card_is_told(void **state)
{
    struct scene *scene = *state;
    struct card_files files;
    struct card_findings findings;

    card_bench_insert(scene->bench, MUTE_CARD);
    card_slot_until(&scene->slot, CARD_PRESENCE_MUTE);
    assert_int_equal(read_card(&scene->slot, &files, &findings), RESULT_OK);
    assert_int_equal(findings.kind, CARD_KIND_MUTE);
    take_out(scene);
}

static void an_empty_slot_has_no_card_to_read(void **state)
{
    struct scene *scene = *state;
    struct card_files files;
    struct card_findings findings;

    assert_int_equal(read_card(&scene->slot, &files, &findings), RESULT_REMOVED);
    assert_int_equal(sign(&scene->slot, &(struct card_signature){}), RESULT_INVALID);
    assert_int_equal(scene->slot.port.verbs->log_off(scene->slot.port.self), RESULT_OK);
    assert_int_equal(scene->slot.port.verbs->release(scene->slot.port.self), RESULT_OK);
}

static void make_cards(struct card_bench *bench)
{
    char path[TEST_PATH_SIZE];

    card_bench_make_card(bench, CARD, "1");
    card_bench_make_card(bench, OTHER_CARD, "1");
    card_bench_make_card(bench, CHILD_CARD, "6");
    card_bench_make_card(bench, MUTE_CARD, "6");
    card_bench_path(bench, MUTE_CARD "/answer-to-reset", path);
    write_whole_file(path, "");
}

#define SCENE(function) cmocka_unit_test_prestate(function, &scene)

int main(int argc, char **argv)
{
    struct scene scene = {.program = argv[0]};
    const struct CMUnitTest tests[] = {
        SCENE(an_empty_slot_has_no_card_to_read),
        SCENE(a_card_is_read_whole_and_found_good),
        SCENE(an_unknown_authority_is_read_from_the_card),
        SCENE(the_pin_counts_down_and_opens_the_key),
        SCENE(every_generation_is_found_good_and_signs),
        SCENE(a_blocked_card_is_not_asked_again),
        SCENE(a_pin_that_is_none_is_not_sent),
        SCENE(after_release_nobody_else_can_sign),
        SCENE(a_card_in_use_is_busy_for_others),
        SCENE(a_card_pulled_at_any_command_is_removed_and_the_next_works),
        SCENE(coming_and_going_is_told_at_once),
        SCENE(a_card_changed_between_two_looks_is_told_as_absent),
        SCENE(reading_does_not_disturb_the_watch),
        SCENE(a_watch_can_be_cancelled_before_and_while_it_waits),
        SCENE(a_crash_of_the_service_is_survived),
        SCENE(a_verb_alone_finds_the_restarted_service),
        SCENE(a_reader_that_is_not_there_is_waited_for_asleep),
        SCENE(a_child_s_card_is_told_and_nothing_kept),
        SCENE(a_mute_card_is_told),
    };

    if (argc == 2 && str_equal(argv[1], "--sign"))
        return other_process_main();
    if (argc != 2) {
        fprintf(stderr, "usage: %s FOLDER_OF_PROGRAMS\n", argv[0]);
        return 2;
    }
    scene.bench = card_bench_create(argv[1]);
    make_cards(scene.bench);
    scene.slot = card_slot_open(scene.bench, READER, true);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    card_slot_close(&scene.slot);
    card_bench_destroy(scene.bench);
    return failed;
}
