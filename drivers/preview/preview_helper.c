#include "preview_helper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "log.h"
#include "preview_protocol.h"
#include "secret.h"
#include "str.h"

// Descriptors from here on cannot collide with the two numbers that the helper expects.
#define FIRST_FREE_DESCRIPTOR 10

struct preview_helper {
    int limit_ms;
    char program[4096];
};

struct descriptor {
    int number;
};

static void descriptor_close(struct descriptor *held)
{
    if (held->number >= 0)
        close(held->number);
}
#define owned_descriptor __attribute__((cleanup(descriptor_close))) struct descriptor

enum result preview_helper_create(const char *program, int limit_ms, struct preview_helper **out)
{
    owned(preview_helper) helper = calloc(1, sizeof *helper);

    if (helper == NULL)
        return RESULT_NO_MEMORY;
    helper->limit_ms = limit_ms;
    if (program[0] != '/' || access(program, X_OK) != 0) {
        log_error("preview", "the helper's path is not an absolute path of a program", errno);
        return RESULT_INVALID;
    }
    TRY(str_copy(helper->program, sizeof helper->program, program));
    *out = take(helper);
    return RESULT_OK;
}

void preview_helper_destroy(struct preview_helper *helper)
{
    free(helper);
}

static enum result make_memory_file(const char *name, struct descriptor *out)
{
    owned_descriptor low = {memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING)};

    if (low.number >= 0)
        out->number = fcntl(low.number, F_DUPFD_CLOEXEC, FIRST_FREE_DESCRIPTOR);
    if (out->number >= 0)
        return RESULT_OK;
    log_error("preview", "no memory file for the helper", errno);
    return RESULT_NO_MEMORY;
}

static enum result write_all(int descriptor, struct bytes data)
{
    while (data.size > 0) {
        ssize_t done = write(descriptor, data.data, data.size);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return RESULT_NO_MEMORY;
        data = (struct bytes){data.data + done, data.size - (size_t)done};
    }
    return RESULT_OK;
}

static enum result make_sealed_document(struct bytes pdf, struct descriptor *out)
{
    TRY(make_memory_file("document", out));
    TRY(write_all(out->number, pdf));
    if (fcntl(out->number, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) !=
        0)
        return RESULT_FAILED;
    return RESULT_OK;
}

// Nothing of the daemon but the two memory files: no other descriptor, no environment, no terminal.
static int describe_child(posix_spawn_file_actions_t *files, int pdf, int picture)
{
    int bad = posix_spawn_file_actions_addopen(files, 0, "/dev/null", O_RDWR, 0);

    bad |= posix_spawn_file_actions_adddup2(files, 0, 1);
    bad |= posix_spawn_file_actions_adddup2(files, 0, 2);
    bad |= posix_spawn_file_actions_adddup2(files, pdf, PREVIEW_PDF_DESCRIPTOR);
    bad |= posix_spawn_file_actions_adddup2(files, picture, PREVIEW_PICTURE_DESCRIPTOR);
    bad |= posix_spawn_file_actions_addclosefrom_np(files, PREVIEW_PICTURE_DESCRIPTOR + 1);
    return bad;
}

static enum result spawn(const struct preview_helper *helper, char *const arguments[],
                         const int descriptors[2], pid_t *child)
{
    char *const environment[] = {(char[]){"LC_ALL=C"}, NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, all;

    if (posix_spawn_file_actions_init(&files) != 0)
        return RESULT_NO_MEMORY;
    if (posix_spawnattr_init(&attributes) != 0) {
        posix_spawn_file_actions_destroy(&files);
        return RESULT_NO_MEMORY;
    }
    sigemptyset(&none); // workers block every signal; their children must not
    sigfillset(&all);
    int bad = describe_child(&files, descriptors[0], descriptors[1]);
    bad |= posix_spawnattr_setsigmask(&attributes, &none);
    bad |= posix_spawnattr_setsigdefault(&attributes, &all);
    bad |= posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    if (bad == 0)
        bad = posix_spawn(child, helper->program, &files, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    if (bad != 0)
        log_warning("preview", "the helper cannot be started, errno", bad);
    return bad == 0 ? RESULT_OK : RESULT_FAILED;
}

// Is the child at its end before the time is? Interrupted waits go on with what is left.
static bool ends_within(int child_descriptor, int limit_ms)
{
    uint64_t until = clock_monotonic_ms() + (uint64_t)limit_ms;

    for (;;) {
        uint64_t now = clock_monotonic_ms();
        struct pollfd end = {.fd = child_descriptor, .events = POLLIN};
        int ready = poll(&end, 1, now < until ? (int)(until - now) : 0);
        if (ready >= 0 || errno != EINTR)
            return ready > 0;
    }
}

static enum result await(pid_t child, int limit_ms)
{
    owned_descriptor end = {pidfd_open(child, 0)};
    int status = 0;
    bool in_time = end.number >= 0 && ends_within(end.number, limit_ms);

    if (!in_time) {
        log_warning("preview", "the helper took too long and was killed, ms", limit_ms);
        kill(child, SIGKILL);
    }
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return RESULT_FAILED;
    if (!in_time)
        return RESULT_FAILED;
    if (status == 0)
        return RESULT_OK;
    log_warning("preview", "the helper drew nothing, wait status", status);
    return RESULT_FAILED;
}

static enum result read_at(int descriptor, void *to, size_t size, off_t offset)
{
    for (size_t done = 0; done < size;) {
        ssize_t more = pread(descriptor, (uint8_t *)to + done, size - done, offset + (off_t)done);
        if (more < 0 && errno == EINTR)
            continue;
        if (more <= 0)
            return RESULT_FAILED;
        done += (size_t)more;
    }
    return RESULT_OK;
}

// The helper has read a stranger's bytes: nothing it says is believed without bounds.
static bool is_plausible(const struct preview_header *header, int width, int page, off_t size)
{
    return header->width == width && header->height >= 1 &&
           header->height <= PREVIEW_SIDE_MAXIMUM && header->page == page &&
           header->pages >= page &&
           size == (off_t)sizeof *header + (off_t)header->width * header->height;
}

static enum result read_picture(int descriptor, int page, int width, struct page_picture **out)
{
    struct preview_header header;
    struct stat about;

    TRY(read_at(descriptor, &header, sizeof header, 0));
    if (fstat(descriptor, &about) != 0 || !is_plausible(&header, width, page, about.st_size)) {
        log_warning("preview", "the helper's picture has an impossible form, bytes", about.st_size);
        return RESULT_FAILED;
    }
    owned(page_picture) picture = calloc(1, sizeof *picture);
    if (picture == NULL)
        return RESULT_NO_MEMORY;
    picture->width = header.width;
    picture->height = header.height;
    picture->page = header.page;
    picture->pages = header.pages;
    size_t size = (size_t)header.width * (size_t)header.height;
    TRY(secret_create(size, &picture->pixels));
    TRY(read_at(descriptor, secret_writable(picture->pixels), size, sizeof header));
    TRY(secret_set_size(picture->pixels, size));
    *out = take(picture);
    return RESULT_OK;
}

static enum result render(void *self, struct bytes pdf, int page, int width,
                          struct page_picture **picture)
{
    const struct preview_helper *helper = self;
    owned_descriptor document = {-1}, pixels = {-1};
    char page_text[16], width_text[16];
    pid_t child = 0;

    if (pdf.size == 0 || pdf.size > PREVIEW_PDF_MAXIMUM)
        return RESULT_FAILED;
    TRY(make_sealed_document(pdf, &document));
    TRY(make_memory_file("picture", &pixels));
    TRY(str_format(page_text, sizeof page_text, "%d", page));
    TRY(str_format(width_text, sizeof width_text, "%d", width));
    char *const arguments[] = {(char *)(uintptr_t)helper->program, page_text, width_text, NULL};
    const int descriptors[2] = {document.number, pixels.number};
    TRY(spawn(helper, arguments, descriptors, &child));
    TRY(await(child, helper->limit_ms));
    return read_picture(pixels.number, page, width, picture);
}

struct preview preview_helper_port(struct preview_helper *helper)
{
    static const struct preview_verbs verbs = {.render = render};

    return (struct preview){.verbs = &verbs, .self = helper};
}
