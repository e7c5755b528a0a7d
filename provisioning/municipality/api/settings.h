// settings.h: the municipality's configuration file.
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "database.h"
#include "result.h"

#define SETTING_SIZE 1024

// Where something is kept.
struct store_settings {
    enum database_kind store;
    char database[SETTING_SIZE];   // SQLite: its file
    char connection[SETTING_SIZE]; // PostgreSQL: as libpq reads it
};

struct settings {
    char listen_address[SETTING_SIZE];
    long listen_port; // 0: any free one
    long threads;
    char public_address[SETTING_SIZE]; // empty: no public page
    long public_port, checks_per_minute, valid_days;
    char tls_certificate[SETTING_SIZE], tls_key[SETTING_SIZE], fleet_authority[SETTING_SIZE];
    char tls_authority[SETTING_SIZE], fleet_key[SETTING_SIZE]; // empty: nobody enrols
    long certificate_days;
    char fleet_terminals[SETTING_SIZE];
    long requests_per_minute; // of one terminal
    char card_roots[SETTING_SIZE], card_intermediates[SETTING_SIZE];
    char card_responder[SETTING_SIZE]; // empty: nobody is asked about withdrawn cards
    long card_responder_seconds, card_responder_oldest;
    bool card_accepted_when_down;
    struct store_settings register_book, orders;
    char catalogue[SETTING_SIZE], fonts[SETTING_SIZE];
    char seal_certificate[SETTING_SIZE], seal_key[SETTING_SIZE], seal_authority[SETTING_SIZE];
    char seal_organization[SETTING_SIZE];
    char time_url[SETTING_SIZE], time_authority[SETTING_SIZE]; // empty: no time stamps
    bool time_required;
    char payment_url[SETTING_SIZE]; // empty: no payment is taken
    char payment_key[SETTING_SIZE], payment_authority[SETTING_SIZE];
    char server_name[SETTING_SIZE], checking_address[SETTING_SIZE], signatory[SETTING_SIZE];
    long challenge_seconds, proof_seconds;
    bool demonstration;
};

// Reads the file; names of files in it are relative to it. RESULT_NOT_FOUND: no such file.
// RESULT_MALFORMED: `wrong` (of `capacity` bytes) says which line and key, what is expected.
enum result settings_read(const char *path, struct settings *out, char *wrong, size_t capacity);

// The address of a store; it borrows its text.
struct database_address settings_database(const struct store_settings *store);
