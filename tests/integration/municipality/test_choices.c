// The reference municipality over real TLS: what a proved resident may choose. Rules, prices,
// purposes and options are held by the server, whatever a terminal asks for; a child's document is
// a parent's to ask for, in the session that told of the child.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "str.h"
#include "visit.h"

// A resident at the terminal, and a key of their own for each order.
struct guest {
    struct https_peer *peer;
    json_t *proved;
    const char *token;
    unsigned int orders;
};

static struct guest welcome(struct world *world, const char *card)
{
    static unsigned int guests;
    struct guest guest = {.peer = join(world, "kiosk-0001"), .orders = ++guests * 100};

    guest.proved = prove(world, guest.peer, card, 200, "");
    guest.token = json_string_value(json_object_get(guest.proved, "token"));
    return guest;
}

static void dismiss(struct guest *guest)
{
    json_decref(guest->proved);
    https_peer_close(guest->peer);
}

static json_t *wish(const char *kind, const char *subject, const char *purpose, const char *option)
{
    json_t *body = json_pack("{s:s, s:s, s:s}", "kind", kind, "subject", subject, "language", "fr");

    if (purpose != NULL)
        json_object_set_new(body, "purpose", json_string(purpose));
    if (option != NULL)
        json_object_set_new(body, "options", json_pack("[s]", option));
    return body;
}

// Asks with a key; takes the body over.
static void order_with(struct guest *guest, const char *key, json_t *body, int status,
                       const char *code)
{
    char *text = json_dumps(body, JSON_COMPACT);
    const struct https_question question = {.method = "POST",
                                            .path = "/v1/orders",
                                            .token = guest->token,
                                            .idempotency_key = key,
                                            .body = text_bytes(text)};

    expect(guest->peer, &question, status, code);
    free(text);
    json_decref(body);
}

static void order(struct guest *guest, json_t *body, int status, const char *code)
{
    char key[IDENTIFIER_TEXT_SIZE];

    snprintf(key, sizeof key, "0b7c1d0e-8a55-4a31-9d7e-%012u", ++guest->orders);
    order_with(guest, key, body, status, code);
}

static const json_t *document(const json_t *documents, const char *kind)
{
    for (size_t i = 0; i < json_array_size(documents); i++) {
        const json_t *found = json_array_get(documents, i);
        if (str_equal(json_string_value(json_object_get(found, "kind")), kind))
            return found;
    }
    return NULL;
}

static bool is_eligible(const json_t *documents, const char *kind)
{
    const json_t *found = document(documents, kind);

    assert_non_null(found);
    bool eligible = json_is_true(json_object_get(found, "eligible"));
    assert_true(eligible == (json_object_get(found, "reason") == NULL));
    return eligible;
}

static void a_foreigner_is_told_why_not(void **state)
{
    struct guest guest = welcome(*state, "youssef-haddad");
    const json_t *documents =
        json_object_get(json_object_get(guest.proved, "catalogue"), "documents");
    const json_t *last = json_array_get(documents, 4);
    const json_t *reason = json_object_get(document(documents, "nationality"), "reason");

    assert_int_equal(json_array_size(documents), 5);
    assert_true(is_eligible(documents, "registration"));
    assert_false(is_eligible(documents, "nationality"));
    assert_string_equal(json_string_value(json_object_get(last, "kind")), "nationality");
    assert_string_equal(json_string_value(json_object_get(reason, "fr")),
                        "seulement pour les Belges");
    order(&guest, wish("nationality", "self", NULL, NULL), 403, "not-possible");
    order(&guest, wish("registration", "self", NULL, NULL), 201, "");
    dismiss(&guest);
}

static void choices_are_held_by_the_server(void **state)
{
    struct guest guest = welcome(*state, "amina-benali");
    const char *key = "0b7c1d0e-8a55-4a31-9d7e-000000000990";

    order(&guest, wish("household", "self", "school", NULL), 201, "");
    order(&guest, wish("household", "self", "abroad_eu", NULL), 403, "not-possible"); // 5,00 €
    order(&guest, wish("household", "self", "holiday", NULL), 403, "not-possible");
    order(&guest, wish("household", "self", NULL, "history"), 403, "not-possible");
    order(&guest, wish("household", "self", NULL, ""), 400, "bad-request");
    order(&guest, wish("household", "self", NULL, "a,b"), 400, "bad-request");
    order_with(&guest, key, wish("residence", "self", "housing", "history"), 201, "");
    order_with(&guest, key, wish("residence", "self", "housing", "history"), 201, "");
    order_with(&guest, key, wish("residence", "self", "housing", NULL), 409, "conflict");
    order_with(&guest, key, wish("residence", "self", "school", "history"), 409, "conflict");
    dismiss(&guest);
}

static int looks_at(struct world *world, const char *given_names, const char *purpose)
{
    char path[512];
    sqlite3 *opened = NULL;
    sqlite3_stmt *count = NULL;

    assert_int_equal(sqlite3_open(city_bench_path(&world->bench, "register.db", path), &opened),
                     SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(opened,
                           "SELECT count(*) FROM consultation WHERE subject = "
                           "(SELECT national_number FROM resident WHERE given_names = ?)"
                           " AND purpose = ?",
                           -1, &count, NULL),
        SQLITE_OK);
    sqlite3_bind_text(count, 1, given_names, -1, SQLITE_STATIC);
    sqlite3_bind_text(count, 2, purpose, -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(count), SQLITE_ROW);
    int looks = sqlite3_column_int(count, 0);
    sqlite3_finalize(count);
    sqlite3_close(opened);
    return looks;
}

static const char *child_named(const struct guest *guest, const char *name)
{
    const json_t *children = json_object_get(guest->proved, "children");

    for (size_t i = 0; i < json_array_size(children); i++) {
        const json_t *child = json_array_get(children, i);
        if (str_equal(json_string_value(json_object_get(child, "name")), name))
            return json_string_value(json_object_get(child, "subject"));
    }
    return NULL;
}

static void a_parent_asks_for_a_child(void **state)
{
    struct guest mother = welcome(*state, "amina-benali");
    const json_t *children = json_object_get(mother.proved, "children");
    const json_t *documents = json_object_get(json_array_get(children, 0), "documents");
    const char *sami = child_named(&mother, "Sami");

    assert_int_equal(json_array_size(children), 2);
    assert_non_null(sami);
    assert_int_equal(json_array_size(documents), 4); // the household lists the child already
    assert_null(document(documents, "household"));
    assert_int_equal(looks_at(*state, "Sami", "life"), 0);
    order(&mother, wish("life", sami, NULL, NULL), 201, "");
    assert_int_equal(looks_at(*state, "Sami", "life"), 1);
    order(&mother, wish("residence", sami, NULL, "history"), 201, "");
    order(&mother, wish("household", sami, NULL, NULL), 403, "not-possible");
    order(&mother, wish("life", "child-0123456789abcdef", NULL, NULL), 403, "not-possible");
    order(&mother, wish("life", "neighbour", NULL, NULL), 400, "bad-request");
    dismiss(&mother);
}

// What a session told of a child means nothing in another one, of either parent.
static void a_childs_word_ends_with_its_session(void **state)
{
    struct guest mother = welcome(*state, "amina-benali");
    struct guest father = welcome(*state, "youssef-haddad");

    assert_string_not_equal(child_named(&mother, "Sami"), child_named(&father, "Sami"));
    order(&father, wish("life", child_named(&mother, "Sami"), NULL, NULL), 403, "not-possible");
    order(&father, wish("life", child_named(&father, "Sami"), NULL, NULL), 201, "");
    dismiss(&mother);
    dismiss(&father);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_foreigner_is_told_why_not),
        cmocka_unit_test(choices_are_held_by_the_server),
        cmocka_unit_test(a_parent_asks_for_a_child),
        cmocka_unit_test(a_childs_word_ends_with_its_session),
    };

    return cmocka_run_group_tests(tests, visit_set_up, visit_tear_down);
}
