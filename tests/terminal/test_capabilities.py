"""Detecting the capabilities of a terminal from environment variables."""

from __future__ import annotations

import pytest

from tui.terminal.capabilities import (
    ANSI_COLORS,
    COLORS_256,
    MONOCHROME,
    TRUE_COLOR,
    Terminal,
    detect_terminal,
)


def detect(environment: dict[str, str], encoding: str = "utf-8") -> Terminal:
    return detect_terminal(environment, encoding)


@pytest.mark.parametrize(
    ("colors", "environment"),
    [
        (TRUE_COLOR, {"TERM": "xterm-256color", "COLORTERM": "truecolor"}),
        (TRUE_COLOR, {"TERM": "xterm", "COLORTERM": "24bit"}),
        (TRUE_COLOR, {"TERM": "xterm-direct"}),
        (MONOCHROME, {"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}),
        (COLORS_256, {"TERM": "xterm-256color", "NO_COLOR": ""}),
        (ANSI_COLORS, {"TERM": "xterm", "COLORTERM": "yes"}),
        *((COLORS_256, {"TERM": term}) for term in (
            "xterm-256color", "screen-256color", "tmux-256color", "xterm-kitty", "alacritty",
            "xterm-ghostty", "foot",
        )),
        *((ANSI_COLORS, {"TERM": term}) for term in (
            "xterm", "xterm-16color", "linux", "screen", "xterm-vt220",
        )),
        *((MONOCHROME, {"TERM": term}) for term in ("vt220", "VT100", "xterm-mono", "rxvt-m")),
    ],
    ids=str,
)  # fmt: skip
def test_number_of_colors_is_detected(colors: int, environment: dict[str, str]) -> None:
    assert detect(environment).colors == colors


@pytest.mark.parametrize(
    ("colorfgbg", "is_light"),
    [
        ("15;0", False), ("0;15", True), ("0;7", True), ("7;8", False), ("0;default;15", True),
        ("15;default;0", False), ("0;default", False), ("", False), ("0;", False), ("0;16", False),
        ("0;²", False),
    ],
)  # fmt: skip
def test_light_background_is_detected(colorfgbg: str, is_light: bool) -> None:
    assert detect({"TERM": "rxvt", "COLORFGBG": colorfgbg}).is_light == is_light


@pytest.mark.parametrize(
    ("environment", "has_unicode"),
    [
        ({"LANG": "C.UTF-8"}, True), ({"LANG": "ko_KR.utf8"}, True), ({"LC_CTYPE": "UTF-8"}, True),
        ({"LANG": "en_US.UTF-8@euro"}, True), ({"LANG": "C", "LC_ALL": "ko_KR.UTF-8"}, True),
        ({"LANG": "de_DE.UTF-8", "LC_CTYPE": "C.UTF-8"}, True),
        ({}, False), ({"LANG": "C"}, False), ({"LC_ALL": "POSIX", "LANG": "C.UTF-8"}, False),
        ({"LANG": "ko_KR.eucKR"}, False), ({"LANG": "en_US"}, False),
        ({"LC_CTYPE": "C.UTF-8"}, False), ({"LC_CTYPE": "C.UTF-8", "LANG": "C"}, False),
        ({"LANG": "C.UTF-8", "TERM": "linux"}, False), ({"LANG": "C.UTF-8", "TERM": "vt52"}, False),
    ],
    ids=str,
)  # fmt: skip
def test_unicode_support_is_detected(environment: dict[str, str], has_unicode: bool) -> None:
    assert detect({"TERM": "xterm", **environment}).has_unicode == has_unicode
    assert not detect({"TERM": "xterm", **environment}, "ascii").has_unicode


def test_encoding_of_the_stream_is_used() -> None:
    assert detect({"TERM": "xterm", "LANG": "C.UTF-8"}, "ascii").encoding == "ascii"


@pytest.mark.parametrize(
    ("colors", "system"),
    [
        (TRUE_COLOR, "truecolor"),
        (COLORS_256, "256"),
        (ANSI_COLORS, "standard"),
        (MONOCHROME, "standard"),
    ],
)
def test_color_system_matches_the_number_of_colors(colors: int, system: str) -> None:
    assert Terminal(colors).color_system == system
