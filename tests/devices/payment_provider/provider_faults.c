#include "provider_faults.h"

#include <stdio.h>
#include <string.h>

bool fault_is(const char *folder, const char *word)
{
    char path[512], line[64] = "none";
    FILE *file;

    (void)snprintf(path, sizeof path, "%s/fault", folder);
    file = fopen(path, "r");
    if (file != NULL) {
        if (fgets(line, sizeof line, file) == NULL)
            line[0] = '\0';
        (void)fclose(file);
    }
    line[strcspn(line, "\n")] = '\0';
    return strcmp(line, word) == 0;
}
