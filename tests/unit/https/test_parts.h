// test_parts.h: the tests of this program, by file.
#pragma once

void test_challenge_bytes(void **state);
void test_challenge_too_long(void **state);
void test_catalogue(void **state);
void test_session(void **state);
void test_proved(void **state);
void test_order(void **state);
void test_problems(void **state);
void test_every_member(void **state);
void test_not_json(void **state);
void test_session_request(void **state);
void test_small_requests(void **state);
void test_order_with_choices(void **state);
void test_choices(void **state);
void test_outcome_keys(void **state);
void test_base64(void **state);
