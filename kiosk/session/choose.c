// For whom, which document, what for, what else it says, in which language: one question a screen.
// Questions that a document does not have are left out. Back leads to the question before, which
// still shows its answer.
#include "machine.h"
#include "view.h"

static const struct catalogue_document *chosen(const struct session *session)
{
    return catalogue_document_for(session->catalogue, session->choice_wish.subject,
                                  session->choice);
}

static bool is_paper_language(const struct catalogue_document *document, enum language language)
{
    return (language == LANGUAGE_FR || language == LANGUAGE_NL) && document->in_language[language];
}

// The language that needs no question: the screen's, or the only one. False: it has to be asked.
static bool paper_is_given(const struct session *session, const struct catalogue_document *document,
                           enum language *paper)
{
    bool both =
        is_paper_language(document, LANGUAGE_FR) && is_paper_language(document, LANGUAGE_NL);

    if (is_paper_language(document, session->language)) {
        *paper = session->language;
        return true;
    }
    *paper = is_paper_language(document, LANGUAGE_FR) ? LANGUAGE_FR : LANGUAGE_NL;
    return !both;
}

bool view_may_choose(const struct catalogue_document *document)
{
    return document->eligible &&
           (document->in_language[LANGUAGE_FR] || document->in_language[LANGUAGE_NL]);
}

// One order at a time: the next begins when the one before is final.
static void choice_is_made(struct step *step, enum language paper)
{
    struct session *session = step->session;

    session->choice_paper = paper;
    if (!order_busy(session)) {
        order_begin(step);
        return;
    }
    session->choice_waits = true;
    show(step, session->job_given ? SCREEN_PRINTING : SCREEN_ISSUING);
}

// ---- forward

void begin_choice(struct step *step)
{
    bool family = step->session->catalogue != NULL && step->session->catalogue->child_count > 0;

    step->session->choice = 0;
    step->session->choice_wish = (struct session_wish){};
    show(step, family ? SCREEN_SUBJECT : SCREEN_LIST);
}

static void ask_language(struct step *step)
{
    const struct catalogue_document *document = chosen(step->session);
    enum language paper;

    if (document != NULL && paper_is_given(step->session, document, &paper))
        choice_is_made(step, paper);
    else
        show(step, SCREEN_DOCUMENT_LANGUAGE);
}

static void ask_options(struct step *step)
{
    const struct catalogue_document *document = chosen(step->session);

    if (document != NULL && document->option_count > 0)
        show(step, SCREEN_OPTIONS);
    else
        ask_language(step);
}

void choose_subject(struct step *step)
{
    struct session *session = step->session;

    if (catalogue_count_for(session->catalogue, step->event->index) == 0)
        return;
    if (session->choice_wish.subject != step->event->index) {
        session->choice = 0;
        session->choice_wish = (struct session_wish){.subject = step->event->index};
    }
    show(step, SCREEN_LIST);
}

void choose_document(struct step *step)
{
    struct session *session = step->session;
    const struct catalogue_document *document = catalogue_document_for(
        session->catalogue, session->choice_wish.subject, step->event->index);

    if (document == NULL || !view_may_choose(document))
        return;
    if (session->choice != step->event->index)
        session->choice_wish = (struct session_wish){.subject = session->choice_wish.subject};
    session->choice = step->event->index;
    if (document->purpose_count > 0)
        show(step, SCREEN_PURPOSE);
    else
        ask_options(step);
}

void choose_purpose(struct step *step)
{
    const struct catalogue_document *document = chosen(step->session);
    size_t index = step->event->index;

    if (document == NULL || index >= document->purpose_count || !document->purposes[index].eligible)
        return;
    step->session->choice_wish.purpose = index + 1;
    if (document->purposes[index].information[LANGUAGE_FR] != NULL)
        show(step, SCREEN_ABROAD);
    else
        ask_options(step);
}

void purpose_not_told(struct step *step)
{
    step->session->choice_wish.purpose = 0;
    ask_options(step);
}

void information_read(struct step *step)
{
    ask_options(step);
}

void choose_option(struct step *step)
{
    const struct catalogue_document *document = chosen(step->session);

    if (document == NULL || step->event->index >= document->option_count)
        return;
    step->session->choice_wish.options ^= UINT32_C(1) << step->event->index;
    stay_longer(step);
}

void options_chosen(struct step *step)
{
    ask_language(step);
}

void choose_paper_language(struct step *step)
{
    const struct catalogue_document *document = chosen(step->session);

    if (document != NULL && is_paper_language(document, step->event->language))
        choice_is_made(step, step->event->language);
}

// ---- back

void leave_choice(struct step *step)
{
    if (something_is_left(step->session) && step->session->job_given)
        show(step, SCREEN_PRINTING);
    else
        stop_session(step);
}

void back_from_list(struct step *step)
{
    if (step->session->catalogue != NULL && step->session->catalogue->child_count > 0)
        show(step, SCREEN_SUBJECT);
    else
        leave_choice(step);
}

void back_to_list(struct step *step)
{
    show(step, SCREEN_LIST);
}

void back_to_purpose(struct step *step)
{
    const struct catalogue_document *document = chosen(step->session);

    show(step, document != NULL && document->purpose_count > 0 ? SCREEN_PURPOSE : SCREEN_LIST);
}

void back_to_options(struct step *step)
{
    const struct catalogue_document *document = chosen(step->session);

    if (document != NULL && document->option_count > 0)
        show(step, SCREEN_OPTIONS);
    else
        back_to_purpose(step);
}

// The choice in hand is again the one that the order was made of.
static void reopen_choice(struct session *session)
{
    session->choice = session->document;
    session->choice_paper = session->paper;
    session->choice_wish = session->wish;
}

// Gives up a document that was issued: nothing of it was printed.
void back_from_preview(struct step *step)
{
    enum language paper;

    forget_page(step);
    order_close(step);
    reopen_choice(step->session);
    const struct catalogue_document *document = chosen(step->session);
    if (document != NULL && !paper_is_given(step->session, document, &paper))
        show(step, SCREEN_DOCUMENT_LANGUAGE);
    else
        back_to_options(step);
}

void change_paper_language(struct step *step)
{
    struct session *session = step->session;
    const struct catalogue_document *document =
        catalogue_document_for(session->catalogue, session->wish.subject, session->document);

    if (document == NULL || step->event->language == session->paper ||
        !is_paper_language(document, step->event->language))
        return;
    forget_page(step);
    order_close(step);
    reopen_choice(session);
    choice_is_made(step, step->event->language);
}
