#include "specimen.h"

#include "processes.h"

void specimen_read(struct specimen *specimen)
{
    static const char *const names[SPECIMEN_COUNT] = {
        [SPECIMEN_IDENTITY] = "Alice_Identity.tlv",
        [SPECIMEN_IDENTITY_SIGNATURE] = "Alice_IdentitySignature.tlv",
        [SPECIMEN_ADDRESS] = "Alice_Address.tlv",
        [SPECIMEN_ADDRESS_SIGNATURE] = "Alice_AddressSignature.tlv",
        [SPECIMEN_AUTHENTICATION_CERTIFICATE] = "Alice_AuthentificationCertificate.tlv",
        [SPECIMEN_ISSUER_CERTIFICATE] = "Alice_CACertificate.tlv",
        [SPECIMEN_ROOT_CERTIFICATE] = "Alice_RootCertificate.tlv",
        [SPECIMEN_REGISTER_CERTIFICATE] = "Alice_RRNCertificate.tlv",
        [SPECIMEN_PHOTO] = "Alice_Photo.tlv",
    };
    char path[TEST_PATH_SIZE];

    for (int i = 0; i < SPECIMEN_COUNT; i++) {
        test_path(path, SPECIMEN_FOLDER, names[i]);
        specimen->size[i] = read_whole_file(path, specimen->content[i], SPECIMEN_FILE_MAXIMUM);
    }
}

struct bytes specimen_file(const struct specimen *specimen, enum specimen_file file)
{
    return (struct bytes){specimen->content[file], specimen->size[file]};
}
