// What is given back to the heap is overwritten; what is kept is not.
#include <fcntl.h>
#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define MARK 0xA7

// Looks the way a stranger would, for a block that is not ours any more may not be read in C.
static size_t marks_at(uintptr_t address, size_t size)
{
    static uint8_t seen[1 << 20];
    int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    size_t marks = 0;

    assert_true(size <= sizeof seen);
    ssize_t got = pread(memory, seen, size, (off_t)address); // fails where nothing is mapped now
    close(memory);
    for (ssize_t i = 0; i < got; i++)
        marks += seen[i] == MARK;
    return marks;
}

static uint8_t *marked(size_t size)
{
    uint8_t *block = malloc(size);

    assert_non_null(block);
    memset(block, MARK, malloc_usable_size(block));
    return block;
}

static const size_t sizes[] = {1, 24, 100, 1000, 5000, 100000, 1 << 20};
#define SIZES (sizeof sizes / sizeof *sizes)

static void test_what_is_freed_is_overwritten(void **state)
{
    (void)state;
    for (size_t i = 0; i < SIZES; i++) {
        uint8_t *block = marked(sizes[i]);
        uintptr_t address = (uintptr_t)block;
        assert_int_equal(marks_at(address, sizes[i]), sizes[i]); // the look itself works
        free(block);
        assert_int_equal(marks_at(address, sizes[i]), 0);
    }
    free(NULL);
}

static void test_a_block_that_moves_leaves_nothing_behind(void **state)
{
    (void)state;
    for (size_t i = 0; i < SIZES; i++) {
        uint8_t *block = marked(sizes[i]);
        uintptr_t address = (uintptr_t)block;
        uint8_t *moved = realloc(block, 4 * sizes[i] + 64);
        assert_non_null(moved);
        assert_int_equal(marks_at((uintptr_t)moved, sizes[i]), sizes[i]);
        assert_true((uintptr_t)moved != address);
        assert_int_equal(marks_at(address, sizes[i]), 0);
        free(moved);
    }
}

static void test_a_block_that_shrinks_keeps_only_what_stays(void **state)
{
    (void)state;
    for (size_t i = 0; i < SIZES; i++)
        for (size_t part = 1; part <= 3; part++) {
            size_t kept = (sizes[i] + part) / (part + 1);
            uint8_t *block = marked(sizes[i]);
            uintptr_t address = (uintptr_t)block;
            uint8_t *less = realloc(block, kept);
            assert_non_null(less);
            for (size_t at = 0; at < kept; at++)
                assert_int_equal(less[at], MARK);
            assert_int_equal(marks_at(address, sizes[i]), (uintptr_t)less == address ? kept : 0);
            free(less);
        }
}

static void test_the_rest_is_as_the_standard_has_it(void **state)
{
    (void)state;
    void *block = realloc(NULL, 10);
    assert_non_null(block);
    assert_null(realloc(block, 0));
    block = malloc(10);
    void *(*volatile ask)(void *, size_t) = realloc; // compilers know better than to really ask
    void *more = ask(block, PTRDIFF_MAX);
    assert_null(more);
    free(block); // it is still ours
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_freed_is_overwritten),
        cmocka_unit_test(test_a_block_that_moves_leaves_nothing_behind),
        cmocka_unit_test(test_a_block_that_shrinks_keeps_only_what_stays),
        cmocka_unit_test(test_the_rest_is_as_the_standard_has_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
