// static_nginx.h: nginx with one worker that serves one file over TLS 1.3, to who shows a
// certificate of the authority.
#pragma once
#include <stddef.h>

#define STATIC_NGINX_PATH "/file.json"

struct static_nginx;

struct static_nginx_settings {
    const char *folder;                               // is made
    const char *certificate, *key, *client_authority; // PEM files
    size_t file_size;
};

// Starts it and waits until it listens. NULL: it does not. It runs as the caller, in the folder.
struct static_nginx *static_nginx_start(const struct static_nginx_settings *settings);
int static_nginx_port(const struct static_nginx *nginx);
void static_nginx_stop(struct static_nginx *nginx);
