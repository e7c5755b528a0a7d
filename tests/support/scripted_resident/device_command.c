// device-command SOCKET LINE: says one line to a virtual device's control socket, for scripts. Exit
// status: 0 when the device answered "ok", 1 when not, 2 for a wrong call.
#include <stdio.h>

#include "devices.h"

int main(int count, char **words)
{
    if (count != 3) {
        fprintf(stderr, "usage: device-command SOCKET LINE\n");
        return 2;
    }
    return device_command(words[1], words[2]) == RESULT_OK ? 0 : 1;
}
