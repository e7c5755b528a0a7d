// Draws and seals the household composition of every household in both languages, has each one
// checked by the terminal's verifier (which shares no code with the sealer) and writes it to a
// folder.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "certificate.h"
#include "city.h"
#include "clock.h"
#include "seal.h"
#include "sealer.h"
#include "str.h"

static const char organization[] = "VATBE-0000000196";
// What the paper says; the test looks for it.
static const int64_t issued_at = 1795528800; // 24 November 2026, 14:00 UTC

struct bench {
    int64_t sealed_at; // now: the seal's certificate was made a moment ago
    struct certificate_studio *studio;
    struct sealer *sealer;
    struct seal_anchors *anchors;
    const char *folder;
};

static enum result draw(const struct bench *bench, const struct household *home,
                        enum paper_language language, struct certificate **out)
{
    const struct certificate_request request = {
        .household = home,
        .subject = home->persons[0].national_number,
        .language = language,
        .title = language == PAPER_FRENCH ? "Certificat de composition de ménage"
                                          : "Attest van gezinssamenstelling",
        .legal_basis =
            language == PAPER_FRENCH ? "Délivré pour l’essai." : "Voor de proef afgegeven.",
        .reference = "BXL-2026-H-0041873-8",
        .code = "7K3M-9QXT-2WVD-H4NR",
        .checking_address = "guichet.example",
        .signatory = "Dominique MODÈLE",
        .issued_at = issued_at,
        .specimen = true,
    };

    return certificate_draw_household(bench->studio, &request, out);
}

static enum result verify(const struct bench *bench, const struct sealed_document *document)
{
    struct seal_report report;
    enum result good = seal_verify((struct bytes){document->pdf, document->size}, bench->anchors,
                                   bench->sealed_at, &report);

    if (good != RESULT_OK)
        fprintf(stderr, "the terminal refuses: %s\n", seal_reason_sentence(report.reason));
    return good;
}

static enum result write_file(const struct bench *bench, size_t number,
                              enum paper_language language, const struct sealed_document *document)
{
    char path[4096];

    TRY(str_format(path, sizeof path, "%s/household-%02zu-%s.pdf", bench->folder, number,
                   language == PAPER_FRENCH ? "fr" : "nl"));
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        return RESULT_FAILED;
    bool written = fwrite(document->pdf, 1, document->size, file) == document->size;
    return fclose(file) == 0 && written ? RESULT_OK : RESULT_FAILED;
}

// Fonts get random tags of six letters: some begin like a name that the seal's profile forbids.
static void give_unlucky_tags(struct certificate *certificate)
{
    static const char *const tags[] = {"/AAZZZZ+", "/JSZZZZ+", "/AAJSAA+"};
    size_t given = 0;

    for (size_t at = 8; at + 8 < certificate->size; at++)
        if (memcmp(certificate->pdf + at, "+Inter-", 7) == 0 ||
            memcmp(certificate->pdf + at, "+Charis", 7) == 0)
            memcpy(certificate->pdf + at - 7, tags[given++ % 3], 8);
}

static enum result one(const struct bench *bench, size_t number, enum paper_language language)
{
    owned(household) home = NULL;
    owned(certificate) certificate = NULL;
    owned(sealed_document) document = NULL;

    TRY(city_household(number, &home));
    if (home->persons[0].standing != STANDING_RESIDENT)
        return RESULT_OK;
    TRY(draw(bench, home, language, &certificate));
    if (number == 1)
        give_unlucky_tags(certificate);
    const struct sealing sealing = {
        .pdf = {certificate->pdf, certificate->size},
        .language_tag = certificate->language_tag,
        .figure_texts = certificate->figure_texts,
        .figure_count = CERTIFICATE_FIGURES,
        .at = bench->sealed_at,
    };
    TRY(sealer_seal(bench->sealer, &sealing, &document));
    TRY(verify(bench, document));
    return write_file(bench, number, language, document);
}

static struct bytes read_all(const char *path, char *buffer, size_t capacity)
{
    FILE *file = fopen(path, "rb");
    size_t size = file == NULL ? 0 : fread(buffer, 1, capacity, file);

    if (file != NULL)
        fclose(file);
    return (struct bytes){(const uint8_t *)buffer, size};
}

static enum result prepare(const char *authorities, const char *fonts, struct bench *bench)
{
    char certificate[4096], key[4096], authority[4096], pem[16384];

    TRY(str_format(certificate, sizeof certificate, "%s/seal.pem", authorities));
    TRY(str_format(key, sizeof key, "%s/seal.key", authorities));
    TRY(str_format(authority, sizeof authority, "%s/seal-ca.pem", authorities));
    const struct sealer_files files = {certificate, key, authority, organization};
    TRY(sealer_create(&files, &bench->sealer));
    const struct seal_trust trust = {.authorities = {read_all(authority, pem, sizeof pem)},
                                     .organization = organization};
    TRY(seal_anchors_create(&trust, &bench->anchors));
    return certificate_studio_create(fonts, &bench->studio);
}

static enum result run(struct bench *bench)
{
    for (size_t number = 0; number < city_household_count(); number++) {
        TRY(one(bench, number, PAPER_FRENCH));
        TRY(one(bench, number, PAPER_DUTCH));
    }
    return RESULT_OK;
}

int main(int argc, char **argv)
{
    struct bench bench = {};

    if (argc != 4) {
        fputs("usage: seal_city AUTHORITIES FONTS FOLDER\n", stderr);
        return 2;
    }
    bench.folder = argv[3];
    bench.sealed_at = clock_wall_seconds();
    enum result result = prepare(argv[1], argv[2], &bench);
    if (result == RESULT_OK)
        result = run(&bench);
    certificate_studio_destroy(bench.studio);
    sealer_destroy(bench.sealer);
    seal_anchors_destroy(bench.anchors);
    if (result != RESULT_OK)
        fprintf(stderr, "seal_city: %s\n", result_text(result));
    return result == RESULT_OK ? 0 : 1;
}
