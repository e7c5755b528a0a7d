// eid_layout.h: the files of a Belgian eID, and the names under which a card's folder keeps them.
#pragma once
#include <stddef.h>
#include <stdint.h>

#define EID_MASTER_FILE 0x3F00
#define EID_FOLDER_BELPIC 0xDF00
#define EID_FOLDER_IDENTITY 0xDF01

//    name in the card's folder        folder               file
#define EID_FILE_LIST(X)                                                                           \
    X(APPLICATIONS, "applications", EID_MASTER_FILE, 0x2F00)                                       \
    X(OBJECT_DIRECTORY, "object-directory", EID_FOLDER_BELPIC, 0x5031)                             \
    X(TOKEN_INFORMATION, "token-information", EID_FOLDER_BELPIC, 0x5032)                           \
    X(PIN_DIRECTORY, "pin-directory", EID_FOLDER_BELPIC, 0x5034)                                   \
    X(KEY_DIRECTORY, "key-directory", EID_FOLDER_BELPIC, 0x5035)                                   \
    X(CERTIFICATE_DIRECTORY, "certificate-directory", EID_FOLDER_BELPIC, 0x5037)                   \
    X(AUTHENTICATION_CERTIFICATE, "authentication-certificate", EID_FOLDER_BELPIC, 0x5038)         \
    X(SIGNATURE_CERTIFICATE, "signature-certificate", EID_FOLDER_BELPIC, 0x5039)                   \
    X(ISSUER_CERTIFICATE, "issuer-certificate", EID_FOLDER_BELPIC, 0x503A)                         \
    X(ROOT_CERTIFICATE, "root-certificate", EID_FOLDER_BELPIC, 0x503B)                             \
    X(REGISTER_CERTIFICATE, "register-certificate", EID_FOLDER_BELPIC, 0x503C)                     \
    X(IDENTITY, "identity", EID_FOLDER_IDENTITY, 0x4031)                                           \
    X(IDENTITY_SIGNATURE, "identity-signature", EID_FOLDER_IDENTITY, 0x4032)                       \
    X(ADDRESS, "address", EID_FOLDER_IDENTITY, 0x4033)                                             \
    X(ADDRESS_SIGNATURE, "address-signature", EID_FOLDER_IDENTITY, 0x4034)                         \
    X(PHOTO, "photo", EID_FOLDER_IDENTITY, 0x4035)                                                 \
    X(BASIC_KEY, "basic-key", EID_FOLDER_IDENTITY, 0x4040)

enum eid_file {
#define X(id, name, folder, file) EID_FILE_##id,
    EID_FILE_LIST(X)
#undef X
};
#define EID_FILE_COUNT (EID_FILE_BASIC_KEY + 1)

struct eid_place {
    const char *name;
    uint16_t folder, file;
};

static const struct eid_place eid_places[EID_FILE_COUNT] = {
#define X(id, name, folder, file) [EID_FILE_##id] = {name, folder, file},
    EID_FILE_LIST(X)
#undef X
};

// Beside the files of the card: what is no file on it.
#define EID_NAME_ANSWER_TO_RESET "answer-to-reset"
#define EID_NAME_CARD_DATA "card-data" // the answer to GET CARD DATA, without the PIN's counter
#define EID_NAME_PIN "pin"             // text
#define EID_NAME_TRIES_LEFT "tries-left"
#define EID_NAME_AUTHENTICATION_KEY "authentication.key"
#define EID_NAME_SIGNATURE_KEY "signature.key"
#define EID_NAME_BASIC_KEY "basic.key"
// Where it stands the card was never activated: its identity cannot be read.
#define EID_NAME_NOT_ACTIVATED "not-activated"

#define EID_TRIES 3
#define EID_CARD_DATA_SIZE 28
#define EID_CARD_DATA_APPLET_VERSION 21
