#include "subjects.h"

#include <openssl/evp.h>
#include <string.h>

#define ADULT 18
#define DIGITS 16

bool subject_is_child(const struct resident *parent, const struct resident *child,
                      struct partial_date today)
{
    return resident_is_parent_of(parent, child) && child->standing == STANDING_RESIDENT &&
           child->birth.year != 0 && partial_date_age(child->birth, today) < ADULT;
}

// Digits of SHA-256 over session and number: not to be guessed, and another one the next time.
enum result subject_word(const char *session, const struct resident *child, char out[SUBJECT_SIZE])
{
    uint8_t digest[EVP_MAX_MD_SIZE];
    char text[IDENTIFIER_TEXT_SIZE + NATIONAL_NUMBER_SIZE], hex[DIGITS + 1];

    TRY(str_format(text, sizeof text, "%s %s", session, child->national_number));
    int made = EVP_Digest(text, strlen(text), digest, NULL, EVP_sha256(), NULL);
    explicit_bzero(text, sizeof text);
    if (made != 1)
        return RESULT_FAILED;
    TRY(bytes_to_hex((struct bytes){digest, DIGITS / 2}, hex, sizeof hex));
    return str_format(out, SUBJECT_SIZE, "child-%s", hex);
}

enum result subject_find(const struct subject_question *question, const struct resident **out)
{
    const struct household *household = question->household;
    const struct resident *requester;

    TRY(household_find(household, question->requester, &requester));
    if (str_equal(question->word, "self")) {
        *out = requester;
        return RESULT_OK;
    }
    for (size_t i = 0; i < household->count; i++) {
        const struct resident *child = &household->persons[i];
        char word[SUBJECT_SIZE];
        if (!subject_is_child(requester, child, question->today))
            continue;
        TRY(subject_word(question->session, child, word));
        if (str_equal(word, question->word)) {
            *out = child;
            return RESULT_OK;
        }
    }
    return RESULT_NOT_FOUND;
}
