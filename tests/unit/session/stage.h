// stage.h: a story as a table: what happens, which screen follows, what is to be done.
#pragma once
#include "session_play.h"

struct scene {
    const char *line; // see session_play.h
    enum session_screen screen;
    const char *effects; // names in order; NULL: not looked at. Timers and sounds are left out.
};

// Plays every scene and fails the test at the first that differs, naming it.
void perform(struct play *play, const struct scene *scenes, size_t count);
#define PERFORM(play, scenes) perform(play, scenes, sizeof(scenes) / sizeof *(scenes))

// A stage on which every device is ready: SCREEN_ATTRACT.
struct play open_terminal(void);
// … up to a PIN accepted and a proof: SCREEN_LIST, in French.
struct play at_list(void);
// … up to the verified document: SCREEN_PREVIEW.
struct play at_preview(void);
// … up to the hand-over to the printer: SCREEN_PRINTING.
struct play at_printing(void);
