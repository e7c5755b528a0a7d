// kioskctl card read with everything on the card, checked.
#include "card_read.h"
#include "card_report.h"
#include "eid_certificates.h"

#include <unistd.h>

// Where the terminal's configuration has them unless told otherwise.
#define DEFAULT_TRUST_ANCHOR "/etc/eguichet-kiosk/trust/card-root.pem"
#define DEFAULT_INTERMEDIATES "/etc/eguichet-kiosk/trust/card-intermediates.pem"

// Files that were named must be there; those of the terminal are used where they are.
static enum answer make_trust(const struct card_read_options *options, struct eid_trust **trust)
{
    const char *roots = options->trust_anchor, *issuers = options->intermediates;

    if (options->only != NULL)
        return ANSWER_YES;
    if (roots == NULL && issuers == NULL && access(DEFAULT_INTERMEDIATES, R_OK) == 0)
        issuers = DEFAULT_INTERMEDIATES;
    if (roots == NULL && access(DEFAULT_TRUST_ANCHOR, R_OK) == 0)
        roots = DEFAULT_TRUST_ANCHOR;
    if (roots == NULL)
        return ANSWER_YES;
    enum result result = eid_trust_create(roots, issuers, trust);
    if (result == RESULT_OK)
        return ANSWER_YES;
    fprintf(stderr, "kioskctl: %s%s%s: %s. Expected: certificates in PEM.\n", roots,
            issuers != NULL ? ", " : "", issuers != NULL ? issuers : "", result_text(result));
    return result == RESULT_NOT_FOUND ? ANSWER_NOT_THERE : ANSWER_NO;
}

enum answer card_read_command(int count, const char *const words[])
{
    static const struct card_whole whole = {.way = eid_contents_read_whole,
                                            .verify = eid_contents_verify,
                                            .report_certificates = card_report_certificates};
    struct card_read_options options = {};
    owned(eid_trust) trust = NULL;

    if (!card_read_options(count, words, &options))
        return ANSWER_WRONG_USAGE;
    enum answer answer = make_trust(&options, &trust);
    if (answer != ANSWER_YES)
        return answer;
    options.wish.trust = trust;
    return card_read(&options, options.only == NULL ? &whole : NULL);
}
