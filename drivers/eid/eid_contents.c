#include "eid_contents.h"

#include "eid_files.h"

#define SMALL_ANSWER_MAXIMUM 256
// Some cards answer nonsense when asked too soon after a reset.
#define RESET_DELAY_MS 200

void eid_contents_wipe(struct eid_contents *contents)
{
    for (size_t i = 0; i < EID_CONTENT_COUNT; i++)
        secret_destroy(contents->files[i]);
    *contents = (struct eid_contents){};
}

struct bytes eid_contents_file(const struct eid_contents *contents, enum eid_content which)
{
    const struct secret *file = contents->files[which];

    return file != NULL ? secret_bytes(file) : (struct bytes){};
}

enum result eid_contents_read_name(struct eid_applet *applet, const struct eid_wish *wish,
                                   struct eid_contents *contents, struct eid_chip *chip)
{
    struct secret **files = contents->files;

    (void)chip;
    if (wish->identity && files[EID_CONTENT_IDENTITY] == NULL)
        TRY(eid_read_identity(applet, &files[EID_CONTENT_IDENTITY]));
    if (wish->address && files[EID_CONTENT_ADDRESS] == NULL)
        TRY(eid_read_address(applet, &files[EID_CONTENT_ADDRESS]));
    return RESULT_OK;
}

enum result eid_contents_read_card(struct card_channel channel, eid_contents_way *way,
                                   const struct eid_wish *wish, struct eid_contents *contents,
                                   struct eid_chip *chip)
{
    owned(secret_room) room = NULL;
    owned(secret) answer = NULL;

    TRY(secret_room_create(EID_CONTENTS_ROOM, &room));
    TRY(secret_create_in(room, SMALL_ANSWER_MAXIMUM, &answer));
    struct eid_applet applet = {.channel = channel, .answer = answer, .room = room};
    enum result result = way(&applet, wish, contents, chip);
    if (result == RESULT_FAILED) {
        eid_contents_wipe(contents);
        TRY(channel.verbs->reset(channel.self));
        eid_wait_ms(RESET_DELAY_MS);
        applet.selected_again = false;
        result = way(&applet, wish, contents, chip);
    }
    if (result != RESULT_OK)
        eid_contents_wipe(contents);
    return result;
}
