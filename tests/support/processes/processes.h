// processes.h: for tests that need a real service beside them: start it, wait until it is ready,
// end it by its number, in a folder of the test's own. What fails here ends the test with a
// message.
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define TEST_PATH_SIZE 512

// A new folder of this test, under TMPDIR or /tmp.
void test_folder_create(char path[TEST_PATH_SIZE]);
// With everything in it.
void test_folder_remove(const char *path);

// DIR/NAME, in one buffer.
void test_path(char out[TEST_PATH_SIZE], const char *folder, const char *name);

// Starts a program with these arguments (a NULL at the end); it ends with this one.
pid_t process_start(const char *const arguments[]);
bool process_has_ended(pid_t process);
// Asks it to end, insists after 3 s; returns its wait status.
int process_end(pid_t process);

// Polls until the file is there; ends the test when it is not after `limit_ms`, or when the process
// that should make it has ended.
void wait_for_file(const char *path, pid_t maker, uint64_t limit_ms);

// Makes, or replaces, a small file in one step.
void write_whole_file(const char *path, const char *content);
// At most `capacity` bytes of a file; returns how many.
size_t read_whole_file(const char *path, void *memory, size_t capacity);

void wait_a_moment(void); // 2 ms, between two looks
