// directory_files.h: the PKCS #15 files that tell a stranger what is on the card, and GET CARD
// DATA.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "bytes.h"
#include "eid_layout.h"
#include "result.h"

#define DIRECTORY_FILE_MAXIMUM 256
struct directory_file {
    uint8_t bytes[DIRECTORY_FILE_MAXIMUM];
    size_t size;
};

// The contents of one of the six directory files. `certificates`: how many the holder has, 0 to 2.
// RESULT_INVALID: not one of them.
enum result directory_file_make(enum eid_file file, uint8_t applet_version,
                                const uint8_t chip_number[16], int certificates,
                                struct directory_file *out);

// The answer to GET CARD DATA, without the counter that 1.8 gives besides.
void directory_card_data(uint8_t applet_version, const uint8_t chip_number[16],
                         uint8_t out[EID_CARD_DATA_SIZE]);

// ISO 7816-3; 1.1 and 1.7 have the same.
struct bytes directory_answer_to_reset(uint8_t applet_version);
