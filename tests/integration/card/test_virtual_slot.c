// The virtual reader's slot asked in the order in which pcscd asks it. A card that went out must be
// absent in the look that pcscd goes by, whatever other look came before it and however soon the
// next card is put in.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "card_link.h"
#include "clock.h"
#include "processes.h"

#define NEXT_CARD_CYCLES 4
#define LONG_MS 20000

struct slot {
    struct card_link link;
    char folder[TEST_PATH_SIZE], path[TEST_PATH_SIZE];
};

static int put_in_card(const struct slot *slot)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int card = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    memcpy(address.sun_path, slot->path, strlen(slot->path) + 1);
    assert_int_equal(connect(card, (const struct sockaddr *)&address, sizeof address), 0);
    return card;
}

static bool look(struct slot *slot)
{
    return card_link_present(&slot->link);
}

static void wait_for_change(struct slot *slot)
{
    card_link_wait(&slot->link, 0);
}

static int open_slot(void **state)
{
    struct slot *slot = calloc(1, sizeof *slot);

    assert_non_null(slot);
    test_folder_create(slot->folder);
    test_path(slot->path, slot->folder, "slot");
    assert_true(card_link_open(&slot->link, slot->path));
    assert_false(look(slot));
    wait_for_change(slot);
    *state = slot;
    return 0;
}

static int close_slot(void **state)
{
    struct slot *slot = *state;

    card_link_close(&slot->link);
    test_folder_remove(slot->folder);
    free(slot);
    return 0;
}

static void assert_next_card_is_seen(struct slot *slot)
{
    bool seen = false;

    for (int cycle = 0; cycle < NEXT_CARD_CYCLES && !seen; cycle++) {
        wait_for_change(slot);
        seen = look(slot);
    }
    assert_true(seen);
}

static void a_card_changed_before_it_is_switched_off_is_told_as_absent(void **state)
{
    struct slot *slot = *state;
    int card = put_in_card(slot);

    assert_true(look(slot));
    wait_for_change(slot);
    close(card);
    card = put_in_card(slot);
    assert_false(look(slot)); // before pcscd switches it off
    assert_false(look(slot)); // the look that counts
    assert_next_card_is_seen(slot);
    close(card);
}

static void a_card_changed_while_it_is_switched_off_is_told_as_absent(void **state)
{
    struct slot *slot = *state;
    int card = put_in_card(slot);

    assert_true(look(slot));
    wait_for_change(slot);
    assert_true(look(slot)); // before pcscd switches it off
    close(card);
    card = put_in_card(slot);
    assert_false(look(slot)); // the look that counts
    assert_next_card_is_seen(slot);
    close(card);
}

static void a_card_changed_before_it_is_switched_on_is_told_as_absent(void **state)
{
    struct slot *slot = *state;
    int card = put_in_card(slot);

    assert_true(look(slot)); // the look that counts
    close(card);
    card = put_in_card(slot);
    assert_false(look(slot)); // before pcscd switches it on
    wait_for_change(slot);
    assert_false(look(slot)); // the look that counts
    assert_next_card_is_seen(slot);
    close(card);
}

static int pull_cable(const struct slot *slot)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int hand = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_true(snprintf(address.sun_path, sizeof address.sun_path, "%s.unplug", slot->path) <
                (int)sizeof address.sun_path);
    assert_int_equal(connect(hand, (const struct sockaddr *)&address, sizeof address), 0);
    return hand;
}

// pcscd would keep the reader for lost, and wait for the next card to tell it otherwise.
static void a_cable_that_is_back_before_the_wait_ends_it(void **state)
{
    struct slot *slot = *state;
    int hand = pull_cable(slot);

    assert_false(card_link_plugged(&slot->link));
    close(hand);
    uint64_t start = clock_monotonic_ms();
    card_link_wait(&slot->link, LONG_MS);
    assert_true(clock_monotonic_ms() - start < LONG_MS);
    assert_true(card_link_plugged(&slot->link));
}

static void *use_the_reader(void *self)
{
    struct slot *slot = self;

    return card_link_plugged(&slot->link) ? self : NULL;
}

static void a_cable_that_a_client_finds_pulled_ends_the_wait(void **state)
{
    struct slot *slot = *state;
    int hand = pull_cable(slot);
    pthread_t client;
    void *plugged = slot;

    assert_int_equal(pthread_create(&client, NULL, use_the_reader, slot), 0);
    assert_int_equal(pthread_join(client, &plugged), 0);
    assert_null(plugged);
    uint64_t start = clock_monotonic_ms();
    card_link_wait(&slot->link, LONG_MS);
    assert_true(clock_monotonic_ms() - start < LONG_MS);
    close(hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_card_changed_before_it_is_switched_off_is_told_as_absent,
                                        open_slot, close_slot),
        cmocka_unit_test_setup_teardown(a_card_changed_while_it_is_switched_off_is_told_as_absent,
                                        open_slot, close_slot),
        cmocka_unit_test_setup_teardown(a_card_changed_before_it_is_switched_on_is_told_as_absent,
                                        open_slot, close_slot),
        cmocka_unit_test_setup_teardown(a_cable_that_is_back_before_the_wait_ends_it, open_slot,
                                        close_slot),
        cmocka_unit_test_setup_teardown(a_cable_that_a_client_finds_pulled_ends_the_wait, open_slot,
                                        close_slot),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
