#include "pdf_scan.h"

#include "pdf_bytes.h"

#include <string.h>

struct scan {
    struct bytes file;
    size_t at;
    uint64_t signature_object;
    size_t values; // "/V n 0 R", whichever n
    size_t seals;  // those that name the signature
};

// Names that make a document act, hide, or ask for another kind of trust.
static const struct {
    const char *name;
    enum seal_reason reason;
} forbidden[] = {
    {"JavaScript", SEAL_REASON_ACTIVE_CONTENT},
    {"JS", SEAL_REASON_ACTIVE_CONTENT},
    {"Launch", SEAL_REASON_ACTIVE_CONTENT},
    {"OpenAction", SEAL_REASON_ACTIVE_CONTENT},
    {"AA", SEAL_REASON_ACTIVE_CONTENT},
    {"EmbeddedFile", SEAL_REASON_ACTIVE_CONTENT},
    {"EmbeddedFiles", SEAL_REASON_ACTIVE_CONTENT},
    {"XFA", SEAL_REASON_ACTIVE_CONTENT},
    {"SubmitForm", SEAL_REASON_ACTIVE_CONTENT},
    {"ImportData", SEAL_REASON_ACTIVE_CONTENT},
    {"RichMedia", SEAL_REASON_ACTIVE_CONTENT},
    {"Rendition", SEAL_REASON_ACTIVE_CONTENT},
    {"ObjStm", SEAL_REASON_OBJECT_STREAM},
    {"XRef", SEAL_REASON_OBJECT_STREAM},
    {"XRefStm", SEAL_REASON_OBJECT_STREAM},
    {"Encrypt", SEAL_REASON_ENCRYPTED},
    {"DocMDP", SEAL_REASON_CERTIFICATION},
    {"FieldMDP", SEAL_REASON_CERTIFICATION},
    {"Perms", SEAL_REASON_CERTIFICATION},
    {"UR3", SEAL_REASON_CERTIFICATION},
};

static enum seal_reason judge_name(struct bytes name)
{
    if (memchr(name.data, '#', name.size) != NULL)
        return SEAL_REASON_NAME_ESCAPE;
    for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++)
        if (name.size == strlen(forbidden[i].name) &&
            memcmp(name.data, forbidden[i].name, name.size) == 0)
            return forbidden[i].reason;
    return SEAL_REASON_NONE;
}

static void count_value(struct scan *scan, size_t at)
{
    uint64_t object = 0, generation = 0;

    if (!pdf_read_number(scan->file, &at, &object) ||
        !pdf_read_number(scan->file, &at, &generation) || !pdf_read_word(scan->file, &at, "R"))
        return;
    scan->values++;
    if (object == scan->signature_object && generation == 0)
        scan->seals++;
}

static enum seal_reason scan_name(struct scan *scan)
{
    size_t begin = scan->at + 1;

    scan->at = pdf_skip_regular(scan->file, begin);
    struct bytes name = {scan->file.data + begin, scan->at - begin};
    if (name.size == 1 && name.data[0] == 'V')
        count_value(scan, scan->at);
    return judge_name(name);
}

static enum seal_reason scan_string(struct scan *scan)
{
    scan->at = pdf_end_of_string(scan->file, scan->at);
    return scan->at == PDF_NOWHERE ? SEAL_REASON_SYNTAX : SEAL_REASON_NONE;
}

static enum seal_reason scan_angle(struct scan *scan)
{
    if (pdf_stands_at(scan->file, scan->at, "<<")) {
        scan->at += 2;
        return SEAL_REASON_NONE;
    }
    scan->at = pdf_find(scan->file, scan->at, ">");
    if (scan->at == PDF_NOWHERE)
        return SEAL_REASON_SYNTAX;
    scan->at++;
    return SEAL_REASON_NONE;
}

static void scan_comment(struct scan *scan)
{
    while (scan->at < scan->file.size && scan->file.data[scan->at] != '\n' &&
           scan->file.data[scan->at] != '\r')
        scan->at++;
}

// A keyword or number; behind "stream" everything up to "endstream" is data.
static enum seal_reason scan_word(struct scan *scan)
{
    size_t begin = scan->at;

    scan->at = pdf_skip_regular(scan->file, begin);
    if (scan->at - begin != strlen("stream") || !pdf_stands_at(scan->file, begin, "stream"))
        return SEAL_REASON_NONE;
    scan->at = pdf_find(scan->file, scan->at, "endstream");
    if (scan->at == PDF_NOWHERE)
        return SEAL_REASON_SYNTAX;
    scan->at += strlen("endstream");
    return SEAL_REASON_NONE;
}

static enum seal_reason scan_next(struct scan *scan)
{
    uint8_t byte = scan->file.data[scan->at];

    if (pdf_is_regular(byte))
        return scan_word(scan);
    switch (byte) {
    case '/':
        return scan_name(scan);
    case '(':
        return scan_string(scan);
    case '<':
        return scan_angle(scan);
    case '%':
        scan_comment(scan);
        return SEAL_REASON_NONE;
    default:
        scan->at++;
        return SEAL_REASON_NONE;
    }
}

enum seal_reason pdf_scan(struct bytes file, uint64_t signature_object)
{
    struct scan scan = {.file = file, .signature_object = signature_object};

    while (scan.at < file.size) {
        enum seal_reason reason = scan_next(&scan);
        if (reason != SEAL_REASON_NONE)
            return reason;
    }
    return scan.values == 1 && scan.seals == 1 ? SEAL_REASON_NONE : SEAL_REASON_FIELD;
}
