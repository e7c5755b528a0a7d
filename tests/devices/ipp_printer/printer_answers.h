// printer_answers.h: what this printer answers to each IPP operation.
#pragma once
#include "paper_path.h"

// A new answer to the request; `pages` is what its document had, -1 without one.
ipp_t *printer_answer(struct paper_path *path, ipp_t *request, int pages);
