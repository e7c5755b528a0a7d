// rate_limit.h: how much a visitor may still ask. A visitor is a network address; nothing about one
// is kept but how fast it asked lately. Any thread.
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "owned.h"
#include "result.h"

struct rate_limit;

// Everybody may spend `per_minute` at once and gets as much back every minute.
enum result rate_limit_create(int per_minute, struct rate_limit **out);
void rate_limit_destroy(struct rate_limit *rate_limit);
DEFINE_OWNED(rate_limit)

// Spends `cost` of the visitor's allowance; false when there is not so much left, and then nothing
// is spent. An IPv6 visitor is their network of 64 bits.
bool rate_limit_spend(struct rate_limit *limit, const struct sockaddr *visitor, int cost,
                      int64_t now_milliseconds);

// Gives back what turned out not to be owed.
void rate_limit_give_back(struct rate_limit *limit, const struct sockaddr *visitor, int amount,
                          int64_t now_milliseconds);
