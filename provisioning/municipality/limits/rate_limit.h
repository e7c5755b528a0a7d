// rate_limit.h: how much somebody may still ask: a terminal by its name, a visitor by their network
// address. Nothing is kept about them but how fast they asked lately. Any thread.
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "bytes.h"
#include "owned.h"
#include "result.h"

struct rate_limit;

// Everybody may spend `per_minute` at once and gets as much back every minute.
enum result rate_limit_create(int per_minute, struct rate_limit **out);
void rate_limit_destroy(struct rate_limit *rate_limit);
DEFINE_OWNED(rate_limit)

// The name of a visitor for the functions below: the IPv4 address, or the IPv6 network of 64 bits.
// It borrows the address.
struct bytes rate_limit_name(const struct sockaddr *visitor);

// Spends `cost` of what the one of this name may; false when there is not so much left, and then
// nothing is spent.
bool rate_limit_spend(struct rate_limit *limit, struct bytes name, int cost,
                      int64_t now_milliseconds);

// Gives back what turned out not to be owed.
void rate_limit_give_back(struct rate_limit *limit, struct bytes name, int amount,
                          int64_t now_milliseconds);
