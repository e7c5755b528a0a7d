#include "suites.h"

int main(void)
{
    return test_files() + test_holders() + test_contents() + test_signatures() +
           test_certificates() + test_reader() + test_pin_pad();
}
