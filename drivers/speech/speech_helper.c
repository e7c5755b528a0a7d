#include "speech_helper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "log.h"
#include "speech_protocol.h"
#include "str.h"

#define PATH_SIZE 512
#define USUAL_VOLUME 80
#define GOODBYE_MS 1000

struct speech_helper {
    char program[PATH_SIZE], device[PATH_SIZE], record[PATH_SIZE];
    int words_a_minute, volume;
    pid_t process; // 0: not started
    int lines;     // our end of the line to it
};

enum result speech_helper_create(const struct speech_helper_settings *settings,
                                 struct speech_helper **out)
{
    owned(speech_helper) helper = calloc(1, sizeof *helper);

    *out = NULL;
    if (helper == NULL)
        return RESULT_NO_MEMORY;
    helper->lines = -1;
    helper->words_a_minute =
        settings->words_a_minute != 0 ? settings->words_a_minute : SPEECH_RATE_USUAL;
    helper->volume = settings->volume != 0 ? settings->volume : USUAL_VOLUME;
    TRY(str_copy(helper->program, sizeof helper->program, settings->program));
    TRY(str_copy(helper->device, sizeof helper->device, settings->device));
    TRY(str_copy(helper->record, sizeof helper->record, settings->record));
    if (helper->program[0] != '/' || access(helper->program, X_OK) != 0 ||
        (helper->device[0] == '\0') == (helper->record[0] == '\0'))
        return RESULT_INVALID;
    *out = take(helper);
    return RESULT_OK;
}

// ---- the process --------------------------------------------------------------------------------

// Waits for its end; false when it is still there after so long.
static bool has_ended(pid_t process, int limit_ms)
{
    int descriptor = pidfd_open(process, 0);
    struct pollfd end = {.fd = descriptor, .events = POLLIN};
    bool ended = descriptor < 0 || poll(&end, 1, limit_ms) > 0;

    if (descriptor >= 0)
        close(descriptor);
    return ended;
}

static void end_process(struct speech_helper *helper)
{
    if (helper->process == 0)
        return;
    close(helper->lines); // the helper ends with its input
    helper->lines = -1;
    if (!has_ended(helper->process, GOODBYE_MS))
        (void)kill(helper->process, SIGKILL);
    while (waitpid(helper->process, NULL, 0) < 0 && errno == EINTR)
        continue;
    helper->process = 0;
}

// Nothing of the daemon but the line: no other descriptor, no environment, no signal mask.
static int describe(posix_spawn_file_actions_t *files, posix_spawnattr_t *attributes, int input)
{
    sigset_t none, all;
    int bad = posix_spawn_file_actions_adddup2(files, input, STDIN_FILENO);

    sigemptyset(&none);
    sigfillset(&all);
    bad |= posix_spawn_file_actions_addopen(files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    bad |= posix_spawn_file_actions_addopen(files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    bad |= posix_spawn_file_actions_addclosefrom_np(files, STDERR_FILENO + 1);
    bad |= posix_spawnattr_setsigmask(attributes, &none);
    bad |= posix_spawnattr_setsigdefault(attributes, &all);
    bad |= posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    return bad;
}

static int spawn(struct speech_helper *helper, int input)
{
    bool heard = helper->device[0] != '\0';
    char *const arguments[] = {helper->program, heard ? (char[]){"--device"} : (char[]){"--record"},
                               heard ? helper->device : helper->record, NULL};
    char *const environment[] = {(char[]){"LC_ALL=C.UTF-8"}, NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;

    if (posix_spawn_file_actions_init(&files) != 0)
        return ENOMEM;
    if (posix_spawnattr_init(&attributes) != 0) {
        posix_spawn_file_actions_destroy(&files);
        return ENOMEM;
    }
    int bad = describe(&files, &attributes, input);
    if (bad == 0)
        bad = posix_spawn(&helper->process, helper->program, &files, &attributes, arguments,
                          environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return bad;
}

static enum result start(struct speech_helper *helper)
{
    int ends[2];

    if (helper->process != 0)
        return RESULT_OK;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return RESULT_UNREACHABLE;
    int bad = spawn(helper, ends[0]);
    close(ends[0]);
    if (bad != 0) {
        log_warning("speech", "the helper cannot be started, errno", bad);
        close(ends[1]);
        helper->process = 0;
        return RESULT_UNREACHABLE;
    }
    helper->lines = ends[1];
    return RESULT_OK;
}

// ---- the port -----------------------------------------------------------------------------------

// One piece, or nothing (pipe(7)): the helper never sees half a wish. A helper that does not read
// is ended, and another one started with the next word.
static enum result tell(struct speech_helper *helper, const char *line)
{
    size_t size = strlen(line);

    if (send(helper->lines, line, size, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)size)
        return RESULT_OK;
    log_warning("speech", "the helper does not listen, errno", errno);
    end_process(helper);
    return RESULT_UNREACHABLE;
}

static enum result say(void *self, enum language language, const char *text)
{
    struct speech_helper *helper = self;
    char line[SPEECH_LINE_MAXIMUM];

    TRY(start(helper));
    enum result result =
        str_format(line, sizeof line - 1, "say %s %d %d %s", language_code(language),
                   helper->words_a_minute, helper->volume, text);
    if (result == RESULT_OK) {
        for (char *at = line; *at != '\0'; at++)
            *at = *at == '\n' ? ' ' : *at;
        size_t size = strlen(line);
        memcpy(line + size, "\n", 2);
        result = tell(helper, line);
    }
    explicit_bzero(line, sizeof line);
    return result;
}

static void stop(void *self)
{
    struct speech_helper *helper = self;

    if (helper->process != 0)
        (void)tell(helper, "stop\n");
}

struct speech speech_helper_port(struct speech_helper *helper)
{
    static const struct speech_verbs verbs = {.say = say, .stop = stop};

    return (struct speech){.verbs = &verbs, .self = helper};
}

void speech_helper_destroy(struct speech_helper *helper)
{
    if (helper != NULL)
        end_process(helper);
    free(helper);
}
