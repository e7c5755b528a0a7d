// Files changed after they were sealed: each is refused by the first rule that it breaks.
#include "seal_samples.h"
#include "test_parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
// after the three above
#include <cmocka.h>

#include <string.h>

#define SEAL_LARGEST_SAMPLE (8 * 1024 * 1024)

static struct sample *good(void)
{
    return sealer_seal(identities()->seal, identities()->authority, &(struct sealer_wish){});
}

// The value behind `key` up to and with `last` becomes `value`.
static struct sample *with_value(const struct sample *sample, const char *key, const char *last,
                                 const char *value)
{
    size_t from = sample_find(sample, 0, "/SubFilter"); // the signature's, not the page's
    size_t begin = sample_find(sample, from, key) + strlen(key);
    size_t end = sample_find(sample, begin, last) + 1;

    return sample_spliced(sample, begin, end,
                          (struct bytes){(const uint8_t *)value, strlen(value)});
}

void test_edited_bytes(void **state)
{
    static const struct {
        const char *what, *find, *replacement;
        enum seal_reason reason;
    } edits[] = {
        {"content byte flipped", "(Certificat", "(certificat", SEAL_REASON_ALTERED},
        {"ByteRange missing", "/ByteRange", "/ByteRagne", SEAL_REASON_UNSIGNED},
        {"escaped name", "/ByteRange", "/Byte#52ange", SEAL_REASON_UNSIGNED},
        {"escaped Contents", "/Contents <", "/C#6fntents <", SEAL_REASON_CONTENTS_COUNT},
        {"second ByteRange", "/M (", "/ByteRange [0 1 2 3] /M (", SEAL_REASON_SEVERAL_SIGNATURES},
        {"second hexadecimal Contents", "/M (", "/Contents <00> /M (", SEAL_REASON_CONTENTS_COUNT},
        {"unknown key", "/M (", "/Cert (x) /M (", SEAL_REASON_DICTIONARY},
        {"key twice", "/M (", "/Filter /Other /M (", SEAL_REASON_DICTIONARY},
        {"nested dictionary", "/M (", "/Prop_Build << >> /M (", SEAL_REASON_DICTIONARY},
        {"dictionary split", "\n/Contents <", " >> endobj 9 0 obj << /Contents <",
         SEAL_REASON_DICTIONARY},
        {"version 1.7", "%PDF-1.4", "%PDF-1.7", SEAL_REASON_HEADER},
        {"leading junk", "%PDF-1.4", "junk\n%PDF-1.4", SEAL_REASON_HEADER},
        {"other SubFilter", "ETSI.CAdES.detached", "adbe.pkcs7.detached", SEAL_REASON_FILTER},
        {"third revision's end in a comment", "/Helvetica", "/%%EOF    ", SEAL_REASON_REVISIONS},
        {"no start of the page's table", "startxref", "startxxxx", SEAL_REASON_REVISIONS},
        {"page's table elsewhere", "xref\n0 6", "xxxx\n0 6", SEAL_REASON_CROSS_REFERENCE},
        {"seal's table elsewhere", "xref\n0 2", "xxxx\n0 2", SEAL_REASON_CROSS_REFERENCE},
        {"table of the seal in reals", "\n6 2\n", "\n6.2\n", SEAL_REASON_CROSS_REFERENCE},
        {"previous table elsewhere", "/Prev ", "/Next ", SEAL_REASON_CROSS_REFERENCE},
        {"two previous tables", "/Size 8", "/Prev 7", SEAL_REASON_CROSS_REFERENCE},
        {"field without the signature", "/V 6 0 R", "/V 5 0 R", SEAL_REASON_FIELD},
        {"field emptied", "/V 6 0 R", "/W 6 0 R", SEAL_REASON_FIELD},
        {"string without end", "(Seal)", "(Seal ", SEAL_REASON_SYNTAX},
        {"stream without end", "endstream", "endstraem", SEAL_REASON_SYNTAX},
        {"escaped name elsewhere", "/Helvetica", "/Helv#74ca", SEAL_REASON_NAME_ESCAPE},
    };
    owned(sample) sample = good();

    (void)state;
    for (size_t i = 0; i < sizeof edits / sizeof edits[0]; i++) {
        owned(sample) edited = sample_replaced(sample, edits[i].find, edits[i].replacement);
        assert_reason(edits[i].what, edited, identities()->anchors, edits[i].reason);
    }
}

void test_odd_gaps(void **state)
{
    static const struct {
        const char *what, *key, *last, *value;
        enum seal_reason reason;
    } values[] = {
        {"ByteRange null", "/ByteRange ", "]", "null", SEAL_REASON_BYTE_RANGE_FORM},
        {"ByteRange zero", "/ByteRange ", "]", "[0 0 0 0]", SEAL_REASON_RANGE_GAP},
        {"ByteRange negative", "/ByteRange ", "]", "[0 -1 2 3]", SEAL_REASON_BYTE_RANGE_FORM},
        {"ByteRange signed", "/ByteRange ", "]", "[0 +1 2 3]", SEAL_REASON_BYTE_RANGE_FORM},
        {"ByteRange huge", "/ByteRange ", "]", "[0 9999999999 9999999999 9999999999]",
         SEAL_REASON_RANGE_GAP},
        {"ByteRange of 2^64", "/ByteRange ", "]", "[0 18446744073709551616 2 3]",
         SEAL_REASON_BYTE_RANGE_FORM},
        {"ByteRange of 3", "/ByteRange ", "]", "[0 1 2]", SEAL_REASON_BYTE_RANGE_FORM},
        {"ByteRange of 6", "/ByteRange ", "]", "[0 1 2 3 4 5]", SEAL_REASON_BYTE_RANGE_FORM},
        {"ByteRange of reals", "/ByteRange ", "]", "[0 1.0 2 3]", SEAL_REASON_BYTE_RANGE_FORM},
        {"ByteRange indirect", "/ByteRange ", "]", "9 0 R", SEAL_REASON_BYTE_RANGE_FORM},
        {"start at 1", "/ByteRange ", "]", "[1 700 800 900]", SEAL_REASON_RANGE_START},
        {"overlapping", "/ByteRange ", "]", "[0 900 800 900]", SEAL_REASON_RANGE_GAP},
        {"Contents missing", "/Contents ", ">", "", SEAL_REASON_CONTENTS_COUNT},
        {"Contents null", "/Contents ", ">", "null", SEAL_REASON_CONTENTS_COUNT},
        {"Contents literal", "/Contents ", ">", "(3082)", SEAL_REASON_CONTENTS_COUNT},
        {"Contents empty", "/Contents ", ">", "<>", SEAL_REASON_CONTENTS_FORM},
        {"Contents odd", "/Contents ", ">", "<308>", SEAL_REASON_CONTENTS_FORM},
        {"Contents with space", "/Contents ", ">", "<30 82>", SEAL_REASON_CONTENTS_FORM},
    };
    owned(sample) sample = good();

    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        owned(sample) edited = with_value(sample, values[i].key, values[i].last, values[i].value);
        assert_reason(values[i].what, edited, identities()->anchors, values[i].reason);
    }
}

// Changes within the gap that keep its size: the ranges stay right, the signature does not.
void test_moved_ranges(void **state)
{
    owned(sample) sample = good();
    size_t begin = sample_find(sample, 0, "/Contents <") + strlen("/Contents <");
    size_t end = sample_find(sample, begin, ">");
    size_t size = end - begin;
    const struct {
        const char *what;
        size_t at;
        const char *text;
        enum seal_reason reason;
    } edits[] = {
        {"junk after the CMS", size - 4, "beef", SEAL_REASON_CMS_PADDING},
        {"non-hex digits", size - 4, "zzzz", SEAL_REASON_CONTENTS_FORM},
        {"objects inside the padding", size - 40, "> 9 0 obj << /Type /Catalog >> endobj <",
         SEAL_REASON_DICTIONARY},
        {"key injected in the gap", size - 20, "> /Name (x) /Junk <", SEAL_REASON_DICTIONARY},
        {"known key injected in the gap", size - 20, "> /Location (Brussel",
         SEAL_REASON_DICTIONARY},
        {"DER with 4 GiB length", 0, "3084ffffffff", SEAL_REASON_CMS_FORM},
        {"indefinite length", 0, "3080", SEAL_REASON_CMS_FORM},
        {"other CMS type", 0, "30030201", SEAL_REASON_CMS_FORM},
    };

    (void)state;
    for (size_t i = 0; i < sizeof edits / sizeof edits[0]; i++) {
        size_t at = begin + edits[i].at, length = strlen(edits[i].text);
        owned(sample) edited = sample_spliced(
            sample, at, at + length, (struct bytes){(const uint8_t *)edits[i].text, length});
        assert_reason(edits[i].what, edited, identities()->anchors, edits[i].reason);
    }
    owned(sample) zero = sample_spliced(sample, 0, 0, (struct bytes){});
    memset(zero->data + begin, '0', size);
    assert_reason("Contents all zero", zero, identities()->anchors, SEAL_REASON_CMS_FORM);
}

void test_appended_bytes(void **state)
{
    static const struct {
        const char *what, *text;
        enum seal_reason reason;
    } appendices[] = {
        {"newline", "\n", SEAL_REASON_END},
        {"comment", "% nothing\n", SEAL_REASON_END},
        {"comment and end", "% nothing\n%%EOF\n", SEAL_REASON_RANGE_END},
        {"update body only", "3 0 obj\n<< /Type /Page >>\nendobj\n", SEAL_REASON_END},
        {"update body and end", "3 0 obj\n<< /Type /Page >>\nendobj\n%%EOF\n",
         SEAL_REASON_RANGE_END},
        {"update without table",
         "3 0 obj\n<< /Type /Page >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n"
         "startxref\n0\n%%EOF\n",
         SEAL_REASON_RANGE_END},
        {"update with table",
         "4 0 obj\n<< /Length 0 >>\nstream\n\nendstream\nendobj\nxref\n4 1\n"
         "0000019500 00000 n \ntrailer\n<< /Size 8 /Root 1 0 R /Prev 700 >>\n"
         "startxref\n19600\n%%EOF\n",
         SEAL_REASON_RANGE_END},
    };
    owned(sample) sample = good();

    (void)state;
    for (size_t i = 0; i < sizeof appendices / sizeof appendices[0]; i++) {
        struct bytes text = {(const uint8_t *)appendices[i].text, strlen(appendices[i].text)};
        owned(sample) longer = sample_spliced(sample, sample->size, sample->size, text);
        assert_reason(appendices[i].what, longer, identities()->anchors, appendices[i].reason);
    }
    owned(sample) zero =
        sample_spliced(sample, sample->size, sample->size, (struct bytes){(const uint8_t[1]){}, 1});
    assert_reason("zero byte", zero, identities()->anchors, SEAL_REASON_END);

    // An update that carries a copy of the signature object and points at it.
    size_t begin = sample_find(sample, 0, "6 0 obj");
    size_t end = sample_find(sample, begin, "endobj") + strlen("endobj");
    owned(sample) copied = sample_spliced(sample, sample->size, sample->size,
                                          (struct bytes){sample->data + begin, end - begin});
    owned(sample) ended = sample_spliced(copied, copied->size, copied->size,
                                         (struct bytes){(const uint8_t *)"\n%%EOF\n", 7});
    assert_reason("copied signature", ended, identities()->anchors, SEAL_REASON_SEVERAL_SIGNATURES);

    // The second range moved behind injected objects, /ByteRange changed to say so.
    owned(sample) injected =
        sample_replaced(sample, "0> >>\nendobj\n", "0> 8 0 obj << >> endobj << >>\nendobj\n");
    assert_reason("second range moved", injected, identities()->anchors, SEAL_REASON_DICTIONARY);
}

void test_cut_files(void **state)
{
    owned(sample) sample = good();
    owned(sample) unsealed = sealer_unsealed();
    owned(sample) by_one = sample_spliced(sample, sample->size - 2, sample->size, (struct bytes){});
    owned(sample) by_forty =
        sample_spliced(sample, sample->size - 40, sample->size, (struct bytes){});
    owned(sample) empty = sample_spliced(sample, 0, sample->size, (struct bytes){});
    owned(sample) header = sample_spliced(sample, 9, sample->size, (struct bytes){});
    static uint8_t zeros[SEAL_LARGEST_SAMPLE];

    (void)state;
    assert_reason("unsigned", unsealed, identities()->anchors, SEAL_REASON_UNSIGNED);
    assert_reason("cut within the end", by_one, identities()->anchors, SEAL_REASON_END);
    assert_reason("cut by 40", by_forty, identities()->anchors, SEAL_REASON_END);
    assert_reason("empty", empty, identities()->anchors, SEAL_REASON_SIZE);
    assert_reason("header only", header, identities()->anchors, SEAL_REASON_SIZE);
    owned(sample) huge =
        sample_spliced(sample, sample->size, sample->size, (struct bytes){zeros, sizeof zeros});
    assert_reason("above 8 MiB", huge, identities()->anchors, SEAL_REASON_SIZE);
    // The last line end may be missing only if it was not signed.
    owned(sample) no_line_end =
        sample_spliced(sample, sample->size - 1, sample->size, (struct bytes){});
    assert_reason("cut by one", no_line_end, identities()->anchors, SEAL_REASON_RANGE_END);
}
