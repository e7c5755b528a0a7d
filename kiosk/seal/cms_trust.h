// cms_trust.h: rule 7: the signed bytes are what the municipality's seal, issued by the pinned
// authority, signed.
#pragma once
#include "anchors.h"
#include "byte_profile.h"

// `at`: when the seal's certificate must be valid. `name` gets the seal's common name when good.
enum seal_reason cms_trust_check(CMS_ContentInfo *cms, const struct byte_profile *profile,
                                 const struct seal_anchors *anchors, int64_t at,
                                 char name[SEAL_SIGNER_SIZE]);
