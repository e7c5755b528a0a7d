// Receipts: fixed texts that fit, Belgian time, narrow paper, long names, what is missing.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "escpos_code_page.h"
#include "receipt.h"
#include "receipt_text.h"
#include "receipt_time.h"

static size_t columns_of(const char *utf8)
{
    struct escpos_text text;

    assert_int_equal(escpos_text_encode(utf8, &text), 0); // the code page has every character
    return text.size;
}

static void every_fixed_text_is_in_the_code_page(void **state)
{
    const size_t count = sizeof(struct receipt_text) / sizeof(const char *);

    (void)state;
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        const struct receipt_text *text = receipt_text_in((enum language)language);
        const char *const *texts = (const char *const *)text; // it holds nothing else
        size_t missing = 0;
        for (size_t i = 0; i < count; i++) {
            if (texts[i] == NULL)
                missing++;
            else
                assert_in_range(columns_of(texts[i]), 1, 200);
        }
        // Only the second line of a title may be missing.
        assert_int_equal(missing, text->printed_in_part[1] == NULL ? 1 : 0);
    }
}

static void labels_and_titles_fit_on_42_columns(void **state)
{
    (void)state;
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        const struct receipt_text *text = receipt_text_in((enum language)language);
        const char *const labels[] = {text->place, text->terminal, text->date,
                                      text->order, text->means,    text->authorisation,
                                      text->card,  text->state,    text->pay_terminal};
        const char *const lines[] = {text->counter, text->specimen, text->document_reference,
                                     text->verification_code, text->no_vat};
        for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
            assert_in_range(columns_of(labels[i]), 1, 14);
        for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
            assert_in_range(columns_of(lines[i]), 1, 42);
        for (int i = 0; i < 2; i++) {
            assert_in_range(columns_of(text->not_printed[i]), 1, 21);
            if (text->printed_in_part[i] != NULL)
                assert_in_range(columns_of(text->printed_in_part[i]), 1, 21);
        }
    }
}

static void assert_time(int64_t seconds, int day, int month, int hour, int minute)
{
    struct receipt_time time = receipt_time_in_belgium(seconds);

    assert_int_equal(time.day, day);
    assert_int_equal(time.month, month);
    assert_int_equal(time.hour, hour);
    assert_int_equal(time.minute, minute);
}

static void time_is_belgian_through_the_year(void **state)
{
    (void)state;
    assert_time(1795525500, 24, 11, 14, 5); // 2026-11-24 13:05 UTC
    assert_time(1774745999, 29, 3, 1, 59);  // 2026-03-29 00:59:59 UTC, a second before summer time
    assert_time(1774746000, 29, 3, 3, 0);
    assert_time(1792889999, 25, 10, 2, 59); // 2026-10-25 00:59:59 UTC, a second before its end
    assert_time(1792890000, 25, 10, 2, 0);
    assert_time(1798757940, 31, 12, 23, 59); // 2026-12-31 22:59 UTC
    assert_time(1798758000, 1, 1, 0, 0);
    assert_int_equal(receipt_time_in_belgium(1798758000).year, 2027);
    assert_time(1835391600, 29, 2, 0, 0); // 2028-02-28 23:00 UTC, a leap year
}

static struct receipt small_receipt(enum receipt_kind kind)
{
    return (struct receipt){
        .kind = kind,
        .language = LANGUAGE_FR,
        .columns = 48,
        .municipality = "Ville de Bruxelles",
        .place = "Bibliothèque",
        .terminal = "BXL-07",
        .issued = 1795525500,
        .reference = "BXL-2026-H-0041873-8",
        .order = "K07-2026-001533",
        .document = "Certificat de composition de ménage",
        .paper = LANGUAGE_FR,
        .sheets = 2,
        .sheets_printed = 1,
        .price_cents = kind == RECEIPT_FREE ? 0 : 500,
        .payment = {.means = "Bancontact"},
        .refund_days = 5,
    };
}

// The widest line of a stream, double width counted twice. Commands are skipped by their sizes.
static size_t widest_line(struct bytes stream)
{
    size_t widest = 0, columns = 0, width = 1;

    for (size_t i = 0; i < stream.size; i++) {
        const uint8_t *at = stream.data + i;
        if (at[0] == 0x1D && at[1] == '!')
            width = 1 + (at[2] >> 4);
        if (at[0] == 0x1B)
            i += at[1] == '@' ? 1 : 2;
        else if (at[0] == 0x1D)
            i += at[1] == '(' ? 4u + at[3] : (at[1] == 'V' ? 3 : 2);
        else if (at[0] == 0x0A)
            columns = 0;
        else
            columns += width;
        widest = columns > widest ? columns : widest;
    }
    return widest;
}

static void no_line_is_wider_than_the_paper(void **state)
{
    uint8_t memory[RECEIPT_STREAM_MAXIMUM];
    struct bytes stream;

    (void)state;
    for (int kind = RECEIPT_FREE; kind <= RECEIPT_PRINTED_IN_PART; kind++) {
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            struct receipt receipt = small_receipt((enum receipt_kind)kind);
            receipt.language = (enum language)language;
            receipt.price_cents = 123456;
            receipt.municipality = "Municipality of a very long name by the waterside";
            receipt.place = "Gemeenschapscentrum aan de Onafhankelijkheidslaan, zaal 12 links";
            receipt.document = "Donaudampfschifffahrtsgesellschaftskapitaenspatentsbescheinigung";
            receipt.columns = 48;
            assert_int_equal(receipt_compose(&receipt, memory, sizeof memory, &stream), RESULT_OK);
            assert_int_equal(widest_line(stream), 48);
            receipt.columns = 42;
            assert_int_equal(receipt_compose(&receipt, memory, sizeof memory, &stream), RESULT_OK);
            assert_int_equal(widest_line(stream), 42);
        }
    }
}

static bool has(struct bytes stream, const char *text)
{
    return memmem(stream.data, stream.size, text, strlen(text)) != NULL;
}

static void a_free_receipt_does_not_name_the_document(void **state)
{
    uint8_t memory[RECEIPT_STREAM_MAXIMUM];
    struct receipt receipt = small_receipt(RECEIPT_FREE);
    struct bytes stream;

    (void)state;
    assert_int_equal(receipt_compose(&receipt, memory, sizeof memory, &stream), RESULT_OK);
    assert_true(has(stream, receipt.reference));
    assert_false(has(stream, "composition"));
    assert_false(has(stream, "\x1D(k")); // no address to check at, no code
    assert_false(has(stream, "SP\xC9"
                             "CIMEN"));
    assert_true(has(stream, "Document gratuit."));
    receipt.price_cents = 500; // waived: nothing was paid, but it is not free of charge
    assert_int_equal(receipt_compose(&receipt, memory, sizeof memory, &stream), RESULT_OK);
    assert_false(has(stream, "Document gratuit."));
    assert_true(has(stream, "Rien n\x92"
                            "est pay\xE9."));
    receipt.verification_code = "7K3M-9QXT";
    receipt.verification_address = "guichet.example/v";
    assert_int_equal(receipt_compose(&receipt, memory, sizeof memory, &stream), RESULT_OK);
    assert_true(has(stream, "https://guichet.example/v/7K3M-9QXT?r=BXL-2026-H-0041873-8"));
}

static void a_payment_without_a_card_goes_back_to_the_account(void **state)
{
    uint8_t memory[RECEIPT_STREAM_MAXIMUM];
    struct receipt receipt = small_receipt(RECEIPT_PRINTED_IN_PART);
    struct bytes stream;

    (void)state;
    assert_int_equal(receipt_compose(&receipt, memory, sizeof memory, &stream), RESULT_OK);
    assert_true(has(stream, "compte,"));
    assert_false(has(stream, "Carte"));
    assert_true(has(stream, "Feuilles imprim\xE9"
                            "es : 1 sur 2"));
    receipt.payment.card_end = "0000";
    assert_int_equal(receipt_compose(&receipt, memory, sizeof memory, &stream), RESULT_OK);
    assert_true(has(stream, "se termine par 0000"));
}

static void what_is_needed_and_missing_is_refused(void **state)
{
    uint8_t memory[RECEIPT_STREAM_MAXIMUM];
    struct bytes stream;

    (void)state;
#define REFUSED(kind, change)                                                                      \
    do {                                                                                           \
        struct receipt receipt = small_receipt(kind);                                              \
        receipt.change;                                                                            \
        assert_int_equal(receipt_compose(&receipt, memory, sizeof memory, &stream),                \
                         RESULT_INVALID);                                                          \
        assert_int_equal(stream.size, 0);                                                          \
    } while (0)
    REFUSED(RECEIPT_FREE, columns = 0);
    REFUSED(RECEIPT_FREE, columns = 64);
    REFUSED(RECEIPT_FREE, municipality = NULL);
    REFUSED(RECEIPT_FREE, place = NULL);
    REFUSED(RECEIPT_FREE, terminal = NULL);
    REFUSED(RECEIPT_FREE, reference = NULL);
    REFUSED(RECEIPT_FREE, verification_code = "7K3M"); // and no address
    REFUSED(RECEIPT_PAID, order = NULL);
    REFUSED(RECEIPT_PAID, document = NULL);
    REFUSED(RECEIPT_PAID, payment.means = NULL);
    REFUSED(RECEIPT_PAID, sheets = 0);
    REFUSED(RECEIPT_PAID, price_cents = 0);
    REFUSED(RECEIPT_PAID, price_cents = 100000000);
    REFUSED(RECEIPT_NOT_PRINTED, order = "caf\xC3\xA9"); // no text for a QR code
#undef REFUSED
}

static void too_little_room_is_told(void **state)
{
    uint8_t memory[RECEIPT_STREAM_MAXIMUM];
    struct receipt receipt = small_receipt(RECEIPT_NOT_PRINTED);
    struct bytes stream;

    (void)state;
    assert_int_equal(receipt_compose(&receipt, memory, 200, &stream), RESULT_TOO_LARGE);
    assert_int_equal(stream.size, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fixed_text_is_in_the_code_page),
        cmocka_unit_test(labels_and_titles_fit_on_42_columns),
        cmocka_unit_test(time_is_belgian_through_the_year),
        cmocka_unit_test(no_line_is_wider_than_the_paper),
        cmocka_unit_test(a_free_receipt_does_not_name_the_document),
        cmocka_unit_test(a_payment_without_a_card_goes_back_to_the_account),
        cmocka_unit_test(what_is_needed_and_missing_is_refused),
        cmocka_unit_test(too_little_room_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
