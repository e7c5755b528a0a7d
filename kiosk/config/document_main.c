// Prints the documented default configuration.
#include <stdio.h>

#include "config_keys.h"

int main(void)
{
    char text[32768];

    if (config_document(text, sizeof text) != RESULT_OK || fputs(text, stdout) < 0)
        return 1;
    return 0;
}
