// tree.h: a command with everything it starts: its memory and its wake-ups, summed over all its
// processes and threads, read from /proc (another user's, or an undumpable one's, needs root).
#pragma once
#include <stdint.h>
#include <sys/types.h>

struct tree_cost {
    int processes, threads;
    uint64_t pss_kb;     // proportional share of all mappings
    uint64_t waits;      // voluntary context switches so far
    uint64_t unreadable; // processes whose memory could not be read
};

// Starts the command without delay; descendants whose parents end become ours. -1: it cannot be.
pid_t tree_start(char **command);

// What the tree below this process (itself not counted) costs now.
struct tree_cost tree_cost(void);

// Asks every process of the tree to end, waits, and kills those still there after 3 s.
void tree_end(void);
