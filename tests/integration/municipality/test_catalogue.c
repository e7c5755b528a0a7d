// A catalogue that is wrong in one place is refused with that place and what is expected there.
// test_catalogue CATALOGUE FOLDER: the broken ones stay in FOLDER, those that the schema alone must
// refuse as schema-NN.json, for a validator that others wrote.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "offer.h"
#include "offer_to_api.h"
#include "str.h"

static const char *catalogue, *folder; // of the command line

// A change at a JSON pointer: a value in place of what is there, or nothing at all.
struct breakage {
    const char *place, *value; // NULL: the member goes
    const char *said;          // how the answer begins
    bool by_rule;              // the schema cannot see it
};

static const struct breakage breakages[] = {
    {"/municipality", NULL, "/: expected \"municipality\", which is missing", false},
    {"/minimum_age", "\"16\"", "/minimum_age: expected a whole number", false},
    {"/minimum_age", "-1", "/minimum_age: expected a number of at least 0", false},
    {"/pets", "[]", "/: expected no \"pets\"; there is no such member", false},
    {"/documents", "[]", "/documents: expected at least 1 elements", false},
    {"/documents", "{}", "/documents: expected a list", false},
    {"/purposes/0/id", "\"Not a word\"", "/purposes/0/id: expected a text that fits", false},
    {"/purposes/1/name/de", "\"\"", "/purposes/1/name/de: expected a text of at least 1", false},
    {"/options/0/id", "\"shoe_size\"", "/options/0/id: expected one of: sex, national_number",
     false},
    {"/documents/0/kind", "7", "/documents/0/kind: expected a text", false},
    {"/documents/1/letter", "\"LL\"", "/documents/1/letter: expected a text that fits ^[A-Z]$ (in",
     false},
    {"/documents/2/name/nl", NULL, "/documents/2/name: expected \"nl\", which is missing", false},
    {"/documents/2/languages", "[\"de\"]", "/documents/2/languages/0: expected one of: fr, nl",
     false},
    {"/documents/2/languages", "[\"fr\", \"fr\"]", "/documents/2/languages: expected no element tw",
     false},
    {"/documents/3/price/cents", "-5", "/documents/3/price/cents: expected a number of at least 0",
     false},
    {"/documents/3/price/cents", "2.5", "/documents/3/price/cents: expected a whole number", false},
    {"/documents/0/price/by_purpose/abroad_eu", "\"5\"",
     "/documents/0/price/by_purpose/abroad_eu: expected a whole number", false},
    {"/documents/3/subjects", "[]", "/documents/3/subjects: expected at least 1 elements", false},
    {"/documents/2/eligibility/0/fact", "\"height\"",
     "/documents/2/eligibility/0/fact: expected one of: nationality, register", false},
    {"/documents/2/eligibility/0/reason", NULL,
     "/documents/2/eligibility/0: expected \"reason\", which is missing", false},
    {"/documents/4/template/layout", "\"poster\"",
     "/documents/4/template/layout: expected one of: household, person", false},
    {"/documents/4/template/fields/0", "\"profession\"",
     "/documents/4/template/fields/0: expected one of: sex", false},
    {"/documents/4/title/fr", "[]", "/documents/4/title/fr: expected a text", false},
    {"/elsewhere/0/where", NULL, "/elsewhere/0: expected \"where\", which is missing", false},
    {"/documents/1/kind", "\"household\"", "/documents/1/kind: expected one that no document",
     true},
    {"/documents/1/letter", "\"H\"", "/documents/1/letter: expected one that no document", true},
    {"/documents/1/purposes/0", "\"holiday\"", "/documents/1/purposes: expected ids that", true},
    {"/documents/1/options/0", "\"address\"", "/documents/1/options: expected ids that", true},
    {"/documents/0/price/by_purpose/holiday", "5",
     "/documents/0/price/by_purpose: expected purposes of the document, found holiday", true},
    {"/documents/1/template/fact", NULL, "/documents/1/template/fact: expected a fact for", true},
    {"/documents/1/template/fact/fr", "\"est {tired}\"",
     "/documents/1/template/fact: expected no slot but {today}", true},
    {"/documents/4/template/subtitle/nl", "\"{\"", "/documents/4/template/subtitle: expected no sl",
     true},
    {"/documents/2/eligibility/0/fact", "\"age\"",
     "/documents/2/eligibility: expected \"at_least\" or \"at_most\" for age", true},
};

// The member or element before the last part of a pointer, and that part.
static json_t *parent_of(json_t *root, const char *place, char last[64])
{
    char path[200], *rest = path, *part;
    json_t *at = root;

    assert_int_equal(str_copy(path, sizeof path, place + 1), RESULT_OK);
    while ((part = strsep(&rest, "/")) != NULL && rest != NULL)
        at = json_is_array(at) ? json_array_get(at, strtoul(part, NULL, 10))
                               : json_object_get(at, part);
    assert_non_null(at);
    assert_int_equal(str_copy(last, 64, part), RESULT_OK);
    return at;
}

static void break_it(json_t *root, const struct breakage *breakage)
{
    char last[64];
    json_t *parent = parent_of(root, breakage->place, last);
    json_t *value =
        breakage->value == NULL ? NULL : json_loads(breakage->value, JSON_DECODE_ANY, NULL);

    if (value == NULL)
        assert_int_equal(json_object_del(parent, last), 0);
    else if (json_is_array(parent))
        assert_int_equal(json_array_set_new(parent, strtoul(last, NULL, 10), value), 0);
    else
        assert_int_equal(json_object_set_new(parent, last, value), 0);
}

static void each_breakage_is_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof breakages / sizeof breakages[0]; i++) {
        char path[512], wrong[512] = "";
        owned(offer) offer = NULL;
        json_t *root = json_load_file(catalogue, JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(root);
        break_it(root, &breakages[i]);
        assert_int_equal(str_format(path, sizeof path, "%s/%s-%02zu.json", folder,
                                    breakages[i].by_rule ? "rule" : "schema", i),
                         RESULT_OK);
        assert_int_equal(json_dump_file(root, path, JSON_INDENT(1)), 0);
        json_decref(root);
        assert_int_equal(offer_create(path, wrong, sizeof wrong, &offer), RESULT_MALFORMED);
        if (!str_starts_with(wrong, breakages[i].said))
            assert_string_equal(wrong, breakages[i].said);
    }
}

static void what_is_no_json_is_named_by_its_line(void **state)
{
    char path[512], wrong[512] = "";
    owned(offer) offer = NULL;

    (void)state;
    assert_int_equal(str_format(path, sizeof path, "%s/torn.json", folder), RESULT_OK);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("{\n  \"municipality\": {,\n", file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(offer_create(path, wrong, sizeof wrong, &offer), RESULT_MALFORMED);
    assert_true(str_starts_with(wrong, "line 2, column "));
    assert_int_equal(offer_create("no-such-file", wrong, sizeof wrong, &offer), RESULT_NOT_FOUND);
}

static const struct resident belgian = {.birth = {1985, 7, 30}},
                             foreigner = {.birth = {1988, 9, 1},
                                          .citizenship = CITIZENSHIP_EUROPEAN,
                                          .book = REGISTER_BOOK_FOREIGNERS},
                             waiting = {.birth = {1990, 1, 1},
                                        .citizenship = CITIZENSHIP_OTHER,
                                        .book = REGISTER_BOOK_WAITING};

static void rules_prices_and_options_are_the_catalogues(void **state)
{
    const struct home_address home = {};
    const struct offer_subject subjects[] = {{&belgian, &home, {2026, 11, 24}},
                                             {&foreigner, &home, {2026, 11, 24}},
                                             {&waiting, &home, {2026, 11, 24}}};
    char wrong[512];
    owned(offer) offer = NULL;
    struct offer_document document;
    long long cents = -1;

    (void)state;
    assert_int_equal(offer_create(catalogue, wrong, sizeof wrong, &offer), RESULT_OK);
    assert_int_equal(offer_find(offer, "nationality", &document), RESULT_OK);
    assert_true(offer_is_eligible(&document, &subjects[0]));
    assert_false(offer_is_eligible(&document, &subjects[1]));
    assert_int_equal(offer_find(offer, "registration", &document), RESULT_OK);
    assert_true(offer_is_eligible(&document, &subjects[1]));
    assert_false(offer_is_eligible(&document, &subjects[2]));
    assert_int_equal(offer_find(offer, "household", &document), RESULT_OK);
    assert_false(document.for_children);
    assert_int_equal(offer_price(&document, NULL, &cents), RESULT_OK);
    assert_int_equal(cents, 0);
    assert_int_equal(offer_price(&document, "abroad_other", &cents), RESULT_OK);
    assert_int_equal(cents, 500);
    assert_int_equal(offer_price(&document, "holiday", &cents), RESULT_NOT_FOUND);
    assert_int_equal(offer_add_option(&document, "history"), RESULT_NOT_FOUND);
    assert_int_equal(offer_add_option(&document, "nationality"), RESULT_OK);
    assert_int_equal(document.content.fields, CERTIFICATE_FIELD_BIT(NATIONALITY));
    assert_int_equal(offer_find(offer, "passport", &document), RESULT_NOT_FOUND);
}

static bool purpose_is_offered(const json_t *api, const char *purpose)
{
    const json_t *household = json_array_get(json_object_get(api, "documents"), 0);
    const json_t *list = json_object_get(household, "purposes");

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *entry = json_array_get(list, i);
        if (str_equal(json_string_value(json_object_get(entry, "id")), purpose)) {
            bool eligible = json_is_true(json_object_get(entry, "eligible"));
            assert_true(eligible == (json_object_get(entry, "reason") == NULL));
            return eligible;
        }
    }
    fail();
    return false;
}

static void a_price_is_offered_only_where_it_can_be_paid(void **state)
{
    const struct offer_view without = {.takes_payment = false}, with = {.takes_payment = true};
    char wrong[512];
    owned(offer) offer = NULL;

    (void)state;
    assert_int_equal(offer_create(catalogue, wrong, sizeof wrong, &offer), RESULT_OK);
    json_t *free_only = offer_to_api(offer, &without), *all = offer_to_api(offer, &with);
    assert_true(purpose_is_offered(free_only, "school"));
    assert_false(purpose_is_offered(free_only, "abroad_eu"));
    assert_true(purpose_is_offered(all, "abroad_eu"));
    assert_true(json_array_size(json_object_get(all, "elsewhere")) > 0);
    json_decref(free_only);
    json_decref(all);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_breakage_is_named),
        cmocka_unit_test(what_is_no_json_is_named_by_its_line),
        cmocka_unit_test(rules_prices_and_options_are_the_catalogues),
        cmocka_unit_test(a_price_is_offered_only_where_it_can_be_paid),
    };

    if (argc != 3)
        return 2;
    catalogue = argv[1];
    folder = argv[2];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
