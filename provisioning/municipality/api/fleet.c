#include "fleet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "str.h"

#define FLEET_MAXIMUM 1000

struct fleet {
    size_t count;
    char names[FLEET_MAXIMUM][TERMINAL_NAME_SIZE];
};

static enum result add(struct fleet *fleet, char *line)
{
    line[strcspn(line, "\r\n")] = '\0';
    if (line[0] == '\0' || line[0] == '#')
        return RESULT_OK;
    if (fleet->count == FLEET_MAXIMUM)
        return RESULT_MALFORMED;
    return str_copy(fleet->names[fleet->count++], TERMINAL_NAME_SIZE, line);
}

enum result fleet_create(const char *path, int *line, struct fleet **out)
{
    owned(fleet) fleet = calloc(1, sizeof *fleet);
    FILE *file = fopen(path, "r");
    char text[256];
    enum result good = RESULT_OK;

    *line = 0;
    if (file == NULL)
        return RESULT_NOT_FOUND;
    while (fleet != NULL && good == RESULT_OK && fgets(text, sizeof text, file) != NULL) {
        (*line)++;
        good = add(fleet, text);
    }
    fclose(file);
    if (fleet == NULL)
        return RESULT_NO_MEMORY;
    if (good != RESULT_OK || fleet->count == 0)
        return RESULT_MALFORMED;
    *out = take(fleet);
    return RESULT_OK;
}

void fleet_destroy(struct fleet *fleet)
{
    free(fleet);
}

bool fleet_knows(const struct fleet *fleet, const char *name)
{
    for (size_t i = 0; i < fleet->count; i++)
        if (str_equal(fleet->names[i], name))
            return true;
    return false;
}
