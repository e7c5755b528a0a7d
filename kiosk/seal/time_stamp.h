// time_stamp.h: rule 8: an RFC 3161 time stamp over the signature's octets.
#pragma once
#include "anchors.h"

// Without a token *stamped is false and *at stays; with a good one *at is its time.
enum seal_reason time_stamp_check(const CMS_SignerInfo *signer, const struct seal_anchors *anchors,
                                  bool *stamped, int64_t *at);
