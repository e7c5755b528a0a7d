#include "processor.h"

#include <sched.h>
#include <unistd.h>

// The first and the last of the machine; where that one may not be used, all stays as it is.
void processor_use(enum processor which)
{
    long last = sysconf(_SC_NPROCESSORS_ONLN) - 1;
    cpu_set_t one;

    CPU_ZERO(&one);
    CPU_SET(which == PROCESSOR_OF_SERVER ? 0 : (size_t)last, &one);
    sched_setaffinity(0, sizeof one, &one);
}
