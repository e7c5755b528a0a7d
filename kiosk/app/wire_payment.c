#include "wire_payment.h"

#include <stdio.h>

#include "https_payment.h"
#include "str.h"
#include "zvt_terminal.h"

#define PAYMENT_ANSWER_MS 10000      // of the municipality; it asks the scheme in the meantime
#define TERMINAL_ACKNOWLEDGE_MS 5000 // ZVT, T3
#define TERMINAL_ANSWER_MS 20000

static enum result wire_code(const struct config *config, struct payment *way)
{
    const struct config_backend *backend = &config->backend;
    const struct https_backend_settings settings = {
        .url = backend->url,
        .ca = backend->ca,
        .certificate = backend->certificate,
        .key = backend->key,
        .limits = {.connect = 3000, .total = PAYMENT_ANSWER_MS}};

    return https_payment_create(&settings, way); // what it needs was told by [backend] already
}

static enum result wire_terminal(const struct config_payment *config, struct payment *way)
{
    const struct zvt_settings settings = {.address = config->terminal,
                                          .password = (int)config->terminal_password,
                                          .acknowledge_ms = TERMINAL_ACKNOWLEDGE_MS,
                                          .answer_ms = TERMINAL_ANSWER_MS};
    enum result result = zvt_terminal_create(&settings, way);

    if (result != RESULT_OK)
        fprintf(stderr,
                "eguichet-kiosk: terminal in [payment] of the configuration cannot be used (%s). "
                "Expected: HOST or HOST:PORT, the host in numbers.\n",
                result_text(result));
    return result;
}

enum result wire_payment(const struct config *config, struct payment ways[SESSION_WAY_COUNT])
{
    const struct config_payment *payment = &config->payment;

    if (str_equal(payment->code, "yes"))
        TRY(wire_code(config, &ways[SESSION_WAY_QR]));
    if (payment->terminal[0] != '\0')
        TRY(wire_terminal(payment, &ways[SESSION_WAY_TERMINAL]));
    return RESULT_OK;
}

void wire_payment_undo(struct payment ways[SESSION_WAY_COUNT])
{
    https_payment_destroy(&ways[SESSION_WAY_QR]);
    zvt_terminal_destroy(&ways[SESSION_WAY_TERMINAL]);
}
