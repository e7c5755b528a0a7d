// speech_protocol.h: what the daemon writes to the speech helper: lines of UTF-8, one wish each.
//
//   say LANGUAGE WORDS_A_MINUTE VOLUME TEXT    LANGUAGE fr, nl, de or en; VOLUME 0 to 100
//   stop
//
// Each line ends what the one before it is still saying. A line that is none of these is passed
// over.
#pragma once

// With its line feed; no longer than a pipe takes in one piece (POSIX PIPE_BUF).
#define SPEECH_LINE_MAXIMUM 4096

// Half to double of the usual pace (EN 301 549 and VVSG 7.1-K ask for a choice in that range).
#define SPEECH_RATE_USUAL 125
#define SPEECH_RATE_LEAST 62
#define SPEECH_RATE_MOST 250
