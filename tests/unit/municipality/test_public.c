// The public page's parts: codes as people type them, languages, dates, allowances, escaping.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "public_page.h"
#include "rate_limit.h"

static void codes_are_read_as_people_type_them(void **state)
{
    static const char *const good[] = {"7K3M-9QXT-2WVD-H4NR", "7k3m9qxt2wvdh4nr",
                                       " 7K3M 9QXT 2WVD H4NR ", "7-K3M9QXT2WVDH4N-R"};
    static const char *const bad[] = {"",
                                      "7K3M-9QXT-2WVD-H4N",
                                      "7K3M-9QXT-2WVD-H4NRR",
                                      "7K3M-9QXT-2WVD-H4NU",
                                      "7K3M-9QXT-2WVD-H4N\xC3\xA9",
                                      "<script>alert(1)",
                                      "----",
                                      "7K3M/9QXT/2WVD/H4NR"};
    char code[ORDER_CODE_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_int_equal(public_code_from_text(good[i], code), RESULT_OK);
        assert_string_equal(code, "7K3M-9QXT-2WVD-H4NR");
    }
    assert_int_equal(public_code_from_text("OIL0oil1OIL0oil1", code), RESULT_OK);
    assert_string_equal(code, "0110-0111-0110-0111");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(public_code_from_text(bad[i], code), RESULT_MALFORMED);
}

static void the_readers_language_is_found(void **state)
{
    static const struct {
        const char *header;
        enum public_language language;
    } cases[] = {
        {NULL, PUBLIC_FRENCH},
        {"", PUBLIC_FRENCH},
        {"nl", PUBLIC_DUTCH},
        {"NL-be", PUBLIC_DUTCH},
        {"es, pt;q=0.9, de;q=0.1", PUBLIC_GERMAN},
        {"en;q=0.5, nl;q=0.51", PUBLIC_DUTCH},
        {"en;q=0.501, nl;q=0.5", PUBLIC_ENGLISH},
        {"en;q=0, fr;q=0", PUBLIC_FRENCH},
        {"nld", PUBLIC_FRENCH},
        {",,;;==,q=1", PUBLIC_FRENCH},
        {"de ; q=0.3 , en;q=0.2", PUBLIC_GERMAN},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(public_language_accepted(cases[i].header), cases[i].language);
}

static void dates_are_written_as_each_language_does(void **state)
{
    char date[PUBLIC_DATE_SIZE];

    (void)state;
    assert_int_equal(public_date(1772362800, PUBLIC_FRENCH, date), RESULT_OK); // 1 March 2026, noon
    assert_string_equal(date, "1er\u00A0mars\u00A02026");
    assert_int_equal(public_date(1772362800, PUBLIC_DUTCH, date), RESULT_OK);
    assert_string_equal(date, "1\u00A0maart\u00A02026");
    assert_int_equal(public_date(1772362800, PUBLIC_GERMAN, date), RESULT_OK);
    assert_string_equal(date, "1.\u00A0März\u00A02026");
    assert_int_equal(public_date(1772362800, PUBLIC_ENGLISH, date), RESULT_OK);
    assert_string_equal(date, "1\u00A0March\u00A02026");
}

static struct sockaddr_in visitor(const char *address)
{
    struct sockaddr_in out = {.sin_family = AF_INET};

    assert_int_equal(inet_pton(AF_INET, address, &out.sin_addr), 1);
    return out;
}

static void a_visitor_spends_and_gets_back(void **state)
{
    const struct sockaddr_in one = visitor("192.0.2.1"), other = visitor("192.0.2.2");
    const struct bytes first = rate_limit_name((const struct sockaddr *)&one);
    owned(rate_limit) limit = NULL;

    (void)state;
    assert_int_equal(rate_limit_create(30, &limit), RESULT_OK);
    for (int i = 0; i < 6; i++)
        assert_true(rate_limit_spend(limit, first, 5, 1000));
    assert_false(rate_limit_spend(limit, first, 1, 1000));
    assert_true(
        rate_limit_spend(limit, rate_limit_name((const struct sockaddr *)&other), 30, 1000));
    assert_false(rate_limit_spend(limit, first, 5, 1000 + 9900)); // five come back in ten seconds
    assert_true(rate_limit_spend(limit, first, 5, 1000 + 10100));
    rate_limit_give_back(limit, first, 4, 1000 + 10100);
    assert_true(rate_limit_spend(limit, first, 4, 1000 + 10100));
    rate_limit_give_back(limit, first, 1000, 1000 + 10100); // never more than the whole
    assert_true(rate_limit_spend(limit, first, 30, 1000 + 10100));
    assert_false(rate_limit_spend(limit, first, 1, 1000 + 10100));
}

static void neighbours_of_one_network_share(void **state)
{
    struct sockaddr_in6 one = {.sin6_family = AF_INET6}, same = one, other = one;
    owned(rate_limit) limit = NULL;

    (void)state;
    assert_int_equal(inet_pton(AF_INET6, "2001:db8:1:2::1", &one.sin6_addr), 1);
    assert_int_equal(inet_pton(AF_INET6, "2001:db8:1:2:ffff::9", &same.sin6_addr), 1);
    assert_int_equal(inet_pton(AF_INET6, "2001:db8:1:3::1", &other.sin6_addr), 1);
    assert_int_equal(rate_limit_create(5, &limit), RESULT_OK);
    assert_true(rate_limit_spend(limit, rate_limit_name((const struct sockaddr *)&one), 5, 0));
    assert_false(rate_limit_spend(limit, rate_limit_name((const struct sockaddr *)&same), 1, 0));
    assert_true(rate_limit_spend(limit, rate_limit_name((const struct sockaddr *)&other), 5, 0));
}

// More visitors than there are places: each new one has its whole allowance.
static void strangers_without_number_do_no_harm(void **state)
{
    owned(rate_limit) limit = NULL;

    (void)state;
    assert_int_equal(rate_limit_create(5, &limit), RESULT_OK);
    for (uint32_t i = 0; i < 50000; i++) {
        const struct sockaddr_in stranger = {.sin_family = AF_INET, .sin_addr.s_addr = i};
        assert_true(
            rate_limit_spend(limit, rate_limit_name((const struct sockaddr *)&stranger), 5, i));
    }
}

static void names_of_the_catalogue_are_escaped(void **state)
{
    const struct check_report report = {
        .verdict = CHECK_GENUINE, .reference = "BXL-2026-H-0000001-0", .issued_at = 1772362800};
    const struct public_page page = {.kind = PAGE_REPORT,
                                     .language = PUBLIC_ENGLISH,
                                     .address = "/v/7K3M-9QXT-2WVD-H4NR?r=BXL-2026-H-0000001-0",
                                     .municipality = "A & <B>",
                                     .document = "\"C\" 'D'",
                                     .report = &report};
    char *html = NULL;
    size_t size = 0;

    (void)state;
    assert_int_equal(public_page_render(&page, &html, &size), RESULT_OK);
    assert_int_equal(strlen(html), size);
    assert_null(strstr(html, "<B>"));
    assert_non_null(strstr(html, "A &amp; &lt;B&gt;"));
    assert_non_null(strstr(html, "&quot;C&quot; &#39;D&#39;"));
    assert_non_null(strstr(html, "H4NR?r=BXL-2026-H-0000001-0&amp;lang=nl\""));
    free(html);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_read_as_people_type_them),
        cmocka_unit_test(the_readers_language_is_found),
        cmocka_unit_test(dates_are_written_as_each_language_does),
        cmocka_unit_test(a_visitor_spends_and_gets_back),
        cmocka_unit_test(neighbours_of_one_network_share),
        cmocka_unit_test(strangers_without_number_do_no_harm),
        cmocka_unit_test(names_of_the_catalogue_are_escaped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
