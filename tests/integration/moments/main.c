// integration_moments PROGRAMS [--long]: every bad moment that a card slot has met, on the real
// pcscd: what the driver says, how soon, and whether the next resident is served. Prints a table.
#include "moments.h"

#include "other_process.h"
#include "str.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define READER "Virtual Reader"
#define SETTLE_MS 10000

static void tell_descriptor(const char *folder, const char *name)
{
    char path[TEST_PATH_SIZE], about[TEST_PATH_SIZE] = "";

    test_path(path, folder, name);
    if (readlink(path, about, sizeof about - 1) > 0)
        printf("%s %s\n", path, about);
}

static int count_descriptors(pid_t process, bool tell)
{
    char path[TEST_PATH_SIZE];
    int count = 0;

    if (str_format(path, sizeof path, "/proc/%d/fd", (int)process) != RESULT_OK)
        exit(1);
    DIR *folder = opendir(path);
    if (folder == NULL) {
        perror(path);
        exit(1);
    }
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        count++;
        if (tell)
            tell_descriptor(path, entry->d_name);
    }
    closedir(folder);
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

// Daemon and process have as many open descriptors as before anybody used the reader.
static bool nothing_is_left(struct scene *scene, int in_daemon, int in_process)
{
    int64_t start = microseconds_now();
    pid_t daemon = card_bench_daemon(scene->bench);
    int now = count_descriptors(daemon, false), here = count_descriptors(getpid(), false);

    for (; now != in_daemon && microseconds_now() - start < SETTLE_MS * 1000;
         now = count_descriptors(daemon, false))
        wait_a_moment();
    printf("descriptors: pcscd %d, before %d; this process %d, before %d\n", now, in_daemon, here,
           in_process);
    if (now == in_daemon && here == in_process)
        return true;
    (void)count_descriptors(daemon, true);
    (void)count_descriptors(getpid(), true);
    return false;
}

static bool run(struct scene *scene)
{
    int in_daemon = count_descriptors(card_bench_daemon(scene->bench), false);
    int in_process = count_descriptors(getpid(), false);

    scene->slot = card_slot_open(scene->bench, READER, true);
    measure_visit(scene, CARD_1_8);
    moments_of_a_pull(scene);
    measure_visit(scene, CARD);
    moments_of_a_pull(scene);
    moments_of_the_reader(scene);
    moments_of_the_service(scene);
    moments_of_other_processes(scene);
    moments_of_answers(scene);
    bool good = table_print(scene->table);
    card_slot_close(&scene->slot);
    return nothing_is_left(scene, in_daemon, in_process) && good;
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
