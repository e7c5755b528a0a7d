// theme_tokens.h: the names of all colours and the pairs that must be readable; read by theme-to-c
// and by kiosk/ui, so that both mean the same table.
#pragma once

// Enum word, name in a theme file (visual language, section 3.1).
#define THEME_TOKEN_LIST(X)                                                                        \
    X(GROUND, "ground")                                                                            \
    X(SHEET, "sheet")                                                                              \
    X(SUNK, "sunk")                                                                                \
    X(TINT, "tint")                                                                                \
    X(INK, "ink")                                                                                  \
    X(SOFT, "soft")                                                                                \
    X(ACCENT, "accent")                                                                            \
    X(ON_ACCENT, "on_accent")                                                                      \
    X(LINE, "line")                                                                                \
    X(HAIR, "hair")                                                                                \
    X(MARKER, "marker")                                                                            \
    X(ON_MARKER, "on_marker")                                                                      \
    X(MARKER_PRESS, "marker_press")                                                                \
    X(ON_MARKER_PRESS, "on_marker_press")                                                          \
    X(MARKER_EDGE, "marker_edge")                                                                  \
    X(PRESS, "press")                                                                              \
    X(ON_PRESS, "on_press")                                                                        \
    X(COUNTER, "counter")                                                                          \
    X(ON_COUNTER, "on_counter")                                                                    \
    X(COUNTER_KEY, "counter_key")                                                                  \
    X(COUNTER_LINE, "counter_line")                                                                \
    X(COUNTER_TOP, "counter_top")                                                                  \
    X(ALARM_WALL, "alarm_wall")                                                                    \
    X(ON_ALARM, "on_alarm")                                                                        \
    X(DANGER, "danger")                                                                            \
    X(DANGER_SOFT, "danger_soft")                                                                  \
    X(SUCCESS, "success")                                                                          \
    X(SUCCESS_SOFT, "success_soft")                                                                \
    X(WARNING, "warning")                                                                          \
    X(WARNING_SOFT, "warning_soft")                                                                \
    X(TRACK, "track")                                                                              \
    X(ICON_FILL, "icon_fill")                                                                      \
    X(SCENE_INK, "scene_ink")                                                                      \
    X(SCENE_SHEET, "scene_sheet")                                                                  \
    X(SCENE_ACCENT, "scene_accent")                                                                \
    X(SCENE_TINT, "scene_tint")                                                                    \
    X(SCENE_FILL, "scene_fill")

// Front, ground, least ratio: text 7, outlines and icons 4.5.
#define THEME_PAIR_LIST(X)                                                                         \
    X("ink", "ground", 7.0)                                                                        \
    X("ink", "sheet", 7.0)                                                                         \
    X("ink", "sunk", 7.0)                                                                          \
    X("ink", "tint", 7.0)                                                                          \
    X("ink", "danger_soft", 7.0)                                                                   \
    X("ink", "success_soft", 7.0)                                                                  \
    X("ink", "warning_soft", 7.0)                                                                  \
    X("soft", "ground", 7.0)                                                                       \
    X("soft", "sheet", 7.0)                                                                        \
    X("soft", "sunk", 7.0)                                                                         \
    X("accent", "ground", 7.0)                                                                     \
    X("accent", "sheet", 7.0)                                                                      \
    X("on_accent", "accent", 7.0)                                                                  \
    X("on_marker", "marker", 7.0)                                                                  \
    X("on_marker_press", "marker_press", 7.0)                                                      \
    X("on_press", "press", 7.0)                                                                    \
    X("on_counter", "counter", 7.0)                                                                \
    X("on_counter", "counter_key", 7.0)                                                            \
    X("on_alarm", "alarm_wall", 7.0)                                                               \
    X("danger", "sheet", 7.0)                                                                      \
    X("line", "ground", 4.5)                                                                       \
    X("line", "sheet", 4.5)                                                                        \
    X("counter_line", "counter", 4.5)                                                              \
    X("counter_line", "counter_key", 4.5)                                                          \
    X("marker", "counter", 4.5)                                                                    \
    X("hair", "ground", 4.5)                                                                       \
    X("hair", "sheet", 4.5)                                                                        \
    X("hair", "sunk", 4.5)
