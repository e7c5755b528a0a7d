// hostile_stage.h: what the tests of hostile requests share: a proved resident with orders, and one
// way to send a request that must be refused. Every function fails the test it is called in.
#pragma once
#include "visit.h"

#define NOBODYS "0b7c1d0e-8a55-4a31-9d7e-0000000000ff"
#define ORDER "0b7c1d0e-8a55-4a31-9d7e-000000000001"
#define SETTLED "0b7c1d0e-8a55-4a31-9d7e-000000000002"
#define OTHERS "0b7c1d0e-8a55-4a31-9d7e-000000000003"
#define GOOD "{\"kind\":\"household\",\"subject\":\"self\",\"language\":\"fr\"}"

// A world in which two residents were proved at kiosk-0001, with orders in three states.
struct stage {
    struct world *world;
    struct https_peer *peer;            // kiosk-0001, kept alive
    char token[128];                    // of amina, who made ORDER and SETTLED
    char token_of_other[128];           // of another session of amina's, which made OTHERS
    char session[64], open_session[64]; // proved; and one that waits for its proof
    int asked;
};

// One hostile request and what must come back. Texts in braces stand for the stage's values.
struct attack {
    const char *method, *path, *token, *key, *headers, *body;
    int status;
    const char *code;
};

// A text with the stage's values in place of the braces.
void fill_in(const struct stage *stage, const char *text, char *to, size_t capacity);

// A new connection as that terminal.
struct https_peer *fresh(const struct stage *stage, const char *terminal);

struct https_reply send_attack(struct stage *stage, struct https_peer *peer,
                               const struct attack *attack);
// The status, and a problem that is what RFC 9457 says it is and quotes nothing that was sent.
void judge_problem(const struct https_reply *reply, int status, const char *code);
void judge(const struct attack *attack, struct https_reply *reply); // frees the reply's body

// Sends and judges all of them on the terminal's kept connection.
void strike(struct stage *stage, const struct attack *attacks, size_t count);
#define STRIKE(stage, attacks) strike(stage, attacks, sizeof(attacks) / sizeof *(attacks))

// The first test: proves the resident and makes the orders.
void a_stage_is_set(void **state);
int stage_set_up(void **state);
int stage_tear_down(void **state);
