// household_sheet.h: the content of the household composition, on as many pages as it needs.
#pragma once
#include "sheet.h"

// Draws all pages into the sheet's canvas. RESULT_REFUSED: it cannot be laid out without cutting.
enum result household_sheet_draw(struct sheet *sheet, double *seal_bottom);
