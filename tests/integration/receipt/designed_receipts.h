// designed_receipts.h: the invented order that stands on the receipts of the design, in four
// languages.
#pragma once
#include "receipt.h"

struct receipt designed_receipt(enum receipt_kind kind, enum language language);

// "free-fr", "paid-nl", "paid-not-printed-de" …: how the design names its files. Into `out`.
void designed_name(enum receipt_kind kind, enum language language, char out[64]);
