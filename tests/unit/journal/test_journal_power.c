// The power fails at every write of a journal's life, or the process is killed there: the file
// opens, is whole, has every step that was promised, and every order in it finds its end. Of what
// was not synced at a power cut, any part may be left, sector by sector.
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "journal.h"
#include "recording_vfs.h"

#define NOW 1700000000
#define SECTOR 512
#define CHECKPOINT_PAGES 6
// A sanitizer's build looks at every few only: it is after other mistakes.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define STRIDE 5
#else
#define STRIDE 1
#endif

// ---- the life: paid and free orders to every end, a restart in between

struct life_step {
    uint8_t order;
    enum order_state to;
};

static const struct life_step life[] = {
    {1, ORDER_INTENT},    {1, ORDER_ISSUED},     {1, ORDER_PAYING},   {1, ORDER_ISSUED},
    {1, ORDER_PAYING},    {1, ORDER_PAID},       {2, ORDER_INTENT},   {1, ORDER_PRINTING},
    {1, ORDER_DELIVERED}, {2, ORDER_ISSUED},     {2, ORDER_PAYING},   {2, ORDER_CANCELLING},
    {2, ORDER_PAID},      {2, ORDER_REFUND_DUE}, {2, ORDER_REFUNDED}, {3, ORDER_INTENT},
};
#define LIFE_STEPS ((int)(sizeof life / sizeof life[0]))
#define RESTART_AFTER 7

static void live(const char *path, int *promised)
{
    struct journal *journal = NULL;
    const struct identifier visit = {{7, 7}};

    assert_int_equal(journal_create(path, &journal), RESULT_OK);
    assert_int_equal(journal_begin_session(journal, &visit, "fr", NOW), RESULT_OK);
    for (int i = 0; i < LIFE_STEPS; i++) {
        const struct journal_step step = {.order = {{life[i].order, 1}},
                                          .to = life[i].to,
                                          .visit = visit,
                                          .now = NOW + i,
                                          .kind = "household",
                                          .language = "fr",
                                          .reference = "BXL-1",
                                          .price_cents = life[i].order == 3 ? 0 : 500,
                                          .pages = 1,
                                          .payment = {{life[i].order, 2}},
                                          .scheme = "terminal"};

        assert_int_equal(journal_move_order(journal, &step), RESULT_OK);
        *promised = i + 1;
        if (i == RESTART_AFTER) {
            journal_destroy(journal);
            assert_int_equal(journal_create(path, &journal), RESULT_OK);
        }
    }
    assert_int_equal(journal_end_session(journal, &visit, "COMPLETED", NOW + 60), RESULT_OK);
    journal_destroy(journal);
}

// ---- a directory with one journal

struct place {
    char directory[64];
    char file[96], log[104], shared[104];
};

static void place_make(struct place *place)
{
    snprintf(place->directory, sizeof place->directory, "%s", "journal-power-XXXXXX");
    assert_non_null(mkdtemp(place->directory));
    snprintf(place->file, sizeof place->file, "%s/journal.db", place->directory);
    snprintf(place->log, sizeof place->log, "%s-wal", place->file);
    snprintf(place->shared, sizeof place->shared, "%s-shm", place->file);
}

static void place_empty(const struct place *place)
{
    unlink(place->file);
    unlink(place->log);
    unlink(place->shared);
}

static void place_remove(const struct place *place)
{
    place_empty(place);
    assert_int_equal(rmdir(place->directory), 0);
}

// ---- judgement

static enum order_news answer_to(enum order_act act, unsigned chance)
{
    static const enum order_news payments[] = {ORDER_PAYMENT_MADE, ORDER_PAYMENT_REFUSED};
    static const enum order_news jobs[] = {ORDER_PRINTED, ORDER_NO_SHEET, ORDER_PRINT_UNCLEAR};

    switch (act) {
    case ORDER_GIVE_UP:
        return ORDER_LEFT;
    case ORDER_STOP_PAYMENT:
        return payments[chance % 2];
    case ORDER_ASK_PRINTER:
        return jobs[chance % 3];
    case ORDER_PAY_BACK:
        return ORDER_MONEY_BACK;
    case ORDER_WAIT:
    case ORDER_GO_ON_TO_PRINT:
    case ORDER_ASK_FOR_DOCUMENT:
    case ORDER_TAKE_PAYMENT:
    case ORDER_PRINT:
        fail_msg("an order found at a start asks for act %d", act);
    }
    return ORDER_NO_NEWS;
}

static bool finds_its_end(struct journal *journal, unsigned chance)
{
    struct journal_order open[8];
    size_t count = 1;

    for (int i = 0; i < 8 && count > 0; i++) {
        if (journal_open_orders(journal, open, 8, &count) != RESULT_OK)
            return false;
        for (size_t k = 0; k < count; k++) {
            const struct order order = {open[k].state, ORDER_FOUND, open[k].price_cents > 0};
            const struct journal_step step = {
                .order = open[k].id,
                .to = order_next(&order, answer_to(order_act(&order), chance)),
                .now = NOW + 100};

            if (journal_move_order(journal, &step) != RESULT_OK)
                return false;
        }
    }
    return count == 0;
}

static bool is_whole(struct journal *journal, int least, int most)
{
    struct journal_report report;

    return journal_verify(journal, &report) == RESULT_OK && report.intact && report.gapless &&
           report.chained && report.legal && report.steps >= least && report.steps <= most;
}

// What was promised is there, at most one step more, and every order finds its end.
static bool survives(const struct place *place, int promised, unsigned chance)
{
    owned(journal) journal = NULL;

    return journal_create(place->file, &journal) == RESULT_OK &&
           is_whole(journal, promised, promised + 1) && finds_its_end(journal, chance) &&
           is_whole(journal, promised, INT32_MAX);
}

// ---- what a power cut leaves

enum rest { REST_NOTHING, REST_ALL, REST_PART };

struct image {
    unsigned char *data;
    size_t size;
};

struct disk {
    struct image durable[RECORDED_FILES];
    size_t first_pending[RECORDED_FILES]; // in the recording
    uint64_t chance;
};

static bool tossed(struct disk *disk)
{
    disk->chance = disk->chance * 6364136223846793005ULL + 1442695040888963407ULL;
    return (disk->chance >> 40 & 1) != 0;
}

static void image_resize(struct image *image, size_t size)
{
    if (size > image->size) {
        image->data = realloc(image->data, size);
        assert_non_null(image->data);
        memset(image->data + image->size, 0, size - image->size);
    }
    image->size = size;
}

static void image_write(struct image *image, const struct recorded *entry, size_t from, size_t size)
{
    size_t end = entry->offset + from + size;

    if (end > image->size)
        image_resize(image, end);
    memcpy(image->data + entry->offset + from, entry->data + from, size);
}

static void apply(struct disk *disk, struct image *image, const struct recorded *entry,
                  enum rest rest)
{
    if (entry->kind != RECORDED_WRITE) {
        if (rest == REST_ALL || tossed(disk))
            image_resize(image, entry->kind == RECORDED_TRUNCATE ? entry->offset : 0);
        return;
    }
    for (size_t from = 0; from < entry->size; from += SECTOR) {
        size_t size = entry->size - from < SECTOR ? entry->size - from : SECTOR;
        if (rest == REST_ALL || tossed(disk))
            image_write(image, entry, from, size);
    }
}

static void apply_pending(struct disk *disk, struct image *image, int file, size_t end,
                          enum rest rest)
{
    size_t count = 0;
    const struct recorded *list = recording_list(&count);

    for (size_t i = disk->first_pending[file]; i < end && rest != REST_NOTHING; i++)
        if (list[i].file == file && list[i].kind != RECORDED_SYNC)
            apply(disk, image, &list[i], rest);
}

// The operation `index` reaches the disk's own memory, or, as a sync, the platter.
static void disk_goes_on(struct disk *disk, size_t index)
{
    size_t count = 0;
    const struct recorded *entry = &recording_list(&count)[index];

    if (entry->kind != RECORDED_SYNC)
        return;
    apply_pending(disk, &disk->durable[entry->file], entry->file, index, REST_ALL);
    disk->first_pending[entry->file] = index;
}

static void leave(struct disk *disk, const struct place *place, size_t end, enum rest rest)
{
    const char *const paths[RECORDED_FILES] = {place->file, place->log};

    place_empty(place);
    for (int i = 0; i < RECORDED_FILES; i++) {
        struct image image = {};
        image_resize(&image, disk->durable[i].size);
        if (image.size > 0)
            memcpy(image.data, disk->durable[i].data, image.size);
        apply_pending(disk, &image, i, end, rest);
        FILE *file = image.size > 0 ? fopen(paths[i], "wb") : NULL;
        if (file != NULL) {
            assert_int_equal(fwrite(image.data, 1, image.size, file), image.size);
            fclose(file);
        }
        free(image.data);
    }
}

// How many of all power cuts the journal does not survive; `lies`: the disk does nothing at a sync.
static int lost_at_power_cuts(bool lies, size_t *cuts)
{
    struct place lived, left;
    int promised = 0, lost = 0;
    size_t count = 0;
    struct disk disk = {.chance = 2026};

    place_make(&lived);
    place_make(&left);
    recording_begin(lived.file, &promised);
    recording_checkpoints_every(CHECKPOINT_PAGES);
    live(lived.file, &promised);
    const struct recorded *list = recording_list(&count);
    *cuts = 0;
    for (size_t end = 0; end <= count; end++) {
        int then = end < count ? list[end].promised : promised;
        for (int rest = end % STRIDE == 0 ? REST_NOTHING : REST_PART + 1;
             rest <= (lies ? REST_NOTHING : REST_PART); rest++) {
            leave(&disk, &left, end, (enum rest)rest);
            lost += !survives(&left, then, (unsigned)end);
            ++*cuts;
        }
        if (end < count && !lies)
            disk_goes_on(&disk, end);
    }
    for (int i = 0; i < RECORDED_FILES; i++)
        free(disk.durable[i].data);
    recording_end();
    place_remove(&lived);
    place_remove(&left);
    return lost;
}

static void test_the_journal_survives_every_power_cut(void **state)
{
    size_t cuts = 0;

    (void)state;
    assert_int_equal(lost_at_power_cuts(false, &cuts), 0);
    print_message("%zu power cuts, none lost a promised step\n", cuts);
    assert_true(cuts > 400 / STRIDE);
}

// A test that could not fail would prove nothing: a disk that does not sync loses steps.
static void test_a_disk_that_does_not_sync_is_noticed(void **state)
{
    size_t cuts = 0;

    (void)state;
    assert_true(lost_at_power_cuts(true, &cuts) > 30 / STRIDE);
}

// ---- a killed process

static bool killed_at(const struct place *place, int *promised, size_t number)
{
    int status = 0;

    *promised = 0;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        recording_end();
        recording_begin(place->file, promised);
        recording_checkpoints_every(CHECKPOINT_PAGES);
        recording_kill_at(number);
        live(place->file, promised);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

static void test_the_journal_survives_a_kill_at_every_write(void **state)
{
    struct place place;
    int *promised =
        mmap(NULL, sizeof *promised, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    size_t kills = 0;

    (void)state;
    assert_true(promised != MAP_FAILED);
    place_make(&place);
    recording_begin("of the child alone", promised);
    while (killed_at(&place, promised, kills + 1)) {
        if (!survives(&place, *promised, (unsigned)kills))
            fail_msg("killed at write %zu, %d steps were promised", kills + 1, *promised);
        place_empty(&place);
        kills += STRIDE;
    }
    recording_end();
    place_remove(&place);
    munmap(promised, sizeof *promised);
    print_message("%zu kills, none lost a promised step\n", kills / STRIDE);
    assert_true(kills > 100);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_journal_survives_every_power_cut),
        cmocka_unit_test(test_a_disk_that_does_not_sync_is_noticed),
        cmocka_unit_test(test_the_journal_survives_a_kill_at_every_write),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
