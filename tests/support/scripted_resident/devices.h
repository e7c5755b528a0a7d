// devices.h: what the resident, or fate, does to things beside the screen.
#pragma once
#include "result.h"

// Sends one line ("insert DIR", "remove" …) to the control socket of a virtual device and reads its
// answer. RESULT_REFUSED when that begins with anything but "ok"; RESULT_UNREACHABLE;
// RESULT_TIMED_OUT after 5 s.
enum result device_command(const char *socket_path, const char *command);

// One GET of a form of the emulated laser printer on 127.0.0.1, such as its paper tray.
// RESULT_REFUSED when the answer is not 200.
enum result device_form(int port, const char *path);
