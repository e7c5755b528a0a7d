// test_orders.h: the stories of what is left after a power cut.
#pragma once

void test_what_a_printer_says_after_a_restart(void **state);
void test_orders_cut_off_are_closed_and_reported(void **state);
void test_a_job_found_after_a_restart_decides(void **state);
void test_a_job_still_running_after_a_restart_is_cancelled(void **state);
void test_a_printer_that_is_away_holds_up_no_other_order(void **state);
void test_a_report_that_failed_is_made_later(void **state);
void test_a_purge_holds_no_session_up(void **state);
void test_a_purge_comes_to_its_end(void **state);
void test_a_payment_cut_off_and_made_is_paid_back(void **state);
void test_a_payment_cut_off_and_not_made_is_closed(void **state);
void test_an_unclear_payment_is_asked_about_again_and_holds_up_no_other(void **state);
