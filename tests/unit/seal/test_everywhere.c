// Properties over a whole file: no byte may change, no end may be missing.
#include "seal_samples.h"
#include "test_parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
// after the three above
#include <cmocka.h>

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static struct sample *good(void)
{
    return sealer_seal(identities()->seal, identities()->authority, &(struct sealer_wish){});
}

static enum result verify(const struct sample *sample, struct seal_report *report)
{
    return seal_verify(sample_bytes(sample), identities()->anchors, NOW, report);
}

static void refuse_flip(struct sample *sample, size_t at, uint8_t mask)
{
    struct seal_report report;

    sample->data[at] ^= mask;
    enum result result = verify(sample, &report);
    sample->data[at] ^= mask;
    if (result != RESULT_REFUSED)
        print_error("byte %zu with mask %02x is not seen\n", at, mask);
    assert_int_equal(result, RESULT_REFUSED);
}

// The gap's edges are looked at byte by byte, the rest in strides, to stay within a second.
#define STRIDE 5
#define NEAR 48
static bool is_near(size_t at, size_t edge)
{
    return at + NEAR > edge && at < edge + NEAR;
}

void test_every_signed_byte(void **state)
{
    owned(sample) sample = good();
    size_t gap = sample_find(sample, 0, "/Contents <") + strlen("/Contents ");
    size_t gap_end = sample_find(sample, gap, ">") + 1;
    struct seal_report report;

    (void)state;
    for (size_t at = 0; at < sample->size;
         at += is_near(at, gap) || is_near(at, gap_end) ? 1 : STRIDE)
        if (at < gap || at >= gap_end)
            refuse_flip(sample, at, (uint8_t)(1U << at % 8));
    refuse_flip(sample, gap, 0x01);
    refuse_flip(sample, gap_end - 1, 0x01);
    assert_int_equal(verify(sample, &report), RESULT_OK);
}

static uint8_t read_byte(const uint8_t *digits)
{
    const char text[] = {(char)digits[0], (char)digits[1], '\0'};

    return (uint8_t)strtoul(text, NULL, 16);
}

static void write_byte(uint8_t *digits, uint8_t byte)
{
    char text[3];

    snprintf(text, sizeof text, "%02x", byte);
    memcpy(digits, text, 2);
}

// What may change without being seen says nothing: the two version numbers (no signature covers
// them) and the case of letters in the issuer's name, which X.500 names do not distinguish.
static bool may_change(const uint8_t *digits, uint8_t mask)
{
    uint8_t byte = read_byte(digits);
    bool is_version = read_byte(digits - 4) == 0x02 && read_byte(digits - 2) == 1 && byte == 1;

    return is_version || (mask == 0x20 && isalpha(byte) && isalpha(byte ^ mask));
}

#define CMS_STRIDE 3
void test_every_cms_byte(void **state)
{
    owned(sample) sample = sealer_seal(identities()->seal, NULL, &(struct sealer_wish){});
    size_t begin = sample_find(sample, 0, "/Contents <") + strlen("/Contents <");
    size_t end = sample_find(sample, begin, "00000000000000000000");
    struct seal_report report;
    int unseen = 0;

    (void)state;
    for (size_t at = begin; at < end; at += 2 * CMS_STRIDE) {
        const uint8_t masks[] = {0x01, 0x20, (uint8_t)(1U << at / 2 % 8)};
        for (size_t i = 0; i < sizeof masks; i++) {
            uint8_t *digits = sample->data + at, before = read_byte(digits);
            write_byte(digits, before ^ masks[i]);
            enum result result = verify(sample, &report);
            write_byte(digits, before);
            if (result != RESULT_REFUSED && !may_change(digits, masks[i]))
                refuse_flip(sample, at, masks[i]);
            unseen += result != RESULT_REFUSED;
        }
    }
    assert_in_range(unseen, 0, 60);
}

void test_every_length(void **state)
{
    owned(sample) sample = good();
    struct seal_report report;

    (void)state;
    for (size_t size = 0; size < sample->size; size++) {
        struct sample shorter = {.data = sample->data, .size = size};
        assert_int_equal(verify(&shorter, &report), RESULT_REFUSED);
        assert_int_equal(report.status, SEAL_STATUS_REFUSED);
    }
}
