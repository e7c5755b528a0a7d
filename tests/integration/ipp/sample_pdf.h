// sample_pdf.h: a small PDF of a wanted number of pages and size; no other content matters here.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"

// Writes it into `memory`; its size is at least `size` and less than 1 KiB more.
struct bytes sample_pdf(uint8_t *memory, size_t capacity, int pages, size_t size);
