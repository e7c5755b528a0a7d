// eid_owned.h: OpenSSL's objects under the ownership by scope of owned.h.
#pragma once
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "owned.h"

static inline void x509_st_destroy(struct x509_st *certificate)
{
    X509_free(certificate);
}
DEFINE_OWNED(x509_st)

static inline void evp_pkey_st_destroy(struct evp_pkey_st *key)
{
    EVP_PKEY_free(key);
}
DEFINE_OWNED(evp_pkey_st)
