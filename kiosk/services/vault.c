#include "inside.h"

#include <string.h>

void vault_drop_document(struct vault *vault)
{
    secret_destroy(take(vault->document));
}

void vault_wipe(struct vault *vault)
{
    vault->visit++;
    card_files_wipe(&vault->files);
    explicit_bzero(&vault->challenge, sizeof vault->challenge);
    explicit_bzero(&vault->signature, sizeof vault->signature);
    catalogue_destroy(take(vault->catalogue));
    vault_drop_document(vault);
}
