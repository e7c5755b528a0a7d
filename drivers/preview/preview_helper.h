// preview_helper.h: the preview port, carried out by the helper program eguichet-preview.
#pragma once
#include "owned.h"
#include "preview.h"
#include "result.h"

struct preview_helper;

// How long a drawing may take before it is killed; the port promises at most 3 s.
#define PREVIEW_HELPER_LIMIT_MS 3000

// `program` is the helper's absolute path, copied; nothing is started yet. RESULT_INVALID when the
// path is not absolute or not executable; RESULT_NO_MEMORY.
enum result preview_helper_create(const char *program, int limit_ms, struct preview_helper **out);

// Ends nothing: no helper outlives a call of render.
void preview_helper_destroy(struct preview_helper *helper);
DEFINE_OWNED(preview_helper)

// The port; lives as long as the helper given. render: any thread, blocks at most limit_ms.
struct preview preview_helper_port(struct preview_helper *helper);
