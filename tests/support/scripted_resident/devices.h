// devices.h: what the resident, or fate, does to things beside the screen.
#pragma once
#include <stdint.h>
#include <sys/types.h>

#include "result.h"

// Sends one line ("insert DIR", "remove" …) to the control socket of a virtual device and reads its
// answer. RESULT_REFUSED when that begins with anything but "ok"; RESULT_UNREACHABLE;
// RESULT_TIMED_OUT after 5 s.
enum result device_command(const char *socket_path, const char *command);

// The same from a copy of this process once `delay_ms` have passed, whatever this one does by then;
// the copy's number, or -1. Its exit status is 0 when the device said ok.
pid_t device_command_later(const char *socket_path, const char *command, int64_t delay_ms);

// The resident's telephone: a program that looks at the picture of a screen. RESULT_FAILED: it
// could not do what it was told.
enum result device_telephone(const char *program, const char *picture, const char *what);

// One GET of a form of the emulated laser printer on 127.0.0.1, such as its paper tray.
// RESULT_REFUSED when the answer is not 200.
enum result device_form(int port, const char *path);
