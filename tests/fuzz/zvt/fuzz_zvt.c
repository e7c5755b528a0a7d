// Whatever a payment terminal may send: frames one behind the other, and what is in them.
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "zvt_facts.h"
#include "zvt_packet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_facts(struct bytes data)
{
    struct zvt_facts facts;

    if (zvt_facts_read(data, &facts) == RESULT_OK &&
        (facts.cents > 999999999999 || facts.receipt > 9999 || facts.result > 0xFF))
        abort(); // more digits than the field has
    (void)zvt_prompt(data);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes rest = {data, size};
    struct zvt_packet packet;
    size_t whole = 0;

    check_facts(rest);
    while (zvt_packet_size(rest, &whole) == RESULT_OK && whole > 0 && whole <= rest.size) {
        if (zvt_packet_read((struct bytes){rest.data, whole}, &packet) != RESULT_OK ||
            packet.data.size + 3 > whole)
            abort(); // a whole frame is always read, and its data lie inside
        check_facts(packet.data);
        rest = (struct bytes){rest.data + whole, rest.size - whole};
    }
    return 0;
}
