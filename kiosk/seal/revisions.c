#include "revisions.h"

#include "pdf_bytes.h"

#include <string.h>

#define ENTRY_SIZE 20 // ISO 32000-1, 7.5.4: ten digits, space, five digits, space, kind, line end

// "startxref", a number, "%%EOF".
static bool read_start(struct bytes file, size_t at, uint64_t *table_at)
{
    return pdf_read_word(file, &at, "startxref") && pdf_read_number(file, &at, table_at) &&
           pdf_stands_at(file, pdf_skip_space(file, at), "%%EOF");
}

static bool entry_leads_to(struct bytes file, size_t entry_at, size_t object_at)
{
    uint64_t offset = 0, generation = 0;
    size_t at = entry_at;

    return pdf_read_number(file, &at, &offset) && pdf_read_number(file, &at, &generation) &&
           pdf_read_word(file, &at, "n") && offset == object_at && generation == 0;
}

// Reads the subsections of the table whose word "xref" ends at *at; leaves *at before "trailer".
// `found` counts the entries for the signature's object that lead to it.
static bool read_subsections(struct bytes file, size_t *at,
                             const struct signature_dictionary *signature, size_t *found)
{
    uint64_t first = 0, count = 0;

    while (pdf_read_number(file, at, &first)) {
        if (!pdf_read_number(file, at, &count))
            return false;
        size_t entries = pdf_skip_space(file, *at);
        if (entries > file.size || count > (file.size - entries) / ENTRY_SIZE)
            return false;
        uint64_t index = signature->object_number - first; // wraps, and is too large, when before
        if (index < count &&
            entry_leads_to(file, entries + index * ENTRY_SIZE, signature->object_at))
            (*found)++;
        *at = entries + count * ENTRY_SIZE;
    }
    return true;
}

// The trailer of the seal's revision: its only /Prev is the page's table.
static bool trailer_continues(struct bytes file, size_t at, size_t end, uint64_t previous)
{
    struct bytes head = {file.data, end};
    uint64_t number = 0;

    if (!pdf_read_word(file, &at, "trailer"))
        return false;
    size_t key = pdf_find(head, at, "/Prev");
    if (key == PDF_NOWHERE || pdf_find(head, key + 1, "/Prev") != PDF_NOWHERE)
        return false;
    key += strlen("/Prev");
    return pdf_read_number(file, &key, &number) && number == previous;
}

enum seal_reason revisions_check(struct bytes file, const struct signature_dictionary *signature)
{
    uint64_t page_table = 0, seal_table = 0;
    size_t found = 0;

    if (pdf_count(file, "%%EOF") != 2 || pdf_count(file, "startxref") != 2)
        return SEAL_REASON_REVISIONS;
    size_t page_start = pdf_find(file, 0, "startxref");
    size_t seal_start = pdf_find(file, page_start + 1, "startxref");
    if (!read_start(file, page_start, &page_table) || !read_start(file, seal_start, &seal_table))
        return SEAL_REASON_REVISIONS;
    if (page_table >= page_start || !pdf_stands_at(file, page_table, "xref") ||
        page_start >= signature->object_at)
        return SEAL_REASON_CROSS_REFERENCE;

    size_t at = seal_table;
    bool leads = seal_table >= signature->contents_end && seal_table < seal_start &&
                 pdf_stands_at(file, at, "xref") && pdf_read_word(file, &at, "xref") &&
                 read_subsections(file, &at, signature, &found) && found == 1 &&
                 trailer_continues(file, at, seal_start, page_table);
    return leads ? SEAL_REASON_NONE : SEAL_REASON_CROSS_REFERENCE;
}
