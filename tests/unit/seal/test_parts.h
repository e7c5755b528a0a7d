// test_parts.h: the tests of this program, by file.
#pragma once

void test_edited_bytes(void **state);
void test_appended_bytes(void **state);
void test_cut_files(void **state);
void test_odd_gaps(void **state);
void test_moved_ranges(void **state);
void test_sealed_badly(void **state);
void test_forbidden_names(void **state);
void test_sealed_by_others(void **state);
void test_time_stamps(void **state);
void test_every_signed_byte(void **state);
void test_every_cms_byte(void **state);
void test_every_length(void **state);
