// scripted-resident: uses the kiosk as a person would. It sees what the screen feed says is shown,
// touches the screen by XTEST, and handles card and paper through the control sockets of the
// virtual devices. It keeps a picture of every screen and a summary, and judges how the story
// ended.
#include <getopt.h>
#include <jansson.h>
#include <stdio.h>

#include "resident.h"
#include "script.h"
#include "str.h"

enum option_name {
    OPTION_FEED = 1,
    OPTION_DISPLAY,
    OPTION_OUT,
    OPTION_DUMPS,
    OPTION_PIN_PAD,
    OPTION_LASER,
    OPTION_RECEIPTS,
    OPTION_PAYER,
    OPTION_PLOT,
    OPTION_DEVICE,
    OPTION_MUST_SHOW,
    OPTION_ORDER_STATE,
    OPTION_RESIDENT,
    OPTION_DOCUMENT,
    OPTION_LANGUAGE,
    OPTION_FAULT,
    OPTION_CARD,
    OPTION_CARD_CONTROL,
    OPTION_JOURNAL,
    OPTION_SHEET_HOLD,
    OPTION_PRINTER_PORT,
    OPTION_CITY_PROCESS,
    OPTION_PULL_AFTER,
    OPTION_NO_PICTURES,
    OPTION_SUBJECT,
    OPTION_PURPOSE,
    OPTION_OPTION,
    OPTION_LIST,
};

static const struct option long_options[] = {
    {"feed", required_argument, NULL, OPTION_FEED},
    {"display", required_argument, NULL, OPTION_DISPLAY},
    {"out", required_argument, NULL, OPTION_OUT},
    {"dumps", required_argument, NULL, OPTION_DUMPS},
    {"pin-pad", required_argument, NULL, OPTION_PIN_PAD},
    {"laser", required_argument, NULL, OPTION_LASER},
    {"receipts", required_argument, NULL, OPTION_RECEIPTS},
    {"payer", required_argument, NULL, OPTION_PAYER},
    {"plot", required_argument, NULL, OPTION_PLOT},
    {"device", required_argument, NULL, OPTION_DEVICE},
    {"must-show", required_argument, NULL, OPTION_MUST_SHOW},
    {"order-state", required_argument, NULL, OPTION_ORDER_STATE},
    {"resident", required_argument, NULL, OPTION_RESIDENT},
    {"document", required_argument, NULL, OPTION_DOCUMENT},
    {"language", required_argument, NULL, OPTION_LANGUAGE},
    {"fault", required_argument, NULL, OPTION_FAULT},
    {"card", required_argument, NULL, OPTION_CARD},
    {"card-control", required_argument, NULL, OPTION_CARD_CONTROL},
    {"journal", required_argument, NULL, OPTION_JOURNAL},
    {"sheet-hold", required_argument, NULL, OPTION_SHEET_HOLD},
    {"printer-port", required_argument, NULL, OPTION_PRINTER_PORT},
    {"city-process", required_argument, NULL, OPTION_CITY_PROCESS},
    {"pull-after", required_argument, NULL, OPTION_PULL_AFTER},
    {"no-pictures", no_argument, NULL, OPTION_NO_PICTURES},
    {"subject", required_argument, NULL, OPTION_SUBJECT},
    {"purpose", required_argument, NULL, OPTION_PURPOSE},
    {"option", required_argument, NULL, OPTION_OPTION},
    {"list", no_argument, NULL, OPTION_LIST},
    {},
};

static const char **text_option(struct resident_options *options, int name)
{
    const char **const places[] = {
        [OPTION_FEED] = &options->feed,
        [OPTION_DISPLAY] = &options->display,
        [OPTION_OUT] = &options->out,
        [OPTION_DUMPS] = &options->dumps,
        [OPTION_PIN_PAD] = &options->pin_pad,
        [OPTION_LASER] = &options->laser,
        [OPTION_RECEIPTS] = &options->receipts,
        [OPTION_PAYER] = &options->payer,
        [OPTION_PLOT] = &options->own.plot,
        [OPTION_DEVICE] = &options->own.device,
        [OPTION_MUST_SHOW] = &options->own.must_show,
        [OPTION_ORDER_STATE] = &options->own.order_state,
        [OPTION_RESIDENT] = &options->resident,
        [OPTION_DOCUMENT] = &options->document,
        [OPTION_LANGUAGE] = &options->language,
        [OPTION_FAULT] = &options->fault,
        [OPTION_CARD] = &options->card,
        [OPTION_CARD_CONTROL] = &options->card_control,
        [OPTION_JOURNAL] = &options->journal,
        [OPTION_SHEET_HOLD] = &options->sheet_hold,
        [OPTION_SUBJECT] = &options->subject,
        [OPTION_PURPOSE] = &options->purpose,
        [OPTION_OPTION] = &options->option,
    };

    return name > 0 && name <= OPTION_OPTION ? places[name] : NULL;
}

static enum result read_options(int argc, char **argv, struct resident_options *options)
{
    int name;

    while ((name = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
        const char **text = text_option(options, name);
        if (text != NULL)
            *text = optarg;
        else if (name == OPTION_PRINTER_PORT)
            TRY(str_to_int(optarg, 1, 65535, &options->printer_port));
        else if (name == OPTION_CITY_PROCESS)
            TRY(str_to_int(optarg, 2, INT32_MAX, &options->city_process));
        else if (name == OPTION_PULL_AFTER)
            TRY(str_to_int(optarg, 0, 600000, &options->pull_after));
        else if (name == OPTION_NO_PICTURES)
            options->no_pictures = true;
        else
            return RESULT_INVALID;
    }
    for (int i = OPTION_FEED; i <= OPTION_SHEET_HOLD; i++)
        if ((i < OPTION_DUMPS || i > OPTION_ORDER_STATE) && *text_option(options, i) == NULL) {
            fprintf(stderr, "scripted-resident: --%s is missing\n", long_options[i - 1].name);
            return RESULT_INVALID;
        }
    return optind == argc ? RESULT_OK : RESULT_INVALID;
}

// Name and PIN come from the resident's file, so that no PIN stands on a command line. They live as
// long as what is returned; NULL, said on standard error, when the file has none.
static json_t *read_person(struct resident_options *options)
{
    json_t *person = json_load_file(options->resident, JSON_REJECT_DUPLICATES, NULL);
    const char *name = json_string_value(json_object_get(person, "name"));
    const char *pin = json_string_value(json_object_get(person, "pin"));

    if (name == NULL || pin == NULL || pin[0] == '\0') {
        fprintf(stderr, "scripted-resident: %s holds no resident with a name and a PIN\n",
                options->resident);
        json_decref(person);
        return NULL;
    }
    options->name = name;
    options->pin = pin;
    return person;
}

static int list_stories(void)
{
    for (size_t i = 0; i < script_story_count; i++)
        printf("fault %s\n", script_stories[i].fault);
    return 0;
}

int main(int argc, char **argv)
{
    struct resident_options options = {.pull_after = -1};

    if (argc == 2 && str_equal(argv[1], "--list"))
        return list_stories();
    if (read_options(argc, argv, &options) != RESULT_OK)
        return 2;
    // A table of faults makes its stories itself: a plot, a device's fault, and the end.
    const struct story *story = options.own.plot != NULL && options.own.order_state != NULL
                                    ? &options.own
                                    : script_find_story(options.fault);
    if (story == NULL) {
        fprintf(stderr, "scripted-resident: no script for fault '%s'\n", options.fault);
        return 2;
    }
    json_t *person = read_person(&options);
    if (person == NULL)
        return 2;
    enum result visited = resident_visit(&options, story);
    json_decref(person);
    return visited == RESULT_OK ? 0 : 1;
}
