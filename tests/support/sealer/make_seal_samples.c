// make-seal-samples DIR: an authority, a few sealed files and a CMS, for the fuzzers' corpora and
// for looking at with other people's tools.
#include "clock.h"
#include "sealer.h"
#include "str.h"

#include <stdio.h>

#define CENTURY (100LL * 365 * 86400)

static enum result make_identities(struct pki_identity **authority, struct pki_identity **seal)
{
    struct pki_profile of_authority = {
        .subject = {.country = "BE", .common_name = "Test seal authority"},
        .key_usage = "critical,keyCertSign,cRLSign",
        .authority = true,
        .not_before = clock_wall_seconds() - 86400,
        .not_after = clock_wall_seconds() + CENTURY,
    };
    struct pki_profile of_seal = of_authority;

    of_seal.subject.common_name = "Test seal";
    of_seal.subject.organization_identifier = "VATBE-0000000196";
    of_seal.key_usage = "critical,digitalSignature,nonRepudiation";
    of_seal.authority = false;
    TRY(pki_self_signed_create(&of_authority, PKI_KEY_P256, authority));
    return pki_issued_create(*authority, &of_seal, PKI_KEY_P256, seal);
}

static bool write_sample(const char *directory, const char *name, const struct sample *sample)
{
    char path[4096];
    if (str_format(path, sizeof path, "%s/%s", directory, name) != RESULT_OK)
        return false;
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(sample->data, 1, sample->size, file) != sample->size ||
        fclose(file) != 0) {
        perror(path);
        return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    owned(pki_identity) authority = NULL;
    owned(pki_identity) seal = NULL;
    char path[4096];

    if (argc != 2) {
        fprintf(stderr, "usage: make-seal-samples DIR\n");
        return 2;
    }
    if (make_identities(&authority, &seal) != RESULT_OK ||
        str_format(path, sizeof path, "%s/authority.pem", argv[1]) != RESULT_OK ||
        pki_write_certificate_pem(authority, path) != RESULT_OK) {
        fprintf(stderr, "make-seal-samples: cannot make identities in %s (is it empty?)\n",
                argv[1]);
        return 1;
    }
    owned(sample) good = sealer_seal(seal, authority, &(struct sealer_wish){});
    owned(sample) active = sealer_seal(
        seal, authority, &(struct sealer_wish){.catalogue_extra = " /OpenAction [3 0 R /Fit]"});
    owned(sample) unsealed = sealer_unsealed();
    return write_sample(argv[1], "good.pdf", good) && write_sample(argv[1], "active.pdf", active) &&
                   write_sample(argv[1], "unsealed.pdf", unsealed)
               ? 0
               : 1;
}
