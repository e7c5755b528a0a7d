// integration.kioskctl PROGRAMS: the folder of kioskctl and of the test devices.
#include "card_bench.h"
#include "str.h"
#include "suites.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char *argv[])
{
    struct caller caller;

    if (argc != 2) {
        fprintf(stderr, "usage: %s PROGRAMS\n", argv[0]);
        return 2;
    }
    test_path(caller.program, argv[1], "kioskctl");
    test_folder_create(caller.folder);
    struct card_bench *bench = card_bench_create(argv[1]);
    int failed = decode_tests(&caller) + seal_tests(&caller) + read_tests(&caller, bench) +
                 generation_tests(&caller, bench);
    card_bench_destroy(bench);
    test_folder_remove(caller.folder);
    return failed;
}
