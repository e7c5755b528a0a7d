// Each step's hash covers the step before, so that none can be changed or taken out unseen.
#include "journal_inside.h"

#include <openssl/evp.h>
#include <string.h>

static void put_u64_be(uint8_t *out, uint64_t number)
{
    for (int i = 0; i < 8; i++)
        out[i] = (uint8_t)(number >> (56 - 8 * i));
}

enum result journal_link_hash(const uint8_t before[JOURNAL_HASH_SIZE],
                              const struct journal_link *link, uint8_t hash[JOURNAL_HASH_SIZE])
{
    uint8_t text[JOURNAL_HASH_SIZE + 8 + 16 + 8 + 16] = {};
    const char *state = order_state_name(link->state);
    uint8_t *at = text;

    memcpy(at, before, JOURNAL_HASH_SIZE);
    at += JOURNAL_HASH_SIZE;
    put_u64_be(at, (uint64_t)link->number);
    at += 8;
    memcpy(at, link->order.bytes, sizeof link->order.bytes);
    at += sizeof link->order.bytes;
    put_u64_be(at, (uint64_t)link->at);
    at += 8;
    memcpy(at, state, strnlen(state, 16)); // the rest stays zero
    if (EVP_Digest(text, sizeof text, hash, NULL, EVP_sha256(), NULL) != 1)
        return RESULT_FAILED;
    return RESULT_OK;
}

bool journal_state_from_name(const char *name, enum order_state *state)
{
    for (int i = 0; i < ORDER_STATE_COUNT; i++) {
        if (name != NULL && str_equal(name, order_state_name((enum order_state)i))) {
            *state = (enum order_state)i;
            return true;
        }
    }
    return false;
}
