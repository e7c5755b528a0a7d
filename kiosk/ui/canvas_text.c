#include "canvas.h"

#include <string.h>

// The smallest box around the pixels of a rendered line; empty when there are none.
static SDL_Rect ink_of(const SDL_Surface *line)
{
    int left = line->w, right = -1, top = line->h, bottom = -1;

    for (int y = 0; y < line->h; y++) {
        const uint32_t *row =
            (const uint32_t *)((const uint8_t *)line->pixels + (ptrdiff_t)y * line->pitch);

        for (int x = 0; x < line->w; x++) {
            if (row[x] >> 24 < 32)
                continue;
            left = SDL_min(left, x);
            right = SDL_max(right, x);
            top = SDL_min(top, y);
            bottom = y;
        }
    }
    if (right < 0)
        return (SDL_Rect){};
    return (SDL_Rect){left, top, right - left + 1, bottom - top + 1};
}

static void record(struct canvas *canvas, const SDL_Surface *line, SDL_Rect at,
                   const struct text_look *look, bool whole)
{
    SDL_Rect box = ink_of(line);
    struct ink_record *into = canvas->record;

    if (box.w == 0 || into->count == INK_MAXIMUM)
        return;
    box.x += at.x;
    box.y += at.y;
    into->list[into->count++] = (struct ink){box, look->colour, look->ground, whole};
}

// One line; `top` is that of the line, in whose middle the glyphs stand.
static void draw_line(struct canvas *canvas, const char *words, SDL_Rect box, int line_height,
                      const struct text_look *look, bool whole)
{
    TTF_Font *font = typefaces_font(canvas->typefaces, look->style);
    uint32_t colour = canvas->theme->colours[look->colour];
    SDL_Color ink = {(uint8_t)(colour >> 16), (uint8_t)(colour >> 8), (uint8_t)colour, 255};
    SDL_Rect at = box;
    SDL_Surface *line;
    int width = 0;

    if (canvas->record == NULL &&
        (box.y >= canvas->clip.y + canvas->clip.h || box.y + line_height <= canvas->clip.y))
        return;
    line = TTF_RenderUTF8_Blended(font, words, ink);
    if (line == NULL)
        return;
    width = line->w;
    if (look->align == ALIGN_CENTRE)
        at.x += (box.w - width) / 2;
    else if (look->align == ALIGN_RIGHT)
        at.x += box.w - width;
    at.y += (line_height - line->h) / 2;
    if (canvas->record != NULL)
        record(canvas, line, at, look, whole);
    if (canvas->surface != NULL) {
        (void)SDL_SetClipRect(canvas->surface, &canvas->clip);
        (void)SDL_BlitSurface(line, NULL, canvas->surface, &at);
    }
    SDL_FreeSurface(line);
}

int canvas_text_width(struct canvas *canvas, const char *text, enum style style)
{
    struct measure measure = typefaces_measure(canvas->typefaces, style);

    return measure_width(&measure, text, strlen(text));
}

int canvas_text_height(struct canvas *canvas, const char *text, int width,
                       const struct text_look *look)
{
    struct measure measure = typefaces_measure(canvas->typefaces, look->style);
    struct paragraph lines;

    paragraph_break(&measure, text, width, look->fit, &lines);
    return lines.count * typefaces_line(canvas->typefaces, look->style);
}

int canvas_text(struct canvas *canvas, const char *text, SDL_Rect box, const struct text_look *look)
{
    int height = typefaces_line(canvas->typefaces, look->style);
    struct measure measure = typefaces_measure(canvas->typefaces, look->style);
    struct paragraph lines;

    paragraph_break(&measure, text, box.w, look->fit, &lines);
    for (int i = 0; i < lines.count; i++) {
        char words[PARAGRAPH_TEXT];
        size_t length = SDL_min((size_t)lines.lines[i].length, sizeof words - 1);

        memcpy(words, text + lines.lines[i].start, length);
        words[length] = '\0';
        draw_line(canvas, words, (SDL_Rect){box.x, box.y + i * height, box.w, height}, height, look,
                  lines.whole);
    }
    return lines.count * height;
}

void canvas_text_middle(struct canvas *canvas, const char *text, SDL_Rect box,
                        const struct text_look *look)
{
    int height = canvas_text_height(canvas, text, box.w, look);

    box.y += (box.h - height) / 2;
    (void)canvas_text(canvas, text, box, look);
}
