#include "eid_files.h"

#include "eid_certificates.h"
#include "eid_tlv.h"

#define CHUNK 256
#define FOLDER_BELPIC 0xDF00
#define FOLDER_IDENTITY 0xDF01

// The largest files that the specification allows are well below these.
#define IDENTITY_MAXIMUM 2048
#define ADDRESS_MAXIMUM 1024
#define SIGNATURE_MAXIMUM 512
#define PHOTO_MAXIMUM 8192
#define BASIC_KEY_MAXIMUM 256
#define BASIC_KEY_SIZE 120 // on the curve P-384; others are shorter or longer
#define ADDRESS_SIZE 121
#define SIGNATURE_SIZE_BEFORE_1_7 128

struct place {
    uint16_t folder, file;
};

// Another program may have left the card in another application: then the applet is selected by
// name, once, and the file again.
static enum result select_place(struct eid_applet *applet, struct place place)
{
    enum result result = eid_select_file(applet, place.folder, place.file);

    if ((result != RESULT_NOT_FOUND && result != RESULT_REFUSED) || applet->selected_again)
        return result;
    TRY(eid_select_applet(applet));
    applet->selected_again = true;
    return eid_select_file(applet, place.folder, place.file);
}

static enum result open_file(struct eid_applet *applet, struct place place, size_t maximum,
                             struct secret **out)
{
    TRY(select_place(applet, place));
    return secret_create_in(applet->room, maximum, out);
}

// The file is as long as it will be.
static void keep(struct secret **file, struct secret **out)
{
    secret_trim(*file);
    *out = take(*file);
}

// RESULT_TOO_LARGE becomes what it means here: no card of this kind.
static enum result read_on(struct eid_applet *applet, struct secret *file, size_t length,
                           bool *ended)
{
    size_t before = secret_bytes(file).size;
    enum result result = eid_read_binary(applet, before, length, file);

    if (result == RESULT_TOO_LARGE)
        return RESULT_MALFORMED;
    *ended = secret_bytes(file).size - before < length;
    return result;
}

static enum result read_to_end(struct eid_applet *applet, struct secret *file)
{
    bool ended = false;

    while (!ended)
        TRY(read_on(applet, file, CHUNK, &ended));
    return RESULT_OK;
}

static enum result read_whole(struct eid_applet *applet, struct place place, size_t maximum,
                              struct secret **out)
{
    owned(secret) file = NULL;

    TRY(open_file(applet, place, maximum, &file));
    TRY(read_to_end(applet, file));
    keep(&file, out);
    return RESULT_OK;
}

enum result eid_read_identity(struct eid_applet *applet, struct secret **out)
{
    return read_whole(applet, (struct place){FOLDER_IDENTITY, 0x4031}, IDENTITY_MAXIMUM, out);
}

enum result eid_read_photo(struct eid_applet *applet, struct secret **out)
{
    return read_whole(applet, (struct place){FOLDER_IDENTITY, 0x4035}, PHOTO_MAXIMUM, out);
}

enum result eid_read_basic_key(struct eid_applet *applet, struct secret **out)
{
    owned(secret) file = NULL;
    bool ended = false;

    TRY(open_file(applet, (struct place){FOLDER_IDENTITY, 0x4040}, BASIC_KEY_MAXIMUM, &file));
    TRY(read_on(applet, file, BASIC_KEY_SIZE, &ended));
    struct bytes start = secret_bytes(file);
    bool is_whole = start.size == BASIC_KEY_SIZE && start.data[1] == BASIC_KEY_SIZE - 2;
    if (!ended && !is_whole)
        TRY(read_to_end(applet, file));
    keep(&file, out);
    return RESULT_OK;
}

enum result eid_read_address(struct eid_applet *applet, struct secret **out)
{
    owned(secret) file = NULL;
    bool ended = false;
    size_t end;

    TRY(open_file(applet, (struct place){FOLDER_IDENTITY, 0x4033}, ADDRESS_MAXIMUM, &file));
    TRY(read_on(applet, file, ADDRESS_SIZE, &ended));
    if (!ended && eid_fields_end(secret_bytes(file), &end) != RESULT_OK)
        TRY(read_to_end(applet, file));
    keep(&file, out);
    return RESULT_OK;
}

static bool may_be_padded_der(struct bytes signature)
{
    return signature.size > 2 && signature.data[0] == 0x30 && signature.data[1] < 0x80 &&
           signature.data[1] + 2u < signature.size;
}

enum result eid_read_identity_signature(struct eid_applet *applet, struct secret **out)
{
    owned(secret) file = NULL;
    bool ended = false;
    size_t expected = applet->version < 0x17 ? SIGNATURE_SIZE_BEFORE_1_7 : CHUNK;

    TRY(open_file(applet, (struct place){FOLDER_IDENTITY, 0x4032}, SIGNATURE_MAXIMUM, &file));
    TRY(read_on(applet, file, expected, &ended));
    // The address signature covers this file with its padding, however long that is.
    if (!ended && may_be_padded_der(secret_bytes(file)))
        TRY(read_to_end(applet, file));
    keep(&file, out);
    return RESULT_OK;
}

enum result eid_read_address_signature(struct eid_applet *applet, size_t size, struct secret **out)
{
    owned(secret) file = NULL;
    bool ended = false;

    TRY(open_file(applet, (struct place){FOLDER_IDENTITY, 0x4034}, SIGNATURE_MAXIMUM, &file));
    while (!ended && secret_bytes(file).size < size) {
        size_t left = size - secret_bytes(file).size;
        TRY(read_on(applet, file, left < CHUNK ? left : CHUNK, &ended));
    }
    keep(&file, out);
    return RESULT_OK;
}

static enum result read_certificate(struct eid_applet *applet, uint16_t id, struct secret **out)
{
    owned(secret) file = NULL;
    bool ended = false;
    size_t size = 0;

    TRY(open_file(applet, (struct place){FOLDER_BELPIC, id}, EID_CERTIFICATE_MAXIMUM, &file));
    TRY(read_on(applet, file, CHUNK, &ended));
    enum result result = eid_certificate_size(secret_bytes(file), &size);
    if (result == RESULT_MALFORMED) // whoever judges the card has to see what is there
        size = EID_CERTIFICATE_MAXIMUM;
    else
        TRY(result);
    while (!ended && secret_bytes(file).size < size) {
        size_t left = size - secret_bytes(file).size;
        TRY(read_on(applet, file, left < CHUNK ? left : CHUNK, &ended));
    }
    if (secret_bytes(file).size > size)
        TRY(secret_set_size(file, size));
    keep(&file, out);
    return RESULT_OK;
}

enum result eid_read_authentication_certificate(struct eid_applet *applet, struct secret **out)
{
    return read_certificate(applet, 0x5038, out);
}

enum result eid_read_issuer_certificate(struct eid_applet *applet, struct secret **out)
{
    return read_certificate(applet, 0x503A, out);
}

enum result eid_read_register_certificate(struct eid_applet *applet, struct secret **out)
{
    return read_certificate(applet, 0x503C, out);
}
