// A whole card for tools: the specimen is valid in every finding, and one flipped bit in any file
// shows in the right one.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <openssl/pem.h>
#include <string.h>

#include "eid_contents.h"
#include "processes.h"
#include "scripted_card.h"
#include "suites.h"

static void write_pem(const struct specimen *files, enum specimen_file file, const char *path)
{
    const unsigned char *at = files->content[file];
    X509 *certificate = d2i_X509(NULL, &at, (long)files->size[file]);
    FILE *out = fopen(path, "we");

    assert_non_null(certificate);
    assert_non_null(out);
    assert_int_equal(PEM_write_X509(out, certificate), 1);
    fclose(out);
    X509_free(certificate);
}

static struct eid_trust *specimen_trust(bool with_issuer)
{
    static struct specimen files;
    char folder[TEST_PATH_SIZE], roots[TEST_PATH_SIZE], issuers[TEST_PATH_SIZE];
    struct eid_trust *trust = NULL;

    specimen_read(&files);
    test_folder_create(folder);
    test_path(roots, folder, "roots.pem");
    test_path(issuers, folder, "issuers.pem");
    write_pem(&files, SPECIMEN_ROOT_CERTIFICATE, roots);
    write_pem(&files, SPECIMEN_ISSUER_CERTIFICATE, issuers);
    assert_int_equal(eid_trust_create(roots, with_issuer ? issuers : NULL, &trust), RESULT_OK);
    test_folder_remove(folder);
    return trust;
}

static const struct eid_wish everything = {.register_files = true, .photo = true, .holder = true};
static const struct eid_wish name_alone = {.identity = true, .address = true};

static struct eid_verification verification_of(struct scripted_card *card,
                                               const struct eid_trust *trust,
                                               const struct eid_wish *wish)
{
    struct card_channel channel = scripted_card_port(card);
    eid_contents_way *way = wish == &name_alone ? eid_contents_read_name : eid_contents_read_whole;
    struct eid_wish trusting = *wish;
    struct eid_contents contents = {};
    struct eid_chip chip = {};

    trusting.trust = trust;
    assert_int_equal(channel.verbs->connect(channel.self, &chip.answer), RESULT_OK);
    assert_int_equal(eid_contents_read_card(channel, way, &trusting, &contents, &chip), RESULT_OK);
    struct eid_verification found =
        eid_contents_verify(&contents, trust, &chip, SPECIMEN_VALID_TIME);
    eid_contents_wipe(&contents);
    return found;
}

static void the_specimen_is_valid_in_every_finding(void **state)
{
    static struct scripted_card card;
    struct eid_trust *trust = specimen_trust(true);

    (void)state;
    scripted_card_be_specimen(&card);
    struct eid_verification found = verification_of(&card, trust, &everything);
    assert_int_equal(found.identity_signature, CHECK_VALID);
    assert_int_equal(found.address_signature, CHECK_VALID);
    assert_int_equal(found.photo_hash, CHECK_VALID);
    assert_int_equal(found.certificate_chain, CHECK_VALID);
    assert_int_equal(found.chip_number, CHECK_VALID);
    assert_int_equal(found.national_number, CHECK_VALID);
    assert_int_equal(found.card_dates, CHECK_VALID);
    assert_int_equal(found.certificate_dates, CHECK_VALID);
    assert_true(card.exchanges <= 34); // 28 chunks, 7 selects, 3, less what is padding
    assert_int_equal(card.verifications + card.questions, 0);
    eid_trust_destroy(trust);
}

static void what_was_not_read_is_not_checked(void **state)
{
    static struct scripted_card card;
    static const struct eid_verification nothing;
    struct eid_trust *trust = specimen_trust(false);

    (void)state;
    scripted_card_be_specimen(&card);
    struct eid_verification found = verification_of(&card, NULL, &name_alone);
    found.card_dates = CHECK_NOT_DONE; // the one that the identity alone can answer
    assert_memory_equal(&found, &nothing, sizeof found);
    assert_true(card.exchanges <= 6);
    found = verification_of(&card, trust, &everything); // the authority comes from the card
    assert_int_equal(found.certificate_chain, CHECK_VALID);
    found = verification_of(&card, NULL, &everything);
    assert_int_equal(found.certificate_chain, CHECK_NOT_DONE);
    assert_int_equal(found.identity_signature, CHECK_VALID);
    eid_trust_destroy(trust);
}

// Each ends on its own, and neither makes the chain worse.
static void dates_are_findings_of_their_own(void **state)
{
    static struct scripted_card card;
    struct card_channel channel = scripted_card_port(&card);
    struct eid_trust *trust = specimen_trust(true);
    struct eid_contents contents = {};
    struct eid_chip chip = {};
    static const struct {
        int64_t at;
        enum check card, certificate;
    } moments[] = {
        {0, CHECK_NOT_DONE, CHECK_NOT_DONE},
        {SPECIMEN_VALID_TIME, CHECK_VALID, CHECK_VALID},
        {INT64_C(1406200000), CHECK_INVALID, CHECK_VALID},   // 2014-07-24: the certificate outlives
        {INT64_C(1420000000), CHECK_INVALID, CHECK_INVALID}, // 2014-12-31
    };

    (void)state;
    scripted_card_be_specimen(&card);
    assert_int_equal(channel.verbs->connect(channel.self, &chip.answer), RESULT_OK);
    assert_int_equal(
        eid_contents_read_card(channel, eid_contents_read_whole, &everything, &contents, &chip),
        RESULT_OK);
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        struct eid_verification found = eid_contents_verify(&contents, trust, &chip, moments[i].at);
        assert_int_equal(found.card_dates, moments[i].card);
        assert_int_equal(found.certificate_dates, moments[i].certificate);
        assert_int_equal(found.certificate_chain, CHECK_VALID);
    }
    eid_contents_wipe(&contents);
    eid_trust_destroy(trust);
}

// Where in each file a bit is flipped, every few bytes, and the finding in which it must show.
static void one_flipped_bit_shows_in_the_right_finding(void **state)
{
    enum { HASH = 157, STEP = 61 }; // tag 11 ends the file
    static const struct {
        enum specimen_file file;
        size_t from, upto, finding;
    } cases[] = {
#define SHOWS(file, from, upto, finding)                                                           \
    {file, from, upto, offsetof(struct eid_verification, finding)}
        SHOWS(SPECIMEN_IDENTITY, HASH + 2, HASH + 22, identity_signature),
        SHOWS(SPECIMEN_IDENTITY, HASH + 2, HASH + 22, photo_hash),
        SHOWS(SPECIMEN_IDENTITY, 2, 14, identity_signature),  // the card's number
        SHOWS(SPECIMEN_IDENTITY, 16, 32, identity_signature), // the chip's
        SHOWS(SPECIMEN_IDENTITY_SIGNATURE, 0, 128, identity_signature),
        SHOWS(SPECIMEN_IDENTITY_SIGNATURE, 0, 128, address_signature),
        SHOWS(SPECIMEN_ADDRESS, 2, 37, address_signature),
        SHOWS(SPECIMEN_ADDRESS_SIGNATURE, 0, 128, address_signature),
        SHOWS(SPECIMEN_PHOTO, 0, 2629, photo_hash),
        SHOWS(SPECIMEN_REGISTER_CERTIFICATE, 0, 840, certificate_chain),
        SHOWS(SPECIMEN_AUTHENTICATION_CERTIFICATE, 0, 1011, certificate_chain),
#undef SHOWS
    };
    static struct scripted_card card;
    struct eid_trust *trust = specimen_trust(true);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t at = cases[i].from; at < cases[i].upto; at += STEP) {
            enum check finding;
            scripted_card_be_specimen(&card);
            card.files.content[cases[i].file][at] ^= (uint8_t)(1 << at % 8);
            struct eid_verification found = verification_of(&card, trust, &everything);
            memcpy(&finding, (const char *)&found + cases[i].finding, sizeof finding);
            assert_int_equal(finding, CHECK_INVALID);
        }
    }
    eid_trust_destroy(trust);
}

static void another_chip_shows(void **state)
{
    static struct scripted_card card;

    (void)state;
    scripted_card_be_specimen(&card);
    card.chip_differs = true;
    struct eid_verification found = verification_of(&card, NULL, &everything);
    assert_int_equal(found.chip_number, CHECK_INVALID);
    assert_int_equal(found.identity_signature, CHECK_VALID);
}

static void a_failure_leaves_nothing(void **state)
{
    static struct scripted_card card;
    struct card_channel channel = scripted_card_port(&card);
    struct eid_contents contents = {};
    struct eid_chip chip = {};

    (void)state;
    scripted_card_be_specimen(&card);
    for (int at = 1; at <= 30; at++) {
        card.pull_at = at;
        assert_int_equal(channel.verbs->connect(channel.self, &chip.answer), RESULT_OK);
        assert_int_equal(
            eid_contents_read_card(channel, eid_contents_read_whole, &everything, &contents, &chip),
            RESULT_REMOVED);
        assert_memory_equal(&contents, &(struct eid_contents){}, sizeof contents);
    }
    card.pull_at = 0;
    card.not_activated = true;
    assert_int_equal(channel.verbs->connect(channel.self, &chip.answer), RESULT_OK);
    assert_int_equal(
        eid_contents_read_card(channel, eid_contents_read_whole, &everything, &contents, &chip),
        RESULT_REFUSED);
    card.not_activated = card.is_eid = false;
    assert_int_equal(
        eid_contents_read_card(channel, eid_contents_read_whole, &everything, &contents, &chip),
        RESULT_NOT_FOUND);
    assert_null(contents.files[EID_CONTENT_IDENTITY]);
}

int test_contents(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_specimen_is_valid_in_every_finding),
        cmocka_unit_test(what_was_not_read_is_not_checked),
        cmocka_unit_test(dates_are_findings_of_their_own),
        cmocka_unit_test(one_flipped_bit_shows_in_the_right_finding),
        cmocka_unit_test(another_chip_shows),
        cmocka_unit_test(a_failure_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
