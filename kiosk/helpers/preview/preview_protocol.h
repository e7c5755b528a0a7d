// preview_protocol.h: what the daemon's driver and the preview helper agree on.
// The helper is started as `eguichet-preview PAGE WIDTH` with two inherited descriptors.
#pragma once
#include <stdint.h>

enum {
    PREVIEW_PDF_DESCRIPTOR = 3,     // a sealed memfd with the document; read only
    PREVIEW_PICTURE_DESCRIPTOR = 4, // an empty memfd for the header below and the pixels after it
};

// Exit statuses; any other end (a signal, too) means the same as PREVIEW_EXIT_NOT_DRAWN.
enum {
    PREVIEW_EXIT_DRAWN = 0,
    PREVIEW_EXIT_NOT_DRAWN = 1, // not a PDF, no such page, out of memory
    PREVIEW_EXIT_USAGE = 2,
    PREVIEW_EXIT_NO_SANDBOX = 3, // nothing was read: it never works unprotected
};

// Bounds of both sides: pixels of a side of the picture, bytes of a document.
#define PREVIEW_SIDE_MAXIMUM 2400
#define PREVIEW_PDF_MAXIMUM (16 * 1024 * 1024)

// Native byte order: both run on one machine. Then width * height bytes, 0 black to 255 white.
struct preview_header {
    int32_t width, height;
    int32_t page, pages; // page from 1
};
