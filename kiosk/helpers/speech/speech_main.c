// eguichet-speech --device ALSA_NAME | --record FILE: says the lines of its standard input
// (speech_protocol.h). Exit status 0 at the end of the input, 2 for a wrong call, 1 when the voices
// or the confinement cannot be had.
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bytes.h"
#include "speech_protocol.h"
#include "speech_sandbox.h"
#include "speech_sound.h"
#include "speech_voice.h"
#include "str.h"

struct reader {
    char line[SPEECH_LINE_MAXIMUM];
    size_t size; // bytes in `line`, of which the first line may be whole
};

// The next whole line without its line feed, in `out`; false at the end of the input. A line that
// is too long is cut into pieces that mean nothing.
static bool next_line(struct reader *reader, char out[SPEECH_LINE_MAXIMUM])
{
    for (;;) {
        char *end = memchr(reader->line, '\n', reader->size);
        size_t length = end != NULL ? (size_t)(end - reader->line) : reader->size;

        if (end != NULL || reader->size == sizeof reader->line) {
            size_t taken = end != NULL ? length + 1 : length;
            length = length < SPEECH_LINE_MAXIMUM ? length : SPEECH_LINE_MAXIMUM - 1;
            memcpy(out, reader->line, length);
            out[length] = '\0';
            memmove(reader->line, reader->line + taken, reader->size - taken);
            explicit_bzero(reader->line + reader->size - taken, taken);
            reader->size -= taken;
            return true;
        }
        ssize_t got =
            read(STDIN_FILENO, reader->line + reader->size, sizeof reader->line - reader->size);
        if (got == 0 || (got < 0 && errno != EINTR))
            return false;
        reader->size += got > 0 ? (size_t)got : 0;
    }
}

// Has the daemon said something new, or ended?
static bool is_interrupted(const struct reader *reader)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};

    return memchr(reader->line, '\n', reader->size) != NULL || poll(&input, 1, 0) != 0;
}

struct sentence {
    const struct reader *reader;
    struct speech_sound *sound;
    bool ended;
};

static bool hear(void *self, const int16_t *samples, size_t count)
{
    struct sentence *sentence = self;

    sentence->ended =
        is_interrupted(sentence->reader) || !speech_sound_write(sentence->sound, samples, count);
    return !sentence->ended;
}

static bool read_number(char **at, long least, long most, int *out)
{
    char *end = NULL;
    long number = strtol(*at, &end, 10);

    if (end == *at || *end != ' ' || number < least || number > most)
        return false;
    *out = (int)number;
    *at = end + 1;
    return true;
}

// "say fr 125 80 text": the pieces of `line`, which it changes.
static bool read_wish(char *line, struct speech_wish *wish)
{
    char *at = line + 4;

    if (strncmp(line, "say ", 4) != 0 || strlen(at) < 3 || at[2] != ' ')
        return false;
    at[2] = '\0';
    wish->language = at;
    at += 3;
    if (!read_number(&at, SPEECH_RATE_LEAST, SPEECH_RATE_MOST, &wish->words_a_minute) ||
        !read_number(&at, 0, 100, &wish->volume))
        return false;
    wish->text = at;
    return true;
}

// False: the sound device cannot be had.
static bool say(char *line, const struct reader *reader, struct speech_sound *sound)
{
    struct sentence sentence = {.reader = reader, .sound = sound};
    const struct speech_listener listener = {.hear = hear, .self = &sentence};
    struct speech_wish wish;

    if (!read_wish(line, &wish) || is_interrupted(reader))
        return true;
    if (!speech_sound_begin(sound))
        return false;
    (void)speech_voice_say(&wish, &listener);
    speech_sound_end(sound, sentence.ended);
    return true;
}

static bool serve(struct speech_sound *sound)
{
    struct reader reader = {};
    char line[SPEECH_LINE_MAXIMUM];
    bool heard = true;

    while (heard && next_line(&reader, line)) {
        heard = say(line, &reader, sound);
        explicit_bzero(line, sizeof line);
    }
    return heard;
}

int main(int argc, char **argv)
{
    bool records = argc == 3 && str_equal(argv[1], "--record");
    unsigned int samples_a_second = 0;
    owned(speech_sound) sound = NULL;
    int record = -1;

    if (argc != 3 || (!records && !str_equal(argv[1], "--device"))) {
        fputs("usage: eguichet-speech --device ALSA_NAME | --record FILE\n", stderr);
        return 2;
    }
    if (records)
        record = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (records && record < 0) {
        fprintf(stderr, "eguichet-speech: %s cannot be written\n", argv[2]);
        return 2;
    }
    if (speech_voice_begin(&samples_a_second) != RESULT_OK) {
        fputs("eguichet-speech: the voices of the package espeak-ng-data are not there\n", stderr);
        return 1;
    }
    if (speech_sound_create(records ? NULL : argv[2], record, samples_a_second, &sound) !=
            RESULT_OK ||
        speech_sandbox_enter(speech_voice_folder()) != RESULT_OK)
        return 1;
    return serve(sound) ? 0 : 1;
}
