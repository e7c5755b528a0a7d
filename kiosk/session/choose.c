// Which document, in which language.
#include "machine.h"
#include "view.h"

static const struct catalogue_document *document(const struct session *session, size_t index)
{
    if (session->catalogue == NULL || index >= session->catalogue->count)
        return NULL;
    return &session->catalogue->documents[index];
}

static bool is_paper_language(const struct catalogue_document *chosen, enum language language)
{
    return (language == LANGUAGE_FR || language == LANGUAGE_NL) && chosen->in_language[language];
}

bool view_may_choose(const struct catalogue_document *chosen)
{
    return chosen->eligible && chosen->price_cents == 0 &&
           (chosen->in_language[LANGUAGE_FR] || chosen->in_language[LANGUAGE_NL]);
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

void choose_document(struct step *step)
{
    struct session *session = step->session;
    const struct catalogue_document *chosen = document(session, step->event->index);

    if (chosen == NULL || !view_may_choose(chosen))
        return;
    session->choice = step->event->index;
    if (is_paper_language(chosen, session->language))
        choice_is_made(step, session->language);
    else if (!is_paper_language(chosen, LANGUAGE_NL))
        choice_is_made(step, LANGUAGE_FR);
    else if (!is_paper_language(chosen, LANGUAGE_FR))
        choice_is_made(step, LANGUAGE_NL);
    else
        show(step, SCREEN_DOCUMENT_LANGUAGE);
}

void choose_paper_language(struct step *step)
{
    const struct catalogue_document *chosen = document(step->session, step->session->choice);

    if (chosen != NULL && is_paper_language(chosen, step->event->language))
        choice_is_made(step, step->event->language);
}

void back_from_list(struct step *step)
{
    if (something_is_left(step->session) && step->session->job_given)
        show(step, SCREEN_PRINTING);
    else
        stop_session(step);
}

// From the preview this gives up a document that was issued: nothing of it was printed.
void back_to_list(struct step *step)
{
    forget_page(step);
    if (step->session->screen == SCREEN_PREVIEW)
        order_close(step);
    show(step, SCREEN_LIST);
}

void change_paper_language(struct step *step)
{
    struct session *session = step->session;
    const struct catalogue_document *chosen = document(session, session->document);

    if (chosen == NULL || step->event->language == session->paper ||
        !is_paper_language(chosen, step->event->language))
        return;
    forget_page(step);
    order_close(step);
    session->choice = session->document;
    choice_is_made(step, step->event->language);
}
