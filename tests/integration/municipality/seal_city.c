// Draws and seals documents of the catalogue for households of the city in both languages, has each
// one checked by the terminal's verifier (which shares no code with the sealer) and writes it to a
// folder, beside it the words that must be found in it.
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "certificate.h"
#include "city.h"
#include "clock.h"
#include "offer.h"
#include "seal.h"
#include "sealer.h"
#include "str.h"
#include "subjects.h"
#include "wording.h"

static const char organization[] = "VATBE-0000000196";
// What the paper says; the test looks for it.
static const int64_t issued_at = 1795528800; // 24 November 2026, 14:00 UTC

struct bench {
    struct offer *offer;
    struct certificate_studio *studio;
    struct sealer *sealer;
    struct seal_anchors *anchors;
    const char *folder;
    size_t documents;
    bool stamped; // seals have a time stamp
};

// What is asked for: a kind, an option, and whether for the first child of who asks.
struct wish {
    const char *name, *kind, *option;
    bool for_child;
};
static const struct wish wishes[] = {
    {"household", "household", NULL, false},
    {"household-status", "household", "marital_status", false},
    {"life", "life", NULL, false},
    {"life-child", "life", NULL, true},
    {"nationality", "nationality", NULL, false},
    {"nationality-number", "nationality", "national_number", false},
    {"residence", "residence", NULL, false},
    {"residence-history", "residence", "history", false},
    {"residence-here", "residence", "history_here", false},
    {"residence-history-child", "residence", "history", true},
    {"registration", "registration", NULL, false},
    {"registration-sex", "registration", "sex", false},
};

// One document of the city: whose, which, and in which words.
struct work {
    size_t number;
    const struct wish *wish;
    enum paper_language language;
    struct offer_document document;
    const struct household *home;
    const struct address_history *history;
    const struct resident *subject;
};

static enum result draw(const struct bench *bench, const struct work *work,
                        struct certificate **out)
{
    enum paper_language language = work->language;
    const struct certificate_request request = {
        .content = work->document.content,
        .household = work->home,
        .subject = work->subject->national_number,
        .asked_by_parent = work->wish->for_child,
        .history = work->history,
        .language = language,
        .title = work->document.title[language],
        .legal_basis = work->document.legal_basis[language],
        .reference = "BXL-2026-H-0041873-8",
        .code = "7K3M-9QXT-2WVD-H4NR",
        .checking_address = "guichet.example",
        .signatory = "Dominique MODÈLE",
        .issued_at = issued_at,
        .specimen = true,
    };

    return certificate_draw(bench->studio, &request, out);
}

static enum result verify(const struct bench *bench, const struct sealed_document *document)
{
    struct seal_report report;
    enum result good = seal_verify((struct bytes){document->pdf, document->size}, bench->anchors,
                                   clock_wall_seconds(), &report);

    if (good != RESULT_OK)
        fprintf(stderr, "the terminal refuses: %s\n", seal_reason_sentence(report.reason));
    if (report.timestamped != bench->stamped)
        return RESULT_FAILED;
    return good;
}

static FILE *open_file(const struct bench *bench, const struct work *work, const char *extension)
{
    char path[4096];

    if (str_format(path, sizeof path, "%s/%s-%02zu-%s.%s", bench->folder, work->wish->name,
                   work->number, paper_language_words[work->language], extension) != RESULT_OK)
        return NULL;
    return fopen(path, "wb");
}

static void write_person(FILE *file, const struct resident *person, enum paper_language language)
{
    g_autofree char *surname = wording_capitals(person->surname);
    g_autofree char *given = wording_name(person->given_names);
    g_autofree char *place = wording_name(person->birth_place[language]);

    fprintf(file, "%s\n%s\n%s\n", surname, given, place);
}

// Names and places, a line each.
static enum result write_words(const struct bench *bench, const struct work *work)
{
    enum paper_language language = work->language;
    FILE *file = open_file(bench, work, "words");

    if (file == NULL)
        return RESULT_FAILED;
    write_person(file, work->subject, language);
    fprintf(file, "%s\n", work->home->address.street[language]);
    for (size_t i = 0; i < work->home->count; i++)
        if (work->document.content.layout == CERTIFICATE_OF_HOUSEHOLD &&
            work->home->persons[i].standing == STANDING_RESIDENT)
            write_person(file, &work->home->persons[i], language);
    for (size_t i = 0; strstr(work->wish->name, "history") != NULL && i < work->history->count; i++)
        fprintf(file, "%s\n", work->history->stays[i].address.street[language]);
    return fclose(file) == 0 ? RESULT_OK : RESULT_FAILED;
}

static enum result write_files(const struct bench *bench, const struct work *work,
                               const struct sealed_document *document)
{
    FILE *file = open_file(bench, work, "pdf");

    if (file == NULL)
        return RESULT_FAILED;
    bool written = fwrite(document->pdf, 1, document->size, file) == document->size;
    if (fclose(file) != 0 || !written)
        return RESULT_FAILED;
    return write_words(bench, work);
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

static enum result make(struct bench *bench, const struct work *work)
{
    owned(certificate) certificate = NULL;
    owned(sealed_document) document = NULL;

    TRY(draw(bench, work, &certificate));
    if (work->number == 1)
        give_unlucky_tags(certificate);
    const struct sealing sealing = {
        .pdf = {certificate->pdf, certificate->size},
        .language_tag = certificate->language_tag,
        .figure_texts = certificate->figure_texts,
        .figure_count = CERTIFICATE_FIGURES,
        .at = clock_wall_seconds(),
    };
    TRY(sealer_seal(bench->sealer, &sealing, &document));
    TRY(verify(bench, document));
    bench->documents++;
    return write_files(bench, work, document);
}

// The position of the subject; the household's size when there is no such child.
static size_t position_of(const struct household *home, bool for_child)
{
    const struct partial_date today = {2026, 11, 24};
    size_t position = 0;

    while (for_child && position < home->count &&
           !subject_is_child(&home->persons[0], &home->persons[position], today))
        position++;
    return position;
}

static enum result grant(struct bench *bench, const struct wish *wish, struct work *work)
{
    owned(address_history) history = NULL;
    size_t position = position_of(work->home, wish->for_child);

    if (position == work->home->count)
        return RESULT_OK;
    work->wish = wish;
    work->subject = &work->home->persons[position];
    const struct offer_subject subject = {work->subject, &work->home->address, {2026, 11, 24}};
    TRY(offer_find(bench->offer, wish->kind, &work->document));
    if (wish->option != NULL)
        TRY(offer_add_option(&work->document, wish->option));
    if (!offer_is_eligible(&work->document, &subject))
        return RESULT_OK;
    TRY(city_history(work->number, position, &history));
    work->history = history;
    for (work->language = 0; work->language < PAPER_LANGUAGE_COUNT; work->language++)
        TRY(make(bench, work));
    return RESULT_OK;
}

static enum result one(struct bench *bench, size_t number)
{
    owned(household) home = NULL;

    TRY(city_household(number, &home));
    if (home->persons[0].standing != STANDING_RESIDENT)
        return RESULT_OK;
    struct work work = {.number = number, .home = home};
    for (size_t i = 0; i < sizeof wishes / sizeof wishes[0]; i++)
        TRY(grant(bench, &wishes[i], &work));
    return RESULT_OK;
}

static struct bytes read_all(const char *path, char *buffer, size_t capacity)
{
    FILE *file = fopen(path, "rb");
    size_t size = file == NULL ? 0 : fread(buffer, 1, capacity, file);

    if (file != NULL)
        fclose(file);
    return (struct bytes){(const uint8_t *)buffer, size};
}

struct places {
    const char *authorities, *fonts, *catalogue, *time_url;
};

static enum result prepare(const struct places *places, struct bench *bench)
{
    char certificate[4096], key[4096], authority[4096], wrong[512] = "";
    char pem[16384], clock_pem[16384];

    TRY(str_format(certificate, sizeof certificate, "%s/seal.pem", places->authorities));
    TRY(str_format(key, sizeof key, "%s/seal.key", places->authorities));
    TRY(str_format(authority, sizeof authority, "%s/seal-ca.pem", places->authorities));
    const struct sealer_files files = {certificate,      key,       authority, organization,
                                       places->time_url, authority, true};
    TRY(sealer_create(&files, &bench->sealer));
    const struct seal_trust trust = {.authorities = {read_all(authority, pem, sizeof pem)},
                                     .time_authority =
                                         read_all(authority, clock_pem, sizeof clock_pem),
                                     .organization = organization};
    TRY(seal_anchors_create(&trust, &bench->anchors));
    enum result read = offer_create(places->catalogue, wrong, sizeof wrong, &bench->offer);
    fputs(wrong, stderr);
    TRY(read);
    return certificate_studio_create(places->fonts, &bench->studio);
}

static enum result run(struct bench *bench, size_t households)
{
    for (size_t number = 0; number < city_household_count() && number < households; number++)
        TRY(one(bench, number));
    printf("%zu\n", bench->documents);
    return RESULT_OK;
}

int main(int argc, char **argv)
{
    struct bench bench = {};
    int64_t households;

    if ((argc != 6 && argc != 7) || str_to_int(argv[5], 1, 1000, &households) != RESULT_OK) {
        fputs("usage: seal_city AUTHORITIES FONTS CATALOGUE FOLDER HOUSEHOLDS [TIME_URL]\n",
              stderr);
        return 2;
    }
    const struct places places = {argv[1], argv[2], argv[3], argv[6]}; // argv ends in NULL
    bench.stamped = argv[6] != NULL;
    bench.folder = argv[4];
    enum result result = prepare(&places, &bench);
    if (result == RESULT_OK)
        result = run(&bench, (size_t)households);
    certificate_studio_destroy(bench.studio);
    sealer_destroy(bench.sealer);
    seal_anchors_destroy(bench.anchors);
    offer_destroy(bench.offer);
    if (result != RESULT_OK)
        fprintf(stderr, "seal_city: %s\n", result_text(result));
    return result == RESULT_OK ? 0 : 1;
}
