#include "receipt.h"

#include <string.h>

#include "escpos_writer.h"
#include "receipt_layout.h"
#include "receipt_text.h"
#include "receipt_time.h"
#include "str.h"

#define NARROW_COLUMNS 42
#define WIDE_COLUMNS 48
#define PRICE_MAXIMUM_CENTS 99999999
#define ADDRESS_MODULE_DOTS 6
#define ORDER_MODULE_DOTS 8
#define TEXT_MAXIMUM 128

// What the parts of one receipt work with.
struct sheet {
    const struct receipt *receipt;
    const struct receipt_text *text;
    struct layout layout;
};

// A character that the code page lacks becomes "?"; that no fixed text has one is tested.
static struct escpos_text encoded(const char *utf8)
{
    struct escpos_text text;

    (void)escpos_text_encode(utf8, &text);
    return text;
}

static struct escpos_text filled(const char *utf8, const struct layout_slot *slots)
{
    char whole[ESCPOS_TEXT_MAXIMUM];

    layout_fill(whole, utf8, slots);
    return encoded(whole);
}

static void paragraph(struct sheet *sheet, struct escpos_style style, const char *utf8,
                      const struct layout_slot *slots)
{
    struct escpos_text text = filled(utf8, slots);

    layout_paragraph(&sheet->layout, style, &text);
}

static void value(struct sheet *sheet, struct escpos_style style, const char *label,
                  const char *utf8)
{
    struct escpos_text text = encoded(utf8);

    layout_value(&sheet->layout, style, label, &text);
}

static void number_text(char out[16], int number)
{
    (void)str_format(out, 16, "%d", number); // an int fits
}

static void money(char out[ESCPOS_TEXT_MAXIMUM], const struct sheet *sheet)
{
    char euro[16], cent[16];

    number_text(euro, (int)(sheet->receipt->price_cents / 100));
    (void)str_format(cent, sizeof cent, "%02d", (int)(sheet->receipt->price_cents % 100));
    layout_fill(out, sheet->text->money_format,
                (const struct layout_slot[]){{"euro", euro}, {"cent", cent}, {}});
}

static void text_and_price(struct sheet *sheet, struct escpos_style style, const char *utf8)
{
    char amount[ESCPOS_TEXT_MAXIMUM];

    money(amount, sheet);
    struct escpos_text text = encoded(utf8), price = encoded(amount);
    layout_amount(&sheet->layout, style, &text, &price);
}

static void head(struct sheet *sheet)
{
    struct escpos_text city = encoded(sheet->receipt->municipality);

    escpos_text_capitals(&city);
    layout_wrapped(&sheet->layout, layout_title, &city, NARROW_COLUMNS);
    paragraph(sheet, layout_centred, sheet->text->counter, NULL);
    if (sheet->receipt->specimen)
        paragraph(sheet, layout_centred_bold, sheet->text->specimen, NULL);
    layout_rule(&sheet->layout);
}

static void date_value(struct sheet *sheet)
{
    struct receipt_time time = receipt_time_in_belgium(sheet->receipt->issued);
    char day[16], month[16], year[16], hour[16], minute[16];

    (void)str_format(day, sizeof day, "%02d", time.day);
    (void)str_format(month, sizeof month, "%02d", time.month);
    number_text(year, time.year);
    (void)str_format(hour, sizeof hour, "%02d", time.hour);
    (void)str_format(minute, sizeof minute, "%02d", time.minute);
    struct escpos_text text =
        filled(sheet->text->date_format, (const struct layout_slot[]){{"day", day},
                                                                      {"month", month},
                                                                      {"year", year},
                                                                      {"hour", hour},
                                                                      {"minute", minute},
                                                                      {}});
    layout_value(&sheet->layout, layout_plain, sheet->text->date, &text);
}

static void where_and_when(struct sheet *sheet)
{
    value(sheet, layout_plain, sheet->text->place, sheet->receipt->place);
    value(sheet, layout_plain, sheet->text->terminal, sheet->receipt->terminal);
    date_value(sheet);
}

static void detail(struct sheet *sheet, const char *utf8, const struct layout_slot *slots)
{
    char indented[TEXT_MAXIMUM];

    (void)str_format(indented, sizeof indented, "  %s", utf8); // fixed texts, far shorter
    paragraph(sheet, layout_plain, indented, slots);
}

static void detail_delivered(struct sheet *sheet)
{
    const struct receipt_text *text = sheet->text;
    char format[TEXT_MAXIMUM], sheets[16];

    number_text(sheets, sheet->receipt->sheets);
    (void)str_format(format, sizeof format, "%s, %s, %s", text->in_language[sheet->receipt->paper],
                     text->one_copy,
                     sheet->receipt->sheets == 1 ? text->one_sheet : text->more_sheets);
    detail(sheet, format, (const struct layout_slot[]){{"n", sheets}, {}});
}

static void detail_sheets(struct sheet *sheet)
{
    char printed[16], all[16];

    number_text(printed, sheet->receipt->sheets_printed);
    number_text(all, sheet->receipt->sheets);
    detail(sheet, sheet->text->sheets_printed,
           (const struct layout_slot[]){{"n", printed}, {"all", all}, {}});
}

static void total(struct sheet *sheet)
{
    text_and_price(sheet, layout_large, sheet->text->total);
    paragraph(sheet, layout_plain, sheet->text->no_vat, NULL);
}

static void payment(struct sheet *sheet, const char *state)
{
    const struct receipt_payment *payment = &sheet->receipt->payment;

    value(sheet, layout_plain, sheet->text->means, payment->means);
    if (payment->card_end != NULL) {
        struct escpos_text end = filled(
            sheet->text->card_end, (const struct layout_slot[]){{"digits", payment->card_end}, {}});
        layout_value(&sheet->layout, layout_plain, sheet->text->card, &end);
    }
    if (payment->authorisation != NULL)
        value(sheet, layout_plain, sheet->text->authorisation, payment->authorisation);
    if (payment->terminal != NULL)
        value(sheet, layout_plain, sheet->text->pay_terminal, payment->terminal);
    value(sheet, layout_bold, sheet->text->state, state);
}

// A telephone number is never broken across lines.
static void without_breaks(char *to, size_t capacity, const char *number)
{
    size_t used = 0;

    for (; *number != '\0' && used + 3 < capacity; number++) {
        if (*number == ' ')
            to[used++] = '\xC2';
        to[used++] = *number == ' ' ? '\xA0' : *number;
    }
    to[used] = '\0';
}

static void help_and_privacy(struct sheet *sheet)
{
    char number[64] = "";

    layout_rule(&sheet->layout);
    if (sheet->receipt->help_number != NULL) {
        without_breaks(number, sizeof number, sheet->receipt->help_number);
        paragraph(sheet, layout_plain, sheet->text->questions,
                  (const struct layout_slot[]){{"number", number}, {}});
    } else {
        paragraph(sheet, layout_plain, sheet->text->questions_here, NULL);
    }
    escpos_space(&sheet->layout.writer);
    paragraph(sheet, layout_plain, sheet->text->privacy, NULL);
}

static void large_code(struct sheet *sheet, const char *label, const char *code)
{
    struct escpos_text text = encoded(code);

    paragraph(sheet, layout_plain, label, NULL);
    layout_wrapped(&sheet->layout, layout_large, &text, NARROW_COLUMNS);
}

static enum result verification(struct sheet *sheet)
{
    const struct receipt *receipt = sheet->receipt;
    char address[256];

    escpos_space(&sheet->layout.writer);
    large_code(sheet, sheet->text->verification_code, receipt->verification_code);
    escpos_space(&sheet->layout.writer);
    paragraph(sheet, layout_centred, sheet->text->verify,
              (const struct layout_slot[]){{"address", receipt->verification_address}, {}});
    TRY(str_format(address, sizeof address, "https://%s/%s?r=%s", receipt->verification_address,
                   receipt->verification_code, receipt->reference));
    return escpos_qr(&sheet->layout.writer, address, ADDRESS_MODULE_DOTS);
}

static enum result free_of_charge(struct sheet *sheet)
{
    where_and_when(sheet);
    layout_rule(&sheet->layout);
    large_code(sheet, sheet->text->document_reference, sheet->receipt->reference);
    if (sheet->receipt->verification_code != NULL)
        TRY(verification(sheet));
    else
        escpos_space(&sheet->layout.writer);
    paragraph(sheet, layout_bold,
              sheet->receipt->price_cents > 0 ? sheet->text->nothing_paid
                                              : sheet->text->free_of_charge,
              NULL);
    help_and_privacy(sheet);
    return RESULT_OK;
}

static enum result paid(struct sheet *sheet)
{
    where_and_when(sheet);
    value(sheet, layout_bold, sheet->text->order, sheet->receipt->order);
    layout_rule(&sheet->layout);
    text_and_price(sheet, layout_plain, sheet->receipt->document);
    detail_delivered(sheet);
    layout_rule(&sheet->layout);
    total(sheet);
    layout_rule(&sheet->layout);
    payment(sheet, sheet->text->paid);
    help_and_privacy(sheet);
    return RESULT_OK;
}

static enum result title_and_order(struct sheet *sheet, const char *const title[2])
{
    struct escpos_text order = encoded(sheet->receipt->order);

    for (int i = 0; i < 2 && title[i] != NULL; i++)
        paragraph(sheet, layout_title, title[i], NULL);
    escpos_space(&sheet->layout.writer);
    layout_wrapped(&sheet->layout, layout_title, &order, NARROW_COLUMNS);
    return escpos_qr(&sheet->layout.writer, sheet->receipt->order, ORDER_MODULE_DOTS);
}

static void refund(struct sheet *sheet)
{
    const char *promise = sheet->receipt->payment.card_end != NULL ? sheet->text->refund_card
                                                                   : sheet->text->refund_account;
    char amount[ESCPOS_TEXT_MAXIMUM], days[16];

    money(amount, sheet);
    number_text(days, sheet->receipt->refund_days);
    paragraph(sheet, layout_bold, promise,
              (const struct layout_slot[]){{"amount", amount}, {"days", days}, {}});
    paragraph(sheet, layout_plain, sheet->text->nothing_to_do, NULL);
    escpos_space(&sheet->layout.writer);
    paragraph(sheet, layout_plain, sheet->text->torn_page, NULL);
}

static enum result not_printed(struct sheet *sheet, const char *const title[2])
{
    TRY(title_and_order(sheet, title));
    paragraph(sheet, layout_centred_bold, sheet->text->show, NULL);
    layout_rule(&sheet->layout);
    refund(sheet);
    layout_rule(&sheet->layout);
    where_and_when(sheet);
    layout_rule(&sheet->layout);
    text_and_price(sheet, layout_plain, sheet->receipt->document);
    detail_sheets(sheet);
    layout_rule(&sheet->layout);
    payment(sheet, sheet->text->refund_under_way);
    help_and_privacy(sheet);
    return RESULT_OK;
}

static enum result body(struct sheet *sheet)
{
    switch (sheet->receipt->kind) {
    case RECEIPT_FREE:
        return free_of_charge(sheet);
    case RECEIPT_PAID:
        return paid(sheet);
    case RECEIPT_NOT_PRINTED:
        return not_printed(sheet, sheet->text->not_printed);
    case RECEIPT_PRINTED_IN_PART:
        return not_printed(sheet, sheet->text->printed_in_part);
    }
    return RESULT_INVALID;
}

static bool is_complete(const struct receipt *receipt)
{
    bool common = (receipt->columns == WIDE_COLUMNS || receipt->columns == NARROW_COLUMNS) &&
                  receipt->municipality != NULL && receipt->place != NULL &&
                  receipt->terminal != NULL;

    if (receipt->kind == RECEIPT_FREE)
        return common && receipt->reference != NULL &&
               (receipt->verification_code == NULL || receipt->verification_address != NULL);
    return common && receipt->order != NULL && receipt->document != NULL &&
           receipt->payment.means != NULL && receipt->sheets > 0 && receipt->price_cents > 0 &&
           receipt->price_cents <= PRICE_MAXIMUM_CENTS;
}

enum result receipt_compose(const struct receipt *receipt, uint8_t *memory, size_t capacity,
                            struct bytes *stream)
{
    struct sheet sheet = {
        .receipt = receipt,
        .text = receipt_text_in(receipt->language),
        .layout = {.columns = (size_t)receipt->columns},
    };

    *stream = (struct bytes){};
    if (!is_complete(receipt))
        return RESULT_INVALID;
    escpos_begin(&sheet.layout.writer, memory, capacity);
    head(&sheet);
    TRY(body(&sheet));
    return escpos_finish(&sheet.layout.writer, stream);
}
