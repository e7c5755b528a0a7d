#!/bin/sh
# notices_a_difference.sh GOLDEN_SCREENS PICTURES: the comparison must fail when a kept picture is
# missing, and when one is another screen's, and must leave pictures that show it.
set -eu
program=$1
pictures=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cp -r "$pictures" "$work/kept"
rm "$work/kept/END.png"
cp "$work/kept/PIN.png" "$work/kept/PIN-empty.png"
if "$program" portrait-fr "$work/kept" "$work/out" 2>"$work/errors"; then
    echo "the comparison accepted a missing and a wrong picture"
    exit 1
fi
grep -q "END: there is no kept picture" "$work/errors"
grep -q "PIN-empty: .* pixels differ" "$work/errors"
test -s "$work/out/END-actual.png"
test -s "$work/out/PIN-empty-difference.png"
test "$(wc -l <"$work/errors")" -eq 2
