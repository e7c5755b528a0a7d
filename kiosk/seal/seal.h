// seal.h: is this PDF sealed by the municipality? One fixed profile of PDF and PAdES baseline is
// accepted and every other shape refused; README.md lists the rules. No input or output, no clock.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "bytes.h"
#include "owned.h"
#include "result.h"

// Why a file is refused: the first rule that it breaks, in the order of checking.
#define SEAL_REASON_LIST(X)                                                                        \
    X(NONE, "none", "the seal is good")                                                            \
    /* rule 1: the file */                                                                         \
    X(SIZE, "size", "the file is smaller than 64 bytes or larger than 8 MiB")                      \
    X(HEADER, "header", "the file does not begin as PDF 1.4 or 1.5")                               \
    X(END, "end", "the file does not end in %%EOF and at most one line end")                       \
    /* rule 2: one signature dictionary */                                                         \
    X(UNSIGNED, "unsigned", "there is no /ByteRange")                                              \
    X(SEVERAL_SIGNATURES, "several-signatures", "there is more than one /ByteRange")               \
    X(CONTENTS_COUNT, "contents-count", "there is not exactly one hexadecimal /Contents")          \
    X(DICTIONARY, "dictionary", "the signature is not one flat dictionary of known keys")          \
    X(BYTE_RANGE_FORM, "byte-range-form", "/ByteRange is not four plain numbers")                  \
    X(CONTENTS_FORM, "contents-form", "/Contents is not 1 to 65536 pairs of hexadecimal digits")   \
    /* rule 3: the ranges are everything but the value of /Contents */                             \
    X(RANGE_START, "range-start", "the signed bytes do not start at the file's first byte")        \
    X(RANGE_GAP, "range-gap", "the unsigned gap is not exactly the value of /Contents")            \
    X(RANGE_END, "range-end", "the signed bytes do not reach the file's last byte")                \
    /* rule 4: the page's revision and the seal's, nothing after them */                           \
    X(REVISIONS, "revisions", "there are not exactly two %%EOF and two startxref")                 \
    X(CROSS_REFERENCE, "cross-reference", "the last cross-reference table is not the seal's")      \
    X(FIELD, "field", "not exactly one form field has the signature as its value")                 \
    /* rule 5: nothing active, nothing hidden */                                                   \
    X(FILTER, "filter", "the signature is not of type ETSI.CAdES.detached for Adobe.PPKLite")      \
    X(SIGNING_TIME, "signing-time", "/M is missing or not a PDF date")                             \
    X(SYNTAX, "syntax", "a string or stream has no end")                                           \
    X(NAME_ESCAPE, "name-escape", "a name is written with # escapes")                              \
    X(ACTIVE_CONTENT, "active-content", "the file holds scripts, actions, forms or attachments")   \
    X(OBJECT_STREAM, "object-stream", "the file holds object or cross-reference streams")          \
    X(ENCRYPTED, "encrypted", "the file is encrypted")                                             \
    X(CERTIFICATION, "certification", "the file asks for a certification or usage rights")         \
    /* rule 6: the form of the signature */                                                        \
    X(CMS_FORM, "cms-form", "/Contents is not one CMS SignedData in DER")                          \
    X(CMS_PADDING, "cms-padding", "something other than zeros follows the CMS")                    \
    X(CMS_ATTACHED, "cms-attached", "the CMS carries content of its own")                          \
    X(CMS_SIGNERS, "cms-signers", "there is not exactly one signer")                               \
    X(CMS_ALGORITHM, "cms-algorithm", "digest or signature algorithm is not an accepted one")      \
    X(CMS_ATTRIBUTES, "cms-attributes", "the attributes are not those of PAdES baseline")          \
    /* rule 8 before rule 7: the time stamp sets the time of checking */                           \
    X(TIME_STAMP_UNEXPECTED, "time-stamp-unexpected", "a time stamp without a trusted authority")  \
    X(TIME_STAMP_WRONG, "time-stamp-wrong", "the time stamp is not good for this signature")       \
    /* rule 7: who sealed */                                                                       \
    X(EXPIRED, "expired", "the seal's certificate is not valid at the time of sealing")            \
    X(UNTRUSTED, "untrusted", "the seal's certificate is not from the pinned authority")           \
    X(ALTERED, "altered", "the file is not what was sealed")                                       \
    X(KEY_USAGE, "key-usage", "the seal's certificate is not for signatures")                      \
    X(ORGANIZATION, "organization", "the seal is not the configured organisation's")               \
    X(NO_MEMORY, "no-memory", "out of memory")

enum seal_reason {
#define X(id, word, sentence) SEAL_REASON_##id,
    SEAL_REASON_LIST(X)
#undef X
};
#define X(id, word, sentence) +1
enum { SEAL_REASON_COUNT = 0 SEAL_REASON_LIST(X) };
#undef X

// For reports and logs, in English; static storage.
const char *seal_reason_word(enum seal_reason reason);
const char *seal_reason_sentence(enum seal_reason reason);

// Who is trusted. Certificates are PEM, one each; an empty view stands for "none".
struct seal_trust {
    struct bytes authorities[2]; // that issue the seal directly; two while one replaces the other
    struct bytes time_authority; // of RFC 3161 time stamps
    const char *organization;    // exact organizationIdentifier: "VATBE-0000000196"
};

// Immutable once made: any number of threads may verify with it at once.
struct seal_anchors;

// Copies everything. RESULT_MALFORMED: a certificate is not one PEM certificate; RESULT_INVALID: no
// authority or no organisation.
enum result seal_anchors_create(const struct seal_trust *trust, struct seal_anchors **out);
void seal_anchors_destroy(struct seal_anchors *anchors);
DEFINE_OWNED(seal_anchors)

enum seal_status { SEAL_STATUS_REFUSED, SEAL_STATUS_GOOD };

#define SEAL_SIGNER_SIZE 128
struct seal_report {
    enum seal_status status;
    enum seal_reason reason;       // NONE when good
    char signer[SEAL_SIGNER_SIZE]; // common name of the seal; empty unless good
    int64_t signed_at;             // Unix seconds: of the time stamp, else as the seal says; else 0
    bool timestamped;              // signed_at comes from a trusted time stamp
    bool covers_whole_file;        // nothing but the signature's own value is left out
};

// `now` (Unix seconds) is when certificates must be valid, unless a time stamp says when. Never
// blocks. RESULT_OK: the seal is good. RESULT_REFUSED: report->reason says why. The caller prints
// the very bytes it passed here, nothing read again.
enum result seal_verify(struct bytes pdf, const struct seal_anchors *anchors, int64_t now,
                        struct seal_report *report) __attribute__((warn_unused_result));
