# Themes (NAME = #RRGGBB), a style sheet and a drawing, in this order, become two C texts. Each theme
# stands for one preference of the reader.

function line(text) {
    gsub(/\\/, "\\\\", text)
    gsub(/"/, "\\\"", text)
    printf "    \"%s\\n\"\n", text
}

function close_theme() {
    if (theme == "")
        return
    line("}")
    if (theme !~ /standard/)
        line("}")
    theme = ""
}

function open_theme(name) {
    close_theme()
    theme = name
    if (name ~ /high-light/)
        line("@media (prefers-contrast: more) {")
    if (name ~ /high-dark/)
        line("@media (prefers-contrast: more) and (prefers-color-scheme: dark) {")
    line(":root {")
}

BEGIN {
    print "// Made from ui-assets and page.css by resources.awk."
    print "#include \"public_page.h\"\n"
    print "const char public_style[] ="
}

FNR == 1 && FILENAME ~ /\.theme$/ { open_theme(FILENAME) }
FNR == 1 && FILENAME ~ /\.css$/ { close_theme() }
FNR == 1 && FILENAME ~ /\.svg$/ {
    name = FILENAME
    gsub(/.*\/|\.svg$/, "", name)
    print "    ;\n\nconst char public_drawing_" name "[] ="
}
FILENAME ~ /\.theme$/ && /^[a-z_]+ = #/ {
    name = $1
    gsub(/_/, "-", name)
    line("--" name ": " $3 ";")
    next
}
FILENAME !~ /\.theme$/ { line($0) }
END { print "    ;" }
