// openssl_owned.h: OpenSSL's objects freed by scope.
#pragma once
#include <openssl/bio.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/ocsp.h>
#include <openssl/x509_vfy.h>

#define RELEASE(type, free_function)                                                               \
    static inline void release_##type(type **held)                                                 \
    {                                                                                              \
        free_function(*held);                                                                      \
    }
RELEASE(X509, X509_free)
RELEASE(X509_STORE, X509_STORE_free)
RELEASE(X509_STORE_CTX, X509_STORE_CTX_free)
RELEASE(EVP_PKEY, EVP_PKEY_free)
RELEASE(EVP_MD_CTX, EVP_MD_CTX_free)
RELEASE(ECDSA_SIG, ECDSA_SIG_free)
RELEASE(BIO, BIO_free_all)
RELEASE(OCSP_REQUEST, OCSP_REQUEST_free)
RELEASE(OCSP_RESPONSE, OCSP_RESPONSE_free)
RELEASE(OCSP_BASICRESP, OCSP_BASICRESP_free)
#undef RELEASE
#define scoped(type) __attribute__((cleanup(release_##type))) type *
