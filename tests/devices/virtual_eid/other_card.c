#include "other_card.h"

#include "str.h"

#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH_SIZE 4096
#define LINE_SIZE 256
#define ANSWER_TO_RESET_MAXIMUM 33
#define NAME_LEAST 5
#define NAME_MAXIMUM 16
#define APPLICATION_MAXIMUM 8

struct application {
    uint8_t name[NAME_MAXIMUM];
    size_t size;
};

struct other_card {
    uint8_t answer_to_reset[ANSWER_TO_RESET_MAXIMUM];
    size_t answer_to_reset_size;
    bool mute;
    struct application applications[APPLICATION_MAXIMUM];
    size_t application_count;
    const struct application *selected; // its description waits to be fetched; NULL: none
};

static enum result take_bytes(const char *hex, uint8_t *bytes, size_t least, size_t most,
                              size_t *size)
{
    if (OPENSSL_hexstr2buf_ex(bytes, most, size, hex, '\0') != 1 || *size < least)
        return RESULT_MALFORMED;
    return RESULT_OK;
}

static enum result take_line(struct other_card *card, const char *line)
{
    static const char answer[] = "answer-to-reset ", application[] = "application ";

    if (str_equal(line, "mute")) {
        card->mute = true;
        return RESULT_OK;
    }
    if (str_starts_with(line, answer))
        return take_bytes(line + strlen(answer), card->answer_to_reset, 2, ANSWER_TO_RESET_MAXIMUM,
                          &card->answer_to_reset_size);
    if (!str_starts_with(line, application) || card->application_count == APPLICATION_MAXIMUM)
        return RESULT_MALFORMED;
    struct application *next = &card->applications[card->application_count++];
    return take_bytes(line + strlen(application), next->name, NAME_LEAST, NAME_MAXIMUM,
                      &next->size);
}

static enum result take_file(struct other_card *card, FILE *file)
{
    char line[LINE_SIZE];

    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        TRY(take_line(card, line));
    }
    return card->mute || card->answer_to_reset_size > 0 ? RESULT_OK : RESULT_MALFORMED;
}

enum result other_card_create(const char *folder, struct other_card **out)
{
    owned(other_card) card = calloc(1, sizeof *card);
    char path[PATH_SIZE];

    if (card == NULL)
        return RESULT_NO_MEMORY;
    TRY(str_format(path, sizeof path, "%s/%s", folder, OTHER_CARD_FILE));
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return RESULT_NOT_FOUND;
    enum result result = take_file(card, file);
    fclose(file);
    if (result != RESULT_OK) {
        fprintf(stderr,
                "virtual-card: %s: expected a line answer-to-reset and lines application,"
                " with bytes in hexadecimal\n",
                path);
        return result;
    }
    *out = take(card);
    return RESULT_OK;
}

void other_card_destroy(struct other_card *card)
{
    free(card);
}

void other_card_reset(struct other_card *card)
{
    card->selected = NULL;
}

struct bytes other_card_answer_to_reset(const struct other_card *card)
{
    return (struct bytes){card->answer_to_reset, card->answer_to_reset_size};
}

static void add(struct eid_answer *answer, const uint8_t *data, size_t size)
{
    memcpy(answer->bytes + answer->size, data, size);
    answer->size += size;
}

// ISO 7816-4, 7.4.1: what describes an application, with its name in it.
static size_t description_size(const struct application *application)
{
    return application->size + 4;
}

static uint16_t select_application(struct other_card *card, struct bytes command)
{
    card->selected = NULL;
    if (command.data[2] != 0x04 || command.data[3] != 0x00)
        return 0x6A86; // payment cards know no other form
    if (command.size < 5 || command.size != 5u + command.data[4])
        return 0x6700;
    struct bytes name = {command.data + 5, command.data[4]};
    for (size_t i = 0; i < card->application_count; i++) {
        const struct application *known = &card->applications[i];
        if (!bytes_equal((struct bytes){known->name, known->size}, name))
            continue;
        card->selected = known;
        return (uint16_t)(0x6100 | description_size(known));
    }
    return 0x6A82;
}

static uint16_t get_response(struct other_card *card, struct bytes command,
                             struct eid_answer *answer)
{
    const struct application *selected = card->selected;

    if (selected == NULL)
        return 0x6985;
    if (command.size != 5 || command.data[4] != description_size(selected))
        return (uint16_t)(0x6C00 | description_size(selected));
    const uint8_t head[] = {0x6F, (uint8_t)(selected->size + 2), 0x84, (uint8_t)selected->size};
    add(answer, head, sizeof head);
    add(answer, selected->name, selected->size);
    card->selected = NULL;
    return 0x9000;
}

static uint16_t carry_out(struct other_card *card, struct bytes command, struct eid_answer *answer)
{
    static const uint8_t stored[] = "somebody's number";

    if (command.size < 4)
        return 0x6700;
    if (command.data[0] != 0x00)
        return 0x6E00;
    switch (command.data[1]) {
    case 0xA4:
        return select_application(card, command);
    case 0xC0:
        return get_response(card, command, answer);
    case 0xB0: // READ BINARY
    case 0xB2: // READ RECORD
    case 0xCA: // GET DATA
        add(answer, stored, sizeof stored);
        return 0x9000;
    default:
        return 0x6D00;
    }
}

void other_card_command(struct other_card *card, struct bytes command, struct eid_answer *answer)
{
    *answer = (struct eid_answer){};
    uint16_t status = carry_out(card, command, answer);
    add(answer, (const uint8_t[]){(uint8_t)(status >> 8), (uint8_t)status}, 2);
}
