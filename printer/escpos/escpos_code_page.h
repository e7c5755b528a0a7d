// escpos_code_page.h: texts in the one code page that receipts are printed in, WPC1252.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Stands for a character that the code page does not have.
#define ESCPOS_REPLACEMENT '?'

// A text in the code page; a byte is a column. Bytes are 20 hex and above, 7F never. A0 is a space
// at which no line may be broken; the writer sends it as 20.
#define ESCPOS_TEXT_MAXIMUM 512
struct escpos_text {
    uint8_t bytes[ESCPOS_TEXT_MAXIMUM];
    size_t size;
};

// The byte of a character (Unicode's CP1252.TXT); false when the page does not have it. Narrow and
// figure spaces count as the no-break space, the no-break hyphen as the hyphen.
bool escpos_code_page_byte(uint32_t character, uint8_t *byte);

// Encodes UTF-8. What is not in the page, control characters and broken UTF-8 become one
// replacement each; what is longer than the maximum is cut. Returns how many characters were
// replaced.
size_t escpos_text_encode(const char *utf8, struct escpos_text *text);

// Capital letters; a letter without a capital in the page (sharp s) stays.
void escpos_text_capitals(struct escpos_text *text);
