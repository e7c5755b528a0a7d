// sealer.h: puts the municipality's electronic seal on a certificate that this municipality drew:
// PAdES baseline B-T or B-B (ETSI EN 319 142-1) as an incremental update, and the alternative texts
// and the language that the drawing library cannot write. No other PDF is understood or wanted.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"
#include "owned.h"
#include "result.h"

struct sealer;

struct sealer_files {
    const char *certificate, *key, *authority; // PEM
    const char *organization; // the organizationIdentifier that the certificate must have
    // Of RFC 3161 time stamps (baseline B-T): http address, and PEM; NULL or empty: none.
    const char *time_url, *time_authority;
    bool time_required; // false: B-B while the time-stamping authority is silent
};

// The files, loaded. One sealer may be used by several threads. RESULT_NOT_FOUND: a file cannot be
// read. RESULT_MALFORMED: it is not PEM, or key and certificate do not belong together.
enum result sealer_create(const struct sealer_files *files, struct sealer **out);
void sealer_destroy(struct sealer *sealer);
DEFINE_OWNED(sealer)

// Would a seal made at that time hold? RESULT_REFUSED: the certificate is not valid then, is not of
// the organization, or does not chain to the authority, or a
// required time stamp could not be had a moment ago.
enum result sealer_ready(const struct sealer *sealer, int64_t unix_seconds);

struct sealing {
    struct bytes pdf;
    const char *language_tag;        // RFC 5646
    const char *const *figure_texts; // one for each Figure of the structure tree, in its order
    size_t figure_count;
    int64_t at; // Unix seconds
};

struct sealed_document {
    uint8_t *pdf;
    size_t size;
    uint8_t sha256[32];
};

void sealed_document_destroy(struct sealed_document *sealed_document); // wipes; NULL is fine
DEFINE_OWNED(sealed_document)

// Seals, then checks its own work with seal_check.h before it hands it out. RESULT_MALFORMED: not a
// PDF of this municipality's drawing room. RESULT_REFUSED: the result does not pass the check.
// RESULT_UNREACHABLE: no time stamp, which is required.
enum result sealer_seal(const struct sealer *sealer, const struct sealing *sealing,
                        struct sealed_document **out);
