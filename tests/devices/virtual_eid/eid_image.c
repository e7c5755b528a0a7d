#include "eid_image.h"

#include "str.h"

#include <errno.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH_SIZE 4096
#define FILE_MAXIMUM 65536

struct block {
    uint8_t *data;
    size_t size;
};

struct eid_image {
    char folder[PATH_SIZE];
    struct block files[EID_FILE_COUNT];
    struct block answer_to_reset, card_data;
    char pin[16];
    int tries_left;
    EVP_PKEY *authentication, *signature, *basic;
    bool not_activated;
};

static FILE *open_in(const char *folder, const char *name, const char *mode)
{
    char path[PATH_SIZE];

    if (str_format(path, sizeof path, "%s/%s", folder, name) != RESULT_OK) {
        errno = ENAMETOOLONG;
        return NULL;
    }
    return fopen(path, mode);
}

static enum result complain(const char *folder, const char *name, const char *what)
{
    fprintf(stderr, "virtual-card: %s/%s: %s\n", folder, name, what);
    return RESULT_MALFORMED;
}

static enum result read_block(const char *folder, const char *name, struct block *out)
{
    FILE *file = open_in(folder, name, "re");

    if (file == NULL) {
        (void)complain(folder, name, "cannot be read; make the folder with make-card");
        return RESULT_NOT_FOUND;
    }
    out->data = malloc(FILE_MAXIMUM);
    if (out->data != NULL)
        out->size = fread(out->data, 1, FILE_MAXIMUM, file);
    fclose(file);
    return out->data != NULL ? RESULT_OK : RESULT_NO_MEMORY;
}

static bool is_there(const char *folder, const char *name)
{
    FILE *file = open_in(folder, name, "re");

    if (file != NULL)
        fclose(file);
    return file != NULL;
}

static enum result read_text(const char *folder, const char *name, char *text, size_t capacity)
{
    struct block block = {};
    enum result result = read_block(folder, name, &block);

    while (block.size > 0 && block.data[block.size - 1] == '\n')
        block.size--;
    if (result == RESULT_OK)
        result = str_format(text, capacity, "%.*s", (int)block.size, (const char *)block.data);
    free(block.data);
    return result;
}

static EVP_PKEY *read_key(const char *folder, const char *name)
{
    FILE *file = open_in(folder, name, "re");
    EVP_PKEY *key = file != NULL ? PEM_read_PrivateKey(file, NULL, NULL, NULL) : NULL;

    if (file != NULL)
        fclose(file);
    return key;
}

static enum result read_secrets(struct eid_image *image)
{
    char tries[8];
    int64_t value = 0;

    TRY(read_text(image->folder, EID_NAME_PIN, image->pin, sizeof image->pin));
    if (strlen(image->pin) < 4 || strlen(image->pin) > 12)
        return complain(image->folder, EID_NAME_PIN, "expected 4 to 12 digits");
    TRY(read_text(image->folder, EID_NAME_TRIES_LEFT, tries, sizeof tries));
    if (str_to_int(tries, 0, EID_TRIES, &value) != RESULT_OK)
        return complain(image->folder, EID_NAME_TRIES_LEFT, "expected 0 to 3");
    image->tries_left = (int)value;
    image->authentication = read_key(image->folder, EID_NAME_AUTHENTICATION_KEY);
    image->signature = read_key(image->folder, EID_NAME_SIGNATURE_KEY);
    image->basic = read_key(image->folder, EID_NAME_BASIC_KEY);
    return RESULT_OK;
}

static enum result fill(struct eid_image *image)
{
    for (int i = 0; i < EID_FILE_COUNT; i++)
        if (i == EID_FILE_IDENTITY || is_there(image->folder, eid_places[i].name))
            TRY(read_block(image->folder, eid_places[i].name, &image->files[i]));
    image->not_activated = is_there(image->folder, EID_NAME_NOT_ACTIVATED);
    TRY(read_block(image->folder, EID_NAME_ANSWER_TO_RESET, &image->answer_to_reset));
    if (image->answer_to_reset.size > 33)
        return complain(image->folder, EID_NAME_ANSWER_TO_RESET, "expected at most 33 bytes");
    TRY(read_block(image->folder, EID_NAME_CARD_DATA, &image->card_data));
    if (image->card_data.size != EID_CARD_DATA_SIZE)
        return complain(image->folder, EID_NAME_CARD_DATA, "expected 28 bytes");
    return read_secrets(image);
}

enum result eid_image_create(const char *folder, struct eid_image **out)
{
    owned(eid_image) image = calloc(1, sizeof *image);

    if (image == NULL)
        return RESULT_NO_MEMORY;
    TRY(str_copy(image->folder, sizeof image->folder, folder));
    TRY(fill(image));
    *out = take(image);
    return RESULT_OK;
}

void eid_image_destroy(struct eid_image *image)
{
    if (image == NULL)
        return;
    for (int i = 0; i < EID_FILE_COUNT; i++)
        free(image->files[i].data);
    free(image->answer_to_reset.data);
    free(image->card_data.data);
    EVP_PKEY_free(image->authentication);
    EVP_PKEY_free(image->signature);
    EVP_PKEY_free(image->basic);
    free(image);
}

static struct bytes view(const struct block *block)
{
    return (struct bytes){.data = block->data, .size = block->size};
}

bool eid_image_has(const struct eid_image *image, enum eid_file file)
{
    return image->files[file].data != NULL;
}

struct bytes eid_image_file(const struct eid_image *image, enum eid_file file)
{
    return view(&image->files[file]);
}

struct bytes eid_image_answer_to_reset(const struct eid_image *image)
{
    return view(&image->answer_to_reset);
}

struct bytes eid_image_card_data(const struct eid_image *image)
{
    return view(&image->card_data);
}

const char *eid_image_pin(const struct eid_image *image)
{
    return image->pin;
}

EVP_PKEY *eid_image_authentication_key(const struct eid_image *image)
{
    return image->authentication;
}

EVP_PKEY *eid_image_signature_key(const struct eid_image *image)
{
    return image->signature;
}

EVP_PKEY *eid_image_basic_key(const struct eid_image *image)
{
    return image->basic;
}

bool eid_image_activated(const struct eid_image *image)
{
    return !image->not_activated;
}

int eid_image_tries_left(const struct eid_image *image)
{
    return image->tries_left;
}

void eid_image_set_tries_left(struct eid_image *image, int tries)
{
    FILE *file = open_in(image->folder, EID_NAME_TRIES_LEFT, "we");

    image->tries_left = tries;
    if (file == NULL || fprintf(file, "%d\n", tries) < 0 || fclose(file) != 0)
        (void)complain(image->folder, EID_NAME_TRIES_LEFT, "the counter cannot be stored");
}
