// suites.h: the tests of the eID driver, a function a file; each returns how many failed.
#pragma once

int test_files(void);
int test_holders(void);
int test_contents(void);
int test_signatures(void);
int test_certificates(void);
int test_reader(void);
int test_pin_pad(void);
