#include "settings.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "str.h"

enum kind { KIND_TEXT, KIND_FILE, KIND_NUMBER, KIND_YES_NO, KIND_STORE };

// One row a key: where it goes, its bounds, and its value when it is left out (NULL: it may not
// be).
struct key {
    const char *section, *name;
    enum kind kind;
    size_t offset;
    long least, most;
    const char *otherwise;
};

#define AT(member) offsetof(struct settings, member)
static const struct key keys[] = {
    {"listen", "address", KIND_TEXT, AT(listen_address), 0, 0, "127.0.0.1"},
    {"listen", "port", KIND_NUMBER, AT(listen_port), 0, 65535, "8443"},
    {"listen", "threads", KIND_NUMBER, AT(threads), 1, 64, "4"},
    {"public", "address", KIND_TEXT, AT(public_address), 0, 0, ""},
    {"public", "port", KIND_NUMBER, AT(public_port), 0, 65535, "8444"},
    {"public", "checks_per_minute", KIND_NUMBER, AT(checks_per_minute), 5, 6000, "30"},
    {"public", "valid_days", KIND_NUMBER, AT(valid_days), 1, 3650, "365"},
    {"tls", "certificate", KIND_FILE, AT(tls_certificate), 0, 0, NULL},
    {"tls", "key", KIND_FILE, AT(tls_key), 0, 0, NULL},
    {"tls", "authority", KIND_FILE, AT(tls_authority), 0, 0, ""},
    {"fleet", "authority_key", KIND_FILE, AT(fleet_key), 0, 0, ""},
    {"fleet", "certificate_days", KIND_NUMBER, AT(certificate_days), 1, 398, "90"},
    {"fleet", "authority", KIND_FILE, AT(fleet_authority), 0, 0, NULL},
    {"fleet", "terminals", KIND_FILE, AT(fleet_terminals), 0, 0, NULL},
    {"fleet", "requests_per_minute", KIND_NUMBER, AT(requests_per_minute), 60, 100000000, "6000"},
    {"card", "roots", KIND_FILE, AT(card_roots), 0, 0, NULL},
    {"card", "intermediates", KIND_FILE, AT(card_intermediates), 0, 0, ""},
    {"card", "responder", KIND_TEXT, AT(card_responder), 0, 0, ""},
    {"card", "responder_seconds", KIND_NUMBER, AT(card_responder_seconds), 1, 30, "3"},
    {"card", "responder_oldest", KIND_NUMBER, AT(card_responder_oldest), 1, 86400, "3600"},
    {"card", "accepted_when_down", KIND_YES_NO, AT(card_accepted_when_down), 0, 0, "no"},
    {"register", "store", KIND_STORE, AT(register_book.store), 0, 0, "sqlite"},
    {"register", "database", KIND_FILE, AT(register_book.database), 0, 0, ""},
    {"register", "connection", KIND_TEXT, AT(register_book.connection), 0, 0, ""},
    {"store", "store", KIND_STORE, AT(orders.store), 0, 0, "sqlite"},
    {"store", "database", KIND_FILE, AT(orders.database), 0, 0, ""},
    {"store", "connection", KIND_TEXT, AT(orders.connection), 0, 0, ""},
    {"catalogue", "file", KIND_FILE, AT(catalogue), 0, 0, NULL},
    {"documents", "fonts", KIND_FILE, AT(fonts), 0, 0, NULL},
    {"documents", "checking_address", KIND_TEXT, AT(checking_address), 0, 0, "guichet.example"},
    {"documents", "signatory", KIND_TEXT, AT(signatory), 0, 0, "Dominique MODÈLE"},
    {"seal", "certificate", KIND_FILE, AT(seal_certificate), 0, 0, NULL},
    {"seal", "key", KIND_FILE, AT(seal_key), 0, 0, NULL},
    {"seal", "authority", KIND_FILE, AT(seal_authority), 0, 0, NULL},
    {"seal", "organization", KIND_TEXT, AT(seal_organization), 0, 0, NULL},
    {"seal", "time_url", KIND_TEXT, AT(time_url), 0, 0, ""},
    {"seal", "time_authority", KIND_FILE, AT(time_authority), 0, 0, ""},
    {"seal", "time_required", KIND_YES_NO, AT(time_required), 0, 0, "yes"},
    {"payment", "url", KIND_TEXT, AT(payment_url), 0, 0, ""},
    {"payment", "key", KIND_FILE, AT(payment_key), 0, 0, ""},
    {"payment", "authority", KIND_FILE, AT(payment_authority), 0, 0, ""},
    {"city", "server_name", KIND_TEXT, AT(server_name), 0, 0, NULL},
    {"city", "challenge_seconds", KIND_NUMBER, AT(challenge_seconds), 1, 300, "60"},
    {"city", "proof_seconds", KIND_NUMBER, AT(proof_seconds), 1, 900, "900"},
    {"city", "demonstration", KIND_YES_NO, AT(demonstration), 0, 0, "yes"},
};
#undef AT
#define KEY_COUNT (sizeof keys / sizeof keys[0])

struct reading {
    const char *path;
    char folder[SETTING_SIZE]; // of the file, with its slash, or empty
    char section[64];
    int line;
    bool seen[KEY_COUNT];
    struct settings *to;
    char *wrong;
    size_t capacity;
};

static enum result complain(struct reading *reading, const char *key, const char *expected)
{
    TRY(str_format(reading->wrong, reading->capacity, "%s:%d: [%s] %s: expected %s", reading->path,
                   reading->line, reading->section, key, expected));
    return RESULT_MALFORMED;
}

static char *trimmed(char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    for (size_t length = strlen(text); length > 0 && isspace((unsigned char)text[length - 1]);
         length--)
        text[length - 1] = '\0';
    return text;
}

static enum result put_number(struct reading *reading, const struct key *key, const char *value)
{
    int64_t number;
    char expected[64];

    if (str_to_int(value, key->least, key->most, &number) != RESULT_OK) {
        TRY(str_format(expected, sizeof expected, "a number from %ld to %ld", key->least,
                       key->most));
        return complain(reading, key->name, expected);
    }
    *(long *)((char *)reading->to + key->offset) = (long)number;
    return RESULT_OK;
}

static enum result put(struct reading *reading, const struct key *key, const char *value)
{
    char *text = (char *)reading->to + key->offset;
    const char *folder = value[0] == '/' || value[0] == '\0' ? "" : reading->folder;

    switch (key->kind) {
    case KIND_TEXT:
        if (value[0] == '\0' && (key->otherwise == NULL || key->otherwise[0] != '\0'))
            return complain(reading, key->name, "a text");
        return str_copy(text, SETTING_SIZE, value);
    case KIND_FILE:
        if (value[0] == '\0' && key->otherwise == NULL)
            return complain(reading, key->name, "the name of a file");
        return str_format(text, SETTING_SIZE, "%s%s", folder, value);
    case KIND_NUMBER:
        return put_number(reading, key, value);
    case KIND_YES_NO:
        if (!str_equal(value, "yes") && !str_equal(value, "no"))
            return complain(reading, key->name, "yes or no");
        *(bool *)text = str_equal(value, "yes");
        return RESULT_OK;
    case KIND_STORE:
        if (!str_equal(value, "sqlite") && !str_equal(value, "postgresql"))
            return complain(reading, key->name, "sqlite or postgresql");
        *(enum database_kind *)text =
            str_equal(value, "sqlite") ? DATABASE_SQLITE : DATABASE_POSTGRESQL;
        return RESULT_OK;
    }
    return RESULT_INVALID;
}

static enum result take_key(struct reading *reading, const char *name, const char *value)
{
    for (size_t i = 0; i < KEY_COUNT; i++) {
        if (!str_equal(keys[i].section, reading->section) || !str_equal(keys[i].name, name))
            continue;
        if (reading->seen[i])
            return complain(reading, name, "to be there once only");
        reading->seen[i] = true;
        return put(reading, &keys[i], value);
    }
    return complain(reading, name, "no such key here; the example file lists all of them");
}

static enum result take_line(struct reading *reading, char *text)
{
    char *line = trimmed(text);
    size_t length = strlen(line);

    if (length == 0 || line[0] == '#' || line[0] == ';')
        return RESULT_OK;
    if (line[0] == '[' && line[length - 1] == ']') {
        line[length - 1] = '\0';
        if (str_copy(reading->section, sizeof reading->section, line + 1) != RESULT_OK)
            return complain(reading, "[", "a shorter section name");
        return RESULT_OK;
    }
    char *equals = strchr(line, '=');
    if (equals == NULL)
        return complain(reading, line, "KEY = VALUE");
    *equals = '\0';
    return take_key(reading, trimmed(line), trimmed(equals + 1));
}

static enum result fill_rest(struct reading *reading)
{
    for (size_t i = 0; i < KEY_COUNT; i++) {
        if (reading->seen[i])
            continue;
        TRY(str_copy(reading->section, sizeof reading->section, keys[i].section));
        if (keys[i].otherwise == NULL)
            return complain(reading, keys[i].name, "this key, which is missing");
        TRY(put(reading, &keys[i], keys[i].otherwise));
    }
    return RESULT_OK;
}

// SQLite needs its file, PostgreSQL its connection.
static enum result check_store(struct reading *reading, const char *section,
                               const struct store_settings *store)
{
    bool sqlite = store->store == DATABASE_SQLITE;

    if ((sqlite ? store->database : store->connection)[0] != '\0')
        return RESULT_OK;
    TRY(str_copy(reading->section, sizeof reading->section, section));
    return complain(reading, sqlite ? "database" : "connection",
                    sqlite ? "this key, which is missing: the name of a file"
                           : "a connection string, because store is postgresql");
}

struct database_address settings_database(const struct store_settings *store)
{
    bool sqlite = store->store == DATABASE_SQLITE;

    return (struct database_address){.kind = store->store,
                                     .where = sqlite ? store->database : store->connection};
}

enum result settings_read(const char *path, struct settings *out, char *wrong, size_t capacity)
{
    struct reading reading = {.path = path, .to = out, .wrong = wrong, .capacity = capacity};
    const char *slash = strrchr(path, '/');
    FILE *file = fopen(path, "r");
    char line[SETTING_SIZE + 64];
    enum result good = RESULT_OK;

    *out = (struct settings){};
    if (file == NULL)
        return RESULT_NOT_FOUND;
    if (slash != NULL)
        good = str_format(reading.folder, sizeof reading.folder, "%.*s", (int)(slash - path) + 1,
                          path);
    while (good == RESULT_OK && fgets(line, sizeof line, file) != NULL) {
        reading.line++;
        good = take_line(&reading, line);
    }
    fclose(file);
    TRY(good);
    TRY(fill_rest(&reading));
    TRY(check_store(&reading, "register", &out->register_book));
    return check_store(&reading, "store", &out->orders);
}
