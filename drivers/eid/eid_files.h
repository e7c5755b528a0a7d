// eid_files.h: the files of the card, each in the fewest exchanges. READ BINARY brings 256 bytes at
// most, SELECT tells no length, and a wrong guess costs one more exchange.
#pragma once
#include "eid_commands.h"

// Each makes *out, owned by the caller, with the file's content. RESULT_NOT_FOUND: no such file;
// RESULT_REFUSED: not activated; RESULT_MALFORMED: not what it must be, or larger than any card's.

// Length unknown: 256 bytes, then what is left.
enum result eid_read_identity(struct eid_applet *applet, struct secret **out);

// 117 or 121 bytes by the card's specification; more only while a field runs past them.
enum result eid_read_address(struct eid_applet *applet, struct secret **out);

// 128 bytes before applet 1.7, 256 from then on; a DER signature of an EC key may go on.
enum result eid_read_identity_signature(struct eid_applet *applet, struct secret **out);
// As long as the identity's, whose size is given.
enum result eid_read_address_signature(struct eid_applet *applet, size_t size, struct secret **out);

// The length stands in the first chunk; the padding behind it is not read. A file that does not
// begin like a certificate is read to its end all the same, for the reader to judge.
// RESULT_NOT_FOUND also when zero bytes stand for a certificate.
enum result eid_read_authentication_certificate(struct eid_applet *applet, struct secret **out);
enum result eid_read_issuer_certificate(struct eid_applet *applet, struct secret **out);
enum result eid_read_register_certificate(struct eid_applet *applet, struct secret **out);

// The chip's own public key, a DER SubjectPublicKeyInfo; applets before 1.8 have none.
enum result eid_read_basic_key(struct eid_applet *applet, struct secret **out);

// Length unknown, as the identity's: 256 bytes at a time.
enum result eid_read_photo(struct eid_applet *applet, struct secret **out);
