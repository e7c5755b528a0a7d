// recording_vfs.h: an SQLite VFS that writes down every write, cut, sync and removal that a
// program makes to its files, in order, so that a test can leave behind what a power cut at any
// instant may leave behind: of what was not synced, any part, in any order.
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum recorded_kind { RECORDED_WRITE, RECORDED_TRUNCATE, RECORDED_SYNC, RECORDED_REMOVE };

struct recorded {
    enum recorded_kind kind;
    int file; // 0: the database, 1: its write-ahead log
    size_t offset, size;
    unsigned char *data;
    int promised; // how many steps the program was told are on disk before this
};
#define RECORDED_FILES 2

// Registers itself as SQLite's default and begins an empty recording. `database` is the path.
// Counts up *promised itself: the program under test does.
void recording_begin(const char *database, const int *promised);
// Every write-ahead log is worked into the database after so few pages that it happens often.
void recording_checkpoints_every(int pages);
// SIGKILL to this process instead of the numbered operation, counted from 1; 0: never.
void recording_kill_at(size_t number);
const struct recorded *recording_list(size_t *count);
void recording_end(void);
