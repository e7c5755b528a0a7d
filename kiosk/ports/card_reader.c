#include "card_reader.h"

void card_files_wipe(struct card_files *files)
{
    secret_destroy(files->identity);
    secret_destroy(files->identity_signature);
    secret_destroy(files->address);
    secret_destroy(files->address_signature);
    secret_destroy(files->authentication_certificate);
    secret_destroy(files->issuer_certificate);
    secret_destroy(files->register_certificate);
    *files = (struct card_files){};
}
