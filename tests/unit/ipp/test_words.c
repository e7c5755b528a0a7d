// IPP's words: what a keyword, a state and a status code mean to the terminal.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "ipp_words.h"

static enum page_printer_condition alone(const char *keyword)
{
    struct ipp_reasons reasons = {.condition = PAGE_PRINTER_READY};

    ipp_reasons_add(&reasons, keyword);
    return reasons.condition;
}

static void a_severity_changes_nothing(void **state)
{
    static const char *const jams[] = {"media-jam", "media-jam-report", "media-jam-warning",
                                       "media-jam-error"};

    (void)state;
    for (size_t i = 0; i < sizeof jams / sizeof *jams; i++)
        assert_int_equal(alone(jams[i]), PAGE_PRINTER_MEDIA_JAM);
    // Cut off once, at the end only.
    assert_int_equal(alone("media-jam-error-report"), PAGE_PRINTER_ATTENTION);
    assert_int_equal(alone("-error"), PAGE_PRINTER_ATTENTION);
    assert_int_equal(alone(""), PAGE_PRINTER_ATTENTION);
}

static void keywords_become_conditions(void **state)
{
    static const struct {
        const char *keyword;
        enum page_printer_condition condition;
    } rows[] = {
        {"none", PAGE_PRINTER_READY},
        {"media-empty-error", PAGE_PRINTER_MEDIA_EMPTY},
        {"media-needed-report", PAGE_PRINTER_MEDIA_EMPTY},
        {"cover-open-warning", PAGE_PRINTER_COVER_OPEN},
        {"door-open", PAGE_PRINTER_COVER_OPEN},
        {"toner-empty-report", PAGE_PRINTER_TONER_EMPTY},
        {"marker-supply-empty", PAGE_PRINTER_TONER_EMPTY},
        {"paused", PAGE_PRINTER_PAUSED},
        {"moving-to-paused", PAGE_PRINTER_PAUSED},
        {"input-tray-missing", PAGE_PRINTER_ATTENTION},
        {"marker-waste-full", PAGE_PRINTER_ATTENTION},
        {"other-error", PAGE_PRINTER_ATTENTION},
        {"invented-by-a-vendor", PAGE_PRINTER_ATTENTION},
        {"marker-waste-almost-full-report", PAGE_PRINTER_READY},
        {"cups-waiting-for-job-completed", PAGE_PRINTER_READY},
        {"cups-ipp-missing-job-history", PAGE_PRINTER_READY},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(alone(rows[i].keyword), rows[i].condition);
}

static void low_supplies_are_noted_and_print(void **state)
{
    struct ipp_reasons reasons = {.condition = PAGE_PRINTER_READY};

    (void)state;
    ipp_reasons_add(&reasons, "media-low-report");
    assert_true(reasons.media_low);
    assert_false(reasons.toner_low);
    ipp_reasons_add(&reasons, "marker-supply-low-warning");
    assert_true(reasons.toner_low);
    assert_int_equal(reasons.condition, PAGE_PRINTER_READY);
}

static void the_most_pressing_condition_wins_in_any_order(void **state)
{
    // From nothing to do, to nothing to be done.
    static const enum page_printer_condition order[] = {
        PAGE_PRINTER_READY,       PAGE_PRINTER_NO_PDF,      PAGE_PRINTER_STOPPED,
        PAGE_PRINTER_ATTENTION,   PAGE_PRINTER_PAUSED,      PAGE_PRINTER_TONER_EMPTY,
        PAGE_PRINTER_OUTPUT_FULL, PAGE_PRINTER_WRONG_MEDIA, PAGE_PRINTER_MEDIA_EMPTY,
        PAGE_PRINTER_COVER_OPEN,  PAGE_PRINTER_MEDIA_JAM,   PAGE_PRINTER_OFFLINE,
    };
    const size_t count = sizeof order / sizeof *order;

    (void)state;
    assert_int_equal(count, PAGE_PRINTER_CONDITION_COUNT);
    for (size_t a = 0; a < count; a++) {
        for (size_t b = 0; b < count; b++)
            assert_int_equal(ipp_worse(order[a], order[b]), order[a > b ? a : b]);
    }
}

static void job_states_are_those_of_the_standard(void **state)
{
    static const enum page_job_state states[] = {
        [0] = PAGE_JOB_UNKNOWN,   [1] = PAGE_JOB_UNKNOWN,  [2] = PAGE_JOB_UNKNOWN,
        [3] = PAGE_JOB_WAITING,   [4] = PAGE_JOB_WAITING,  [5] = PAGE_JOB_PRINTING,
        [6] = PAGE_JOB_PRINTING,  [7] = PAGE_JOB_CANCELED, [8] = PAGE_JOB_ABORTED,
        [9] = PAGE_JOB_COMPLETED, [10] = PAGE_JOB_UNKNOWN,
    };

    (void)state;
    for (int i = 0; i < (int)(sizeof states / sizeof *states); i++)
        assert_int_equal(ipp_job_state(i), states[i]);
    assert_int_equal(ipp_job_state(-1), PAGE_JOB_UNKNOWN);
}

static void only_a_clear_no_counts_as_refused(void **state)
{
    static const struct {
        int code;
        enum result result;
    } rows[] = {
        {0x0000, RESULT_OK},                               // successful-ok
        {0x0001, RESULT_OK},                               // … with substituted attributes
        {0x0300, RESULT_FAILED},                           // redirection
        {0x0400, RESULT_REFUSED},                          // bad request
        {0x040a, RESULT_REFUSED},                          // document format not supported
        {0x040b, RESULT_REFUSED},                          // attributes or values not supported
        {0x0500, RESULT_FAILED},                           // internal error: it may have begun
        {0x0501, RESULT_REFUSED},                          // operation not supported
        {0x0502, RESULT_BUSY},                             // service unavailable
        {0x0504, RESULT_FAILED},                           // device error: it may have begun
        {0x0505, RESULT_FAILED},                           // temporary error
        {0x0506, RESULT_REFUSED},                          // not accepting jobs
        {0x0507, RESULT_BUSY},    {0x0508, RESULT_FAILED}, // job cancelled
        {0x050b, RESULT_BUSY},                             // too many jobs
        {0x7fff, RESULT_FAILED},                           // nobody knows
        {-1, RESULT_FAILED},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(ipp_submit_result(rows[i].code), rows[i].result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_severity_changes_nothing),
        cmocka_unit_test(keywords_become_conditions),
        cmocka_unit_test(low_supplies_are_noted_and_print),
        cmocka_unit_test(the_most_pressing_condition_wins_in_any_order),
        cmocka_unit_test(job_states_are_those_of_the_standard),
        cmocka_unit_test(only_a_clear_no_counts_as_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
