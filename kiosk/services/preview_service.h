// preview_service.h: pictures of the verified document's pages, one at a time.
#pragma once
#include "inside.h"

struct preview_service;

// `preview->verbs` may be NULL: every page fails.
enum result preview_service_create(const struct service_context *context,
                                   const struct preview *preview, struct vault *vault,
                                   struct preview_service **out);
bool preview_service_destroy(struct preview_service *service);

void preview_service_draw(struct preview_service *service, uint32_t ticket, int page);
// DROP_PAGE and WIPE: what is being drawn is not wanted, what is drawn is wiped.
void preview_service_drop(struct preview_service *service);
const struct page_picture *preview_service_page(const struct preview_service *service);
