// test_pad.h: the stories of a reader with keys of its own.
#pragma once

void test_a_pin_typed_at_the_reader_opens_the_way(void **state);
void test_a_reader_that_nobody_types_at_asks_twice(void **state);
void test_a_pin_typed_after_the_end_changes_nothing(void **state);
void test_a_card_pulled_while_the_reader_asks_is_a_card_pulled(void **state);
