#include "hostile_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "str.h"

void fill_in(const struct stage *stage, const char *text, char *to, size_t capacity)
{
    const struct {
        const char *mark, *value;
    } marks[] = {{"{token}", stage->token},
                 {"{other}", stage->token_of_other},
                 {"{session}", stage->session},
                 {"{open}", stage->open_session}};
    size_t at = 0;

    while (*text != '\0' && at < capacity - 1) {
        const char *value = NULL;
        for (size_t i = 0; i < 4 && value == NULL; i++) {
            if (!str_starts_with(text, marks[i].mark))
                continue;
            value = marks[i].value;
            text += strlen(marks[i].mark);
        }
        if (value == NULL)
            to[at++] = *text++;
        else
            at += (size_t)snprintf(to + at, capacity - at, "%s", value);
    }
    to[at] = '\0';
}

struct https_peer *fresh(const struct stage *stage, const char *terminal)
{
    struct https_peer *peer = city_connect(&stage->world->bench, &stage->world->server, terminal);

    assert_non_null(peer);
    return peer;
}

// A problem is what RFC 9457 says it is, and quotes nothing that was sent.
void judge_problem(const struct https_reply *reply, int status, const char *code)
{
    json_t *json = json_loadb((const char *)reply->body, reply->size, JSON_REJECT_DUPLICATES, NULL);
    const char *detail = json_string_value(json_object_get(json, "detail"));

    assert_string_equal(reply->type, "application/problem+json");
    assert_string_equal(json_string_value(json_object_get(json, "code")), code);
    assert_string_equal(json_string_value(json_object_get(json, "type")), "about:blank");
    assert_int_equal(json_integer_value(json_object_get(json, "status")), status);
    assert_true(json_string_length(json_object_get(json, "title")) > 0);
    if (detail != NULL) {
        assert_in_range(strlen(detail), 1, 160);
        assert_null(strstr(detail, "SECRET"));
        assert_null(strstr(detail, ".c:"));
    }
    json_decref(json);
}

struct https_reply send_attack(struct stage *stage, struct https_peer *peer,
                               const struct attack *attack)
{
    char path[4096], token[4096], body[8192];

    fill_in(stage, attack->path, path, sizeof path);
    fill_in(stage, attack->token == NULL ? "" : attack->token, token, sizeof token);
    fill_in(stage, attack->body == NULL ? "" : attack->body, body, sizeof body);
    const struct https_question question = {
        .method = attack->method,
        .path = path,
        .token = attack->token == NULL ? NULL : token,
        .idempotency_key = attack->key,
        .headers = attack->headers,
        .body = text_bytes(body),
    };
    stage->asked++;
    return https_peer_ask(peer, &question);
}

void judge(const struct attack *attack, struct https_reply *reply)
{
    if (reply->status != attack->status)
        fprintf(stderr, "%s %s %s: %d instead of %d\n", attack->method, attack->path,
                attack->body == NULL ? "" : attack->body, reply->status, attack->status);
    assert_int_equal(reply->status, attack->status);
    if (attack->code[0] != '\0')
        judge_problem(reply, attack->status, attack->code);
    free(reply->body);
}

// On the terminal's kept connection.
void strike(struct stage *stage, const struct attack *attacks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct https_reply reply = send_attack(stage, stage->peer, &attacks[i]);
        if (reply.status == 0) { // the server had closed it: once more on a new one
            https_peer_close(stage->peer);
            stage->peer = fresh(stage, "kiosk-0001");
            reply = send_attack(stage, stage->peer, &attacks[i]);
        }
        judge(&attacks[i], &reply);
    }
}

static void keep_text(const json_t *answer, const char *member, char *to, size_t capacity)
{
    snprintf(to, capacity, "%s", json_string_value(json_object_get(answer, member)));
}

static void make_order(struct stage *stage, const char *token, const char *key)
{
    const struct attack order = {"POST", "/v1/orders", token, key, NULL, GOOD, 201, ""};

    strike(stage, &order, 1);
}

void a_stage_is_set(void **state)
{
    struct stage *stage = *state;
    static const struct attack settle = {"POST", "/v1/orders/" SETTLED "/outcome",    NULL, NOBODYS,
                                         NULL,   "{\"delivered\":true,\"sheets\":1}", 200,  ""};

    stage->peer = fresh(stage, "kiosk-0001");
    json_t *first = prove(stage->world, stage->peer, "amina-benali", 200, "");
    json_t *second = prove(stage->world, stage->peer, "amina-benali", 200, "");
    json_t *open = open_session(stage->world, stage->peer, "amina-benali");
    keep_text(first, "token", stage->token, sizeof stage->token);
    keep_text(first, "session", stage->session, sizeof stage->session);
    keep_text(second, "token", stage->token_of_other, sizeof stage->token_of_other);
    keep_text(open, "session", stage->open_session, sizeof stage->open_session);
    json_decref(first);
    json_decref(second);
    json_decref(open);
    make_order(stage, "{token}", ORDER);
    make_order(stage, "{token}", SETTLED);
    make_order(stage, "{other}", OTHERS);
    strike(stage, &settle, 1);
    stage->asked = 0;
}

int stage_set_up(void **state)
{
    struct stage *stage = calloc(1, sizeof *stage);
    void *world = NULL;

    *state = stage;
    int failed = visit_set_up(&world);
    stage->world = world;
    return failed;
}

int stage_tear_down(void **state)
{
    struct stage *stage = *state;
    void *world = stage->world;

    https_peer_close(stage->peer);
    free(stage);
    return visit_tear_down(&world);
}
