#include "wiring.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "eid_reader.h"
#include "cups_queue.h"
#include "escpos_printer.h"
#include "https_backend.h"
#include "ipp_printer.h"
#include "pcsc_channel.h"
#include "place.h"
#include "preview_helper.h"
#include "speech_helper.h"
#include "str.h"
#include "wire_payment.h"

#define PREVIEW_PAGE_WIDTH 1000 // pixels: enough to read the page enlarged
#define PEM_MAXIMUM 65536
#define SECONDS_A_DAY 86400
#define PURGE_MS 3600000 // an hour: little gathers in it, and it wakes nobody who sleeps

struct wiring {
    const struct config *config;
    struct pcsc_channel *slot;
    struct eid_reader *card;
    struct preview_helper *preview;
    struct speech_helper *speech;
    struct voice *voice;
    struct seal_anchors *seal;
    struct services_ports ports;
    struct services_settings settings;
};

static enum result refuse(const char *key, enum result result, const char *expected)
{
    fprintf(stderr, "eguichet-kiosk: %s of the configuration cannot be used (%s). Expected: %s.\n",
            key, result_text(result), expected);
    return result;
}

static enum result wire_card(struct wiring *wiring)
{
    const struct config_card *config = &wiring->config->card;
    const struct pcsc_channel_settings slot = {.reader = config->reader};
    enum result result = pcsc_channel_create(&slot, &wiring->slot);

    if (result != RESULT_OK)
        return refuse("reader in [card]", result, "part of a reader's name, or nothing");
    const struct eid_reader_settings settings = {.channel = pcsc_channel_port(wiring->slot),
                                                 .roots = config->trust_anchor,
                                                 .issuers = config->intermediates};
    result = eid_reader_create(&settings, &wiring->card);
    if (result != RESULT_OK)
        return refuse("trust_anchor or intermediates in [card]", result,
                      "files with one or more certificates in PEM");
    wiring->ports.card = eid_reader_port(wiring->card);
    return RESULT_OK;
}

static uint32_t at_most(uint32_t limit, uint32_t most)
{
    return limit < most ? limit : most;
}

static enum result wire_backend(struct wiring *wiring)
{
    const struct config_backend *config = &wiring->config->backend;
    const struct session_limits *limits = &wiring->config->limits;
    // A request does not outlive the session's patience with it.
    const struct https_backend_settings settings = {
        .url = config->url,
        .ca = config->ca,
        .certificate = config->certificate,
        .key = config->key,
        .limits = {.total = at_most(limits->backend, 10000),
                   .document = at_most(limits->issue, 60000)}};
    enum result result = https_backend_create(&settings, &wiring->ports.backend);

    if (result != RESULT_OK)
        return refuse(
            "url, ca, certificate or key in [backend]", result,
            "https://HOST:PORT, and a certificate in PEM with the key that belongs to it");
    return RESULT_OK;
}

static enum result read_pem(const char *path, uint8_t *out, struct bytes *view)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);

    if (path[0] == '\0') // one that may be left out
        return RESULT_OK;
    if (file < 0)
        return RESULT_NOT_FOUND;
    ssize_t size = read(file, out, PEM_MAXIMUM);
    close(file);
    if (size < 0)
        return RESULT_NOT_FOUND;
    *view = (struct bytes){.data = out, .size = (size_t)size};
    return RESULT_OK;
}

static enum result wire_seal(struct wiring *wiring)
{
    const struct config_seal *config = &wiring->config->seal;
    struct seal_trust trust = {.organization = config->organisation};
    uint8_t pem[3][PEM_MAXIMUM];
    enum result result = read_pem(config->trust_anchor, pem[0], &trust.authorities[0]);

    if (result == RESULT_OK)
        result = read_pem(config->next_trust_anchor, pem[1], &trust.authorities[1]);
    if (result == RESULT_OK)
        result = read_pem(config->time_anchor, pem[2], &trust.time_authority);
    if (result == RESULT_OK)
        result = seal_anchors_create(&trust, &wiring->seal);
    if (result != RESULT_OK)
        return refuse("an anchor or organisation in [seal]", result,
                      "one certificate in PEM each, and an identifier such as VATBE-0207373429");
    return RESULT_OK;
}

static bool has_queue(const struct wiring *wiring)
{
    return wiring->config->printer_queue[0] != '\0';
}

static enum result wire_laser(struct wiring *wiring)
{
    const char *uri = wiring->config->printer_uri, *queue = wiring->config->printer_queue;
    enum result result = has_queue(wiring) ? cups_queue_create(queue, uri, &wiring->ports.printer)
                                           : ipp_printer_create(uri, &wiring->ports.printer);

    if (result != RESULT_OK)
        return refuse("uri or queue in [printer]", result, "ipp://HOST:PORT/PATH");
    return RESULT_OK;
}

static enum result wire_paper(struct wiring *wiring)
{
    const struct config *config = wiring->config;
    enum result result = RESULT_OK;

    TRY(wire_laser(wiring));
    wiring->ports.receipt_composer = place_receipt_composer(&config->terminal);
    if (config->receipt_device[0] != '\0')
        result = escpos_printer_create(config->receipt_device, ESCPOS_CONFIRM_PAPER_SENSOR,
                                       &wiring->ports.receipt_printer);
    if (result != RESULT_OK)
        return refuse("device in [receipt]", result, "tcp:HOST:PORT, or the path of a device");
    if (config->preview_helper[0] == '\0')
        return RESULT_OK;
    result =
        preview_helper_create(config->preview_helper, PREVIEW_HELPER_LIMIT_MS, &wiring->preview);
    if (result != RESULT_OK)
        return refuse("helper in [preview]", result, "the path of a program, or nothing");
    wiring->ports.preview = preview_helper_port(wiring->preview);
    return RESULT_OK;
}

static enum result wire_voice(struct wiring *wiring)
{
    const struct config_speech *config = &wiring->config->speech;
    const struct speech_helper_settings settings = {
        .program = config->helper, .device = config->device, .record = ""};
    enum result result = RESULT_OK;

    if (config->device[0] == '\0')
        return voice_create((struct speech){}, &wiring->voice);
    result = speech_helper_create(&settings, &wiring->speech);
    if (result != RESULT_OK)
        return refuse("helper in [speech]", result, "the path of a program");
    return voice_create(speech_helper_port(wiring->speech), &wiring->voice);
}

static void set_up(struct wiring *wiring)
{
    const struct config *config = wiring->config;
    wiring->settings = (struct services_settings){
        .limits = config->limits,
        .printer_job_ms = (uint32_t)config->polling.printer_job,
        .printer_idle_ms = (uint32_t)config->polling.printer_idle,
        .backend_idle_ms = (uint32_t)config->polling.backend_idle,
        .retry_ms = (uint32_t)config->polling.retry,
        .journal_file = config->journal.file,
        .journal_keep_seconds = config->journal.keep_days * SECONDS_A_DAY,
        .purge_ms = PURGE_MS,
        .seal = wiring->seal,
        .page_width = PREVIEW_PAGE_WIDTH,
    };
}

enum result wiring_begin_libraries(void)
{
    return https_library_begin();
}

enum result wiring_create(const struct config *config, struct wiring **out)
{
    owned(wiring) wiring = calloc(1, sizeof *wiring);

    *out = NULL;
    if (wiring == NULL)
        return RESULT_NO_MEMORY;
    wiring->config = config;
    TRY(wire_card(wiring));
    TRY(wire_backend(wiring));
    TRY(wire_seal(wiring));
    TRY(wire_paper(wiring));
    TRY(wire_payment(config, wiring->ports.payment));
    TRY(wire_voice(wiring));
    set_up(wiring);
    *out = take(wiring);
    return RESULT_OK;
}

void wiring_destroy(struct wiring *wiring)
{
    if (wiring == NULL)
        return;
    voice_destroy(wiring->voice);
    speech_helper_destroy(wiring->speech);
    preview_helper_destroy(wiring->preview);
    wire_payment_undo(wiring->ports.payment);
    escpos_printer_destroy(&wiring->ports.receipt_printer);
    if (has_queue(wiring))
        cups_queue_destroy(&wiring->ports.printer);
    else
        ipp_printer_destroy(&wiring->ports.printer);
    seal_anchors_destroy(wiring->seal);
    https_backend_destroy(&wiring->ports.backend);
    eid_reader_destroy(wiring->card);
    pcsc_channel_destroy(wiring->slot);
    free(wiring);
}

const struct services_ports *wiring_ports(const struct wiring *wiring)
{
    return &wiring->ports;
}

const struct services_settings *wiring_settings(const struct wiring *wiring)
{
    return &wiring->settings;
}

struct voice *wiring_voice(const struct wiring *wiring)
{
    return wiring->voice;
}
