// Apart from the rest of eid_certificates.h: whoever reads files only needs no libcrypto.
#include "eid_certificates.h"

enum result eid_certificate_size(struct bytes start, size_t *size)
{
    *size = 0;
    if (start.size < 4)
        return RESULT_MALFORMED;
    if (start.data[0] == 0x00)
        return RESULT_NOT_FOUND;
    // X.690, 8.1.3: a SEQUENCE whose length takes one or two more bytes.
    if (start.data[0] != 0x30)
        return RESULT_MALFORMED;
    if (start.data[1] == 0x81)
        *size = 3u + start.data[2];
    else if (start.data[1] == 0x82)
        *size = 4u + ((size_t)start.data[2] << 8 | start.data[3]);
    return *size == 0 || *size > EID_CERTIFICATE_MAXIMUM ? RESULT_MALFORMED : RESULT_OK;
}
