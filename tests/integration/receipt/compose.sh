#!/usr/bin/env bash
# compose.sh PROGRAM DIR: empties DIR and has PROGRAM write all receipts into it.
set -euo pipefail
rm -rf "$2"
mkdir -p "$2"
exec "$1" "$2"
