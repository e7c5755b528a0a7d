#include "terminal_line.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define ACKNOWLEDGE_MS 3000
#define FAULTS_MAXIMUM 16

static const struct {
    const char *word;
    enum line_fault fault;
} words[] = {
    {"cut", FAULT_CUT},           {"half", FAULT_HALF},     {"silent", FAULT_SILENT},
    {"nonsense", FAULT_NONSENSE}, {"stop", FAULT_STOP},     {"busy", FAULT_BUSY},
    {"refuse", FAULT_REFUSE},     {"forget", FAULT_FORGET}, {"other", FAULT_OTHER},
};

static void path_of(char path[512], const char *folder, const char *name)
{
    (void)snprintf(path, 512, "%s/%s", folder, name);
}

void folder_word(const char *folder, const char *name, char *word, size_t capacity)
{
    char path[512];

    word[0] = '\0';
    path_of(path, folder, name);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return;
    if (fgets(word, (int)capacity, file) != NULL)
        word[strcspn(word, "\n")] = '\0';
    (void)fclose(file);
}

void folder_write(const char *folder, const char *name, const char *text)
{
    char now[512], then[520];

    path_of(now, folder, name);
    (void)snprintf(then, sizeof then, "%s.new", now);
    FILE *file = fopen(then, "w");
    if (file == NULL)
        return;
    (void)fputs(text, file);
    (void)fclose(file);
    (void)rename(then, now);
}

static enum line_fault fault_of_line(const char *line, unsigned command, int message)
{
    char word[16];
    unsigned wanted = 0;
    int number = 0;

    if (sscanf(line, "%15[a-z]:%x:%d", word, &wanted, &number) != 3 || wanted != command ||
        number != message)
        return FAULT_NONE;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i].word, word) == 0)
            return words[i].fault;
    return FAULT_NONE;
}

// Takes the fault of this message off the list.
static enum line_fault take_fault(const struct till *till)
{
    char path[512], line[64], rest[1024] = "";
    enum line_fault taken = FAULT_NONE;

    path_of(path, till->folder, "fault");
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return FAULT_NONE;
    while (fgets(line, sizeof line, file) != NULL) {
        enum line_fault fault =
            taken == FAULT_NONE ? fault_of_line(line, till->command, till->message) : FAULT_NONE;
        if (fault != FAULT_NONE)
            taken = fault;
        else
            (void)snprintf(rest + strlen(rest), sizeof rest - strlen(rest), "%s", line);
    }
    (void)fclose(file);
    if (taken != FAULT_NONE)
        folder_write(till->folder, "fault", rest);
    return taken;
}

static void hang_up(struct till *till)
{
    if (till->socket >= 0)
        (void)close(till->socket);
    till->socket = -1;
}

static bool read_bytes(struct till *till, int milliseconds, uint8_t *to, size_t size)
{
    struct pollfd waiting = {.fd = till->socket, .events = POLLIN};

    for (size_t filled = 0; filled < size;) {
        if (till->socket < 0 || poll(&waiting, 1, milliseconds) <= 0)
            return false;
        ssize_t piece = recv(till->socket, to + filled, size - filled, 0);
        if (piece <= 0) {
            hang_up(till);
            return false;
        }
        filled += (size_t)piece;
    }
    return true;
}

bool till_receive(struct till *till, int milliseconds, uint8_t *packet, size_t capacity,
                  size_t *size)
{
    if (capacity < 258 || !read_bytes(till, milliseconds, packet, 3))
        return false;
    *size = 3 + (size_t)packet[2]; // a till sends nothing longer
    return read_bytes(till, milliseconds, packet + 3, packet[2]);
}

static void transmit(struct till *till, const uint8_t *bytes, size_t size)
{
    if (till->socket >= 0 && !till->mute &&
        send(till->socket, bytes, size, MSG_NOSIGNAL) != (ssize_t)size)
        hang_up(till);
}

static void wait_for_acknowledgement(struct till *till, const uint8_t *sent)
{
    uint8_t packet[300];
    size_t size = 0;

    if (sent[0] != 0x80 && sent[0] != 0x84 && till->socket >= 0 && !till->mute)
        (void)till_receive(till, ACKNOWLEDGE_MS, packet, sizeof packet, &size);
}

bool till_send(struct till *till, const uint8_t *packet, size_t size)
{
    static const uint8_t nonsense[] = {0xFF, 0x00, 0xFF, 0xFF, 0xFF, 0xFF};
    static const uint8_t refusal[] = {0x84, 0x9C, 0x00};

    till->message++;
    enum line_fault fault = take_fault(till);
    if (fault == FAULT_NONE) {
        transmit(till, packet, size);
        wait_for_acknowledgement(till, packet);
        return true;
    }
    till->struck = fault;
    if (fault == FAULT_SILENT)
        till->mute = true;
    else if (fault == FAULT_NONSENSE)
        transmit(till, nonsense, sizeof nonsense);
    else if (fault == FAULT_REFUSE)
        transmit(till, refusal, sizeof refusal);
    else if (fault == FAULT_HALF)
        transmit(till, packet, size > 3 ? size - 1 : 2);
    if (fault != FAULT_SILENT && fault != FAULT_NONSENSE && fault != FAULT_REFUSE)
        hang_up(till);
    return fault != FAULT_STOP && fault != FAULT_REFUSE && fault != FAULT_BUSY;
}
