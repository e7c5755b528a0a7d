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

// The contents of one of the six directory files of a 1.7 card. RESULT_INVALID: not one of them.
enum result directory_file_make(enum eid_file file, const uint8_t chip_number[16],
                                bool with_certificates, struct directory_file *out);

// The answer to GET CARD DATA of applet 1.7.
void directory_card_data(const uint8_t chip_number[16], uint8_t out[EID_CARD_DATA_SIZE]);

// ISO 7816-3 answer to reset of applets 1.1 and 1.7.
struct bytes directory_answer_to_reset(void);
