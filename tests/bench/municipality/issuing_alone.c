#include "issuing_alone.h"

#include <stdio.h>
#include <stdlib.h>

#include "certificate.h"
#include "city.h"
#include "clock.h"
#include "offer.h"
#include "sealer.h"
#include "str.h"

#define HOUSEHOLD_OF_AMINA 1

struct issuing_alone {
    struct offer *offer;
    struct offer_document document;
    struct certificate_studio *studio;
    struct sealer *sealer;
    struct household *household;
};

static enum result open_sealer(const struct city_bench *bench, struct sealer **out)
{
    char certificate[512], key[512], authority[512];
    const struct sealer_files files = {
        .certificate = city_bench_path(bench, "authorities/seal.pem", certificate),
        .key = city_bench_path(bench, "authorities/seal.key", key),
        .authority = city_bench_path(bench, "authorities/seal-ca.pem", authority),
        .organization = "VATBE-0000000196",
    };

    return sealer_create(&files, out);
}

static enum result prepare(const struct city_bench *bench, struct issuing_alone *self)
{
    char catalogue[512], fonts[512], wrong[512] = "";

    TRY(str_format(catalogue, sizeof catalogue, "%s/catalogue/catalogue.json", bench->source));
    TRY(str_format(fonts, sizeof fonts, "%s/documents/fonts.conf", bench->source));
    TRY(offer_create(catalogue, wrong, sizeof wrong, &self->offer));
    TRY(offer_find(self->offer, "household", &self->document));
    TRY(certificate_studio_create(fonts, &self->studio));
    TRY(open_sealer(bench, &self->sealer));
    return city_household(HOUSEHOLD_OF_AMINA, &self->household);
}

struct issuing_alone *issuing_alone_create(const struct city_bench *bench)
{
    struct issuing_alone *self = calloc(1, sizeof *self);

    if (self == NULL || prepare(bench, self) == RESULT_OK)
        return self;
    issuing_alone_destroy(self);
    return NULL;
}

void issuing_alone_destroy(struct issuing_alone *issuing_alone)
{
    household_destroy(issuing_alone->household);
    sealer_destroy(issuing_alone->sealer);
    certificate_studio_destroy(issuing_alone->studio);
    offer_destroy(issuing_alone->offer);
    free(issuing_alone);
}

static enum result draw(struct issuing_alone *self, int64_t now, struct certificate **out)
{
    const struct certificate_request request = {
        .content = self->document.content,
        .household = self->household,
        .subject = self->household->persons[0].national_number,
        .language = PAPER_FRENCH,
        .title = self->document.title[PAPER_FRENCH],
        .legal_basis = self->document.legal_basis[PAPER_FRENCH],
        .reference = "BXL-2026-H-0041873-8",
        .code = "7K3M-9QXT-2WVD-H4NR",
        .checking_address = "guichet.example",
        .signatory = "Dominique MODÈLE",
        .issued_at = now,
        .specimen = true,
    };

    return certificate_draw(self->studio, &request, out);
}

bool issuing_alone_make(struct issuing_alone *issuing_alone)
{
    owned(certificate) certificate = NULL;
    owned(sealed_document) document = NULL;
    int64_t now = clock_wall_seconds();

    if (draw(issuing_alone, now, &certificate) != RESULT_OK)
        return false;
    const struct sealing sealing = {
        .pdf = {certificate->pdf, certificate->size},
        .language_tag = certificate->language_tag,
        .figure_texts = certificate->figure_texts,
        .figure_count = CERTIFICATE_FIGURES,
        .at = now,
    };
    return sealer_seal(issuing_alone->sealer, &sealing, &document) == RESULT_OK;
}
