#include "static_nginx.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct static_nginx {
    pid_t pid;
    int port;
};

static struct sockaddr_in loopback(int port)
{
    return (struct sockaddr_in){.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)port),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

// One that nobody listens on: nginx cannot choose one itself.
static int free_port(void)
{
    struct sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool bound = bind(probe, (struct sockaddr *)&address, size) == 0 &&
                 getsockname(probe, (struct sockaddr *)&address, &size) == 0;

    close(probe);
    return bound ? ntohs(address.sin_port) : 0;
}

static bool is_listening(int port)
{
    const struct sockaddr_in address = loopback(port);
    int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool connected = connect(probe, (const struct sockaddr *)&address, sizeof address) == 0;

    close(probe);
    return connected;
}

static bool write_file(const struct static_nginx_settings *settings)
{
    char path[600];

    snprintf(path, sizeof path, "%s%s", settings->folder, STATIC_NGINX_PATH);
    FILE *file = fopen(path, "w");
    if (file == NULL)
        return false;
    for (size_t i = 0; i < settings->file_size; i++)
        fputc('a', file);
    return fclose(file) == 0;
}

static bool write_configuration(const struct static_nginx_settings *settings, int port)
{
    char path[600];

    snprintf(path, sizeof path, "%s/nginx.conf", settings->folder);
    FILE *file = fopen(path, "w");
    if (file == NULL)
        return false;
    if (getuid() == 0)
        fputs("user root;\n", file); // the folder is nobody else's
    fprintf(file,
            "daemon off;\nworker_processes 1;\npid %s/pid;\nerror_log %s/log;\n"
            "events { worker_connections 256; }\n"
            "http {\n  access_log off;\n  default_type application/json;\n"
            "  keepalive_requests 100000000;\n  sendfile on;\n  tcp_nopush on;\n"
            "  open_file_cache max=16;\n"
            "  client_body_temp_path %s/body;\n  proxy_temp_path %s/proxy;\n"
            "  fastcgi_temp_path %s/fastcgi;\n  uwsgi_temp_path %s/uwsgi;\n"
            "  scgi_temp_path %s/scgi;\n",
            settings->folder, settings->folder, settings->folder, settings->folder,
            settings->folder, settings->folder, settings->folder);
    fprintf(file,
            "  server {\n    listen 127.0.0.1:%d ssl;\n    root %s;\n"
            "    ssl_certificate %s;\n    ssl_certificate_key %s;\n    ssl_protocols TLSv1.3;\n"
            "    ssl_client_certificate %s;\n    ssl_verify_client on;\n  }\n}\n",
            port, settings->folder, settings->certificate, settings->key,
            settings->client_authority);
    return fclose(file) == 0;
}

static bool is_up(const struct static_nginx *nginx)
{
    const struct timespec pause = {.tv_nsec = 20 * 1000 * 1000};

    for (int i = 0; i < 500; i++) {
        if (is_listening(nginx->port))
            return true;
        if (waitpid(nginx->pid, NULL, WNOHANG) != 0)
            return false;
        nanosleep(&pause, NULL);
    }
    return false;
}

static bool start(struct static_nginx *nginx, const char *folder)
{
    char configuration[600], errors[600];
    extern char **environ;
    const char *const arguments[] = {"nginx", "-p", folder,        "-e",
                                     errors,  "-c", configuration, NULL};

    snprintf(configuration, sizeof configuration, "%s/nginx.conf", folder);
    snprintf(errors, sizeof errors, "%s/log", folder);
    return posix_spawn(&nginx->pid, "/usr/sbin/nginx", NULL, NULL, (char *const *)arguments,
                       environ) == 0;
}

struct static_nginx *static_nginx_start(const struct static_nginx_settings *settings)
{
    struct static_nginx *nginx = calloc(1, sizeof *nginx);

    if (nginx == NULL)
        return NULL;
    nginx->port = free_port();
    if (mkdir(settings->folder, 0700) == 0 && write_file(settings) &&
        write_configuration(settings, nginx->port) && start(nginx, settings->folder) &&
        is_up(nginx))
        return nginx;
    free(nginx);
    return NULL;
}

int static_nginx_port(const struct static_nginx *nginx)
{
    return nginx->port;
}

void static_nginx_stop(struct static_nginx *nginx)
{
    kill(nginx->pid, SIGTERM);
    waitpid(nginx->pid, NULL, 0);
    free(nginx);
}
