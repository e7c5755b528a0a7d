#include "story.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sqlite3.h>

#include "clock.h"
#include "sealer.h"
#include "str.h"

#define PATIENCE_MS 10000
#define ORGANISATION "VATBE-0000000196"
#define DAY 86400

// ---- the sealed document ----------------------------------------------------------------------

static struct stage made;
static struct sample *sealed;

const struct stage *stage(void)
{
    return &made;
}

static void trust(const struct pki_identity *authority)
{
    BIO *memory = BIO_new(BIO_s_mem());
    char *text = NULL;

    assert_int_equal(PEM_write_bio_X509(memory, pki_certificate(authority)), 1);
    long size = BIO_get_mem_data(memory, &text);
    const struct seal_trust wanted = {
        .authorities = {{.data = (const uint8_t *)text, .size = (size_t)size}},
        .organization = ORGANISATION,
    };
    assert_int_equal(seal_anchors_create(&wanted, &made.anchors), RESULT_OK);
    BIO_free(memory);
}

int stage_set_up(void **state)
{
    int64_t now = clock_wall_seconds();
    char date[32];
    struct pki_identity *authority = NULL, *seal = NULL;
    const struct pki_profile authority_profile = {
        .subject = {.country = "BE", .common_name = "Seal authority"},
        .key_usage = "critical,keyCertSign,cRLSign",
        .authority = true,
        .not_before = now - DAY,
        .not_after = now + DAY,
    };
    const struct pki_profile seal_profile = {
        .subject = {.country = "BE",
                    .organization_identifier = ORGANISATION,
                    .common_name = "Seal of the city"},
        .key_usage = "critical,digitalSignature,nonRepudiation",
        .not_before = now - DAY,
        .not_after = now + DAY,
    };
    time_t seconds = (time_t)now;
    struct tm parts;

    (void)state;
    assert_int_equal(pki_self_signed_create(&authority_profile, PKI_KEY_P256, &authority),
                     RESULT_OK);
    assert_int_equal(pki_issued_create(authority, &seal_profile, PKI_KEY_P256, &seal), RESULT_OK);
    strftime(date, sizeof date, "D:%Y%m%d%H%M%SZ", gmtime_r(&seconds, &parts));
    const struct sealer_wish wish = {.signing_date = date};
    sealed = sealer_seal(seal, authority, &wish);
    trust(authority);
    made.document = sample_bytes(sealed);
    assert_int_equal(
        EVP_Digest(made.document.data, made.document.size, made.sha256, NULL, EVP_sha256(), NULL),
        1);
    pki_identity_destroy(authority);
    pki_identity_destroy(seal);
    return 0;
}

int stage_tear_down(void **state)
{
    (void)state;
    seal_anchors_destroy(made.anchors);
    sample_destroy(sealed);
    return 0;
}

// ---- beginning and end ------------------------------------------------------------------------

static enum result compose(void *self, const struct session_order_note *note,
                           enum language language, int64_t now, struct secret *stream)
{
    (void)self;
    (void)language;
    (void)now;
    return secret_append(stream, (struct bytes){.data = (const uint8_t *)note->reference,
                                                .size = strlen(note->reference)});
}

int story_set_up(void **state)
{
    struct story *story = calloc(1, sizeof *story);
    uint32_t *limits = (uint32_t *)&story->settings.limits;

    snprintf(story->directory, sizeof story->directory, "%s", "services-test-XXXXXX");
    assert_non_null(mkdtemp(story->directory));
    snprintf(story->journal, sizeof story->journal, "%s/journal.db", story->directory);
    for (size_t i = 0; i < sizeof story->settings.limits / sizeof *limits; i++)
        limits[i] = 60000; // no limit is reached by waiting
    story->settings.printer_job_ms = 2;
    story->settings.printer_idle_ms = 60000;
    story->settings.backend_idle_ms = 60000;
    story->settings.retry_ms = 5;
    story->settings.journal_file = story->journal;
    story->settings.seal = stage()->anchors;
    story->settings.page_width = 100;
    story->receipts_fitted = true;
    fakes_begin(&story->fakes);
    story->fakes.pdf = stage()->document;
    memcpy(story->fakes.announced_sha256, stage()->sha256, 32);
    *state = story;
    return 0;
}

void story_start(struct story *story)
{
    const struct services_ports ports = {
        .card = story->card != NULL ? *story->card : fakes_card(&story->fakes),
        .backend = fakes_backend(&story->fakes),
        .printer = fakes_printer(&story->fakes),
        .receipt_printer = story->receipts_fitted ? fakes_receipt_printer(&story->fakes)
                                                  : (struct receipt_printer){},
        .receipt_composer = {.compose = compose},
        .preview = fakes_preview(&story->fakes),
        .payment = {[SESSION_WAY_TERMINAL] = fakes_payment(&story->fakes)},
    };

    assert_int_equal(loop_create((struct loop_wake){}, &story->loop), RESULT_OK);
    assert_int_equal(services_create(story->loop, &ports, &story->settings, &story->services),
                     RESULT_OK);
    services_start(story->services);
}

void story_stop(struct story *story)
{
    assert_true(services_destroy(take(story->services)));
    assert_true(story->loop == NULL || loop_next_due(story->loop) == LOOP_NEVER);
    loop_destroy(take(story->loop));
}

int story_tear_down(void **state)
{
    struct story *story = *state;
    static const char *const endings[] = {"", "-wal", "-shm"};
    char path[128];

    story_stop(story);
    fakes_end(&story->fakes);
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s%s", story->journal, endings[i]);
        unlink(path);
    }
    assert_int_equal(rmdir(story->directory), 0);
    free(story);
    return 0;
}

// ---- waiting ----------------------------------------------------------------------------------

void story_until_screen(struct story *story, enum session_screen screen)
{
    uint64_t end = clock_monotonic_ms() + PATIENCE_MS;

    while (services_session(story->services)->screen != screen && clock_monotonic_ms() < end)
        loop_wait_and_turn(story->loop, end);
    if (services_session(story->services)->screen != screen)
        fail_msg("the screen is %s instead of %s",
                 session_screen_name(services_session(story->services)->screen),
                 session_screen_name(screen));
}

static int read_counter(struct story *story, const int *counter)
{
    pthread_mutex_lock(&story->fakes.lock);
    int count = *counter;
    pthread_mutex_unlock(&story->fakes.lock);
    return count;
}

void story_until_count(struct story *story, const int *counter, int least)
{
    uint64_t end = clock_monotonic_ms() + PATIENCE_MS;

    while (read_counter(story, counter) < least && clock_monotonic_ms() < end)
        loop_wait_and_turn(story->loop, clock_monotonic_ms() + 1);
    assert_in_range(read_counter(story, counter), least, least + 1000);
}

void story_query(struct story *story, const char *query, char *out, size_t capacity)
{
    sqlite3 *database = NULL;
    sqlite3_stmt *row = NULL;

    *out = '\0';
    if (sqlite3_open_v2(story->journal, &database, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(database, query, -1, &row, NULL) == SQLITE_OK &&
        sqlite3_step(row) == SQLITE_ROW)
        snprintf(out, capacity, "%s", (const char *)sqlite3_column_text(row, 0));
    sqlite3_finalize(row);
    sqlite3_close(database);
}

void story_until_query(struct story *story, const char *query, const char *answer)
{
    uint64_t end = clock_monotonic_ms() + PATIENCE_MS;
    char found[64] = "";

    while (!str_equal(found, answer) && clock_monotonic_ms() < end) {
        loop_wait_and_turn(story->loop, clock_monotonic_ms() + 2);
        story_query(story, query, found, sizeof found);
    }
    assert_string_equal(found, answer);
}

void story_until_order(struct story *story, enum order_state state)
{
    story_until_query(story, "SELECT state FROM orders ORDER BY began", order_state_name(state));
}

// ---- hands ------------------------------------------------------------------------------------

void story_tell(struct story *story, enum session_event_kind kind)
{
    const struct session_event event = {.kind = kind};

    services_tell(story->services, &event);
}

void story_choose_language(struct story *story, enum language language)
{
    const struct session_event event = {.kind = EVENT_LANGUAGE_CHOSEN, .language = language};

    services_tell(story->services, &event);
}

void story_type(struct story *story, const char *pin)
{
    for (; *pin != '\0'; pin++)
        services_pin_digit(story->services, *pin - '0');
    services_pin_confirm(story->services);
}

void story_to_list(struct story *story)
{
    story_start(story);
    story_until_screen(story, SCREEN_ATTRACT);
    story_choose_language(story, LANGUAGE_FR);
    story_until_screen(story, SCREEN_INSERT);
    fakes_put_card(&story->fakes, CARD_PRESENCE_PRESENT);
    story_until_screen(story, SCREEN_PIN);
    story_type(story, "1234");
    story_until_screen(story, SCREEN_LIST);
}

void story_to_preview(struct story *story)
{
    const struct session_event chosen = {.kind = EVENT_DOCUMENT_CHOSEN, .index = 0};

    story_to_list(story);
    services_tell(story->services, &chosen);
    story_until_screen(story, SCREEN_PREVIEW);
}

void story_to_printing(struct story *story)
{
    story_to_preview(story);
    story_tell(story, EVENT_CONTINUE);
    story_until_screen(story, SCREEN_PRINTING);
    story_until_count(story, &story->fakes.submits, 1);
}

void story_printer_ends(struct story *story, enum page_job_state state, int sheets)
{
    fakes_lock(&story->fakes);
    story->fakes.job = state;
    story->fakes.sheets = sheets;
    fakes_unlock(&story->fakes);
}
