#include "rate_limit.h"

#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define SETS 1024
#define WAYS 8
#define PARTS 1000 // of one unit of the allowance
#define MINUTE 60000

struct bucket {
    uint64_t visitor; // 0: free
    int64_t parts, since;
};

struct rate_limit {
    pthread_mutex_t lock;
    int64_t full; // parts
    uint64_t key; // nobody outside can choose who shares a bucket
    struct bucket buckets[SETS][WAYS];
};

enum result rate_limit_create(int per_minute, struct rate_limit **out)
{
    owned(rate_limit) limit = calloc(1, sizeof *limit);

    if (limit == NULL)
        return RESULT_NO_MEMORY;
    pthread_mutex_init(&limit->lock, NULL);
    limit->full = (int64_t)per_minute * PARTS;
    if (getrandom(&limit->key, sizeof limit->key, 0) != (ssize_t)sizeof limit->key)
        return RESULT_FAILED;
    *out = take(limit);
    return RESULT_OK;
}

void rate_limit_destroy(struct rate_limit *rate_limit)
{
    if (rate_limit == NULL)
        return;
    pthread_mutex_destroy(&rate_limit->lock);
    free(rate_limit);
}

struct bytes rate_limit_name(const struct sockaddr *visitor)
{
    if (visitor->sa_family == AF_INET) {
        const struct sockaddr_in *four = (const struct sockaddr_in *)visitor;
        return (struct bytes){(const uint8_t *)&four->sin_addr, sizeof four->sin_addr};
    }
    if (visitor->sa_family == AF_INET6)
        return (struct bytes){((const struct sockaddr_in6 *)visitor)->sin6_addr.s6_addr, 8};
    return (struct bytes){};
}

// Mixed with the key (splitmix64, Steele et al. 2014); never 0.
static uint64_t number_of(const struct rate_limit *limit, struct bytes name)
{
    uint64_t z = limit->key;

    for (size_t i = 0; i < name.size; i++) {
        z = (z ^ name.data[i]) + 0x9E3779B97F4A7C15ULL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        z ^= z >> 31;
    }
    return z | 1;
}

// The visitor's bucket, or a full one in place of the one that was quiet for longest.
static struct bucket *bucket_of(struct rate_limit *limit, uint64_t visitor, int64_t now)
{
    struct bucket *set = limit->buckets[visitor / 2 % SETS], *oldest = &set[0];

    for (size_t i = 0; i < WAYS; i++) {
        if (set[i].visitor == visitor)
            return &set[i];
        if (set[i].since < oldest->since)
            oldest = &set[i];
    }
    *oldest = (struct bucket){visitor, limit->full, now};
    return oldest;
}

static void refill(const struct rate_limit *limit, struct bucket *bucket, int64_t now)
{
    int64_t passed = now > bucket->since ? now - bucket->since : 0;
    int64_t more = passed > MINUTE ? limit->full : limit->full * passed / MINUTE;

    bucket->parts = bucket->parts + more > limit->full ? limit->full : bucket->parts + more;
    bucket->since = now;
}

bool rate_limit_spend(struct rate_limit *limit, struct bytes name, int cost,
                      int64_t now_milliseconds)
{
    uint64_t number = number_of(limit, name);

    pthread_mutex_lock(&limit->lock);
    struct bucket *bucket = bucket_of(limit, number, now_milliseconds);
    refill(limit, bucket, now_milliseconds);
    bool enough = bucket->parts >= (int64_t)cost * PARTS;
    if (enough)
        bucket->parts -= (int64_t)cost * PARTS;
    pthread_mutex_unlock(&limit->lock);
    return enough;
}

void rate_limit_give_back(struct rate_limit *limit, struct bytes name, int amount,
                          int64_t now_milliseconds)
{
    uint64_t number = number_of(limit, name);

    pthread_mutex_lock(&limit->lock);
    struct bucket *bucket = bucket_of(limit, number, now_milliseconds);
    bucket->parts += (int64_t)amount * PARTS;
    if (bucket->parts > limit->full)
        bucket->parts = limit->full;
    pthread_mutex_unlock(&limit->lock);
}
