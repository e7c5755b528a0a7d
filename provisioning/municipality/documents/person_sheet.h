// person_sheet.h: the content of a certificate about one person, as its template says, with the
// table of former addresses where that was asked for.
#pragma once
#include "sheet.h"

// Draws all pages into the sheet's canvas. RESULT_REFUSED: it cannot be laid out without cutting.
enum result person_sheet_draw(struct sheet *sheet, double *seal_bottom);
