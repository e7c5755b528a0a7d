// plain_cms_verify.h: what a program does that has the signed bytes and the signature apart
// already: CMS_verify and nothing else. It knows no PDF.
#pragma once
#include <openssl/x509.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// `content` is the signed bytes in one piece, `signature` the DER of the CMS.
bool plain_cms_verify(const uint8_t *content, size_t content_size, const uint8_t *signature,
                      size_t signature_size, X509_STORE *trusted);
