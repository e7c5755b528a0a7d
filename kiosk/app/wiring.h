// wiring.h: which driver stands behind which port; the only place in the terminal that knows.
#pragma once
#include "config.h"
#include "owned.h"
#include "services.h"
#include "voice.h"

struct wiring;

// Once, before any thread exists: libraries that wipe what they free.
enum result wiring_begin_libraries(void);

// Makes every driver from the configuration, which must outlive the wiring; touches no device.
// Otherwise standard error names the key whose value cannot be used.
enum result wiring_create(const struct config *config, struct wiring **out);
// Only after the services have ended.
void wiring_destroy(struct wiring *wiring);
DEFINE_OWNED(wiring)

const struct services_ports *wiring_ports(const struct wiring *wiring);
const struct services_settings *wiring_settings(const struct wiring *wiring);
// Mute where no voice is fitted.
struct voice *wiring_voice(const struct wiring *wiring);
