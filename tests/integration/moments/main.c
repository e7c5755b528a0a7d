// integration_moments PROGRAMS [--long]: every bad moment that a card slot has met, on the real
// pcscd: what the driver says, how soon, and whether the next resident is served. Prints a table.
#include "moments.h"

#include "other_process.h"
#include "str.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define READER "Virtual Reader"
#define SETTLE_MS 10000

static int count_descriptors(void)
{
    DIR *folder = opendir("/proc/self/fd");
    int count = 0;

    if (folder == NULL)
        exit(1);
    while (readdir(folder) != NULL)
        count++;
    closedir(folder);
    return count;
}

// How many ends of a connection to a socket of the bench its owner holds open: an accepted socket
// bears the name of the one that listens (proc(5), /proc/net/unix; state 03 is connected).
static int count_connections(const struct scene *scene, const char *name)
{
    char path[TEST_PATH_SIZE], line[2 * TEST_PATH_SIZE], state[8];
    FILE *table = fopen("/proc/net/unix", "re");
    int count = 0;

    card_bench_path(scene->bench, name, path);
    if (table == NULL)
        exit(1);
    while (fgets(line, sizeof line, table) != NULL)
        if (strstr(line, path) != NULL && sscanf(line, "%*s %*s %*s %*s %*s %7s", state) == 1)
            count += str_equal(state, "03");
    fclose(table);
    return count;
}

static void make_cards(struct scene *scene)
{
    card_bench_make_card(scene->bench, CARD, "1");
    card_bench_make(scene->bench, CARD_1_8, &(struct card_bench_card){.generation = "v18"});
    card_bench_make_card(scene->bench, NEXT_CARD, "1");
}

static void measure_visit(struct scene *scene, const char *card)
{
    int64_t milliseconds;

    scene->card = card;
    scene_insert(scene, scene->card);
    enum outcome outcome = visit_whole(&scene->slot, scene->bench, scene->card, &milliseconds);
    scene->exchanges = (int)card_bench_commands(scene->bench);
    if (outcome != OUTCOME_SERVED || !scene_next_is_served(scene)) {
        fprintf(stderr, "an undisturbed visit: %s\n", outcome_text(outcome));
        exit(1);
    }
    printf("a visit with %s has %d exchanges and takes %lld ms\n", card, scene->exchanges,
           (long long)milliseconds);
}

// pcscd has no client any more and its reader no card; this process has as many descriptors as
// before.
static bool nothing_is_left(struct scene *scene, int descriptors)
{
    int64_t start = microseconds_now();
    int clients = count_connections(scene, "pcscd.comm"), now = count_descriptors();

    for (; clients > 0 && microseconds_now() - start < SETTLE_MS * 1000;
         clients = count_connections(scene, "pcscd.comm"))
        wait_a_moment();
    int cards = count_connections(scene, "reader-0.sock");
    printf("left: %d clients of pcscd, %d cards in its reader; this process has %d descriptors,"
           " before %d\n",
           clients, cards, now, descriptors);
    return clients == 0 && cards == 0 && now == descriptors;
}

static bool run(struct scene *scene)
{
    int descriptors = count_descriptors();

    scene->slot = card_slot_open(scene->bench, READER, true);
    measure_visit(scene, CARD_1_8);
    if (count_connections(scene, "pcscd.comm") == 0) {
        fprintf(stderr, "our own connection is not seen, so one that is left would not be\n");
        return false;
    }
    moments_of_a_pull(scene);
    measure_visit(scene, CARD);
    moments_of_a_pull(scene);
    moments_of_the_reader(scene);
    moments_of_the_service(scene);
    moments_of_other_processes(scene);
    moments_of_answers(scene);
    bool good = table_print(scene->table);
    card_slot_close(&scene->slot);
    return nothing_is_left(scene, descriptors) && good;
}

int main(int argc, char **argv)
{
    struct scene scene = {.program = argv[0]};

    if (argc == 4 && str_equal(argv[1], OTHER_PROCESS_OPTION))
        return other_process_main(argv[2], argv[3]);
    scene.thorough = argc == 3 && str_equal(argv[2], "--long");
    if (argc != 2 && !scene.thorough) {
        fprintf(stderr, "usage: %s FOLDER_OF_PROGRAMS [--long]\n", argv[0]);
        return 2;
    }
    scene.bench = card_bench_create(argv[1]);
    scene.table = table_create();
    make_cards(&scene);
    bool good = run(&scene);
    table_destroy(scene.table);
    card_bench_destroy(scene.bench);
    return good ? 0 : 1;
}
