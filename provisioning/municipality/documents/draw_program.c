// municipality-draw: draws one document of the catalogue from a register, unsealed, to be looked
// at.
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "certificate.h"
#include "offer.h"
#include "sql_register.h"
#include "str.h"

static const char usage[] =
    "usage: municipality-draw --database FILE --catalogue FILE --fonts FILE --kind KIND\n"
    "       --resident NUMBER [--child NUMBER] --language fr|nl [--purpose ID] [--options A,B]\n"
    "       --out FILE.pdf\n";

struct request {
    const char *database, *catalogue, *fonts, *kind, *resident, *child, *language, *purpose,
        *options, *out;
};

// What is open and read while one document is drawn.
struct desk {
    struct sql_register *book;
    struct offer *offer;
    struct certificate_studio *studio;
    struct household *household;
    struct address_history *history;
    struct certificate *certificate;
};

static void desk_clear(struct desk *desk)
{
    certificate_destroy(desk->certificate);
    address_history_destroy(desk->history);
    household_destroy(desk->household);
    certificate_studio_destroy(desk->studio);
    offer_destroy(desk->offer);
    sql_register_destroy(desk->book);
}

static enum result say(enum result why, const char *what, const char *which)
{
    if (why != RESULT_OK)
        fprintf(stderr, "municipality-draw: %s: %s (%s)\n", which, what, result_text(why));
    return why;
}

static const char *subject_of(const struct request *request)
{
    return request->child == NULL ? request->resident : request->child;
}

static enum result consult(const struct request *request, struct desk *desk)
{
    struct population_register verbs = sql_register_verbs(desk->book);
    const struct consultation consultation = {
        .requester = request->resident,
        .subject = subject_of(request),
        .terminal = "municipality-draw",
        .purpose = "draft",
        .at = (int64_t)time(NULL),
    };

    TRY(verbs.verbs->household(verbs.self, &consultation, &desk->household));
    return verbs.verbs->history(verbs.self, &consultation, &desk->history);
}

static enum result find_document(const struct request *request, const struct offer *offer,
                                 struct offer_document *document)
{
    char options[128], *rest = options, *option;

    TRY(offer_find(offer, request->kind, document));
    TRY(str_copy(options, sizeof options, request->options == NULL ? "" : request->options));
    while ((option = strsep(&rest, ",")) != NULL)
        if (*option != '\0')
            TRY(offer_add_option(document, option));
    return RESULT_OK;
}

static enum result draw(const struct request *request, struct desk *desk)
{
    enum paper_language language = str_equal(request->language, "nl") ? PAPER_DUTCH : PAPER_FRENCH;
    struct offer_document document;

    TRY(find_document(request, desk->offer, &document));
    struct certificate_request what = {
        .content = document.content,
        .household = desk->household,
        .subject = subject_of(request),
        .asked_by_parent = request->child != NULL,
        .history = desk->history,
        .language = language,
        .title = document.title[language],
        .legal_basis = document.legal_basis[language],
        .reference = "BXL-2026-H-0041873-8",
        .code = "7K3M-9QXT-2WVD-H4NR",
        .checking_address = "guichet.example",
        .signatory = "Dominique MODÈLE",
        .issued_at = (int64_t)time(NULL),
        .specimen = true,
    };

    TRY(offer_price(&document, request->purpose, &what.price_cents));
    if (request->purpose != NULL)
        TRY(offer_purpose_name(desk->offer, request->purpose, language, &what.purpose));
    return certificate_draw(desk->studio, &what, &desk->certificate);
}

static enum result write_file(const char *path, const struct certificate *certificate)
{
    FILE *file = fopen(path, "wb");

    if (file == NULL)
        return RESULT_FAILED;
    bool written = fwrite(certificate->pdf, 1, certificate->size, file) == certificate->size;
    return fclose(file) == 0 && written ? RESULT_OK : RESULT_FAILED;
}

static enum result run(const struct request *request)
{
    __attribute__((cleanup(desk_clear))) struct desk desk = {};
    const struct database_address address = {.where = request->database};
    char wrong[512] = "expected a catalogue";

    TRY(say(sql_register_create(&address, &desk.book), "expected a register", request->database));
    TRY(say(offer_create(request->catalogue, wrong, sizeof wrong, &desk.offer), wrong,
            request->catalogue));
    TRY(say(certificate_studio_create(request->fonts, &desk.studio), "expected a fonts' file",
            request->fonts));
    TRY(say(consult(request, &desk), "no such resident", subject_of(request)));
    TRY(say(draw(request, &desk), "cannot be drawn so", request->kind));
    return say(write_file(request->out, desk.certificate), "cannot be written", request->out);
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"database", required_argument, NULL, 'd'},
        {"catalogue", required_argument, NULL, 'c'},
        {"fonts", required_argument, NULL, 'f'},
        {"kind", required_argument, NULL, 'k'},
        {"resident", required_argument, NULL, 'r'},
        {"child", required_argument, NULL, 's'},
        {"language", required_argument, NULL, 'l'},
        {"purpose", required_argument, NULL, 'p'},
        {"options", required_argument, NULL, 'w'},
        {"out", required_argument, NULL, 'o'},
        {},
    };
    struct request request = {};
    const char **const fields[] = {
        ['d'] = &request.database, ['c'] = &request.catalogue, ['f'] = &request.fonts,
        ['k'] = &request.kind,     ['r'] = &request.resident,  ['s'] = &request.child,
        ['l'] = &request.language, ['p'] = &request.purpose,   ['w'] = &request.options,
        ['o'] = &request.out};
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == '?') {
            fputs(usage, stderr);
            return 2;
        }
        *fields[option] = optarg;
    }
    if (request.database == NULL || request.catalogue == NULL || request.fonts == NULL ||
        request.kind == NULL || request.resident == NULL || request.language == NULL ||
        request.out == NULL ||
        (!str_equal(request.language, "fr") && !str_equal(request.language, "nl"))) {
        fputs(usage, stderr);
        return 2;
    }
    return run(&request) == RESULT_OK ? 0 : 1;
}
