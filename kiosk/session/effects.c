// Effects and questions.
#include "machine.h"

struct session_effect *effect_add(struct step *step, enum session_effect_kind kind)
{
    struct session_effects *effects = step->effects;

    // The explorer proves that no step fills the list.
    if (effects->count < SESSION_EFFECTS_MAXIMUM)
        effects->count++;
    struct session_effect *effect = &effects->list[effects->count - 1];
    *effect = (struct session_effect){.kind = kind, .visit = step->session->visit};
    return effect;
}

void effect_call(struct step *step, enum session_call call)
{
    effect_add(step, EFFECT_CALL_STAFF)->call = call;
}

struct session_effect *ask(struct step *step, enum session_asked whom,
                           enum session_effect_kind question)
{
    struct session *session = step->session;
    struct session_effect *effect = effect_add(step, question);

    session->ticket_count = session->ticket_count == UINT32_MAX ? 1 : session->ticket_count + 1;
    effect->ticket = session->ticket_count;
    session->asked[whom] = (struct session_question){.ticket = effect->ticket, .effect = question};
    return effect;
}

void ask_no_more(struct step *step, enum session_asked whom)
{
    step->session->asked[whom] = (struct session_question){};
}

bool is_asked(const struct session *session, enum session_asked whom)
{
    return session->asked[whom].ticket != 0;
}
