#include "call.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORD_MAXIMUM 32

static void give_up(const char *what)
{
    perror(what);
    exit(1);
}

static void become(const struct caller *caller, const char *const words[], const char *output,
                   const char *errors)
{
    const char *arguments[WORD_MAXIMUM + 2] = {caller->program};

    for (size_t i = 0; i < WORD_MAXIMUM && words[i] != NULL; i++)
        arguments[i + 1] = words[i];
    int out = open(output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    int err = open(errors, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (out >= 0 && err >= 0 && dup2(out, STDOUT_FILENO) >= 0 && dup2(err, STDERR_FILENO) >= 0)
        execv(caller->program, (char *const *)arguments);
    _exit(127);
}

void call_run(const struct caller *caller, const char *const words[], struct call *call)
{
    char output[TEST_PATH_SIZE], errors[TEST_PATH_SIZE];
    int status = 0;

    test_path(output, caller->folder, "output");
    test_path(errors, caller->folder, "errors");
    pid_t child = fork();
    if (child < 0)
        give_up("fork");
    if (child == 0)
        become(caller, words, output, errors);
    while (waitpid(child, &status, 0) != child)
        if (errno != EINTR)
            give_up("waitpid");
    if (!WIFEXITED(status) || WEXITSTATUS(status) == 127)
        give_up(caller->program);
    call->status = WEXITSTATUS(status);
    call->output[read_whole_file(output, call->output, CALL_OUTPUT_SIZE - 1)] = '\0';
    call->errors[read_whole_file(errors, call->errors, CALL_OUTPUT_SIZE - 1)] = '\0';
}

json_t *call_json(const struct call *call)
{
    json_error_t error;
    json_t *root = json_loads(call->output, JSON_REJECT_DUPLICATES, &error);

    if (root == NULL) {
        fprintf(stderr, "no JSON (%s): %s\n%s\n", error.text, call->output, call->errors);
        exit(1);
    }
    return root;
}

const char *json_at(const json_t *root, const char *group, const char *name)
{
    const char *text = json_string_value(json_object_get(json_object_get(root, group), name));

    return text != NULL ? text : "";
}

void write_bytes(const char *path, const void *content, size_t size)
{
    FILE *file = fopen(path, "we");

    if (file == NULL || fwrite(content, 1, size, file) != size || fclose(file) != 0)
        give_up(path);
}
