// recorded_calls.h: everything that goes between the terminal and its reader, listened to: the
// linker leads SCardTransmit and SCardControl through here.
#pragma once
#include <stddef.h>
#include <stdint.h>

#define RECORDED_SIZE 300

struct recorded_call {
    int controls;                   // so far
    int verifies;                   // VERIFY commands of ours that carried a PIN block
    uint8_t request[RECORDED_SIZE]; // of the last control call that carried anything
    size_t request_size;
    uint8_t answer[RECORDED_SIZE]; // and what came back
    size_t answer_size;
};

void recorded_calls_forget(void);
struct recorded_call recorded_calls(void);
