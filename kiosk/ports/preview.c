#include "preview.h"

#include <stdlib.h>

#include "secret.h"

void page_picture_destroy(struct page_picture *picture)
{
    if (picture == NULL)
        return;
    secret_destroy(picture->pixels);
    free(picture);
}
