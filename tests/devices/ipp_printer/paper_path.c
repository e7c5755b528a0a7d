#include "paper_path.h"

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SHEET_EVERY_MS 120
#define LIES_FOR_LOOKS 6

struct paper_path {
    const char *folder;
    pthread_mutex_t lock;
    struct paper_job jobs[JOBS_MAXIMUM];
    int taken, sheets; // for the ledger
    time_t since;
    bool began_anew;
    pthread_t thread;
};

static void write_ledger(const struct paper_path *path)
{
    char now[512], then[520];

    (void)snprintf(now, sizeof now, "%s/ledger", path->folder);
    (void)snprintf(then, sizeof then, "%s.new", now);
    FILE *file = fopen(then, "w");
    if (file == NULL)
        return;
    (void)fprintf(file, "documents %d\nsheets %d\n", path->taken, path->sheets);
    (void)fclose(file);
    (void)rename(then, now);
}

const struct fault *paper_path_fault(struct paper_path *path)
{
    char name[512], word[64] = "";

    (void)snprintf(name, sizeof name, "%s/fault", path->folder);
    FILE *file = fopen(name, "r");
    if (file == NULL)
        return fault_named(NULL);
    if (fgets(word, sizeof word, file) != NULL)
        word[strcspn(word, "\n")] = '\0';
    (void)fclose(file);
    return fault_named(word);
}

// A sheet on its way takes seconds in a real printer: here, as long as that file exists.
static bool is_held(const struct paper_path *path)
{
    char name[512];

    (void)snprintf(name, sizeof name, "%s/hold", path->folder);
    return access(name, F_OK) == 0;
}

// It strikes in front of the last sheet at the latest: a document of one page does not escape.
static bool strikes(const struct paper_job *job, const struct fault *fault)
{
    return job->sheets >= (fault->after < job->pages ? fault->after : job->pages - 1);
}

static void start_anew(struct paper_path *path)
{
    if (path->began_anew)
        return;
    path->began_anew = true;
    path->since = time(NULL);
    memset(path->jobs, 0, sizeof path->jobs);
}

static void put_out(struct paper_path *path, struct paper_job *job)
{
    job->state = IPP_JSTATE_PROCESSING;
    if (job->sheets < job->pages) {
        job->sheets++;
        path->sheets++;
    }
    if (job->sheets == job->pages && job->lies-- <= 0)
        job->state = IPP_JSTATE_COMPLETED;
}

static void move(struct paper_path *path, struct paper_job *job, const struct fault *fault)
{
    if (job->state >= IPP_JSTATE_CANCELED)
        return;
    if (!strikes(job, fault) || fault->job == JOB_RUNS || fault->job == JOB_GETS_NO_NUMBER)
        put_out(path, job);
    else if (fault->job == JOB_WAITS)
        job->state = IPP_JSTATE_PROCESSING;
    else if (fault->job == JOB_HELD)
        job->state = IPP_JSTATE_HELD;
    else if (fault->job == JOB_STOPS)
        job->state = IPP_JSTATE_STOPPED;
    else if (fault->job == JOB_ABORTS)
        job->state = IPP_JSTATE_ABORTED;
    else if (fault->job == JOB_CANCELLED)
        job->state = IPP_JSTATE_CANCELED;
    else if (fault->job == JOB_ENDS_SHORT)
        job->state = IPP_JSTATE_COMPLETED;
    else if (fault->job == JOB_FORGOTTEN)
        start_anew(path);
    else if (fault->job == JOB_LIES && job->sheets == 0) {
        job->lies = LIES_FOR_LOOKS;
        put_out(path, job);
    } else
        put_out(path, job);
}

static void *move_sheets(void *self)
{
    struct paper_path *path = self;

    for (;;) {
        (void)poll(NULL, 0, SHEET_EVERY_MS);
        if (!paper_path_works(path) || is_held(path))
            continue;
        const struct fault *fault = paper_path_fault(path);
        (void)pthread_mutex_lock(&path->lock);
        for (size_t i = 0; i < JOBS_MAXIMUM; i++)
            if (path->jobs[i].number != 0)
                move(path, &path->jobs[i], fault);
        write_ledger(path);
        (void)pthread_mutex_unlock(&path->lock);
    }
    return NULL;
}

struct paper_path *paper_path_create(const char *folder)
{
    struct paper_path *path = calloc(1, sizeof *path);

    if (path == NULL)
        return NULL;
    path->folder = folder;
    path->since = time(NULL);
    (void)pthread_mutex_init(&path->lock, NULL);
    write_ledger(path); // before anybody can ask for it
    if (pthread_create(&path->thread, NULL, move_sheets, path) == 0)
        return path;
    free(path);
    return NULL;
}

int paper_path_take(struct paper_path *path, const char *name, int pages)
{
    int number = 0;

    (void)pthread_mutex_lock(&path->lock);
    for (size_t i = 0; i < JOBS_MAXIMUM && number == 0; i++) {
        struct paper_job *job = &path->jobs[i];
        if (job->number != 0)
            continue;
        number = ++path->taken;
        *job = (struct paper_job){.number = number, .pages = pages, .state = IPP_JSTATE_PENDING};
        (void)snprintf(job->name, sizeof job->name, "%s", name);
    }
    write_ledger(path);
    (void)pthread_mutex_unlock(&path->lock);
    return number;
}

bool paper_path_place(struct paper_path *path, size_t place, struct paper_job *job)
{
    (void)pthread_mutex_lock(&path->lock);
    *job = place < JOBS_MAXIMUM ? path->jobs[place] : (struct paper_job){};
    (void)pthread_mutex_unlock(&path->lock);
    return job->number != 0;
}

bool paper_path_job(struct paper_path *path, int number, struct paper_job *job)
{
    for (size_t i = 0; i < JOBS_MAXIMUM; i++)
        if (paper_path_place(path, i, job) && job->number == number)
            return true;
    return false;
}

bool paper_path_cancel(struct paper_path *path, int number)
{
    bool ended = false;

    (void)pthread_mutex_lock(&path->lock);
    for (size_t i = 0; i < JOBS_MAXIMUM; i++) {
        struct paper_job *job = &path->jobs[i];
        if (job->number == number && job->state < IPP_JSTATE_CANCELED) {
            job->state = IPP_JSTATE_CANCELED;
            ended = true;
        }
    }
    (void)pthread_mutex_unlock(&path->lock);
    return ended;
}

int paper_path_up_time(struct paper_path *path)
{
    (void)pthread_mutex_lock(&path->lock);
    time_t since = path->since;
    (void)pthread_mutex_unlock(&path->lock);
    return (int)(time(NULL) - since) + 1;
}

bool paper_path_works(struct paper_path *path)
{
    struct paper_job job;

    for (size_t i = 0; i < JOBS_MAXIMUM; i++)
        if (paper_path_place(path, i, &job) && job.state < IPP_JSTATE_CANCELED)
            return true;
    return false;
}

bool paper_path_shows(struct paper_path *path, const struct fault *fault)
{
    struct paper_job job;

    for (size_t i = 0; i < JOBS_MAXIMUM; i++)
        if (paper_path_place(path, i, &job) && job.state < IPP_JSTATE_CANCELED &&
            !strikes(&job, fault))
            return false;
    return true;
}
