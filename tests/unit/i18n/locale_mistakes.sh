#!/bin/sh
# locale_mistakes.sh PO_TO_C LOCALE_DIR: po-to-c accepts the locale files as they are and refuses each
# of them with one mistake planted, naming the key.
set -eu
tool=$1
locale=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

run() {
    "$tool" "$work/ids.h" "$work/tables.c" "$work/kiosk.pot" "$work/fr.po" "$work/nl.po" \
        "$work/de.po" "$work/en.po" 2>"$work/errors"
}

plant() { # plant NAME FILE SED-PROGRAM EXPECTED-WORDS
    cp "$locale"/*.po "$locale/kiosk.pot" "$work"
    sed -i "$3" "$work/$2"
    if cmp -s "$work/$2" "$locale/$2"; then
        echo "$1: the mistake was not planted"
        exit 1
    fi
    if run; then
        echo "$1: accepted"
        exit 1
    fi
    if ! grep -q -- "$4" "$work/errors"; then
        echo "$1: refused, but without the words '$4':"
        cat "$work/errors"
        exit 1
    fi
}

cp "$locale"/*.po "$locale/kiosk.pot" "$work"
run
plant missing nl.po '/msgid "pin.title"/,+1d' 'pin.title: this text is missing'
plant empty de.po '/msgid "pin.title"/,+1s/msgstr ".*"/msgstr ""/' 'pin.title: is not translated'
plant fuzzy en.po 's/^msgid "pin.title"/#, fuzzy\n&/' 'pin.title: is marked fuzzy'
plant slot nl.po 's/{where}/{waar}/' 'slots} differ'
plant plural en.po '/msgid_plural "pin.count"/,+1d' 'pin.count'
plant unknown fr.po '$ a msgid "pin.titel"\nmsgstr "x"' 'pin.titel: this text is not in the template'
plant space fr.po 's/\xc2\xa0?/ ?/' 'no-break space'
plant rule de.po 's/n != 1/n > 2/' 'Plural-Forms'
plant broken en.po 's/^msgstr "Back"/msgstr Back"/' 'expected a text in quotes'
echo "all mistakes refused"
