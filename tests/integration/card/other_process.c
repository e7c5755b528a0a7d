#include "other_process.h"

#include "pcsc_channel.h"
#include "processes.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

uint16_t other_process_signs(const char *program)
{
    char line[16] = "";
    int ends[2];

    if (pipe(ends) != 0)
        exit(1);
    int before = dup(STDOUT_FILENO);
    fflush(stdout);
    dup2(ends[1], STDOUT_FILENO);
    pid_t child = process_start((const char *const[]){program, "--sign", NULL});
    dup2(before, STDOUT_FILENO);
    close(before);
    close(ends[1]);
    ssize_t got = read(ends[0], line, sizeof line - 1);
    close(ends[0]);
    while (!process_has_ended(child))
        wait_a_moment();
    return got > 0 ? (uint16_t)strtoul(line, NULL, 16) : 0;
}

static enum result sign(const struct card_channel *channel, uint16_t *status)
{
    static const uint8_t select[] = {0x00, 0xA4, 0x08, 0x0C, 0x04, 0x3F, 0x00, 0xDF, 0x00};
    static const uint8_t environment[] = {0x00, 0x22, 0x41, 0xB6, 0x05,
                                          0x04, 0x80, 0x08, 0x84, 0x82};
    static const uint8_t compute[5 + 32] = {0x00, 0x2A, 0x9E, 0x9A, 32};
    owned(secret) answer = NULL;
    struct answer_to_reset reset;

    TRY(secret_create(512, &answer));
    TRY(channel->verbs->connect(channel->self, &reset));
    TRY(channel->verbs->transmit(channel->self, (struct bytes){select, sizeof select}, answer,
                                 status));
    TRY(channel->verbs->transmit(channel->self, (struct bytes){environment, sizeof environment},
                                 answer, status));
    return channel->verbs->transmit(channel->self, (struct bytes){compute, sizeof compute}, answer,
                                    status);
}

int other_process_main(void)
{
    owned(pcsc_channel) channel = NULL;
    uint16_t status = 0;

    if (pcsc_channel_create(&(struct pcsc_channel_settings){}, &channel) != RESULT_OK)
        return 1;
    struct card_channel port = pcsc_channel_port(channel);
    if (sign(&port, &status) != RESULT_OK)
        status = 0;
    printf("%04X\n", status);
    return 0;
}
