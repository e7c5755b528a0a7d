// preview_sandbox.h: gives up everything that drawing a page does not need.
#pragma once
#include "result.h"

// What a drawing may use at most.
#define PREVIEW_ADDRESS_SPACE (128L * 1024 * 1024)
#define PREVIEW_CPU_SECONDS 2L

// Irrevocable, for the whole process, which must have one thread: no file can be opened any more
// (the call fails with EACCES), and whoever calls for a socket, a program, a thread or anything
// else off the list is killed (SIGSYS). Landlock adds a second lock where the kernel has it. In
// sanitizer builds the address space is not limited: their shadow memory alone is larger.
// RESULT_FAILED: the process is not confined and must not go on.
enum result preview_sandbox_enter(void);
