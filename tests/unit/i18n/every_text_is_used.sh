#!/bin/sh
# every_text_is_used.sh SOURCE_DIR: each text of the template is said somewhere in the code.
set -eu
unused=0
for key in $(sed -n 's/^msgid "\(..*\)"/\1/p' "$1/ui-assets/locale/kiosk.pot"); do
    word=TEXT_$(printf %s "$key" | tr 'a-z.' 'A-Z_')
    if ! grep -rqw "$word" "$1/kiosk/ui" "$1/printer"; then
        echo "$key ($word) is said nowhere"
        unused=1
    fi
done
exit "$unused"
