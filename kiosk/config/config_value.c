// One value of the configuration: is it what its key asks for?
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config_keys.h"
#include "str.h"

static bool has_control_characters(const char *text)
{
    for (const char *at = text; *at != '\0'; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7F)
            return true;
    return false;
}

// HOST, HOST:PORT or [IPV6]:PORT, then the end or a path.
static bool is_authority(const char *text, bool with_port)
{
    size_t host = *text == '[' ? strcspn(text, "]") + 1 : strcspn(text, ":/");
    const char *after = text + host;
    char port[8];
    int64_t number = 0;

    if (host == 0 || host > strlen(text) || strcspn(text, " @?#") != strlen(text))
        return false;
    if (*after != ':')
        return !with_port && (*after == '\0' || *after == '/');
    size_t digits = strcspn(after + 1, "/");
    return digits < sizeof port &&
           str_format(port, sizeof port, "%.*s", (int)digits, after + 1) == RESULT_OK &&
           str_to_int(port, 1, 65535, &number) == RESULT_OK;
}

static bool is_url(const char *text, const char *scheme, bool with_port)
{
    return str_starts_with(text, scheme) && is_authority(text + strlen(scheme), with_port);
}

static bool is_path(const char *text)
{
    return text[0] == '/' && text[1] != '\0';
}

static bool has_right_form(enum config_type type, const char *text)
{
    switch (type) {
    case CONFIG_TYPE_TEXT:
    case CONFIG_TYPE_NUMBER:
        return true;
    case CONFIG_TYPE_SIDE:
        return str_equal(text, "left") || str_equal(text, "right");
    case CONFIG_TYPE_SWITCH:
        return str_equal(text, "yes") || str_equal(text, "no");
    case CONFIG_TYPE_FILE:
    case CONFIG_TYPE_DIRECTORY:
        return is_path(text);
    case CONFIG_TYPE_NEW_FILE:
        return is_path(text) && text[strlen(text) - 1] != '/';
    case CONFIG_TYPE_HTTPS:
        return is_url(text, "https://", false);
    case CONFIG_TYPE_IPP:
        return is_url(text, "ipp://", false) || is_url(text, "ipps://", false);
    case CONFIG_TYPE_DEVICE:
        return is_url(text, "tcp:", true) || is_path(text);
    }
    return false;
}

// The place of a number in struct config: limits of the session are 32 bits wide, the rest is 64.
static void store_number(const struct config_key *key, int64_t number, struct config *out)
{
    char *place = (char *)out + key->offset;
    uint32_t narrow = (uint32_t)number;

    if (key->offset >= offsetof(struct config, limits) &&
        key->offset < offsetof(struct config, limits) + sizeof out->limits)
        memcpy(place, &narrow, sizeof narrow);
    else
        memcpy(place, &number, sizeof number);
}

enum result config_key_store(const struct config_key *key, const char *text, struct config *out)
{
    struct bytes view = {.data = (const uint8_t *)text, .size = strlen(text)};
    int64_t number = 0;

    if (key->type == CONFIG_TYPE_NUMBER) {
        TRY(str_to_int(text, key->least, key->most, &number));
        store_number(key, number, out);
        return RESULT_OK;
    }
    if (!str_is_utf8(view) || has_control_characters(text) || view.size > (size_t)key->most)
        return RESULT_MALFORMED;
    if (view.size == 0 ? !key->may_be_empty : !has_right_form(key->type, text))
        return RESULT_MALFORMED;
    return str_copy((char *)out + key->offset, CONFIG_TEXT_SIZE, text);
}

static enum result check_directory_of(const char *path)
{
    char directory[CONFIG_TEXT_SIZE];
    const char *slash = strrchr(path, '/');
    size_t length = slash == path ? 1 : (size_t)(slash - path);

    TRY(str_format(directory, sizeof directory, "%.*s", (int)length, path));
    return access(directory, W_OK | X_OK) == 0 ? RESULT_OK : RESULT_NOT_FOUND;
}

static enum result check_readable(const char *path, bool directory)
{
    struct stat about;

    if (stat(path, &about) != 0 || S_ISDIR(about.st_mode) != directory)
        return RESULT_NOT_FOUND;
    return access(path, directory ? R_OK | X_OK : R_OK) == 0 ? RESULT_OK : RESULT_NOT_FOUND;
}

enum result config_key_check_file(const struct config_key *key, const struct config *config)
{
    const char *path = (const char *)config + key->offset;

    switch (key->type) {
    case CONFIG_TYPE_FILE:
        return *path == '\0' ? RESULT_OK : check_readable(path, false);
    case CONFIG_TYPE_DIRECTORY:
        return check_readable(path, true);
    case CONFIG_TYPE_NEW_FILE:
        return check_directory_of(path);
    case CONFIG_TYPE_TEXT:
    case CONFIG_TYPE_NUMBER:
    case CONFIG_TYPE_SIDE:
    case CONFIG_TYPE_SWITCH:
    case CONFIG_TYPE_HTTPS:
    case CONFIG_TYPE_IPP:
    case CONFIG_TYPE_DEVICE:
        return RESULT_OK;
    }
    return RESULT_OK;
}

static const char *form(enum config_type type)
{
    switch (type) {
    case CONFIG_TYPE_TEXT:
        return "text";
    case CONFIG_TYPE_NUMBER:
        return "a whole number";
    case CONFIG_TYPE_SIDE:
        return "left or right";
    case CONFIG_TYPE_SWITCH:
        return "yes or no";
    case CONFIG_TYPE_FILE:
        return "the absolute path of a file that the terminal can read";
    case CONFIG_TYPE_DIRECTORY:
        return "the absolute path of a directory that the terminal can read";
    case CONFIG_TYPE_NEW_FILE:
        return "the absolute path of a file in a directory that the terminal can write to";
    case CONFIG_TYPE_HTTPS:
        return "an address of the form https://HOST:PORT";
    case CONFIG_TYPE_IPP:
        return "an address of the form ipp://HOST:PORT/PATH or ipps://HOST:PORT/PATH";
    case CONFIG_TYPE_DEVICE:
        return "an address of the form tcp:HOST:PORT or the absolute path of a device";
    }
    return "";
}

enum result config_key_expectation(const struct config_key *key, char *out, size_t capacity)
{
    if (key->type == CONFIG_TYPE_NUMBER)
        return str_format(out, capacity, "%s from %lld to %lld (%s)", form(key->type),
                          (long long)key->least, (long long)key->most, key->unit);
    if (key->type == CONFIG_TYPE_TEXT)
        return str_format(out, capacity, "%s of %lld to %lld characters", form(key->type),
                          (long long)key->least, (long long)key->most);
    return str_format(out, capacity, "%s%s", form(key->type),
                      key->may_be_empty ? ", or nothing" : "");
}
