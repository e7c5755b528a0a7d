#include "preview_sandbox.h"

#include <errno.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define BUILT_WITH_SANITIZER 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define BUILT_WITH_SANITIZER 1
#endif

static enum result limit(int what, rlim_t most)
{
    struct rlimit both = {.rlim_cur = most, .rlim_max = most};

    return setrlimit((__rlimit_resource_t)what, &both) == 0 ? RESULT_OK : RESULT_FAILED;
}

static enum result limit_resources(void)
{
    TRY(limit(RLIMIT_CORE, 0));
    TRY(limit(RLIMIT_CPU, PREVIEW_CPU_SECONDS));
    TRY(limit(RLIMIT_NOFILE, 0)); // those already open stay
#ifndef BUILT_WITH_SANITIZER
    TRY(limit(RLIMIT_AS, PREVIEW_ADDRESS_SPACE));
#endif
    return RESULT_OK;
}

// A ruleset with no rule: no access to any path. Kernels without Landlock answer ENOSYS or
// EOPNOTSUPP; the system-call filter then stands alone.
static enum result lock_paths(void)
{
    const struct landlock_ruleset_attr nothing = {
        .handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1, // all of the first version
    };
    long ruleset = syscall(SYS_landlock_create_ruleset, &nothing, sizeof nothing, 0);

    if (ruleset < 0)
        return errno == ENOSYS || errno == EOPNOTSUPP ? RESULT_OK : RESULT_FAILED;
    long locked = syscall(SYS_landlock_restrict_self, ruleset, 0);
    close((int)ruleset);
    return locked == 0 ? RESULT_OK : RESULT_FAILED;
}

// Memory, the inherited descriptors, time, and the end.
static const int allowed_calls[] = {
    SCMP_SYS(read),         SCMP_SYS(pread64),
    SCMP_SYS(write),        SCMP_SYS(pwrite64),
    SCMP_SYS(writev),       SCMP_SYS(lseek),
    SCMP_SYS(fstat),        SCMP_SYS(close),
    SCMP_SYS(ftruncate),    SCMP_SYS(mmap),
    SCMP_SYS(munmap),       SCMP_SYS(mremap),
    SCMP_SYS(mprotect),     SCMP_SYS(madvise),
    SCMP_SYS(brk),          SCMP_SYS(futex),
    SCMP_SYS(sched_yield),  SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday), SCMP_SYS(time),
    SCMP_SYS(getrandom),    SCMP_SYS(getpid),
    SCMP_SYS(gettid),       SCMP_SYS(tgkill),
    SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack),
    SCMP_SYS(sysinfo),      SCMP_SYS(exit),
    SCMP_SYS(exit_group),   SCMP_SYS(restart_syscall),
};

// poppler looks for fonts and tables that a document does not bring along; it gets on without them.
static const int refused_calls[] = {
    SCMP_SYS(open),       SCMP_SYS(openat), SCMP_SYS(access),     SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2), SCMP_SYS(stat),   SCMP_SYS(newfstatat), SCMP_SYS(statx),
    SCMP_SYS(readlink),   SCMP_SYS(getcwd), SCMP_SYS(statfs),
};

static int add_rules(scmp_filter_ctx filter, uint32_t action, const int *calls, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (seccomp_rule_add(filter, action, calls[i], 0) != 0)
            return -1;
    return 0;
}

static enum result filter_calls(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);

    if (filter == NULL)
        return RESULT_FAILED;
    int bad = add_rules(filter, SCMP_ACT_ALLOW, allowed_calls,
                        sizeof allowed_calls / sizeof *allowed_calls);
    bad |= add_rules(filter, SCMP_ACT_ERRNO(EACCES), refused_calls,
                     sizeof refused_calls / sizeof *refused_calls);
    if (bad == 0)
        bad = seccomp_load(filter);
    seccomp_release(filter);
    return bad == 0 ? RESULT_OK : RESULT_FAILED;
}

enum result preview_sandbox_enter(void)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return RESULT_FAILED;
    TRY(lock_paths());
    TRY(limit_resources());
    return filter_calls();
}
