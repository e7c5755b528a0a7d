#include "resident.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "devices.h"
#include "feed.h"
#include "hand.h"
#include "picture.h"
#include "report.h"
#include "script.h"
#include "str.h"

#define PATIENCE_MS 20000 // no screen of the path stays longer without a touch
#define AGAIN_MS 2000     // a touch that nothing came of is made again
#define BLINK_MS 250      // between drawing a screen and telling of it, on a busy machine
#define TRAY "/media?size1=iso_a4_210x297mm&type1=stationery&level1="
#define REST "&size3=iso_dl_110x220mm&type3=envelope&level3=-2"

struct resident {
    const struct resident_options *options;
    const struct story *story;
    struct hand *hand;
    struct report *report;
    const struct rule *rule; // of the screen shown, until it has been carried out
    size_t acts_done;        // of that rule
    char screen[32];
    pid_t puller;        // takes the card out at its own time; 0 or -1: nobody
    int64_t last_order;  // row of the one before this visit
    uint64_t broke_at;   // when a device was broken; 0: not yet, or none is
    uint64_t noticed_at; // when the screen that the story is about was shown after it; 0: not yet
    char told[600];      // what stood there
    struct feed_screen *touched; // where something was pressed last, until another one is shown
    const struct rule *pressed;  // by this rule
    bool option_taken;
    bool over;
    char reason[300]; // why the story failed; "" so far so good
};

// Keeps the first reason: what fails after it mostly follows from it.
static void note_failure(struct resident *self, const char *what, const char *detail)
{
    if (self->reason[0] == '\0')
        snprintf(self->reason, sizeof self->reason, "on %s: %s%s", self->screen, what, detail);
}

static enum result fail(struct resident *self, const char *what, const char *detail)
{
    note_failure(self, what, detail);
    return RESULT_FAILED;
}

// ---- seeing -----------------------------------------------------------------------------------

static enum result keep_dump(const struct resident *self, const struct feed_screen *screen,
                             const char *stem)
{
    char path[4096];

    if (self->options->dumps == NULL)
        return RESULT_OK;
    TRY(str_format(path, sizeof path, "%s/%s.json", self->options->dumps, stem));
    FILE *file = fopen(path, "we");
    if (file == NULL)
        return RESULT_FAILED;
    bool written = fputs(screen->line, file) >= 0;
    return fclose(file) == 0 && written ? RESULT_OK : RESULT_FAILED;
}

// Nobody need touch anything for the next screen to come.
static bool passes_by_itself(const struct resident *self)
{
    return self->rule == NULL || self->rule->acts[0] == ACT_NOTHING;
}

// A screen that is gone again before it could be seen gets no picture: it would show the next one.
// The kiosk draws first and tells then: what comes by itself may have been drawn before it is told.
static enum result remember(struct resident *self, struct feed *feed,
                            const struct feed_screen *screen)
{
    owned(look) look = NULL;
    char stem[64], path[4096];

    if (self->options->no_pictures)
        return RESULT_OK;
    TRY(hand_look(self->hand, &look));
    if (feed_has_more(feed, passes_by_itself(self) ? BLINK_MS : 0))
        return RESULT_OK;
    TRY(str_format(stem, sizeof stem, "%02zu-%s-screen", report_count(self->report), screen->name));
    TRY(str_format(path, sizeof path, "%s/%s.png", self->options->out, stem));
    TRY(keep_dump(self, screen, stem));
    return picture_keep(look, path);
}

// ---- acting -----------------------------------------------------------------------------------

static enum result touch(struct resident *self, const struct feed_item *item)
{
    return hand_touch(self->hand, item->box) == RESULT_OK
               ? RESULT_OK
               : fail(self, "the touch did not reach the display: ", item->id);
}

// RESULT_NOT_FOUND: not there yet; a later picture of the same screen may have it.
static enum result press(struct resident *self, const struct feed_item *item)
{
    if (item == NULL || !item->enabled)
        return RESULT_NOT_FOUND;
    return touch(self, item);
}

static enum result press_language(struct resident *self, const struct feed_screen *screen,
                                  const char *language)
{
    static const char *const names[][2] = {
        {"fr", "Français"}, {"nl", "Nederlands"}, {"de", "Deutsch"}, {"en", "English"}};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal(names[i][0], language))
            return press(self, feed_find_label(screen, names[i][1]));
    return RESULT_NOT_FOUND;
}

// Turns to the next page of the list until the tile is there.
static enum result press_tile(struct resident *self, const struct feed_screen *screen,
                              const char *list, const char *which)
{
    char id[64];

    TRY(str_format(id, sizeof id, "%s-%s", list, which));
    const struct feed_item *tile = feed_find_id(screen, id);
    const struct feed_item *more = feed_find_id(screen, "more");
    if (tile != NULL && !tile->enabled)
        return fail(self, "this cannot be chosen: ", id);
    if (tile != NULL || more == NULL)
        return press(self, tile);
    TRY(touch(self, more));
    return RESULT_NOT_FOUND;
}

// The question that the screen asks about the document. Once an option was touched the screen is
// the same one again: then on.
static enum result answer(struct resident *self, const struct feed_screen *screen)
{
    const struct resident_options *options = self->options;

    if (str_equal(screen->name, "SUBJECT"))
        return press_tile(self, screen, "subject", options->subject ? options->subject : "0");
    if (str_equal(screen->name, "PURPOSE") && options->purpose == NULL)
        return press(self, feed_find_id(screen, "purpose-not-told"));
    if (str_equal(screen->name, "PURPOSE"))
        return press_tile(self, screen, "purpose", options->purpose);
    if (str_equal(screen->name, "LIST"))
        return press_tile(self, screen, "document", options->document);
    if (options->option == NULL || self->option_taken)
        return press(self, feed_find_id(screen, "main"));
    TRY(press_tile(self, screen, "option", options->option));
    self->option_taken = true;
    return RESULT_NOT_FOUND;
}

static enum result type_at_the_reader(struct resident *self, const char *pin)
{
    char line[32];

    if (self->options->pin_pad == NULL)
        return fail(self, "nobody said where the reader's keys are", "");
    TRY(str_format(line, sizeof line, "pin %s", pin));
    enum result typed = device_command(self->options->pin_pad, line);
    return typed == RESULT_OK ? RESULT_OK : fail(self, "the reader's keys: ", result_text(typed));
}

static enum result type(struct resident *self, const struct feed_screen *screen, const char *pin)
{
    if (str_equal(screen->name, "PIN_ON_PAD"))
        return type_at_the_reader(self, pin);
    if (feed_find_id(screen, "key-ok") == NULL)
        return RESULT_NOT_FOUND;
    for (const char *digit = pin; *digit != '\0'; digit++) {
        char id[8];
        TRY(str_format(id, sizeof id, "key-%c", *digit));
        const struct feed_item *key = feed_find_id(screen, id);
        if (key == NULL)
            return fail(self, "the keypad has no ", id);
        TRY(touch(self, key));
    }
    return touch(self, feed_find_id(screen, "key-ok"));
}

// The right PIN with its first digit changed: as long, and wrong.
static enum result type_wrong(struct resident *self, const struct feed_screen *screen)
{
    char pin[16];

    TRY(str_copy(pin, sizeof pin, self->options->pin));
    pin[0] = pin[0] == '9' ? '0' : (char)(pin[0] + 1);
    return type(self, screen, pin);
}

// Somewhere on the screen where nothing can be pressed.
static enum result touch_ground(struct resident *self, const struct feed_screen *screen)
{
    for (int y = screen->height / 8; y < screen->height; y += screen->height / 40) {
        const struct box spot = {screen->width / 2, y, 0, 0};
        bool free = true;
        for (size_t i = 0; i < screen->count; i++) {
            const struct box *box = &screen->items[i].box;
            free =
                free && !(str_equal(screen->items[i].role, "button") && spot.x >= box->x &&
                          spot.x < box->x + box->width && y >= box->y && y < box->y + box->height);
        }
        if (free)
            return hand_touch(self->hand, spot);
    }
    return fail(self, "no place is free of buttons", "");
}

static enum result greet_or_leave(struct resident *self, const struct feed_screen *screen)
{
    if (report_visits(self->report, "INSERT") == 0)
        return touch_ground(self, screen);
    self->over = true;
    return RESULT_OK;
}

static enum result handle_card(struct resident *self, const char *verb, const char *argument)
{
    char command[4096];

    TRY(str_format(command, sizeof command, "%s%s", verb, argument));
    if (device_command(self->options->card_control, command) != RESULT_OK)
        return fail(self, "the virtual card refused: ", verb);
    return RESULT_OK;
}

// Other cards lie beside the resident's own, with their kind behind its name.
static enum result insert_other(struct resident *self, const char *kind)
{
    char folder[4000];

    TRY(str_format(folder, sizeof folder, "%s-%s", self->options->card, kind));
    return handle_card(self, "insert ", folder);
}

static enum result insert_card(struct resident *self)
{
    const struct resident_options *options = self->options;

    TRY(handle_card(self, "insert ", options->card));
    if (options->pull_after < 0 || self->puller != 0)
        return RESULT_OK;
    self->puller = device_command_later(options->card_control, "remove", options->pull_after);
    return self->puller > 0 ? RESULT_OK : fail(self, "nobody can pull the card", "");
}

// The visit may have been over before.
static void send_puller_away(struct resident *self)
{
    if (self->puller <= 0)
        return;
    kill(self->puller, SIGKILL);
    waitpid(self->puller, NULL, 0);
}

static enum result set_tray(struct resident *self, const char *form)
{
    if (device_form((int)self->options->printer_port, form) != RESULT_OK)
        return fail(self, "the printer refused its paper form", "");
    return RESULT_OK;
}

static enum result stop_city(struct resident *self)
{
    if (kill((pid_t)self->options->city_process, SIGTERM) != 0)
        return fail(self, "the municipality cannot be stopped: ", strerrordesc_np(errno));
    return RESULT_OK;
}

// The printer holds the sheet while that file exists; it may have been released before.
static enum result release_sheet(struct resident *self)
{
    if (unlink(self->options->sheet_hold) != 0 && errno != ENOENT)
        return fail(self, "the sheet cannot be released: ", strerrordesc_np(errno));
    return RESULT_OK;
}

// The laser reads what is wrong with it from a file, whole from the moment it has its name.
static enum result set_laser(struct resident *self, const char *fault)
{
    char now[4096], then[4096];

    if (self->options->laser == NULL)
        return fail(self, "nobody said which laser fails", "");
    TRY(str_format(now, sizeof now, "%s/fault", self->options->laser));
    TRY(str_format(then, sizeof then, "%s.new", now));
    FILE *file = fopen(then, "we");
    bool written = file != NULL && fprintf(file, "%s\n", fault) > 0;
    if (file == NULL || fclose(file) != 0 || !written || rename(then, now) != 0)
        return fail(self, "the laser cannot be told what is wrong: ", strerrordesc_np(errno));
    return RESULT_OK;
}

static enum result break_laser(struct resident *self)
{
    self->broke_at = clock_monotonic_ms();
    return set_laser(self, self->story->device);
}

static enum result break_receipts(struct resident *self)
{
    const char *control = self->options->receipts;

    self->broke_at = clock_monotonic_ms();
    if (control == NULL || device_command(control, self->story->device) != RESULT_OK)
        return fail(self, "the receipt printer was not to be had for: ", self->story->device);
    return RESULT_OK;
}

// Another program looks at a picture of the screen, as a telephone does.
static enum result use_telephone(struct resident *self, const struct feed_screen *screen,
                                 const char *how)
{
    owned(look) look = NULL;
    char path[4096];

    if (feed_find_id(screen, "code") == NULL)
        return RESULT_NOT_FOUND;
    TRY(hand_look(self->hand, &look));
    TRY(str_format(path, sizeof path, "%s/code.png", self->options->out));
    TRY(picture_write(look, path));
    return device_telephone(self->options->payer, path, how);
}

// A page that is still being drawn says so.
static enum result press_after_page(struct resident *self, const struct feed_screen *screen)
{
    const struct feed_item *page = feed_find_id(screen, "page");

    if (page == NULL || page->label[0] != '\0')
        return RESULT_NOT_FOUND;
    return press(self, feed_find_id(screen, self->rule->widget));
}

static enum result carry_out(struct resident *self, enum act act, const struct feed_screen *screen)
{
    const struct resident_options *options = self->options;

    switch (act) {
    case ACT_NOTHING:
        return RESULT_OK;
    case ACT_GREET_OR_LEAVE:
        return greet_or_leave(self, screen);
    case ACT_LEAVE:
        self->over = true;
        return RESULT_OK;
    case ACT_PRESS_ONCE_NOTICED:
        if (self->noticed_at == 0)
            return RESULT_NOT_FOUND;
        return press(self, feed_find_id(screen, self->rule->widget));
    case ACT_PRESS:
        return press(self, feed_find_id(screen, self->rule->widget));
    case ACT_SHOW_PAGE:
        return press(self, feed_find_id(screen, "show-page"));
    case ACT_PRESS_AFTER_PAGE:
        return press_after_page(self, screen);
    case ACT_PRESS_LANGUAGE:
        return press_language(self, screen, options->language);
    case ACT_PRESS_PAPER:
        return press_language(self, screen, str_equal(options->language, "nl") ? "nl" : "fr");
    case ACT_ANSWER:
        return answer(self, screen);
    case ACT_TYPE_PIN:
        return type(self, screen, options->pin);
    case ACT_TYPE_WRONG_PIN:
        return type_wrong(self, screen);
    case ACT_INSERT_CARD:
        return insert_card(self);
    case ACT_INSERT_BANK_CARD:
        return insert_other(self, "bank");
    case ACT_INSERT_UPSIDE_DOWN:
        return insert_other(self, "mute");
    case ACT_PULL_CARD:
        return handle_card(self, "remove", "");
    case ACT_STOP_CITY:
        return stop_city(self);
    case ACT_EMPTY_TRAY:
        return set_tray(self, TRAY "0" REST);
    case ACT_PAY_BY_PHONE:
    case ACT_SCAN_CODE:
        return use_telephone(self, screen, act == ACT_SCAN_CODE ? "scan" : "pay");
    case ACT_RELEASE_SHEET:
        return release_sheet(self);
    case ACT_BREAK_LASER:
        return break_laser(self);
    case ACT_REPAIR_LASER:
        return set_laser(self, "none");
    case ACT_BREAK_RECEIPTS:
        return break_receipts(self);
    case ACT_FILL_TRAY:
        return set_tray(self, TRAY "250" REST);
    }
    return RESULT_INVALID;
}

static enum result act(struct resident *self, const struct feed_screen *screen)
{
    while (self->acts_done < 2) {
        TRY(carry_out(self, self->rule->acts[self->acts_done], screen));
        self->acts_done++;
    }
    self->rule = NULL;
    return RESULT_OK;
}

// ---- the story --------------------------------------------------------------------------------

static bool is_to_read(const char *role)
{
    return str_equal(role, "title") || str_equal(role, "text") || str_equal(role, "notice");
}

// The words of the screen that the story is about; where a device breaks, after that.
static void note_told(struct resident *self, const struct feed_screen *screen)
{
    size_t used = 0;

    if (self->noticed_at != 0 || self->story->must_show == NULL ||
        !str_equal(screen->name, self->story->must_show) ||
        (self->story->device != NULL && self->broke_at == 0))
        return;
    self->noticed_at = clock_monotonic_ms();
    for (size_t i = 0; i < screen->count && used < sizeof self->told; i++) {
        const struct feed_item *item = &screen->items[i];
        if (is_to_read(item->role) && item->label[0] != '\0' && !str_equal(item->id, "city"))
            used += (size_t)snprintf(self->told + used, sizeof self->told - used, "%s%s",
                                     used == 0 ? "" : " / ", item->label);
    }
}

static enum result see_new_screen(struct resident *self, struct feed *feed,
                                  const struct feed_screen *screen)
{
    TRY(str_copy(self->screen, sizeof self->screen, screen->name));
    TRY(report_screen(self->report, screen->name, clock_monotonic_ms()));
    self->rule =
        script_find_rule(self->story, screen->name, report_visits(self->report, screen->name));
    self->acts_done = 0;
    note_told(self, screen);
    TRY(remember(self, feed, screen));
    if (self->rule == NULL)
        return fail(self, "the story does not come here", "");
    return RESULT_OK;
}

// The story goes on after it, so that one widget does not hide the rest.
static void look_for_clipped_text(struct resident *self, const struct feed_screen *screen)
{
    const struct feed_item *item = feed_find_clipped(screen);
    char where[160];

    if (item == NULL)
        return;
    snprintf(where, sizeof where, "%.60s (box %d,%d %dx%d, ink %d,%d %dx%d)", item->id, item->box.x,
             item->box.y, item->box.width, item->box.height, item->ink.x, item->ink.y,
             item->ink.width, item->ink.height);
    note_failure(self, "text is cut off: ", where);
}

static bool is_touch(enum act act)
{
    return act == ACT_PRESS || act == ACT_PRESS_LANGUAGE || act == ACT_PRESS_PAPER ||
           act == ACT_ANSWER;
}

// Who presses in the very blink in which the kiosk draws something else, or cannot do yet what the
// widget says, presses again. Only without pictures: taking them lasts longer than that blink.
static void press_again_until_something_comes(struct resident *self, struct feed *feed)
{
    for (int waited = 0; self->options->no_pictures && self->touched != NULL &&
                         waited < PATIENCE_MS && !feed_has_more(feed, AGAIN_MS);
         waited += AGAIN_MS) {
        self->rule = self->pressed;
        for (int i = 0; i < 2; i++)
            if (is_touch(self->pressed->acts[i]))
                (void)carry_out(self, self->pressed->acts[i], self->touched);
        self->rule = NULL;
    }
}

static void remember_touch(struct resident *self, const struct rule *rule,
                           struct feed_screen **screen)
{
    feed_screen_destroy(self->touched);
    self->touched = take(*screen);
    self->pressed = rule;
}

static enum result see(struct resident *self, struct feed *feed)
{
    owned(feed_screen) screen = NULL;

    press_again_until_something_comes(self, feed);
    enum result shown = feed_next(feed, PATIENCE_MS, &screen);

    if (shown != RESULT_OK)
        return fail(self, "no new screen was shown: ", result_text(shown));
    if (!str_equal(self->screen, screen->name))
        TRY(see_new_screen(self, feed, screen));
    look_for_clipped_text(self, screen);
    if (self->rule == NULL)
        return RESULT_OK;
    const struct rule *rule = self->rule;
    enum result acted = act(self, screen);
    remember_touch(self, rule, &screen);
    return acted == RESULT_NOT_FOUND ? RESULT_OK : acted;
}

static void judge(struct resident *self, const char *order_state)
{
    if (self->story->must_show != NULL && self->noticed_at == 0)
        note_failure(self, "the story never showed ", self->story->must_show);
    if (self->options->pull_after < 0 && !str_equal(order_state, self->story->order_state))
        note_failure(self, "the order ended in ", order_state);
    if (!pictures_kept())
        note_failure(self, "a picture could not be written", "");
}

static enum result play(struct resident *self, int feed_descriptor)
{
    owned(feed) feed = NULL;

    TRY(feed_create(feed_descriptor, &feed));
    while (!self->over)
        TRY(see(self, feed));
    return RESULT_OK;
}

static enum result finish(struct resident *self)
{
    const struct resident_options *options = self->options;
    char order_state[32] = "", path[4096];

    if (report_read_order(options->journal, self->last_order, PATIENCE_MS, order_state) !=
        RESULT_OK)
        note_failure(self, "the journal has no final order, but: ", order_state);
    judge(self, order_state);
    const struct report_facts facts = {
        .resident = options->name,
        .document = options->document,
        .language = options->language,
        .order_state = order_state,
        .told = self->noticed_at != 0 ? self->told : NULL,
        .noticed_ms = self->broke_at != 0 && self->noticed_at >= self->broke_at
                          ? (int64_t)(self->noticed_at - self->broke_at)
                          : -1,
        .reason = self->reason[0] != '\0' ? self->reason : NULL,
    };
    TRY(str_format(path, sizeof path, "%s/summary.json", options->out));
    if (report_write(self->report, &facts, path) != RESULT_OK)
        return fail(self, "cannot write summary.json in ", options->out);
    return self->reason[0] == '\0' ? RESULT_OK : RESULT_FAILED;
}

static enum result visit(struct resident *self)
{
    int descriptor = open(self->options->feed, O_RDONLY | O_CLOEXEC); // a FIFO: waits for the kiosk

    if (descriptor < 0)
        return fail(self, "cannot open the screen feed: ", strerrordesc_np(errno));
    TRY(report_create(&self->report));
    if (hand_create(self->options->display, &self->hand) != RESULT_OK)
        return fail(self, "no X display with XTEST: ", self->options->display);
    self->last_order = report_last_order(self->options->journal);
    enum result played = play(self, descriptor);
    close(descriptor);
    if (played != RESULT_OK)
        note_failure(self, "the story broke off: ", result_text(played));
    send_puller_away(self);
    return finish(self);
}

enum result resident_visit(const struct resident_options *options, const struct story *story)
{
    struct resident self = {.options = options, .story = story};
    enum result result = visit(&self);

    if (result != RESULT_OK)
        fprintf(stderr, "scripted-resident: %s\n", self.reason);
    feed_screen_destroy(self.touched);
    hand_destroy(self.hand);
    report_destroy(self.report);
    return result;
}
