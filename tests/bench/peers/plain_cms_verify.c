#include "plain_cms_verify.h"

#include <openssl/bio.h>
#include <openssl/cms.h>

bool plain_cms_verify(const uint8_t *content, size_t content_size, const uint8_t *signature,
                      size_t signature_size, X509_STORE *trusted)
{
    const unsigned char *at = signature;
    CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &at, (long)signature_size);
    BIO *source = BIO_new_mem_buf(content, (int)content_size);
    bool good = cms != NULL && source != NULL &&
                CMS_verify(cms, NULL, trusted, source, NULL, CMS_BINARY | CMS_CADES) == 1;

    BIO_free(source);
    CMS_ContentInfo_free(cms);
    return good;
}
