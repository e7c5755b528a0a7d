// One step of the machine: which table answers the event, and what follows from it.
#include "session.h"

#include "machine.h"

struct session session_begin(const struct session_limits *limits)
{
    return (struct session){.limits = *limits, .screen = SCREEN_STARTING, .tries_left = -1};
}

// An answer to a question that is not open, or not that one, means nothing.
static bool is_expected(const struct session *session, const struct session_event *event,
                        const struct answer *answer)
{
    const struct session_question *question = &session->asked[answer->whom];

    return question->ticket != 0 && question->ticket == event->ticket &&
           (answer->questions & (UINT32_C(1) << question->effect)) != 0;
}

static void take_answer(struct step *step, const struct answer *answer)
{
    if (!is_expected(step->session, step->event, answer))
        return;
    if (step->event->kind == EVENT_JOURNALED && step->event->state != step->session->order_waiting)
        return;
    if (!answer->more_comes)
        ask_no_more(step, answer->whom);
    answer->then(step);
}

static bool is_late_timer(const struct session *session, const struct session_event *event)
{
    return session->timer == 0 || event->number != session->timer;
}

static void take_word(struct step *step, action *said)
{
    if (step->event->kind == EVENT_TIMER) {
        if (is_late_timer(step->session, step->event))
            return;
        step->session->timer = 0;
        step->session->timer_due = 0;
    }
    if (said != NULL)
        said(step);
}

static void take_event(struct step *step)
{
    const struct answer *answer = answer_to(step->event->kind);
    action *reported = report(step->event->kind);

    if (answer != NULL)
        take_answer(step, answer);
    else if (reported != NULL)
        reported(step);
    else
        take_word(step, conversation(step->session->screen, step->event->kind));
}

void session_step(const struct session *before, const struct session_event *event,
                  struct session *after, struct session_effects *effects)
{
    struct step step = {.session = after, .event = event, .effects = effects};

    if (after != before)
        *after = *before;
    effects->count = 0;
    take_event(&step);
    follow_job(&step);
    follow_terminal(&step);
    finish_step(&step);
}
