# Prints FILE:LINE:CODE, with comments left out and string literals emptied (but for includes).
FNR == 1 { in_comment = 0 }
{
    line = $0
    code = ""
    if (!in_comment && line ~ /^[ \t]*#[ \t]*include/) {
        print FILENAME ":" FNR ":" line
        next
    }
    while (line != "") {
        if (in_comment) {
            at = index(line, "*/")
            if (at == 0)
                break
            line = substr(line, at + 2)
            in_comment = 0
            continue
        }
        if (!match(line, /\/\/|\/\*|"|'/)) {
            code = code line
            break
        }
        mark = substr(line, RSTART, RLENGTH)
        code = code substr(line, 1, RSTART - 1)
        line = substr(line, RSTART + RLENGTH)
        if (mark == "//")
            break
        if (mark == "/*") {
            in_comment = 1
            continue
        }
        while (line != "" && substr(line, 1, 1) != mark)
            line = substr(line, substr(line, 1, 1) == "\\" ? 3 : 2)
        line = substr(line, 2)
        code = code mark mark
    }
    print FILENAME ":" FNR ":" code
}
