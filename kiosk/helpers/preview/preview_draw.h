// preview_draw.h: one page of a document as grey pixels.
#pragma once
#include <stdint.h>

#include "bytes.h"
#include "preview_protocol.h"
#include "result.h"

// Draws page `page` (from 1) at `width` pixels. *grey is malloc'd and the caller's, header->width *
// header->height bytes. RESULT_MALFORMED: not a PDF that poppler reads, or a page of absurd shape;
// RESULT_NOT_FOUND: no such page; RESULT_NO_MEMORY.
enum result preview_draw(struct bytes pdf, int page, int width, struct preview_header *header,
                         uint8_t **grey);
