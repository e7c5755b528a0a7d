// Everything that a card may hand over: its files, its certificates, and its answers to commands.
// The first byte chooses what the rest is.
#include <openssl/x509.h>
#include <stdlib.h>
#include <string.h>

#include "card_channel.h"
#include "eid_certificates.h"
#include "eid_identity.h"
#include "eid_reader.h"
#include "eid_signature.h"
#include "eid_tlv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// A card that answers with the input: each answer is a status word, a length byte and so much data.
struct liar {
    struct bytes_reader rest;
};

static enum result transmit(void *self, struct bytes command, struct secret *answer,
                            uint16_t *status)
{
    struct liar *liar = self;
    struct bytes part;
    uint8_t length;

    (void)command;
    if (bytes_read_u16_be(&liar->rest, status) != RESULT_OK ||
        bytes_read_u8(&liar->rest, &length) != RESULT_OK ||
        bytes_read(&liar->rest, length, &part) != RESULT_OK)
        return RESULT_REMOVED;
    return secret_append(answer, part);
}

static enum result connect_card(void *self, struct answer_to_reset *answer)
{
    struct liar *liar = self;
    uint8_t belgian;

    *answer = (struct answer_to_reset){
        .bytes = {0x3B, 0x98, 0x13, 0x40, 0x0A, 0xA5, 0x03, 0x01, 0x01, 0x01, 0xAD, 0x13, 0x11},
        .size = 13};
    if (bytes_read_u8(&liar->rest, &belgian) == RESULT_OK && belgian == 0)
        answer->size = 1;
    return RESULT_OK;
}

static enum result nothing(void *self)
{
    (void)self;
    return RESULT_OK;
}

// Without a second try, whose delay would be most of the run.
static enum result no_reset(void *self)
{
    (void)self;
    return RESULT_REMOVED;
}

static void read_liar(struct bytes input)
{
    static const struct card_channel_verbs verbs = {.connect = connect_card,
                                                    .begin = nothing,
                                                    .end = nothing,
                                                    .transmit = transmit,
                                                    .reset = no_reset,
                                                    .disconnect = nothing};
    struct liar liar = {.rest = {input}};
    const struct eid_reader_settings settings = {.channel = {.verbs = &verbs, .self = &liar},
                                                 .roots = SPECIMEN_ROOT};
    owned(eid_reader) reader = NULL;
    struct card_files files = {};
    struct card_findings findings;

    if (eid_reader_create(&settings, &reader) != RESULT_OK)
        abort();
    struct card_reader port = eid_reader_port(reader);
    enum result result = port.verbs->read(port.self, &files, &findings);
    if (result != RESULT_OK && files.identity != NULL)
        abort();
    card_files_wipe(&files);
}

static void read_certificate(struct bytes input)
{
    X509 *certificate = NULL;
    struct eid_signing_plan plan;
    size_t cut;

    if (eid_certificate_size(input, &cut) != RESULT_OK || cut > input.size ||
        eid_certificate_parse((struct bytes){input.data, cut}, &certificate) != RESULT_OK)
        return;
    (void)eid_certificate_is_of(certificate, input);
    EVP_PKEY *key = X509_get0_pubkey(certificate);
    if (key != NULL) {
        (void)eid_identity_signature_valid(key, input, input, 20);
        (void)eid_address_signature_valid(key, input, input, input, 32);
        (void)eid_hash_signature_valid(key, input, input);
        if (eid_signing_plan_make(key, 0x18, &plan) == RESULT_OK)
            (void)eid_chip_signature_valid(key, &plan, input, input);
    }
    X509_free(certificate);
}

static void read_fields(struct bytes input)
{
    struct eid_identity identity;
    struct eid_address address;
    struct eid_date date;
    size_t end = 0;

    if (eid_identity_decode(input, &identity) == RESULT_OK &&
        eid_birth_date_parse(identity.birth_date, &date) == RESULT_OK && date.month > 12)
        abort();
    (void)eid_address_decode(input, &address);
    (void)eid_birth_date_parse(input, &date);
    (void)eid_date_parse(input, &date);
    if (eid_fields_end(input, &end) == RESULT_OK && end > input.size)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const struct bytes rest = {data + 1, size - 1};
    switch (data[0] % 3) {
    case 0:
        read_fields(rest);
        break;
    case 1:
        read_certificate(rest);
        break;
    default:
        read_liar(rest);
        break;
    }
    return 0;
}
