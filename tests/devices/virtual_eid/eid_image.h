// eid_image.h: what is stored on one card, read from its folder; the PIN's counter is written back.
#pragma once
#include <openssl/evp.h>
#include <stdbool.h>

#include "bytes.h"
#include "eid_layout.h"
#include "owned.h"
#include "result.h"

struct eid_image;

// A file that is not in the folder is not on the card; only the identity must be there. Prints what
// is wrong with the folder on standard error. RESULT_NOT_FOUND or RESULT_MALFORMED.
enum result eid_image_create(const char *folder, struct eid_image **out);
void eid_image_destroy(struct eid_image *image);
DEFINE_OWNED(eid_image)

bool eid_image_has(const struct eid_image *image, enum eid_file file);
// Views into the image.
struct bytes eid_image_file(const struct eid_image *image, enum eid_file file);
struct bytes eid_image_answer_to_reset(const struct eid_image *image);
struct bytes eid_image_card_data(const struct eid_image *image);
const char *eid_image_pin(const struct eid_image *image);
// NULL: the card has no such key.
EVP_PKEY *eid_image_authentication_key(const struct eid_image *image);
EVP_PKEY *eid_image_signature_key(const struct eid_image *image);
EVP_PKEY *eid_image_basic_key(const struct eid_image *image);

bool eid_image_activated(const struct eid_image *image);

int eid_image_tries_left(const struct eid_image *image);
// In the folder before the card answers, as a chip counts before it compares.
void eid_image_set_tries_left(struct eid_image *image, int tries);
