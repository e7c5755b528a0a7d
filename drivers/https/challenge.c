#include "challenge.h"

#include <string.h>

#define PREFIX "eguichet-auth-v1" // and its zero byte
#define BINDING "tls-exporter"    // and its zero byte
#define PURPOSE "e-guichet-session"

enum tag {
    TAG_SERVER = 1,
    TAG_TERMINAL = 2,
    TAG_NONCE = 3,
    TAG_BINDING = 4,
    TAG_TIME = 5,
    TAG_AUTHENTICATION_CERTIFICATE = 6,
    TAG_PURPOSE = 7,
    TAG_SESSION = 8,
    TAG_TERMINAL_CERTIFICATE = 9,
};

static enum result append(struct backend_challenge *out, struct bytes bytes)
{
    if (bytes.size > sizeof out->message - out->size)
        return RESULT_TOO_LARGE;
    memcpy(out->message + out->size, bytes.data, bytes.size);
    out->size += bytes.size;
    return RESULT_OK;
}

static enum result append_field(struct backend_challenge *out, enum tag tag, struct bytes value)
{
    if (value.size > UINT16_MAX)
        return RESULT_TOO_LARGE;
    const uint8_t head[4] = {
        0,
        (uint8_t)tag,
        (uint8_t)(value.size >> 8),
        (uint8_t)(value.size & 0xff),
    };
    TRY(append(out, (struct bytes){head, sizeof head}));
    return append(out, value);
}

static enum result append_text(struct backend_challenge *out, enum tag tag, const char *text)
{
    return append_field(out, tag, (struct bytes){(const uint8_t *)text, strlen(text)});
}

static enum result append_binding(struct backend_challenge *out, const uint8_t *exporter)
{
    uint8_t value[sizeof BINDING + EXPORTER_SIZE];

    memcpy(value, BINDING, sizeof BINDING);
    memcpy(value + sizeof BINDING, exporter, EXPORTER_SIZE);
    return append_field(out, TAG_BINDING, (struct bytes){value, sizeof value});
}

static enum result append_time(struct backend_challenge *out, int64_t time)
{
    uint8_t value[8];

    for (size_t i = 0; i < sizeof value; i++)
        value[i] = (uint8_t)((uint64_t)time >> (8 * (sizeof value - 1 - i)) & 0xff);
    return append_field(out, TAG_TIME, (struct bytes){value, sizeof value});
}

enum result challenge_build(const struct challenge_parts *parts, struct backend_challenge *out)
{
    *out = (struct backend_challenge){};
    TRY(append(out, (struct bytes){(const uint8_t *)PREFIX, sizeof PREFIX}));
    TRY(append_text(out, TAG_SERVER, parts->server));
    TRY(append_text(out, TAG_TERMINAL, parts->terminal));
    TRY(append_field(out, TAG_NONCE, (struct bytes){parts->nonce, NONCE_SIZE}));
    TRY(append_binding(out, parts->exporter));
    TRY(append_time(out, parts->time));
    TRY(append_field(out, TAG_AUTHENTICATION_CERTIFICATE,
                     (struct bytes){parts->authentication_certificate, DIGEST_SIZE}));
    TRY(append_text(out, TAG_PURPOSE, PURPOSE));
    TRY(append_text(out, TAG_SESSION, parts->session));
    return append_field(out, TAG_TERMINAL_CERTIFICATE,
                        (struct bytes){parts->terminal_certificate, DIGEST_SIZE});
}
