#include "byte_profile.h"

#include "pdf_bytes.h"

#include <string.h>

static enum seal_reason check_file(struct bytes file)
{
    if (file.size < SEAL_SMALLEST_FILE || file.size > SEAL_LARGEST_FILE)
        return SEAL_REASON_SIZE;
    bool version = pdf_stands_at(file, 0, "%PDF-1.4") || pdf_stands_at(file, 0, "%PDF-1.5");
    if (!version || (file.data[8] != '\n' && file.data[8] != '\r'))
        return SEAL_REASON_HEADER;
    static const char *const ends[] = {"%%EOF", "%%EOF\n", "%%EOF\r", "%%EOF\r\n"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (pdf_stands_at(file, file.size - strlen(ends[i]), ends[i]))
            return SEAL_REASON_NONE;
    return SEAL_REASON_END;
}

// A page's /Contents is a reference; the signature's is the only one that is a hexadecimal string.
static size_t count_hexadecimal_contents(struct bytes file)
{
    size_t count = 0;

    for (size_t at = pdf_find(file, 0, "/Contents"); at != PDF_NOWHERE;
         at = pdf_find(file, at + 1, "/Contents")) {
        size_t value = pdf_skip_space(file, at + strlen("/Contents"));
        if (pdf_stands_at(file, value, "<") && !pdf_stands_at(file, value, "<<"))
            count++;
    }
    return count;
}

static bool is_hexadecimal(uint8_t byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f') ||
           (byte >= 'A' && byte <= 'F');
}

static enum seal_reason check_digits(struct bytes digits)
{
    if (digits.size == 0 || digits.size % 2 != 0 || digits.size > 2 * SEAL_LARGEST_CMS)
        return SEAL_REASON_CONTENTS_FORM;
    for (size_t i = 0; i < digits.size; i++)
        if (!is_hexadecimal(digits.data[i]))
            return SEAL_REASON_CONTENTS_FORM;
    return SEAL_REASON_NONE;
}

static enum seal_reason check_ranges(struct bytes file, struct byte_profile *profile)
{
    const struct signature_dictionary *signature = &profile->signature;
    const uint64_t *range = signature->byte_range;

    if (range[0] != 0)
        return SEAL_REASON_RANGE_START;
    if (range[1] != signature->contents_begin || range[2] != signature->contents_end)
        return SEAL_REASON_RANGE_GAP;
    if (range[3] != file.size - signature->contents_end)
        return SEAL_REASON_RANGE_END;
    profile->before = (struct bytes){file.data, signature->contents_begin};
    profile->after =
        (struct bytes){file.data + signature->contents_end, file.size - signature->contents_end};
    return SEAL_REASON_NONE;
}

enum seal_reason byte_profile_read(struct bytes file, struct byte_profile *out)
{
    enum seal_reason reason = check_file(file);

    *out = (struct byte_profile){};
    if (reason != SEAL_REASON_NONE)
        return reason;
    size_t byte_range_at = pdf_find(file, 0, "/ByteRange");
    if (byte_range_at == PDF_NOWHERE)
        return SEAL_REASON_UNSIGNED;
    if (pdf_find(file, byte_range_at + 1, "/ByteRange") != PDF_NOWHERE)
        return SEAL_REASON_SEVERAL_SIGNATURES;
    if (count_hexadecimal_contents(file) != 1)
        return SEAL_REASON_CONTENTS_COUNT;
    reason = signature_dictionary_read(file, byte_range_at, &out->signature);
    if (reason != SEAL_REASON_NONE)
        return reason;
    size_t begin = out->signature.contents_begin + 1;
    out->digits = (struct bytes){file.data + begin, out->signature.contents_end - 1 - begin};
    reason = check_digits(out->digits);
    return reason != SEAL_REASON_NONE ? reason : check_ranges(file, out);
}
