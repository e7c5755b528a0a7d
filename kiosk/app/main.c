// eguichet-kiosk: a public terminal at which a resident gets a sealed certificate.
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "config.h"
#include "gallery.h"
#include "log.h"
#include "options.h"
#include "place.h"
#include "pump.h"
#include "selftest.h"
#include "wiring.h"

enum { EXIT_WELL, EXIT_TROUBLE, EXIT_WRONG_USE };

// Nobody looks into this process: no core dumps, no ptrace. All the memory that may be locked is
// used for secrets. Signals are for one thread, which waits for them.
static bool close_the_house(void)
{
    const struct rlimit no_core = {};
    struct rlimit locked;
    sigset_t all;

    if (prctl(PR_SET_DUMPABLE, 0) != 0 || setrlimit(RLIMIT_CORE, &no_core) != 0 ||
        getrlimit(RLIMIT_MEMLOCK, &locked) != 0)
        return false;
    locked.rlim_cur = locked.rlim_max;
    sigfillset(&all);
    return setrlimit(RLIMIT_MEMLOCK, &locked) == 0 && sigprocmask(SIG_SETMASK, &all, NULL) == 0;
}

static int serve(struct pump *pump, const struct wiring *wiring)
{
    owned(loop) loop = NULL;
    struct services *services = NULL;

    if (loop_create(pump_wake(pump), &loop) != RESULT_OK ||
        services_create(loop, wiring_ports(wiring), wiring_settings(wiring), &services) !=
            RESULT_OK) {
        log_error("main", "the services cannot be started", 0);
        return EXIT_TROUBLE;
    }
    services_start(services);
    pump_run(pump, loop, services, wiring_voice(wiring));
    if (services_destroy(services))
        return EXIT_WELL;
    // A thread is still inside a device's driver: nothing it uses may be freed.
    log_error("main", "a device does not return; ending without it", 0);
    _Exit(EXIT_TROUBLE);
}

static int check(const struct wiring *wiring)
{
    const struct services_ports *ports = wiring_ports(wiring);
    const struct selftest_ports asked = {ports->card, ports->backend, ports->printer,
                                         ports->receipt_printer};

    return selftest_report(&asked, stdout) ? EXIT_WELL : EXIT_TROUBLE;
}

static int dump_screens(const struct config *config, const char *directory)
{
    const struct ui_settings look = place_look(config, false);
    const struct gallery_wish wish = {.pictures = true};
    enum result result = gallery_dump_screens(directory, &look, &wish);

    if (result == RESULT_OK)
        return EXIT_WELL;
    fprintf(stderr,
            "eguichet-kiosk: %s: the screens cannot be written (%s). Expected: a directory that "
            "can be written to, and the fonts of [screen].\n",
            directory, result_text(result));
    return EXIT_TROUBLE;
}

// The first picture comes before everything that takes time.
static int run(const struct config *config, const struct options *options)
{
    const struct session starting = session_begin(&config->limits);
    enum result result = RESULT_OK;
    owned(wiring) wiring = NULL;
    owned(pump) pump = NULL;

    if (!options->check)
        result = pump_create(config, options->width, options->height, &starting, &pump);
    if (result != RESULT_OK) {
        fprintf(stderr,
                "eguichet-kiosk: no screen (%s). Expected: a display in DISPLAY, and the fonts "
                "that fonts in [screen] names.\n",
                result_text(result));
        return EXIT_TROUBLE;
    }
    if (wiring_begin_libraries() != RESULT_OK)
        return EXIT_TROUBLE;
    if (wiring_create(config, &wiring) != RESULT_OK)
        return EXIT_WRONG_USE;
    return options->check ? check(wiring) : serve(pump, wiring);
}

int main(int count, char **words)
{
    struct config config;
    struct config_problem problem;
    struct options options;

    if (options_read(count, words, &options) != RESULT_OK)
        return EXIT_WRONG_USE;
    if (!close_the_house()) {
        fprintf(stderr, "eguichet-kiosk: the process cannot be closed to others. Expected: a "
                        "system that allows prctl and setrlimit.\n");
        return EXIT_TROUBLE;
    }
    if (config_load(options.config, &config, &problem) != RESULT_OK) {
        fprintf(stderr, "%s\n", problem.text);
        return EXIT_WRONG_USE;
    }
    if (options.dump_screens != NULL)
        return dump_screens(&config, options.dump_screens);
    return run(&config, &options);
}
