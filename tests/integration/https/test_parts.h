// test_parts.h: the tests of this program, by file.
#pragma once

void test_good_link(void **state);
void test_refused_servers(void **state);
void test_refused_terminal(void **state);
void test_nobody_there(void **state);
void test_silent_server(void **state);
void test_bad_settings(void **state);

void test_odd_answers(void **state);
void test_broken_transfers(void **state);
void test_too_much(void **state);
void test_no_redirect(void **state);
void test_slow_transfers(void **state);
void test_late_answer(void **state);
void test_cancel(void **state);
void test_dead_connection(void **state);

void test_whole_session(void **state);
void test_clock_differs(void **state);
void test_other_server_name(void **state);
void test_stale_challenge(void **state);
void test_connection_lost_before_proof(void **state);
void test_other_document(void **state);
void test_document_too_large(void **state);
void test_nothing_without_proof(void **state);
