#include "visitor.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char terminal[] = "kiosk-0001", card[] = "amina-benali";

void need(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "bench-municipality: %s\n", what);
    exit(1);
}

// POST; the answer is the caller's.
static json_t *post(struct https_peer *peer, const char *path, const json_t *body, int status)
{
    char *text = json_dumps(body, JSON_COMPACT);
    const struct https_question question = {
        .method = "POST", .path = path, .body = {(const uint8_t *)text, strlen(text)}};
    struct city_answer answer = city_ask(peer, &question);

    free(text);
    need(answer.status == status, path);
    return answer.json;
}

void visitor_enter(const struct city_bench *bench, const struct city_server *server,
                   struct visitor *out)
{
    char path[128];

    out->peer = city_connect(bench, server, terminal);
    need(out->peer != NULL, "no connection to the municipality");
    json_t *files = city_card_request(bench, card);
    json_t *session = post(out->peer, "/v1/sessions", files, 201);
    char *signature = city_sign(bench, card, session, out->peer, terminal);
    json_t *proof = json_pack("{s:s}", "signature", signature);
    snprintf(path, sizeof path, "/v1/sessions/%s/proof",
             json_string_value(json_object_get(session, "session")));
    json_t *proved = post(out->peer, path, proof, 200);
    snprintf(out->token, sizeof out->token, "%s",
             json_string_value(json_object_get(proved, "token")));
    json_decref(files);
    json_decref(session);
    json_decref(proof);
    json_decref(proved);
    free(signature);
}

void visitor_leave(struct visitor *visitor)
{
    https_peer_close(visitor->peer);
}

void visitor_order(struct visitor *visitor, unsigned long number, char id[VISITOR_ORDER_SIZE])
{
    static const char body[] = "{\"kind\":\"household\",\"subject\":\"self\",\"language\":\"fr\"}";

    snprintf(id, VISITOR_ORDER_SIZE, "0b7c1d0e-8a55-4a31-9d7e-%012lu", number);
    const struct https_question question = {.method = "POST",
                                            .path = "/v1/orders",
                                            .token = visitor->token,
                                            .idempotency_key = id,
                                            .body = {(const uint8_t *)body, sizeof body - 1}};
    struct https_reply reply = https_peer_ask(visitor->peer, &question);
    need(reply.status == 201, "an order was refused");
    free(reply.body);
}
