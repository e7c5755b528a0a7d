// hanging-preview: a helper that never answers and never ends by itself.
#include <unistd.h>

int main(void)
{
    for (;;)
        pause();
}
