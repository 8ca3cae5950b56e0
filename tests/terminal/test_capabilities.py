"""What the environment tells of a terminal."""

from __future__ import annotations

import pytest

from tui.terminal.capabilities import ALL, FEW, MANY, NONE, Terminal, terminal_of


def of(environment: dict[str, str], encoding: str = "utf-8") -> Terminal:
    return terminal_of(environment, encoding)


@pytest.mark.parametrize(
    ("environment", "colours"),
    [
        ({"TERM": "xterm-256color"}, MANY), ({"TERM": "screen-256color"}, MANY),
        ({"TERM": "tmux-256color"}, MANY), ({"TERM": "xterm-kitty"}, MANY),
        ({"TERM": "alacritty"}, MANY), ({"TERM": "xterm-ghostty"}, MANY), ({"TERM": "foot"}, MANY),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, ALL),
        ({"TERM": "xterm", "COLORTERM": "24bit"}, ALL), ({"TERM": "xterm-direct"}, ALL),
        ({"TERM": "xterm", "COLORTERM": "yes"}, FEW), ({"TERM": "xterm"}, FEW),
        ({"TERM": "xterm-16color"}, FEW), ({"TERM": "linux"}, FEW), ({"TERM": "screen"}, FEW),
        ({"TERM": "vt220"}, NONE), ({"TERM": "VT100"}, NONE), ({"TERM": "xterm-mono"}, NONE),
        ({"TERM": "rxvt-m"}, NONE), ({"TERM": "xterm-vt220"}, FEW),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, NONE),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, MANY),
    ],
    ids=str,
)  # fmt: skip
def test_colours(environment: dict[str, str], colours: int) -> None:
    assert of(environment).colours == colours


@pytest.mark.parametrize(
    ("colours", "is_light"),
    [
        ("15;0", False), ("0;15", True), ("0;7", True), ("7;8", False), ("0;default;15", True),
        ("15;default;0", False), ("0;default", False), ("", False), ("0;", False), ("0;16", False),
        ("0;²", False),
    ],
)  # fmt: skip
def test_a_light_background(colours: str, is_light: bool) -> None:
    assert of({"TERM": "rxvt", "COLORFGBG": colours}).is_light == is_light


@pytest.mark.parametrize(
    ("environment", "has_signs"),
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
def test_signs(environment: dict[str, str], has_signs: bool) -> None:
    assert of({"TERM": "xterm", **environment}).has_signs == has_signs
    assert not of({"TERM": "xterm", **environment}, "ascii").has_signs


def test_the_encoding_is_the_stream_s() -> None:
    assert of({"TERM": "xterm", "LANG": "C.UTF-8"}, "ascii").encoding == "ascii"


@pytest.mark.parametrize(
    ("colours", "system"),
    [(ALL, "truecolor"), (MANY, "256"), (FEW, "standard"), (NONE, "standard")],
)
def test_textual_is_told(colours: int, system: str) -> None:
    assert Terminal(colours).colour_system == system
