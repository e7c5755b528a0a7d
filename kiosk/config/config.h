// config.h: everything an installer may decide, read once at start from one INI file.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"
#include "language.h"
#include "result.h"
#include "session.h"

// Longest text value in bytes, with its NUL. Values never grow at run time.
#define CONFIG_TEXT_SIZE 512

struct config_terminal {
    char municipality[LANGUAGE_COUNT][CONFIG_TEXT_SIZE];
    char counter[LANGUAGE_COUNT][CONFIG_TEXT_SIZE];
    char phone[CONFIG_TEXT_SIZE];
    char name[CONFIG_TEXT_SIZE];          // "BXL-07", on receipts
    char place[CONFIG_TEXT_SIZE];         // where it stands, on receipts
    char demonstration[CONFIG_TEXT_SIZE]; // "yes": receipts say so
    char card_slot[CONFIG_TEXT_SIZE];     // "left" or "right", seen from the front
    char paper_slot[CONFIG_TEXT_SIZE];
    char receipt_slot[CONFIG_TEXT_SIZE];
};

struct config_screen {
    int64_t width, height; // pixels
    int64_t diagonal;      // millimetres
    char fonts[CONFIG_TEXT_SIZE];
};

struct config_card {
    char reader[CONFIG_TEXT_SIZE]; // part of the reader's name; "" takes the first
    char trust_anchor[CONFIG_TEXT_SIZE];
    char intermediates[CONFIG_TEXT_SIZE];
};

struct config_backend {
    char url[CONFIG_TEXT_SIZE];
    char ca[CONFIG_TEXT_SIZE];
    char certificate[CONFIG_TEXT_SIZE];
    char key[CONFIG_TEXT_SIZE];
};

struct config_payment {
    char code[CONFIG_TEXT_SIZE];     // "yes": with the telephone, by a code on the screen
    char terminal[CONFIG_TEXT_SIZE]; // "" = not fitted
    int64_t terminal_password;
    char side[CONFIG_TEXT_SIZE]; // of the payment terminal
};

struct config_seal {
    char trust_anchor[CONFIG_TEXT_SIZE];
    char next_trust_anchor[CONFIG_TEXT_SIZE]; // "" = no second authority
    char time_anchor[CONFIG_TEXT_SIZE];       // "" = no time stamp is believed
    char organisation[CONFIG_TEXT_SIZE];
};

struct config_speech {
    char helper[CONFIG_TEXT_SIZE];
    char device[CONFIG_TEXT_SIZE]; // "" = no headset is fitted
};

// How often devices are asked that do not speak up by themselves, in milliseconds.
struct config_polling {
    int64_t printer_job;  // while a document is at the printer
    int64_t printer_idle; // while nobody is there
    int64_t backend_idle;
    int64_t retry; // while a device or the municipality is away
};

struct config_journal {
    char file[CONFIG_TEXT_SIZE];
    int64_t keep_days; // sessions and orders that are older are taken out
};

struct config {
    struct config_terminal terminal;
    struct config_screen screen;
    struct config_card card;
    struct config_backend backend;
    struct config_seal seal;
    char printer_uri[CONFIG_TEXT_SIZE];
    char printer_queue[CONFIG_TEXT_SIZE]; // "" = spoken to directly
    char receipt_device[CONFIG_TEXT_SIZE]; // "" = not fitted
    struct config_journal journal;
    struct config_payment payment;
    char preview_helper[CONFIG_TEXT_SIZE]; // "" = no preview
    struct config_speech speech;
    struct session_limits limits;
    struct config_polling polling;
};

// What is wrong with a file, in words for the installer: file, line, key, what is expected, what to
// do. Complete sentences, one line, no line feed at the end.
struct config_problem {
    char text[1536];
    size_t line; // 0 when the whole file is meant
};

// Reads and checks a file, and that the files it names can be read. RESULT_NOT_FOUND: the file
// cannot be read. RESULT_MALFORMED: something in it is wrong. In both cases `problem` says what,
// and `out` must not be used.
enum result config_load(const char *path, struct config *out, struct config_problem *problem);

// The same on text that is already in memory; `name` stands for the file in problems. The files
// that the text names are not looked at.
enum result config_parse(const char *name, struct bytes text, struct config *out,
                         struct config_problem *problem);
