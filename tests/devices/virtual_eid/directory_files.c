#include "directory_files.h"

#include <string.h>

#define APPLET_1_8 0x18
#define DIRECTORY_SIZE 175 // of the certificate directory; zero behind the last entry

static const uint8_t answer_to_reset[] = {0x3B, 0x98, 0x13, 0x40, 0x0A, 0xA5, 0x03,
                                          0x01, 0x01, 0x01, 0xAD, 0x13, 0x11};
static const uint8_t answer_of_1_8[] = {0x3B, 0x7F, 0x96, 0x00, 0x00, 0x80, 0x31, 0x80, 0x65, 0xB0,
                                        0x85, 0x04, 0x01, 0x20, 0x12, 0x0F, 0xFF, 0x82, 0x90, 0x00};
static const uint8_t applications[] = {0x61, 0x23, 0x4F, 0x0C, 0xA0, 0x00, 0x00, 0x01, 0x77, 'P',
                                       'K',  'C',  'S',  '-',  '1',  '5',  0x50, 0x06, 'B',  'E',
                                       'L',  'P',  'I',  'C',  0x51, 0x04, 0x3F, 0x00, 0xDF, 0x00,
                                       0x73, 0x05, 0x06, 0x03, 0x60, 0x38, 0x02};
static const uint8_t object_directory[] = {0xA0, 0x0A, 0x30, 0x08, 0x04, 0x06, 0x3F, 0x00, 0xDF,
                                           0x00, 0x50, 0x35, 0xA4, 0x0A, 0x30, 0x08, 0x04, 0x06,
                                           0x3F, 0x00, 0xDF, 0x00, 0x50, 0x37, 0xA8, 0x0A, 0x30,
                                           0x08, 0x04, 0x06, 0x3F, 0x00, 0xDF, 0x00, 0x50, 0x34};
static const uint8_t pin_directory[] = {
    0x30, 0x33, 0x30, 0x0F, 0x0C, 0x09, 'B',  'a',  's',  'i',  'c',  ' ',  'P',  'I',
    'N',  0x03, 0x02, 0x06, 0xC0, 0x30, 0x03, 0x04, 0x01, 0x01, 0xA1, 0x1B, 0x30, 0x19,
    0x03, 0x02, 0x02, 0x0C, 0x0A, 0x01, 0x00, 0x02, 0x01, 0x04, 0x02, 0x01, 0x08, 0x80,
    0x01, 0x01, 0x04, 0x01, 0xFF, 0x30, 0x04, 0x04, 0x02, 0x3F, 0x00};
static const uint8_t key_directory[] = {
    0x30, 0x3A, 0x30, 0x17, 0x0C, 0x0E, 'A',  'u',  't',  'h',  'e',  'n',  't',  'i',  'c',
    'a',  't',  'i',  'o',  'n',  0x03, 0x02, 0x06, 0xC0, 0x04, 0x01, 0x01, 0x30, 0x0F, 0x04,
    0x01, 0x02, 0x03, 0x02, 0x05, 0x20, 0x03, 0x02, 0x03, 0xB8, 0x02, 0x02, 0x00, 0x82, 0xA1,
    0x0E, 0x30, 0x0C, 0x30, 0x06, 0x04, 0x04, 0x3F, 0x00, 0xDF, 0x00, 0x02, 0x02, 0x08, 0x00,
    0x30, 0x39, 0x30, 0x15, 0x0C, 0x09, 'S',  'i',  'g',  'n',  'a',  't',  'u',  'r',  'e',
    0x03, 0x02, 0x06, 0xC0, 0x04, 0x01, 0x01, 0x02, 0x01, 0x01, 0x30, 0x10, 0x04, 0x01, 0x03,
    0x03, 0x03, 0x06, 0x00, 0x40, 0x03, 0x02, 0x03, 0xB8, 0x02, 0x02, 0x00, 0x83, 0xA1, 0x0E,
    0x30, 0x0C, 0x30, 0x06, 0x04, 0x04, 0x3F, 0x00, 0xDF, 0x00, 0x02, 0x02, 0x08, 0x00};

static const uint8_t key_directory_of_1_8[] = {
    0xA0, 0x3A, 0x30, 0x17, 0x0C, 0x0E, 'A',  'u',  't',  'h',  'e',  'n',  't',  'i',  'c',
    'a',  't',  'i',  'o',  'n',  0x03, 0x02, 0x06, 0xC0, 0x04, 0x01, 0x01, 0x30, 0x0F, 0x04,
    0x01, 0x02, 0x03, 0x02, 0x05, 0x20, 0x03, 0x02, 0x03, 0xB8, 0x02, 0x02, 0x00, 0x82, 0xA1,
    0x0E, 0x30, 0x0C, 0x30, 0x06, 0x04, 0x04, 0x3F, 0x00, 0xDF, 0x00, 0x02, 0x02, 0x01, 0x80,
    0xA0, 0x39, 0x30, 0x15, 0x0C, 0x09, 'S',  'i',  'g',  'n',  'a',  't',  'u',  'r',  'e',
    0x03, 0x02, 0x06, 0xC0, 0x04, 0x01, 0x01, 0x02, 0x01, 0x01, 0x30, 0x10, 0x04, 0x01, 0x03,
    0x03, 0x03, 0x06, 0x00, 0x40, 0x03, 0x02, 0x03, 0xB8, 0x02, 0x02, 0x00, 0x83, 0xA1, 0x0E,
    0x30, 0x0C, 0x30, 0x06, 0x04, 0x04, 0x3F, 0x00, 0xDF, 0x00, 0x02, 0x02, 0x01, 0x80};

static void put(struct directory_file *file, const uint8_t *bytes, size_t size)
{
    memcpy(file->bytes + file->size, bytes, size);
    file->size += size;
}

// 30 { 30 { label, flags, PIN 1 }, 30 { id, authority? }, A1 { path } }
static void put_certificate(struct directory_file *file, uint8_t applet_version, const char *label,
                            uint8_t id, uint8_t file_id)
{
    bool later = applet_version >= APPLET_1_8;
    uint8_t name = (uint8_t)strlen(label);
    bool authority = id != 2 && id != 3;
    uint8_t class = (uint8_t)(3 + (authority ? 3 : 0) + (later ? 3 : 0));
    const uint8_t head[] = {0x30, (uint8_t)(name + class + 27), 0x30, (uint8_t)(name + 9), 0x0C,
                            name};
    const uint8_t middle[] = {0x03, 0x02, 0x06, later ? 0x40 : 0xC0, 0x04, 0x01, 0x01, 0x30, class,
                              0x04, 0x01, id};
    const uint8_t authority_flag[] = {0x01, 0x01, 0xFF};
    const uint8_t later_flag[] = {0x83, 0x01, 0x00};
    const uint8_t path[] = {0xA1, 0x0C, 0x30, 0x0A, 0x30, 0x08, 0x04,
                            0x06, 0x3F, 0x00, 0xDF, 0x00, 0x50, file_id};

    put(file, head, sizeof head);
    put(file, (const uint8_t *)label, name);
    put(file, middle, sizeof middle);
    if (authority)
        put(file, authority_flag, sizeof authority_flag);
    if (later)
        put(file, later_flag, sizeof later_flag);
    put(file, path, sizeof path);
}

static void put_certificates(struct directory_file *file, uint8_t applet_version, int certificates)
{
    if (certificates > 0)
        put_certificate(file, applet_version, "Authentication", 2, 0x38);
    if (certificates > 1)
        put_certificate(file, applet_version, "Signature", 3, 0x39);
    put_certificate(file, applet_version, "CA", 4, 0x3A);
    put_certificate(file, applet_version, "Root", 6, 0x3B);
    if (file->size < DIRECTORY_SIZE)
        file->size = DIRECTORY_SIZE;
}

static void put_token_information(struct directory_file *file, uint8_t applet_version,
                                  const uint8_t chip_number[16])
{
    static const uint8_t head[] = {0x30, 0x27, 0x02, 0x01, 0x00, 0x04, 0x10};
    // Graphical version, electrical version (3: chip of 2009, 4: of 2020), interface, reserved.
    const uint8_t electrical = applet_version >= APPLET_1_8 ? 0x04 : 0x03;
    const uint8_t tail[] = {0x80, 0x06, 'B',  'E',  'L',  'P',  'I',        'C',  0x03,
                            0x02, 0x04, 0x30, 0x9E, 0x04, 0x07, electrical, 0x00, 0x00};

    put(file, head, sizeof head);
    put(file, chip_number, 16);
    put(file, tail, sizeof tail);
}

enum result directory_file_make(enum eid_file file, uint8_t applet_version,
                                const uint8_t chip_number[16], int certificates,
                                struct directory_file *out)
{
    *out = (struct directory_file){};
    if (file == EID_FILE_APPLICATIONS)
        put(out, applications, sizeof applications);
    else if (file == EID_FILE_OBJECT_DIRECTORY)
        put(out, object_directory, sizeof object_directory);
    else if (file == EID_FILE_TOKEN_INFORMATION)
        put_token_information(out, applet_version, chip_number);
    else if (file == EID_FILE_PIN_DIRECTORY)
        put(out, pin_directory, sizeof pin_directory);
    else if (file == EID_FILE_KEY_DIRECTORY && applet_version >= APPLET_1_8)
        put(out, key_directory_of_1_8, sizeof key_directory_of_1_8);
    else if (file == EID_FILE_KEY_DIRECTORY)
        put(out, key_directory, sizeof key_directory);
    else if (file == EID_FILE_CERTIFICATE_DIRECTORY)
        put_certificates(out, applet_version, certificates);
    else
        return RESULT_INVALID;
    return RESULT_OK;
}

void directory_card_data(uint8_t applet_version, const uint8_t chip_number[16],
                         uint8_t out[EID_CARD_DATA_SIZE])
{
    // Component, system and mask bytes are invented; then the applet's version, global system
    // version, interface, PKCS #1, key exchange, personalised. 1.1 arranges what follows its
    // version differently; nobody may read it there.
    static const uint8_t platform[] = {0xA5, 0x03, 0x01, 0x01, 0x01};
    static const uint8_t until_1_7[] = {0x00, 0x03, 0x00, 0x21, 0x01, 0x0F};
    static const uint8_t of_1_8[] = {0x00, 0x01, 0x00, 0x00, 0x02, 0x0F};

    memcpy(out, chip_number, 16);
    memcpy(out + 16, platform, sizeof platform);
    out[EID_CARD_DATA_APPLET_VERSION] = applet_version;
    memcpy(out + EID_CARD_DATA_APPLET_VERSION + 1,
           applet_version >= APPLET_1_8 ? of_1_8 : until_1_7, sizeof of_1_8);
}

struct bytes directory_answer_to_reset(uint8_t applet_version)
{
    return applet_version >= APPLET_1_8 ? (struct bytes){answer_of_1_8, sizeof answer_of_1_8}
                                        : (struct bytes){answer_to_reset, sizeof answer_to_reset};
}
