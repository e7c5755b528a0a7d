#include "eid_chip_proof.h"

#include "eid_owned.h"
#include "eid_signature.h"

#include <openssl/err.h>
#include <openssl/rand.h>

#define SIGNATURE_MAXIMUM 256

static EVP_PKEY *parse_key(struct bytes der)
{
    const unsigned char *at = der.data;
    EVP_PKEY *key = d2i_PUBKEY(NULL, &at, (long)der.size);

    ERR_clear_error();
    return key;
}

enum result eid_chip_proves(struct eid_applet *applet, struct bytes basic_key, bool *proved)
{
    owned(evp_pkey_st) key = parse_key(basic_key);
    owned(secret) signature = NULL;
    uint8_t challenge[EID_HASH_MAXIMUM];
    struct eid_signing_plan plan;

    *proved = false;
    // EC alone: what the older chips do with RSA has no public key to check it with.
    if (key == NULL || EVP_PKEY_get_base_id(key) != EVP_PKEY_EC ||
        eid_signing_plan_make(key, applet->version, &plan) != RESULT_OK)
        return RESULT_MALFORMED;
    const struct bytes asked = {challenge, (size_t)EVP_MD_get_size(plan.hash)};
    if (RAND_bytes(challenge, (int)asked.size) != 1)
        return RESULT_FAILED;
    TRY(secret_create(SIGNATURE_MAXIMUM, &signature));
    TRY(eid_internal_authenticate(applet, plan.algorithm, asked, signature));
    *proved = eid_hash_signature_valid(key, asked, secret_bytes(signature));
    return RESULT_OK;
}
