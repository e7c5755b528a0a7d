// municipality-draw: draws one household composition from a register, unsealed, to be looked at.
#include <getopt.h>
#include <stdio.h>
#include <time.h>

#include "certificate.h"
#include "sql_register.h"
#include "str.h"

static const char usage[] =
    "usage: municipality-draw --database FILE --fonts FILE --resident NUMBER --language fr|nl "
    "--out FILE.pdf\n";

struct request {
    const char *database, *fonts, *resident, *language, *out;
};

static int say(const char *what, const char *which, enum result why)
{
    fprintf(stderr, "municipality-draw: %s%s (%s)\n", what, which, result_text(why));
    return 1;
}

static enum result draw(const struct request *request, const struct household *household,
                        struct certificate **out)
{
    static const char *const titles[] = {"Certificat de composition de ménage",
                                         "Attest van gezinssamenstelling"};
    static const char *const legal[] = {
        "Délivré en application de l’article\u00A02 de l’arrêté royal du 16\u00A0juillet\u00A01992 "
        "relatif à la communication des informations contenues dans les registres de la population "
        "et dans le registre des étrangers.",
        "Afgegeven op grond van artikel\u00A02 van het koninklijk besluit van "
        "16\u00A0juli\u00A01992 "
        "betreffende het verkrijgen van informatie uit de bevolkingsregisters en uit het "
        "vreemdelingenregister.",
    };
    owned(certificate_studio) studio = NULL;
    enum paper_language language = str_equal(request->language, "nl") ? PAPER_DUTCH : PAPER_FRENCH;
    const struct certificate_request what = {
        .household = household,
        .subject = request->resident,
        .language = language,
        .title = titles[language],
        .legal_basis = legal[language],
        .reference = "BXL-2026-H-0041873-8",
        .code = "7K3M-9QXT-2WVD-H4NR",
        .checking_address = "guichet.example",
        .signatory = "Dominique MODÈLE",
        .issued_at = (int64_t)time(NULL),
        .specimen = true,
    };

    TRY(certificate_studio_create(request->fonts, &studio));
    return certificate_draw_household(studio, &what, out);
}

static int run(const struct request *request)
{
    owned(sql_register) book = NULL;
    owned(household) household = NULL;
    owned(certificate) certificate = NULL;
    const struct consultation consultation = {
        .requester = request->resident,
        .subject = request->resident,
        .terminal = "municipality-draw",
        .purpose = "draft",
        .at = (int64_t)time(NULL),
    };
    const struct database_address address = {.where = request->database};
    enum result result = sql_register_create(&address, &book);

    if (result != RESULT_OK)
        return say("cannot open the register ", request->database, result);
    struct population_register verbs = sql_register_verbs(book);
    result = verbs.verbs->household(verbs.self, &consultation, &household);
    if (result != RESULT_OK)
        return say("no such resident: ", request->resident, result);
    result = draw(request, household, &certificate);
    if (result != RESULT_OK)
        return say("cannot draw with ", request->fonts, result);
    FILE *file = fopen(request->out, "wb");
    if (file == NULL)
        return say("cannot write ", request->out, RESULT_FAILED);
    bool written = fwrite(certificate->pdf, 1, certificate->size, file) == certificate->size;
    if (fclose(file) != 0 || !written)
        return say("cannot write ", request->out, RESULT_FAILED);
    return 0;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"database", required_argument, NULL, 'd'}, {"fonts", required_argument, NULL, 'f'},
        {"resident", required_argument, NULL, 'r'}, {"language", required_argument, NULL, 'l'},
        {"out", required_argument, NULL, 'o'},      {},
    };
    struct request request = {};
    const char **const fields[] = {['d'] = &request.database,
                                   ['f'] = &request.fonts,
                                   ['r'] = &request.resident,
                                   ['l'] = &request.language,
                                   ['o'] = &request.out};
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == '?') {
            fputs(usage, stderr);
            return 2;
        }
        *fields[option] = optarg;
    }
    if (request.database == NULL || request.fonts == NULL || request.resident == NULL ||
        request.language == NULL || request.out == NULL ||
        (!str_equal(request.language, "fr") && !str_equal(request.language, "nl"))) {
        fputs(usage, stderr);
        return 2;
    }
    return run(&request);
}
