// virtual-card --reader SOCKET --control SOCKET: plays an eID, or a card of another kind, in a
// virtual reader. What happens to the card is said on the control socket; see README.md.
#include "control.h"
#include "reader_link.h"
#include "slot_card.h"
#include "str.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#define INSERT_PATIENCE_MS 5000
#define RETRY_MS 20

struct player {
    struct control control;
    struct reader_link link;
    struct slot_card *card; // NULL: in nobody's slot
    bool resolved; // of the next card
    bool finished;
};

static void say(char answer[CONTROL_LINE_SIZE], const char *text)
{
    (void)str_copy(answer, CONTROL_LINE_SIZE, text);
}

static void take_out(struct player *player)
{
    reader_link_break(&player->link);
    slot_card_destroy(player->card);
    player->card = NULL;
}

static void put_in(struct player *player, const char *folder, char answer[CONTROL_LINE_SIZE])
{
    if (player->card != NULL) {
        say(answer, "error a card is in the reader; remove it first");
        return;
    }
    if (slot_card_create(folder, &player->card) != RESULT_OK) {
        say(answer, "error not a folder that make-card made; standard error says more");
        return;
    }
    slot_card_resolve(player->card, player->resolved);
    reader_link_begin(&player->link);
    enum result result = RESULT_UNREACHABLE;
    for (int waited = 0; waited < INSERT_PATIENCE_MS; waited += RETRY_MS) {
        result = reader_link_connect(&player->link);
        if (result == RESULT_OK)
            break;
        poll(NULL, 0, RETRY_MS); // the reader's daemon may be starting
    }
    if (result != RESULT_OK)
        take_out(player);
    say(answer, result == RESULT_OK ? "ok inserted" : "error no reader listens there");
}

static void tell_status(const struct player *player, char answer[CONTROL_LINE_SIZE])
{
    const struct reader_link *link = &player->link;
    const struct eid_card *eid = player->card != NULL ? slot_card_eid(player->card) : NULL;

    if (player->card == NULL) {
        say(answer, "ok empty");
        return;
    }
    (void)str_format(answer, CONTROL_LINE_SIZE,
                     "ok inserted commands=%lld reads=%lld holding=%d tries=%d verified=%d",
                     (long long)link->commands, (long long)link->reads, link->holding,
                     eid != NULL ? eid_image_tries_left(eid_card_image(eid)) : -1,
                     eid != NULL && eid_card_verified(eid));
}

static void set_fault(struct player *player, const char *line, char answer[CONTROL_LINE_SIZE])
{
    enum result result = card_fault_parse(line, &player->link.fault);

    if (result == RESULT_NOT_FOUND)
        say(answer,
            "error expected insert FOLDER, remove, status, let-go, resolve on, resolve off, quit,"
            " pull-at N,"
            " silent-at N, silent-from N, dead-from N, garble-at N SIZE or forge-at N SIZE");
    else if (result != RESULT_OK)
        say(answer, "error expected the number of a command, 0 for never, and for garble-at and"
                    " forge-at a size of at most 258 and 256 bytes");
}

static void obey(void *self, char *line, char answer[CONTROL_LINE_SIZE])
{
    struct player *player = self;

    say(answer, "ok");
    if (str_starts_with(line, "insert ")) {
        put_in(player, line + strlen("insert "), answer);
    } else if (str_equal(line, "remove")) {
        take_out(player);
        say(answer, "ok removed");
    } else if (str_equal(line, "let-go")) {
        if (reader_link_let_go(&player->link) != RESULT_OK)
            say(answer, "error the card keeps no answer to itself");
    } else if (str_equal(line, "resolve on") || str_equal(line, "resolve off")) {
        player->resolved = str_equal(line, "resolve on");
    } else if (str_equal(line, "status")) {
        tell_status(player, answer);
    } else if (str_equal(line, "quit")) {
        player->finished = true;
    } else {
        set_fault(player, line, answer);
    }
}

static void serve_reader(struct player *player)
{
    switch (reader_link_serve(&player->link, player->card)) {
    case LINK_GOES_ON:
        break;
    case LINK_BROKEN: // the daemon ended; the card stays where it is
        reader_link_break(&player->link);
        break;
    case LINK_PULLED:
        take_out(player);
        break;
    }
}

static void play(struct player *player)
{
    enum { READER = CONTROL_CLIENT_MAXIMUM + 1 };
    struct pollfd looks[READER + 1];

    while (!player->finished) {
        bool out_of_contact = player->card != NULL && player->link.reader < 0;
        control_look(&player->control, looks);
        looks[READER] = (struct pollfd){.fd = player->link.reader, .events = POLLIN};
        if (poll(looks, READER + 1, out_of_contact ? RETRY_MS : -1) < 0)
            continue;
        if (out_of_contact && reader_link_connect(&player->link) == RESULT_OK)
            slot_card_reset(player->card);
        else if (looks[READER].revents != 0)
            serve_reader(player);
        control_serve(&player->control, looks, obey, player);
    }
    take_out(player);
}

int main(int argc, char **argv)
{
    struct player player = {.link = {.reader = -1}};

    if (argc != 5 || !str_equal(argv[1], "--reader") || !str_equal(argv[3], "--control")) {
        fprintf(stderr, "usage: virtual-card --reader SOCKET --control SOCKET\n"
                        "Plays a card that is put in, taken out and disturbed by lines on the"
                        " control socket: insert FOLDER, remove, status, quit and others.\n");
        return 2;
    }
    player.link.path = argv[2];
    if (control_open(&player.control, argv[4]) != RESULT_OK) {
        fprintf(stderr, "virtual-card: cannot listen on %s: %s\n", argv[4], strerrordesc_np(errno));
        return 1;
    }
    printf("ready\n");
    fflush(stdout);
    play(&player);
    return 0;
}
