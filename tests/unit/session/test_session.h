// test_session.h: the groups of stories; each runs its own and returns how many failed.
#pragma once

int stories_of_choices(void);
int stories_of_failures(void);
int stories_of_leaving(void);
int stories_of_the_pad(void);
int stories_of_reading(void);
int stories_of_paying(void);
