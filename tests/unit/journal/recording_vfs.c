#include "recording_vfs.h"

#include <assert.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

// One recording at a time: SQLite's VFS list is the process's, too.
static struct {
    sqlite3_vfs vfs, *below;
    const char *database;
    const int *promised;
    struct recorded *list;
    size_t count, capacity, kill_at;
    int checkpoint_pages;
} recording;

struct recorded_file {
    sqlite3_file base;
    int number; // -1: not one of those that matter
    sqlite3_file *below;
};

static void record(int file, enum recorded_kind kind, size_t offset, const void *data, size_t size)
{
    if (file < 0)
        return;
    if (recording.kill_at != 0 && recording.count + 1 == recording.kill_at)
        (void)raise(SIGKILL);
    if (recording.count == recording.capacity) {
        recording.capacity = recording.capacity * 2 + 64;
        recording.list = realloc(recording.list, recording.capacity * sizeof recording.list[0]);
        assert(recording.list != NULL);
    }
    struct recorded *entry = &recording.list[recording.count++];
    *entry = (struct recorded){.kind = kind,
                               .file = file,
                               .offset = offset,
                               .size = size,
                               .promised = *recording.promised};
    if (data != NULL) {
        entry->data = malloc(size);
        assert(entry->data != NULL);
        memcpy(entry->data, data, size);
    }
}

static struct recorded_file *mine(sqlite3_file *file)
{
    return (struct recorded_file *)file;
}

static int file_close(sqlite3_file *file)
{
    return mine(file)->below->pMethods->xClose(mine(file)->below);
}

static int file_read(sqlite3_file *file, void *to, int size, sqlite3_int64 offset)
{
    return mine(file)->below->pMethods->xRead(mine(file)->below, to, size, offset);
}

static int file_write(sqlite3_file *file, const void *from, int size, sqlite3_int64 offset)
{
    record(mine(file)->number, RECORDED_WRITE, (size_t)offset, from, (size_t)size);
    return mine(file)->below->pMethods->xWrite(mine(file)->below, from, size, offset);
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    record(mine(file)->number, RECORDED_TRUNCATE, (size_t)size, NULL, 0);
    return mine(file)->below->pMethods->xTruncate(mine(file)->below, size);
}

// What the disk does at a sync is the recording's business: none is needed here.
static int file_sync(sqlite3_file *file, int flags)
{
    (void)flags;
    record(mine(file)->number, RECORDED_SYNC, 0, NULL, 0);
    return SQLITE_OK;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return mine(file)->below->pMethods->xFileSize(mine(file)->below, size);
}

static int file_lock(sqlite3_file *file, int lock)
{
    return mine(file)->below->pMethods->xLock(mine(file)->below, lock);
}

static int file_unlock(sqlite3_file *file, int lock)
{
    return mine(file)->below->pMethods->xUnlock(mine(file)->below, lock);
}

static int file_check_lock(sqlite3_file *file, int *held)
{
    return mine(file)->below->pMethods->xCheckReservedLock(mine(file)->below, held);
}

static int file_control(sqlite3_file *file, int what, void *argument)
{
    return mine(file)->below->pMethods->xFileControl(mine(file)->below, what, argument);
}

static int file_sector(sqlite3_file *file)
{
    return mine(file)->below->pMethods->xSectorSize(mine(file)->below);
}

// Nothing is promised for a power cut: a write may be torn, and may spoil no neighbour.
static int file_characteristics(sqlite3_file *file)
{
    (void)file;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int shared_map(sqlite3_file *file, int page, int size, int extend, void volatile **at)
{
    return mine(file)->below->pMethods->xShmMap(mine(file)->below, page, size, extend, at);
}

static int shared_lock(sqlite3_file *file, int offset, int count, int flags)
{
    return mine(file)->below->pMethods->xShmLock(mine(file)->below, offset, count, flags);
}

static void shared_barrier(sqlite3_file *file)
{
    mine(file)->below->pMethods->xShmBarrier(mine(file)->below);
}

static int shared_unmap(sqlite3_file *file, int remove)
{
    return mine(file)->below->pMethods->xShmUnmap(mine(file)->below, remove);
}

// Version 2: without memory-mapped pages, which would go past the recording.
static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_lock,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_characteristics,
    .xShmMap = shared_map,
    .xShmLock = shared_lock,
    .xShmBarrier = shared_barrier,
    .xShmUnmap = shared_unmap,
};

static int number_of(const char *path)
{
    size_t length = strlen(recording.database);

    if (path == NULL)
        return -1;
    const char *tail = strstr(path, recording.database);
    if (tail == NULL)
        return -1;
    if (tail[length] == '\0')
        return 0;
    return strcmp(tail + length, "-wal") == 0 ? 1 : -1;
}

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *given)
{
    struct recorded_file *opened = mine(file);

    (void)vfs;
    opened->number = number_of(path);
    opened->below = (sqlite3_file *)(opened + 1);
    int code = recording.below->xOpen(recording.below, path, opened->below, flags, given);
    opened->base.pMethods = code == SQLITE_OK ? &methods : NULL;
    return code;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int synced)
{
    (void)vfs;
    record(number_of(path), RECORDED_REMOVE, 0, NULL, 0);
    return recording.below->xDelete(recording.below, path, synced);
}

static int set_checkpoints(sqlite3 *database, char **message,
                           const struct sqlite3_api_routines *api)
{
    (void)message;
    (void)api;
    return recording.checkpoint_pages == 0
               ? SQLITE_OK
               : sqlite3_wal_autocheckpoint(database, recording.checkpoint_pages);
}

void recording_begin(const char *database, const int *promised)
{
    recording.below = sqlite3_vfs_find("unix");
    assert(recording.below != NULL);
    recording.vfs = *recording.below;
    recording.vfs.zName = "recording";
    recording.vfs.szOsFile = (int)sizeof(struct recorded_file) + recording.below->szOsFile;
    recording.vfs.xOpen = vfs_open;
    recording.vfs.xDelete = vfs_delete;
    recording.database = database;
    recording.promised = promised;
    recording.count = recording.kill_at = 0;
    recording.checkpoint_pages = 0;
    (void)sqlite3_auto_extension((void (*)(void))set_checkpoints);
    (void)sqlite3_vfs_register(&recording.vfs, 1);
}

void recording_checkpoints_every(int pages)
{
    recording.checkpoint_pages = pages;
}

void recording_kill_at(size_t number)
{
    recording.kill_at = number;
}

const struct recorded *recording_list(size_t *count)
{
    *count = recording.count;
    return recording.list;
}

void recording_end(void)
{
    (void)sqlite3_vfs_unregister(&recording.vfs);
    (void)sqlite3_cancel_auto_extension((void (*)(void))set_checkpoints);
    (void)sqlite3_vfs_register(recording.below, 1);
    for (size_t i = 0; i < recording.count; i++)
        free(recording.list[i].data);
    free(recording.list);
    recording.list = NULL;
    recording.count = recording.capacity = 0;
}
