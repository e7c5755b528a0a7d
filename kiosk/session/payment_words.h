// payment_words.h: what the session says about paying.
#pragma once

// Ways of paying; the session treats them alike, only their screens differ.
enum session_way { SESSION_WAY_QR, SESSION_WAY_TERMINAL };
#define SESSION_WAY_COUNT 2

// What the payment terminal waits for.
enum session_prompt {
    SESSION_PROMPT_WAIT,
    SESSION_PROMPT_SCANNED, // the code: now on the telephone
    SESSION_PROMPT_CONFIRM_AMOUNT,
    SESSION_PROMPT_INSERT_CARD,
    SESSION_PROMPT_ENTER_PIN,
    SESSION_PROMPT_PIN_WRONG,
    SESSION_PROMPT_TAKE_CARD,
    SESSION_PROMPT_CARD_NOT_READABLE,
    SESSION_PROMPT_CARD_NOT_TAKEN,
};
#define SESSION_PROMPT_COUNT 9

enum session_no { SESSION_NO_REFUSED, SESSION_NO_EXPIRED, SESSION_NO_CANCELLED };

// What became of the resident's money, as far as a screen may say it.
enum session_money {
    SESSION_MONEY_NONE,    // nothing was paid
    SESSION_MONEY_UNCLEAR, // asked about until it is known; never kept without a document
    SESSION_MONEY_BACK,    // it is paid back
    SESSION_MONEY_STAFF,   // a person decides
};
