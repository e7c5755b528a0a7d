// cms_form.h: rule 6: the value of /Contents is exactly one detached CMS signature in the form of
// PAdES baseline (ETSI EN 319 142-1, 6.3), followed by zeros.
#pragma once
#include "openssl_owned.h"
#include "seal.h"

// `digits` are hexadecimal, an even number. The caller frees *out.
enum seal_reason cms_form_read(struct bytes digits, CMS_ContentInfo **out);

// The only signer of a CMS that cms_form_read let through.
CMS_SignerInfo *cms_form_signer(CMS_ContentInfo *cms);

// SHA-256, SHA-384 or SHA-512.
bool cms_form_digest_accepted(const X509_ALGOR *algorithm);
