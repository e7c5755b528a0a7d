// sealer.h: a second sealer, for tests: writes a small PDF and seals it, well or badly on request.
// It shares no code with the municipality, so that one mistake does not pass both sides.
#pragma once
#include <openssl/evp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"
#include "owned.h"
#include "pki_authority.h"

// All members may be left out; the result then is a good sealed file.
struct sealer_wish {
    const char *version;          // "1.4"
    const char *catalogue_extra;  // more keys of the sealed catalogue
    const char *page_extra;       // more keys of the page as first written
    const char *signature_extra;  // more keys of the signature dictionary
    const char *between;          // text between the two revisions
    const char *filter;           // "Adobe.PPKLite"
    const char *subfilter;        // "ETSI.CAdES.detached"
    const char *signing_date;     // "D:20261124130000Z"; "" leaves /M out
    const char *value;            // of the form field's /V; "6 0 R"
    bool signature_outside_table; // the last cross-reference table does not lead to the signature
    const EVP_MD *digest;         // SHA-256
    bool attached;                // the CMS carries the signed bytes
    bool with_signing_time;       // the CMS has the attribute that PAdES forbids
    bool without_signing_certificate;
    bool other_content_type;                   // the CMS says that it signs a time stamp
    const struct pki_identity *second_signer;  // signs, too
    const struct pki_identity *time_authority; // adds a time stamp
    bool stamp_other_signature;                // … over other octets
    bool stamp_sha1;                           // … with a SHA-1 imprint
    bool two_stamps;                           // … twice
};

struct sample {
    uint8_t *data;
    size_t size;
};
void sample_destroy(struct sample *sample);
DEFINE_OWNED(sample)

struct bytes sample_bytes(const struct sample *sample);
// A copy in which the first (or last) `find` is `replacement`; aborts when there is none.
struct sample *sample_replaced(const struct sample *sample, const char *find,
                               const char *replacement);
struct sample *sample_replaced_last(const struct sample *sample, const char *find,
                                    const char *replacement);
// A copy with the bytes [begin, end) replaced.
struct sample *sample_spliced(const struct sample *sample, size_t begin, size_t end,
                              struct bytes replacement);
// Offset of the first `find` at or after `from`; aborts when there is none.
size_t sample_find(const struct sample *sample, size_t from, const char *find);

// `authority` may be NULL: its certificate then is not in the CMS. Aborts when anything fails: a
// test without its sample proves nothing.
struct sample *sealer_seal(const struct pki_identity *seal, const struct pki_identity *authority,
                           const struct sealer_wish *wish);
// The page before sealing.
struct sample *sealer_unsealed(void);
