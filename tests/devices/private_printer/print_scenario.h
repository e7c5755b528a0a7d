// print_scenario.h: what happens to one job, read from a file of steps.
#pragma once

// Plays the steps of the file at `path` ("" for none) for a job of `sheets` sheets, telling the
// printer through standard error. Returns what to exit with; a step that is not known is 1, with a
// message.
int play_scenario(const char *path, int sheets);
