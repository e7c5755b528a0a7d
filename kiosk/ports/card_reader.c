#include "card_reader.h"

static enum result copy_one(const struct secret *from, struct secret **to)
{
    owned(secret) copy = NULL;

    if (from == NULL)
        return RESULT_OK;
    TRY(secret_create(secret_capacity(from), &copy));
    TRY(secret_append(copy, secret_bytes(from)));
    *to = take(copy);
    return RESULT_OK;
}

static enum result copy_all(const struct card_files *files, struct card_files *copy)
{
    TRY(copy_one(files->identity, &copy->identity));
    TRY(copy_one(files->identity_signature, &copy->identity_signature));
    TRY(copy_one(files->address, &copy->address));
    TRY(copy_one(files->address_signature, &copy->address_signature));
    TRY(copy_one(files->authentication_certificate, &copy->authentication_certificate));
    TRY(copy_one(files->issuer_certificate, &copy->issuer_certificate));
    return copy_one(files->register_certificate, &copy->register_certificate);
}

enum result card_files_copy(const struct card_files *files, struct card_files *copy)
{
    enum result result = copy_all(files, copy);

    if (result != RESULT_OK)
        card_files_wipe(copy);
    return result;
}

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
