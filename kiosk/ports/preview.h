// preview.h: a picture of a page of the verified document, made outside the daemon's memory.
#pragma once
#include <stdint.h>

#include "bytes.h"
#include "owned.h"
#include "result.h"

// 8-bit grey pixels, row after row, in memory that is locked and wiped. Owned by whoever holds it.
struct page_picture {
    struct secret *pixels;
    int width;
    int height;
    int page;  // from 1
    int pages; // of the document
};
void page_picture_destroy(struct page_picture *picture);
DEFINE_OWNED(page_picture)

struct preview_verbs {
    // Page `page` (from 1) at `width` pixels. Blocks at most 3 s. RESULT_FAILED: no preview can be
    // had; printing may go on.
    enum result (*render)(void *self, struct bytes pdf, int page, int width,
                          struct page_picture **picture);
};

struct preview {
    const struct preview_verbs *verbs;
    void *self;
};
