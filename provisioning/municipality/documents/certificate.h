// certificate.h: draws a certificate as an unsealed PDF: tagged, fonts embedded, specimen marks on
// it.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"
#include "certificate_template.h"
#include "owned.h"
#include "population_register.h"
#include "result.h"

// The fonts, loaded once. One studio may be used by several threads; it draws one document at a
// time.
struct certificate_studio;

// `fonts_file` is a fontconfig file that names the only fonts to be used. RESULT_NOT_FOUND: no such
// file. RESULT_MALFORMED: it is no fontconfig file. RESULT_REFUSED: Charis SIL or Inter is missing.
enum result certificate_studio_create(const char *fonts_file, struct certificate_studio **out);
void certificate_studio_destroy(struct certificate_studio *certificate_studio);
DEFINE_OWNED(certificate_studio)

struct certificate_moment {
    struct partial_date day; // in the city's own time zone
    int hour, minute;
};

// The city's local time; RESULT_FAILED when the machine does not know its time zone (tzdata).
enum result certificate_moment_of(int64_t unix_seconds, struct certificate_moment *out);

// What a certificate says, of whom, and besides. Texts are borrowed for the call.
struct certificate_request {
    struct certificate_template content;
    const struct household *household;
    const char *subject;                   // national number of a person in it
    bool asked_by_parent;                  // by somebody else than the subject
    const struct address_history *history; // of the subject; NULL when the content has no history
    enum paper_language language;
    const char *title, *legal_basis; // in that language
    const char *reference;           // BXL-2026-H-0041873-8
    const char *code;                // 7K3M-9QXT-2WVD-H4NR
    const char *checking_address;    // host of the page for checking: guichet.example
    const char *signatory;
    const char *purpose; // in that language, or NULL when none was given
    long long price_cents;
    int64_t issued_at;
    bool specimen; // off only in the build of a real city
};

#define CERTIFICATE_FIGURES 3

struct certificate {
    uint8_t *pdf;
    size_t size;
    int pages;
    const char *language_tag;                      // static
    const char *figure_texts[CERTIFICATE_FIGURES]; // alternative texts in drawn order; static
    double seal_bottom;                            // millimetres from the top of the last page
};

void certificate_destroy(struct certificate *certificate); // wipes and frees; NULL is fine
DEFINE_OWNED(certificate)

// The caller owns the certificate. RESULT_NOT_FOUND: the subject is not in the household.
// RESULT_REFUSED: a letter has no glyph in any font, or something would be cut or would not fit; a
// person at the counter must do it.
enum result certificate_draw(struct certificate_studio *studio,
                             const struct certificate_request *request, struct certificate **out);
