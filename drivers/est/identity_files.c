#include "identity_files.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/pem.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "str.h"

#define PATH_SIZE 4096

// In the order of renaming.
enum part { PART_ANCHOR, PART_KEY, PART_CERTIFICATE, PART_COUNT };
static const char *const names[PART_COUNT] = {"trust/tls-ca.pem", "kiosk.key", "kiosk.pem"};

static bool write_part(FILE *file, enum part part, const struct identity *identity)
{
    switch (part) {
    case PART_ANCHOR:
        return PEM_write_X509(file, identity->anchor) == 1;
    case PART_KEY:
        return PEM_write_PKCS8PrivateKey(file, identity->key, NULL, NULL, 0, NULL, NULL) == 1;
    case PART_CERTIFICATE:
        return PEM_write_X509(file, identity->certificate) == 1;
    case PART_COUNT:
        break;
    }
    return false;
}

static enum result write_beside(const char *directory, enum part part,
                                const struct identity *identity)
{
    char path[PATH_SIZE];
    mode_t mode = part == PART_KEY ? 0600 : 0644;

    TRY(str_format(path, sizeof path, "%s/%s.new", directory, names[part]));
    unlink(path); // of an attempt that was cut off; its mode may be another
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    if (file == NULL)
        return RESULT_FAILED;
    bool good = fchmod(descriptor, mode) == 0 && write_part(file, part, identity) &&
                fflush(file) == 0 && fsync(descriptor) == 0;
    bool closed = fclose(file) == 0;
    return good && closed ? RESULT_OK : RESULT_FAILED;
}

static enum result put_in_place(const char *directory, enum part part)
{
    char path[PATH_SIZE], beside[PATH_SIZE];

    TRY(str_format(path, sizeof path, "%s/%s", directory, names[part]));
    TRY(str_format(beside, sizeof beside, "%s/%s.new", directory, names[part]));
    return rename(beside, path) == 0 ? RESULT_OK : RESULT_FAILED;
}

static enum result sync_directory(const char *path)
{
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = descriptor >= 0 && fsync(descriptor) == 0;

    if (descriptor >= 0)
        close(descriptor);
    return good ? RESULT_OK : RESULT_FAILED;
}

enum result identity_files_prepare(const char *directory)
{
    char trust[PATH_SIZE];

    TRY(str_format(trust, sizeof trust, "%s/trust", directory));
    if ((mkdir(directory, 0755) != 0 && errno != EEXIST) ||
        (mkdir(trust, 0755) != 0 && errno != EEXIST))
        return RESULT_FAILED;
    return access(directory, W_OK) == 0 && access(trust, W_OK) == 0 ? RESULT_OK : RESULT_FAILED;
}

enum result identity_files_write(const char *directory, const struct identity *identity)
{
    char trust[PATH_SIZE];

    TRY(str_format(trust, sizeof trust, "%s/trust", directory));
    for (enum part part = 0; part < PART_COUNT; part++)
        TRY(write_beside(directory, part, identity));
    for (enum part part = 0; part < PART_COUNT; part++)
        TRY(put_in_place(directory, part));
    TRY(sync_directory(trust));
    return sync_directory(directory);
}
