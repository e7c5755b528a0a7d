// private-printer-command FILE: what the printer runs for each job. Keeps the document where
// wanted, counts its pages, plays the scenario. Started by private-printer's printer only.
#include <ctype.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "print_scenario.h"
#include "str.h"

#define DOCUMENT_MAXIMUM (64u << 20)
#define PATH_SIZE 4096

static const char *from_environment(const char *name)
{
    const char *value = getenv(name);

    return value == NULL ? "" : value;
}

static uint8_t *read_document(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rbe");
    uint8_t *document = malloc(DOCUMENT_MAXIMUM);

    *size = 0;
    if (file != NULL && document != NULL)
        *size = fread(document, 1, DOCUMENT_MAXIMUM, file);
    if (file != NULL)
        fclose(file);
    return document;
}

// Page objects of a PDF without object streams, as certificates are: "/Type /Page", not "/Pages".
static int count_pages(const uint8_t *document, size_t size)
{
    static const char type[] = "/Type";
    static const char page[] = "/Page";
    const uint8_t *end = document + size;
    int pages = 0;

    for (const uint8_t *at = document; at != NULL && at < end; at++) {
        at = memmem(at, (size_t)(end - at), type, sizeof type - 1);
        if (at == NULL)
            break;
        const uint8_t *value = at + sizeof type - 1;
        while (value < end && isspace(*value))
            value++;
        if ((size_t)(end - value) > sizeof page - 1 && memcmp(value, page, sizeof page - 1) == 0 &&
            !isalpha(value[sizeof page - 1]))
            pages++;
    }
    return pages > 0 ? pages : 1;
}

static enum result keep(const char *directory, const uint8_t *document, size_t size)
{
    char name[128], path[PATH_SIZE], unfinished[PATH_SIZE];

    TRY(str_format(name, sizeof name, "%s-%s", from_environment("IPP_JOB_ID"),
                   from_environment("IPP_JOB_NAME")));
    for (char *at = name; *at != '\0'; at++) {
        if (!isalnum((unsigned char)*at))
            *at = '-';
    }
    TRY(str_format(path, sizeof path, "%s/%s.pdf", directory, name));
    TRY(str_format(unfinished, sizeof unfinished, "%s/.%s.unfinished", directory, name));
    FILE *file = fopen(unfinished, "wbe");
    if (file == NULL)
        return RESULT_FAILED;
    bool written = fwrite(document, 1, size, file) == size;
    return fclose(file) == 0 && written && rename(unfinished, path) == 0 ? RESULT_OK
                                                                         : RESULT_FAILED;
}

int main(int argc, char **argv)
{
    const char *folder = from_environment("PRIVATE_PRINTER_KEEP");
    size_t size = 0;

    prctl(PR_SET_PDEATHSIG, SIGKILL); // a printer that is killed leaves nobody behind
    if (argc != 2) {
        fprintf(stderr, "usage: private-printer-command FILE\n");
        return 2;
    }
    uint8_t *document = read_document(argv[1], &size);
    if (document == NULL || size == 0 ||
        (folder[0] != '\0' && keep(folder, document, size) != RESULT_OK)) {
        fprintf(stderr, "ERROR: the document cannot be read, or not be kept\n");
        return 1;
    }
    int sheets = count_pages(document, size);
    free(document);
    return play_scenario(from_environment("PRIVATE_PRINTER_SCENARIO"), sheets);
}
