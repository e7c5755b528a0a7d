// kioskctl journal verify: is the terminal's journal whole, step by step?
#include "commands.h"
#include "journal.h"
#include "options.h"
#include "output.h"

#include <stdio.h>
#include <unistd.h>

#define DEFAULT_JOURNAL "/var/lib/eguichet-kiosk/journal.db"

static void report(bool json, const struct journal_report *journal)
{
    struct output output = {.file = stdout, .json = json};

    output_begin(&output);
    output_open(&output, "journal", "Journal");
    output_truth(&output, "intact", "the file is whole", journal->intact);
    output_truth(&output, "gapless", "no step is missing", journal->gapless);
    output_truth(&output, "chained", "no step was changed", journal->chained);
    output_truth(&output, "legal", "every order moved as it may", journal->legal);
    output_number(&output, "sessions", "sessions", (uint64_t)journal->sessions);
    output_number(&output, "orders", "orders", (uint64_t)journal->orders);
    output_number(&output, "steps", "steps", (uint64_t)journal->steps);
    if (journal->first_bad_step != 0)
        output_number(&output, "first_bad_step", "first bad step",
                      (uint64_t)journal->first_bad_step);
    output_close(&output);
    output_end(&output);
}

enum answer journal_verify_command(int count, const char *const words[])
{
    const char *path = NULL;
    bool json = false;
    const struct option_rule rules[] = {{.name = "--json", .given = &json}};
    owned(journal) journal = NULL;
    struct journal_report whole = {};

    if (!options_read(count, words, rules, 1, &path))
        return ANSWER_WRONG_USAGE;
    if (path == NULL)
        path = DEFAULT_JOURNAL;
    if (access(path, F_OK) != 0) {
        fprintf(stderr, "kioskctl: %s: there is no such file. Expected: a terminal's journal.\n",
                path);
        return ANSWER_NOT_THERE;
    }
    enum result result = journal_create(path, &journal);
    if (result == RESULT_OK)
        result = journal_verify(journal, &whole);
    if (result != RESULT_OK) {
        fprintf(stderr, "kioskctl: %s: %s. Expected: a terminal's journal.\n", path,
                result_text(result));
        return ANSWER_NO;
    }
    report(json, &whole);
    return whole.intact && whole.gapless && whole.chained && whole.legal ? ANSWER_YES : ANSWER_NO;
}
