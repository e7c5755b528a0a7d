#include "visit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int visit_set_up(void **state)
{
    struct world *world = calloc(1, sizeof *world);

    *state = world;
    if (city_bench_create(&world->bench) != 0)
        return 1;
    world->server = city_server_start(&world->bench, "usual", NULL, 0);
    return world->server.port == 0;
}

int visit_tear_down(void **state)
{
    struct world *world = *state;
    int status = city_server_stop(&world->server);

    city_bench_destroy(&world->bench);
    free(world);
    return status; // SIGTERM ends it with 0
}

struct https_peer *join(struct world *world, const char *terminal)
{
    struct https_peer *peer = city_connect(&world->bench, &world->server, terminal);

    assert_non_null(peer);
    return peer;
}

struct bytes text_bytes(const char *text)
{
    return (struct bytes){(const uint8_t *)text, strlen(text)};
}

void expect(struct https_peer *peer, const struct https_question *question, int status,
            const char *code)
{
    struct city_answer answer = city_ask(peer, question);

    assert_int_equal(answer.status, status);
    assert_string_equal(answer.code, code);
    city_answer_clear(&answer);
}

json_t *post(struct https_peer *peer, const char *path, const json_t *body, int status,
             const char *code)
{
    char *text = json_dumps(body, JSON_COMPACT);
    const struct https_question question = {
        .method = "POST", .path = path, .body = text_bytes(text)};
    struct city_answer answer = city_ask(peer, &question);

    free(text);
    assert_int_equal(answer.status, status);
    assert_string_equal(answer.code, code);
    return answer.json;
}

json_t *open_session(struct world *world, struct https_peer *peer, const char *card)
{
    json_t *request = city_card_request(&world->bench, card);
    json_t *session = post(peer, "/v1/sessions", request, 201, "");

    json_decref(request);
    return session;
}

json_t *send_proof(struct https_peer *peer, const json_t *session, const char *signature,
                   int status, const char *code)
{
    char path[128];
    json_t *body = json_pack("{s:s}", "signature", signature);

    snprintf(path, sizeof path, "/v1/sessions/%s/proof",
             json_string_value(json_object_get(session, "session")));
    json_t *answer = post(peer, path, body, status, code);
    json_decref(body);
    return answer;
}

json_t *prove(struct world *world, struct https_peer *peer, const char *card, int status,
              const char *code)
{
    json_t *session = open_session(world, peer, card);
    char *signature = city_sign(&world->bench, card, session, peer, "kiosk-0001");
    json_t *proved = send_proof(peer, session, signature, status, code);

    json_object_set(proved, "session", json_object_get(session, "session"));
    free(signature);
    json_decref(session);
    return proved;
}
