#include "reading.h"

#include "str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

void trust_of(const struct scene *scene, struct trust *trust)
{
    card_bench_path(scene->bench, "auth/card-root.pem", trust->roots);
    card_bench_path(scene->bench, "auth/card-citizen-ca.pem", trust->issuers);
}

void run_with_card(const struct scene *scene, const char *const words[], struct call *call)
{
    for (int i = 0; i < 2000; i++) {
        call_run(scene->caller, words, call);
        if (call->status != 3)
            return;
        wait_a_moment();
    }
    fail_msg("the card never came");
}

void read_whole_card(const struct scene *scene, const char *name, struct call *call)
{
    struct trust trust;

    trust_of(scene, &trust);
    const char *words[] = {
        "card",   "read", "--trust-anchor", trust.roots, "--intermediates", trust.issuers,
        "--json", NULL};
    card_bench_insert(scene->bench, name);
    run_with_card(scene, words, call);
    card_bench_remove(scene->bench);
}

void put_in_flipped(const struct scene *scene, const char *name, const struct flip *flip)
{
    uint8_t content[8192];
    char path[TEST_PATH_SIZE], file[64];

    assert_int_equal(str_format(file, sizeof file, "%s/%s", name, flip->file), RESULT_OK);
    card_bench_path(scene->bench, file, path);
    size_t size = read_whole_file(path, content, sizeof content);
    assert_true(flip->at < size);
    content[flip->at] ^= 0x04;
    write_bytes(path, content, size);
    card_bench_insert(scene->bench, name); // which reads the whole folder
    content[flip->at] ^= 0x04;
    write_bytes(path, content, size);
}

long apdu_count(const json_t *root)
{
    return (long)json_integer_value(json_object_get(json_object_get(root, "apdu"), "count"));
}
