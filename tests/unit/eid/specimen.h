// specimen.h: the files of the specimen card of tests/vectors, in memory.
#pragma once
#include "bytes.h"

enum specimen_file {
    SPECIMEN_IDENTITY,
    SPECIMEN_IDENTITY_SIGNATURE,
    SPECIMEN_ADDRESS,
    SPECIMEN_ADDRESS_SIGNATURE,
    SPECIMEN_AUTHENTICATION_CERTIFICATE,
    SPECIMEN_ISSUER_CERTIFICATE,
    SPECIMEN_ROOT_CERTIFICATE,
    SPECIMEN_REGISTER_CERTIFICATE,
    SPECIMEN_PHOTO,
    SPECIMEN_COUNT
};

#define SPECIMEN_FILE_MAXIMUM 4096
struct specimen {
    uint8_t content[SPECIMEN_COUNT][SPECIMEN_FILE_MAXIMUM];
    size_t size[SPECIMEN_COUNT];
};

void specimen_read(struct specimen *specimen);
struct bytes specimen_file(const struct specimen *specimen, enum specimen_file file);

#define SPECIMEN_NATIONAL_NUMBER "71715100070"
#define SPECIMEN_VALID_TIME 1325376000 // 2012-01-01: within all its certificates
#define SPECIMEN_PHOTO_HASH_SIZE 20
