// styles.h: the type of a certificate: Charis SIL for what is certified, Inter for what labels it.
// Newer releases of Charis drop "SIL" from the family's name, so both are listed.
#pragma once
#include "canvas.h"

#define CHARIS "Charis SIL,Charis"
#define INTER "Inter"

static const struct text_style style_authority = {CHARIS, PANGO_WEIGHT_BOLD, 17, 6, NULL, 0};
static const struct text_style style_authority_small = {CHARIS, PANGO_WEIGHT_BOLD, 11, 5, NULL, 0};
static const struct text_style style_title = {CHARIS, PANGO_WEIGHT_BOLD, 21, 8.5, NULL, -0.1};
static const struct text_style style_subtitle = {CHARIS, PANGO_WEIGHT_NORMAL, 12, 5, NULL, 0};
static const struct text_style style_body = {CHARIS, PANGO_WEIGHT_NORMAL, 11, 5, NULL, 0};
static const struct text_style style_body_bold = {CHARIS, PANGO_WEIGHT_BOLD, 11, 5, NULL, 0};
static const struct text_style style_person = {CHARIS, PANGO_WEIGHT_BOLD, 13, 5.5, NULL, 0};
static const struct text_style style_cell = {CHARIS, PANGO_WEIGHT_NORMAL, 11, 4.5, NULL, 0};
static const struct text_style style_cell_bold = {CHARIS, PANGO_WEIGHT_BOLD, 11, 4.5, NULL, 0};
static const struct text_style style_head = {INTER, PANGO_WEIGHT_SEMIBOLD, 8.5, 3.75, "tnum=1", 0};
static const struct text_style style_department = {INTER, PANGO_WEIGHT_MEDIUM, 8.5, 4, "tnum=1", 0};
static const struct text_style style_label = {INTER, PANGO_WEIGHT_MEDIUM, 8.5, 3.75, "tnum=1", 0};
static const struct text_style style_block_label = {INTER, PANGO_WEIGHT_MEDIUM, 8, 3.75, "tnum=1",
                                                    0};
static const struct text_style style_block_value = {INTER, PANGO_WEIGHT_SEMIBOLD, 9.5, 4, "tnum=1",
                                                    0};
static const struct text_style style_reference = {INTER, PANGO_WEIGHT_SEMIBOLD, 9.5,
                                                  4,     "tnum=1,cv08=1",       0};
static const struct text_style style_reference_small = {INTER, PANGO_WEIGHT_SEMIBOLD, 8.5,
                                                        3.75,  "tnum=1,cv08=1",       0};
static const struct text_style style_small = {INTER, PANGO_WEIGHT_MEDIUM, 8, 3.75, "tnum=1", 0};
static const struct text_style style_small_bold = {INTER, PANGO_WEIGHT_SEMIBOLD, 8,
                                                   3.75,  "tnum=1,cv08=1",       0};
static const struct text_style style_small_code = {INTER, PANGO_WEIGHT_SEMIBOLD,  8,
                                                   3.75,  "tnum=1,zero=1,ss02=1", 0};
static const struct text_style style_verify_head = {INTER, PANGO_WEIGHT_SEMIBOLD, 10.5, 4, "tnum=1",
                                                    0};
static const struct text_style style_code = {INTER, PANGO_WEIGHT_SEMIBOLD,  16,
                                             6,     "tnum=1,zero=1,ss02=1", 0};
static const struct text_style style_tag = {INTER, PANGO_WEIGHT_SEMIBOLD, 8, 3.75, "tnum=1", 0};
static const struct text_style style_seal_ring = {INTER, PANGO_WEIGHT_SEMIBOLD, 6.4, 3, NULL, 1.1};
static const struct text_style style_diagonal = {INTER, PANGO_WEIGHT_MEDIUM, 76, 30, NULL, 4};
