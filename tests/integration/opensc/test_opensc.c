// OpenSC and our reader on one virtual card: they agree field by field, certificate by certificate,
// and their signatures are the same. What may differ has a name in eidenv_words.c.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "call.h"
#include "card_slot.h"
#include "eidenv_words.h"
#include "str.h"

#define DER_MAXIMUM 4096
#define SIGNATURE_SIZE 256
#define MODULE "opensc-pkcs11.so" // found by the loader of pkcs11-tool
#define CHALLENGE "a challenge"

static const char *const residents[] = {
    "{\"name\":\"one\",\"national_number\":\"85673000192\",\"surname\":\"Benali\","
    "\"given_names\":\"Amina Fatima\",\"middle_initial\":\"K\",\"sex\":\"F\","
    "\"birth_date\":\"1985-07-30\",\"birth_place\":\"Bruxelles\",\"nationality\":\"Belge\","
    "\"document_type\":\"1\",\"issuing_municipality\":\"Bruxelles\","
    "\"card_number\":\"592123456789\",\"chip_number\":\"534C47900102030405060708090A0B0C\","
    "\"valid_from\":\"2024-01-05\",\"valid_until\":\"2034-01-05\",\"street\":\"Rue Haute 12\","
    "\"postal_code\":\"1000\",\"municipality\":\"Bruxelles\",\"noble_condition\":\"\","
    "\"special_status\":\"0\",\"pin\":\"1234\"}\n",
    "{\"name\":\"two\",\"national_number\":\"85673000192\",\"surname\":\"Çağlar-Özün d'Haené\","
    "\"given_names\":\"\",\"middle_initial\":\"\",\"sex\":\"M\","
    "\"birth_date\":\"1985-08-01\",\"birth_place\":\"Łódź\",\"nationality\":\"Türkisch\","
    "\"document_type\":\"33\",\"issuing_municipality\":\"Sankt Vith\","
    "\"card_number\":\"B123456789\",\"chip_number\":\"534C47906CFF290F0E0D0C0BFAF9F8F7\","
    "\"valid_from\":\"2022-12-31\",\"valid_until\":\"2032-12-31\","
    "\"street\":\"Straße der Königin 1 / b 003\",\"postal_code\":\"4780\","
    "\"municipality\":\"Sankt Vith\",\"noble_condition\":\"Baron\","
    "\"special_status\":\"3\",\"pin\":\"1234\"}\n",
};
static const char *const cards[] = {"one", "two"};
#define CARD_COUNT (sizeof cards / sizeof *cards)

struct scene {
    struct card_bench *bench;
    struct card_slot slot;
    struct caller kioskctl, eidenv, pkcs15, pkcs11;
};

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

static void run(const struct caller *caller, const char *const words[], struct call *call)
{
    call_run(caller, words, call);
    if (call->status != 0)
        print_error("%s: status %d\n%s%s\n", caller->program, call->status, call->output,
                    call->errors);
    assert_int_equal(call->status, 0);
}

// ---- fields -----------------------------------------------------------------------------------

static void compare_line(const json_t *root, char *line)
{
    char ours[EIDENV_VALUE_SIZE];
    char *theirs = strstr(line, ": ");

    assert_non_null(theirs);
    *theirs = '\0';
    theirs += 2;
    assert_true(str_starts_with(line, "BELPIC_"));
    const struct eidenv_word *word = eidenv_word_of(line + strlen("BELPIC_"));
    assert_non_null(word);
    eidenv_form(word, root, ours);
    if (str_equal(ours, theirs))
        return;
    const char *fault = eidenv_fault(word, ours, theirs);
    print_message("%s: ours \"%s\", OpenSC's \"%s\": %s\n", line, ours, theirs,
                  fault != NULL ? fault : "NOT A KNOWN FAULT");
    assert_non_null(fault);
}

static int compare_lines(const json_t *root, char *output)
{
    int count = 0;
    char *rest = output;

    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
        if (line[0] == '\0')
            continue;
        compare_line(root, line);
        count++;
    }
    return count;
}

// Whatever we read and eidenv has no word for is empty on these cards: nothing goes uncompared.
static void assert_nothing_else(const json_t *root, const char *group)
{
    const char *name;
    json_t *value;

    json_object_foreach(json_object_get(root, group), name, value)
    {
        if (json_is_string(value) && json_string_length(value) > 0)
            assert_true(eidenv_has(group, name));
    }
}

static void every_field_is_the_same(void **state)
{
    enum { EIDENV_LINES = 19 };
    const char *const ours[] = {"card", "read", "--json", NULL}, *const theirs[] = {NULL};
    struct scene *scene = *state;
    struct call call;

    for (size_t i = 0; i < CARD_COUNT; i++) {
        insert(scene, cards[i]);
        run(&scene->kioskctl, ours, &call);
        json_t *root = call_json(&call);
        call_run(&scene->eidenv, theirs, &call); // its status is 1 also when all went well
        assert_int_equal(compare_lines(root, call.output), EIDENV_LINES);
        assert_nothing_else(root, "identity");
        assert_nothing_else(root, "address");
        json_decref(root);
        take_out(scene);
    }
}

// ---- certificates -----------------------------------------------------------------------------

// In which order pkcs15-tool lists them does not matter; their numbers are those of the directory.
static const struct listed {
    const char *id, *label, *file;
} listed[] = {
    {"02", "[Authentication]", "authentication-certificate"},
    {"03", "[Signature]", "signature-certificate"},
    {"04", "[CA]", "issuer-certificate"},
    {"06", "[Root]", "root-certificate"},
};
#define LISTED_COUNT (sizeof listed / sizeof *listed)

static size_t their_certificate(const struct scene *scene, const char *id, uint8_t der[DER_MAXIMUM])
{
    char path[TEST_PATH_SIZE];
    struct call call;

    test_path(path, scene->pkcs15.folder, "certificate.pem");
    const char *const words[] = {"--read-certificate", id, "--output", path, NULL};
    run(&scene->pkcs15, words, &call);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    X509 *certificate = PEM_read_X509(file, NULL, NULL, NULL);
    fclose(file);
    assert_non_null(certificate);
    int size = i2d_X509(certificate, NULL);
    assert_in_range(size, 1, DER_MAXIMUM);
    i2d_X509(certificate, &der);
    X509_free(certificate);
    return (size_t)size;
}

static void assert_starts_with(const struct scene *scene, const char *card, const char *file,
                               const uint8_t *der, size_t size)
{
    char path[TEST_PATH_SIZE], relative[TEST_PATH_SIZE];
    uint8_t content[DER_MAXIMUM];

    test_path(relative, card, file);
    card_bench_path(scene->bench, relative, path);
    assert_true(read_whole_file(path, content, sizeof content) >= size);
    assert_memory_equal(content, der, size);
}

static void assert_is(const struct secret *ours, const uint8_t *der, size_t size)
{
    assert_int_equal(secret_bytes(ours).size, size);
    assert_memory_equal(secret_bytes(ours).data, der, size);
}

static void every_certificate_is_the_same(void **state)
{
    const char *const list[] = {"--list-certificates", NULL};
    struct scene *scene = *state;
    const struct card_reader *port = &scene->slot.port;
    struct card_files files = {};
    struct card_findings findings;
    uint8_t der[DER_MAXIMUM];
    struct call call;

    insert(scene, cards[0]);
    assert_int_equal(port->verbs->read(port->self, &files, &findings), RESULT_OK);
    assert_int_equal(port->verbs->release(port->self), RESULT_OK);
    run(&scene->pkcs15, list, &call);
    for (size_t i = 0; i < LISTED_COUNT; i++) {
        assert_non_null(strstr(call.output, listed[i].label));
        size_t size = their_certificate(scene, listed[i].id, der);
        assert_starts_with(scene, cards[0], listed[i].file, der, size);
        if (i == 0)
            assert_is(files.authentication_certificate, der, size);
        if (i == 2)
            assert_is(files.issuer_certificate, der, size);
    }
    card_files_wipe(&files);
    take_out(scene);
}

// ---- PIN and signature ------------------------------------------------------------------------

static void their_signature(const struct scene *scene, const char *pin, struct call *call,
                            char path[TEST_PATH_SIZE])
{
    char message[TEST_PATH_SIZE];

    test_path(message, scene->pkcs11.folder, "message");
    test_path(path, scene->pkcs11.folder, "signature");
    write_whole_file(message, CHALLENGE);
    const char *const words[] = {"--module",
                                 MODULE,
                                 "--login",
                                 "--pin",
                                 pin,
                                 "--sign",
                                 "--id",
                                 "02",
                                 "--mechanism",
                                 "SHA256-RSA-PKCS",
                                 "--input-file",
                                 message,
                                 "--output-file",
                                 path,
                                 NULL};
    call_run(&scene->pkcs11, words, call);
}

static int our_view_of_tries(struct scene *scene)
{
    const struct card_reader *port = &scene->slot.port;
    struct card_files files = {};
    struct card_findings findings;

    assert_int_equal(port->verbs->read(port->self, &files, &findings), RESULT_OK);
    card_files_wipe(&files);
    assert_int_equal(port->verbs->release(port->self), RESULT_OK);
    return findings.pin_tries_left;
}

static void our_signature(struct scene *scene, struct card_files *files,
                          struct card_signature *signature)
{
    static const struct bytes digits = {(const uint8_t *)"1234", 4},
                              challenge = {(const uint8_t *)CHALLENGE, sizeof CHALLENGE - 1};
    const struct card_reader *port = &scene->slot.port;
    struct card_findings findings;
    struct pin_outcome outcome;
    owned(secret) pin = NULL;

    assert_int_equal(secret_create(12, &pin), RESULT_OK);
    assert_int_equal(secret_append(pin, digits), RESULT_OK);
    assert_int_equal(port->verbs->read(port->self, files, &findings), RESULT_OK);
    assert_int_equal(port->verbs->verify_pin(port->self, pin, &outcome), RESULT_OK);
    assert_true(outcome.accepted);
    assert_int_equal(port->verbs->sign(port->self, challenge, signature), RESULT_OK);
    assert_int_equal(port->verbs->release(port->self), RESULT_OK);
}

static void assert_signed(const struct secret *certificate, const uint8_t *signature, size_t size)
{
    const unsigned char *at = secret_bytes(certificate).data;
    X509 *parsed = d2i_X509(NULL, &at, (long)secret_bytes(certificate).size);
    EVP_MD_CTX *context = EVP_MD_CTX_new();

    assert_non_null(parsed);
    assert_int_equal(
        EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, X509_get0_pubkey(parsed)), 1);
    assert_int_equal(EVP_DigestVerify(context, signature, size, (const uint8_t *)CHALLENGE,
                                      sizeof CHALLENGE - 1),
                     1);
    EVP_MD_CTX_free(context);
    X509_free(parsed);
}

// RSASSA-PKCS1-v1_5 has no chance in it: the same key signs the same message the same way.
static void the_signature_is_the_same(void **state)
{
    struct scene *scene = *state;
    struct card_files files = {};
    struct card_signature ours;
    uint8_t theirs[2 * SIGNATURE_SIZE];
    char path[TEST_PATH_SIZE];
    struct call call;

    insert(scene, cards[0]);
    their_signature(scene, "1234", &call, path);
    assert_int_equal(call.status, 0);
    size_t size = read_whole_file(path, theirs, sizeof theirs);
    our_signature(scene, &files, &ours);
    assert_int_equal(ours.size, SIGNATURE_SIZE);
    assert_int_equal(size, ours.size);
    assert_memory_equal(theirs, ours.bytes, size);
    assert_signed(files.authentication_certificate, theirs, size);
    card_files_wipe(&files);
    take_out(scene);
}

static void a_wrong_pin_there_is_a_try_less_here(void **state)
{
    struct scene *scene = *state;
    char path[TEST_PATH_SIZE];
    struct call call;

    insert(scene, cards[1]);
    assert_int_equal(our_view_of_tries(scene), 3);
    their_signature(scene, "9999", &call, path);
    assert_int_not_equal(call.status, 0);
    assert_non_null(strstr(call.errors, "CKR_PIN_INCORRECT"));
    assert_int_equal(our_view_of_tries(scene), 2);
    their_signature(scene, "1234", &call, path);
    assert_int_equal(call.status, 0);
    assert_int_equal(card_bench_verified(scene->bench), 1); // OpenSC leaves the card so
    assert_int_equal(our_view_of_tries(scene), -1);         // which then does not count
    assert_int_equal(card_bench_verified(scene->bench), 0); // our release took the right away
    assert_int_equal(our_view_of_tries(scene), 3);
    take_out(scene);
}

// ---- the bench --------------------------------------------------------------------------------

static struct caller caller_of(const char *folder_of_programs, const char *program,
                               const char *folder)
{
    struct caller caller;

    test_path(caller.program, folder_of_programs, program);
    assert_int_equal(str_copy(caller.folder, sizeof caller.folder, folder), RESULT_OK);
    return caller;
}

static void make_cards(struct scene *scene)
{
    char path[TEST_PATH_SIZE];

    for (size_t i = 0; i < CARD_COUNT; i++) {
        card_bench_path(scene->bench, "opensc-resident.json", path);
        write_whole_file(path, residents[i]);
        card_bench_make_card_of(scene->bench, cards[i], path);
    }
}

int main(int argc, char **argv)
{
    struct scene scene;
    char folder[TEST_PATH_SIZE];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(every_field_is_the_same, &scene),
        cmocka_unit_test_prestate(every_certificate_is_the_same, &scene),
        cmocka_unit_test_prestate(the_signature_is_the_same, &scene),
        cmocka_unit_test_prestate(a_wrong_pin_there_is_a_try_less_here, &scene),
    };

    if (argc != 2) {
        fprintf(stderr, "usage: %s FOLDER_OF_PROGRAMS\n", argv[0]);
        return 2;
    }
    scene.bench = card_bench_create(argv[1]);
    make_cards(&scene);
    test_folder_create(folder);
    scene.kioskctl = caller_of(argv[1], "kioskctl", folder);
    scene.eidenv = caller_of("/usr/bin", "eidenv", folder);
    scene.pkcs15 = caller_of("/usr/bin", "pkcs15-tool", folder);
    scene.pkcs11 = caller_of("/usr/bin", "pkcs11-tool", folder);
    scene.slot = card_slot_open(scene.bench, "Virtual Reader", false);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    card_slot_close(&scene.slot);
    card_bench_destroy(scene.bench);
    test_folder_remove(folder);
    return failed;
}
