// openssl_owned.h: the OpenSSL objects of this room, freed when their scope ends.
#pragma once
#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/pkcs7.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

#include "owned.h"

#define OWN_OPENSSL(type, free_it)                                                                 \
    static inline void type##_destroy(struct type *held)                                           \
    {                                                                                              \
        free_it(held);                                                                             \
    }                                                                                              \
    DEFINE_OWNED(type)

OWN_OPENSSL(bio_st, BIO_free_all)
OWN_OPENSSL(x509_st, X509_free)
OWN_OPENSSL(x509_store_st, X509_STORE_free)
OWN_OPENSSL(x509_store_ctx_st, X509_STORE_CTX_free)
OWN_OPENSSL(CMS_ContentInfo_st, CMS_ContentInfo_free)
OWN_OPENSSL(pkcs7_st, PKCS7_free)
