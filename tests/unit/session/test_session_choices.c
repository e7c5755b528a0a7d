// The questions about a document: which come, in which order, and what back keeps.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "stage.h"
#include "test_session.h"
#include "view.h"

static const struct session_effect *ordered(const struct play *play)
{
    assert_int_equal(play->effects.count, 1);
    assert_int_equal(play->effects.list[0].kind, EFFECT_ORDER_DOCUMENT);
    return &play->effects.list[0];
}

static struct play a_parent_at_the_question(void)
{
    static const struct scene scenes[] = {
        {"LANGUAGE_CHOSEN fr", SCREEN_INSERT, ""},
        {"CARD_IN", SCREEN_READING, NULL},
        {"CARD_READ GOOD 3", SCREEN_PIN, NULL},
        {"PIN_DIGITS 4", SCREEN_PIN, NULL},
        {"PIN_CONFIRMED", SCREEN_PIN_CHECKING, NULL},
        {"PIN_ACCEPTED", SCREEN_AUTHENTICATING, NULL},
        {"CHALLENGED", SCREEN_AUTHENTICATING, NULL},
        {"SIGNED", SCREEN_AUTHENTICATING, NULL},
        {"PROVED CHILD", SCREEN_SUBJECT, "LOG_OFF_CARD"},
    };
    struct play play = open_terminal();

    PERFORM(&play, scenes);
    return play;
}

static void a_parent_asks_for_a_child_with_everything(void **state)
{
    static const struct scene scenes[] = {
        {"SUBJECT_CHOSEN 7", SCREEN_SUBJECT, ""},
        {"SUBJECT_CHOSEN 1", SCREEN_LIST, ""},
        {"DOCUMENT_CHOSEN 2", SCREEN_PURPOSE, ""},
        {"PURPOSE_CHOSEN 7", SCREEN_PURPOSE, ""},
        {"PURPOSE_CHOSEN 1", SCREEN_ABROAD, ""},
        {"CONTINUE", SCREEN_OPTIONS, ""},
        {"OPTION_CHOSEN 7", SCREEN_OPTIONS, ""},
        {"OPTION_CHOSEN 0", SCREEN_OPTIONS, ""},
        {"OPTION_CHOSEN 1", SCREEN_OPTIONS, ""},
        {"OPTION_CHOSEN 0", SCREEN_OPTIONS, ""}, // not any more
        {"CONTINUE", SCREEN_ISSUING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_ISSUING, "ORDER_DOCUMENT"},
    };
    struct play play = a_parent_at_the_question();

    (void)state;
    PERFORM(&play, scenes);
    const struct session_effect *effect = ordered(&play);
    assert_string_equal(effect->document.kind, "residence");
    assert_int_equal(effect->document.index, 2);
    assert_int_equal(effect->document.wish.subject, 1);
    assert_int_equal(effect->document.wish.purpose, 2);
    assert_int_equal(effect->document.wish.options, 2);
}

static void back_shows_the_question_before_with_its_answer(void **state)
{
    static const struct scene there[] = {
        {"LANGUAGE_CHOSEN de", SCREEN_LIST, ""},
        {"DOCUMENT_CHOSEN 2", SCREEN_PURPOSE, ""},
        {"PURPOSE_CHOSEN 1", SCREEN_ABROAD, ""},
        {"BACK", SCREEN_PURPOSE, ""},
        {"PURPOSE_CHOSEN 1", SCREEN_ABROAD, ""},
        {"CONTINUE", SCREEN_OPTIONS, ""},
        {"OPTION_CHOSEN 1", SCREEN_OPTIONS, ""},
        {"CONTINUE", SCREEN_DOCUMENT_LANGUAGE, ""},
        {"BACK", SCREEN_OPTIONS, ""},
    };
    static const struct scene and_back[] = {{"BACK", SCREEN_PURPOSE, ""},
                                            {"BACK", SCREEN_LIST, ""}};
    static const struct scene another[] = {{"DOCUMENT_CHOSEN 0", SCREEN_DOCUMENT_LANGUAGE, ""},
                                           {"BACK", SCREEN_LIST, ""},
                                           {"DOCUMENT_CHOSEN 2", SCREEN_PURPOSE, ""}};
    struct play play = at_list();
    struct view view;

    (void)state;
    PERFORM(&play, there);
    session_view(&play.session, &view);
    assert_int_equal(view.wish.options, 2);
    PERFORM(&play, and_back);
    session_view(&play.session, &view);
    assert_int_equal(view.wish.purpose, 2);
    PERFORM(&play, another); // another document's answers are not this one's
    session_view(&play.session, &view);
    assert_int_equal(view.wish.purpose, 0);
    assert_int_equal(view.wish.options, 0);
}

static void what_for_need_not_be_told(void **state)
{
    static const struct scene scenes[] = {
        {"DOCUMENT_CHOSEN 2", SCREEN_PURPOSE, ""},
        {"PURPOSE_CHOSEN 2", SCREEN_PURPOSE, ""}, // not possible here
        {"NO", SCREEN_OPTIONS, ""},
        {"CONTINUE", SCREEN_ISSUING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_ISSUING, "ORDER_DOCUMENT"},
    };
    struct play play = at_list();

    (void)state;
    PERFORM(&play, scenes);
    assert_int_equal(ordered(&play)->document.wish.purpose, 0);
    assert_int_equal(ordered(&play)->document.wish.options, 0);
}

// The document is given up; its answers are there again and make the next order.
static void back_from_the_preview_keeps_the_answers(void **state)
{
    static const struct scene scenes[] = {
        {"DOCUMENT_CHOSEN 2", SCREEN_PURPOSE, ""},
        {"PURPOSE_CHOSEN 0", SCREEN_OPTIONS, ""},
        {"OPTION_CHOSEN 0", SCREEN_OPTIONS, ""},
        {"CONTINUE", SCREEN_ISSUING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_ISSUING, "ORDER_DOCUMENT"},
        {"ORDERED 1", SCREEN_ISSUING, "FETCH_DOCUMENT"},
        {"SEALED", SCREEN_ISSUING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PREVIEW, ""},
        {"BACK", SCREEN_OPTIONS, "DROP_DOCUMENT JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_OPTIONS, "REPORT_OUTCOME"},
        {"CONTINUE", SCREEN_ISSUING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_ISSUING, "ORDER_DOCUMENT"},
    };
    struct play play = at_list();

    (void)state;
    PERFORM(&play, scenes);
    assert_int_equal(ordered(&play)->document.wish.purpose, 1);
    assert_int_equal(ordered(&play)->document.wish.options, 1);
}

static void back_leads_from_the_list_to_the_family(void **state)
{
    static const struct scene scenes[] = {
        {"SUBJECT_CHOSEN 1", SCREEN_LIST, ""},
        {"BACK", SCREEN_SUBJECT, ""},
        {"SUBJECT_CHOSEN 0", SCREEN_LIST, ""},
    };
    static const struct scene end[] = {{"BACK", SCREEN_SUBJECT, ""},
                                       {"BACK", SCREEN_TAKE_CARD, NULL}};
    struct play play = a_parent_at_the_question();
    struct view view;

    (void)state;
    PERFORM(&play, scenes);
    session_view(&play.session, &view);
    assert_int_equal(view.wish.subject, 0);
    assert_int_equal(view.step, 3);
    PERFORM(&play, end);
}

int stories_of_choices(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_parent_asks_for_a_child_with_everything),
        cmocka_unit_test(back_shows_the_question_before_with_its_answer),
        cmocka_unit_test(what_for_need_not_be_told),
        cmocka_unit_test(back_from_the_preview_keeps_the_answers),
        cmocka_unit_test(back_leads_from_the_list_to_the_family),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
