#include "requests.h"

#include "base64.h"
#include "json_reader.h"

#include <openssl/evp.h>
#include <string.h>

static enum result serialize(const json_t *object, struct secret **out)
{
    owned(secret) body = NULL;
    size_t size = json_dumpb(object, NULL, 0, JSON_COMPACT);

    *out = NULL;
    if (size == 0)
        return RESULT_NO_MEMORY;
    TRY(secret_create(size, &body));
    json_dumpb(object, (char *)secret_writable(body), size, JSON_COMPACT);
    TRY(secret_set_size(body, size));
    *out = take(body);
    return RESULT_OK;
}

static enum result set(json_t *object, const char *name, json_t *value)
{
    return json_object_set_new(object, name, value) == 0 ? RESULT_OK : RESULT_NO_MEMORY;
}

static enum result set_base64(json_t *object, const char *name, struct bytes bytes)
{
    owned(secret) text = NULL;

    TRY(base64_encode(bytes, &text));
    return set(object, name, json_string((const char *)secret_bytes(text).data));
}

enum result request_session(const struct card_files *files, struct secret **out)
{
    const struct {
        const char *name;
        const struct secret *file;
    } parts[] = {
        {"authentication_certificate", files->authentication_certificate},
        {"issuer_certificate", files->issuer_certificate},
        {"register_certificate", files->register_certificate},
        {"identity", files->identity},
        {"identity_signature", files->identity_signature},
        {"address", files->address},
        {"address_signature", files->address_signature},
    };
    owned_json object = json_object();

    TRY(set(object, "channel", json_string("kiosk")));
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].file == NULL)
            return RESULT_INVALID;
        TRY(set_base64(object, parts[i].name, secret_bytes(parts[i].file)));
    }
    return serialize(object, out);
}

enum result request_proof(const struct card_signature *signature, struct secret **out)
{
    owned_json object = json_object();

    if (signature->size > sizeof signature->bytes)
        return RESULT_INVALID;
    TRY(set_base64(object, "signature", (struct bytes){signature->bytes, signature->size}));
    return serialize(object, out);
}

static enum result set_words(json_t *object, const char *name, const char *const *words,
                             size_t count)
{
    json_t *list = json_array();

    TRY(set(object, name, list)); // refuses NULL
    for (size_t i = 0; i < count; i++)
        if (json_array_append_new(list, json_string(words[i])) != 0)
            return RESULT_NO_MEMORY;
    return RESULT_OK;
}

enum result request_order(const struct backend_order_request *request, struct secret **out)
{
    owned_json object = json_object();

    TRY(set(object, "kind", json_string(request->kind)));
    TRY(set(object, "subject", json_string(request->subject)));
    TRY(set(object, "language", json_string(request->language)));
    if (request->purpose != NULL)
        TRY(set(object, "purpose", json_string(request->purpose)));
    if (request->option_count > 0)
        TRY(set_words(object, "options", request->options, request->option_count));
    return serialize(object, out);
}

enum result request_payment(struct secret **out)
{
    owned_json object = json_object();

    TRY(set(object, "way", json_string("qr")));
    return serialize(object, out);
}

enum result request_outcome(bool delivered, int sheets, struct secret **out)
{
    owned_json object = json_object();

    TRY(set(object, "delivered", json_boolean(delivered)));
    TRY(set(object, "sheets", json_integer(sheets)));
    return serialize(object, out);
}

enum result request_outcome_key(const struct identifier *order, bool delivered, int sheets,
                                struct identifier *out)
{
    char order_text[IDENTIFIER_TEXT_SIZE], text[96];
    uint8_t digest[EVP_MAX_MD_SIZE];

    identifier_to_text(order, order_text);
    TRY(str_format(text, sizeof text, "outcome %s %d %d", order_text, delivered, sheets));
    if (EVP_Digest(text, strlen(text), digest, NULL, EVP_sha256(), NULL) != 1)
        return RESULT_FAILED;
    memcpy(out->bytes, digest, sizeof out->bytes);
    out->bytes[6] = (uint8_t)((out->bytes[6] & 0x0f) | 0x40); // looks like a random one (RFC 4122)
    out->bytes[8] = (uint8_t)((out->bytes[8] & 0x3f) | 0x80);
    return RESULT_OK;
}
