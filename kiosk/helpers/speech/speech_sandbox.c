#include "speech_sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define READING (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define LOADING (READING | LANDLOCK_ACCESS_FS_EXECUTE) // libraries of the sound system
#define SOUNDING (READING | LANDLOCK_ACCESS_FS_WRITE_FILE)
// ALSA's device that nobody hears; a file has no rights of a folder.
#define SWALLOWING (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE)

// A path that is not there needs no permission.
static enum result allow(int ruleset, const char *path, uint64_t what)
{
    struct landlock_path_beneath_attr rule = {.allowed_access = what,
                                              .parent_fd = open(path, O_PATH | O_CLOEXEC)};

    if (rule.parent_fd < 0)
        return RESULT_OK;
    long bad = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(rule.parent_fd);
    return bad == 0 ? RESULT_OK : RESULT_FAILED;
}

static enum result allow_what_sounds(int ruleset, const char *voices)
{
    TRY(allow(ruleset, voices, READING));
    TRY(allow(ruleset, "/usr/share/alsa", READING));
    TRY(allow(ruleset, "/etc/alsa", READING));
    TRY(allow(ruleset, "/usr/lib", LOADING));
    TRY(allow(ruleset, "/proc/asound", READING));
    TRY(allow(ruleset, "/dev/null", SWALLOWING));
    return allow(ruleset, "/dev/snd", SOUNDING);
}

// Kernels without Landlock answer ENOSYS or EOPNOTSUPP; the system-call filter then stands alone.
static enum result lock_paths(const char *voices)
{
    const struct landlock_ruleset_attr all = {
        .handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1, // all of the first version
    };
    long ruleset = syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);

    if (ruleset < 0)
        return errno == ENOSYS || errno == EOPNOTSUPP ? RESULT_OK : RESULT_FAILED;
    enum result result = allow_what_sounds((int)ruleset, voices);
    if (result == RESULT_OK && syscall(SYS_landlock_restrict_self, ruleset, 0) != 0)
        result = RESULT_FAILED;
    close((int)ruleset);
    return result;
}

// What a synthesiser never needs: others, the network, new programs, the system.
static const int refused_calls[] = {
    SCMP_SYS(socket),
    SCMP_SYS(socketpair),
    SCMP_SYS(connect),
    SCMP_SYS(bind),
    SCMP_SYS(listen),
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(ptrace),
    SCMP_SYS(kill),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(pivot_root),
    SCMP_SYS(chroot),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(delete_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(open_by_handle_at),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(keyctl),
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(pidfd_open),
};

static enum result filter_calls(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    int bad = 0;

    if (filter == NULL)
        return RESULT_FAILED;
    for (size_t i = 0; i < sizeof refused_calls / sizeof refused_calls[0]; i++)
        bad |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused_calls[i], 0);
    if (bad == 0)
        bad = seccomp_load(filter);
    seccomp_release(filter);
    return bad == 0 ? RESULT_OK : RESULT_FAILED;
}

enum result speech_sandbox_enter(const char *voices)
{
    const struct rlimit no_core = {};

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 ||
        setrlimit(RLIMIT_CORE, &no_core) != 0)
        return RESULT_FAILED;
    TRY(lock_paths(voices));
    return filter_calls();
}
