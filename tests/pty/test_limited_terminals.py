"""The bytes sent to terminals with few colors, no colors or no Unicode."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import pytest

from tests.pty.harness import PseudoTerminal
from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest

SUMMARY = """\
Mills that count, "as [shown](https://example.org/a)" before.

  - one
    - two
      - three

- ***Results***: $x_i \\leq 3$, see the table.

| a | b |
|---|---|
| 1 | 2 |

> quoted

```
code
```
"""

PAPERS = [
    SamplePaper("2505.00001", "A survey of mills", 40, ("Ada Bell", "Cy Dorn"), SUMMARY),
    SamplePaper(
        "2505.00002", "Counting wind with " + "very " * 30 + "long titles", 20, ("Ada Bell",)
    ),
    *(SamplePaper(f"2505.000{n}", f"Paper {n}", 10, ("Ada Bell",)) for n in range(10, 40)),
]
FEW_COLORS = {*range(30, 38), *range(40, 48)}
NO_COLORS = {39, 49}
ATTRIBUTES = {0, 1, 2, 3, 4, 7, 9}


@pytest.fixture
def ascii_home(home: Home) -> Home:
    """A home whose digests contain only ASCII."""
    write_digest(home.root / "digests" / "01.md", ko_digest("2025-05-01", PAPERS))
    assert home.run("add", "digests").code == 0
    return home


def start(home: Home, **environment: str) -> PseudoTerminal:
    home = home.with_environment(**environment)
    return PseudoTerminal(
        home.program, environment=home.environment, columns=80, lines=24, at=home.root
    )


LEFT = "\x1b"

STEPS = (
    ("j", "PDF"), ("*", "Starred."), ("t", "Tags"), ("mill\r", "#mill"), ("1", "Tagged"),
    ("2k", "mills"), ("\r", "-Votes"), (LEFT, "Votes"),
    ("e", "Escape cancels"), ("a note" + "\r" * 30, "Escape cancels"),
    ("\x13", "-Escape cancels"), ("e", "Escape cancels"), ("x" + LEFT, "discard the change"),
    (LEFT, "-discard the change"), ("a", "All papers by"), (LEFT, "-All papers by"),
    ("x", "The list"), (LEFT, "-The list"), ("/", "Search in"), ("mills\r", "-Search in"),
    ("n", "Match 1"), ("/", "Search in"), (" vote:3\r", "mean 'votes:'"),
    (LEFT, "-Search in"), (LEFT, "-/mills"), ("?", "repeats it"), (LEFT, "-repeats it"),
    ("\x10", "Search commands"),
    ("sort", "reverse the sort"), (LEFT, "-reverse the sort"), ("!", "Problems"),
    (LEFT, "-Problems"), ("s", "title"), ("S", "title"), ("+" * 8, "No paper"),
)  # fmt: skip
"""Keys and the text that must appear after them; with a leading ``-``, must disappear."""


def _matches(words: str, is_gone: bool, text: str) -> bool:
    return (words in text) != is_gone


def visit_every_screen(terminal: PseudoTerminal) -> None:
    """Visit every screen and quit."""
    terminal.wait_for("A survey of mills")
    for keys, words in STEPS:
        terminal.send(keys)
        is_gone = words.startswith("-")
        terminal.wait_for(partial(_matches, words.removeprefix("-"), is_gone))
    terminal.press("q")
    assert terminal.wait() == 0


def color_codes(raw: bytes) -> Iterator[tuple[int, ...]]:
    """Yield the SGR parameters that select a color."""
    for found in re.findall(rb"\x1b\[([\d;]*)m", raw):
        numbers = [int(number or 0) for number in found.split(b";")]
        while numbers:
            length = {2: 5, 5: 3}[numbers[1]] if numbers[0] in {38, 48} else 1
            if numbers[0] not in ATTRIBUTES:
                yield tuple(numbers[:length])
            del numbers[:length]


@pytest.mark.parametrize(
    "environment",
    [{"TERM": name} for name in ("xterm", "linux", "screen")]
    + [{"TERM": "xterm", "COLORFGBG": "0;15"}, {"TERM": "linux", "SSH_CONNECTION": "1 2 3 4"}],
    ids=lambda environment: "-".join(environment.values()),
)
def test_terminals_with_few_colors_get_the_first_eight(
    ascii_home: Home, environment: dict[str, str]
) -> None:
    with start(ascii_home, **environment) as terminal:
        visit_every_screen(terminal)
        sent = set(color_codes(terminal.raw))
        assert sent <= {(color,) for color in FEW_COLORS | NO_COLORS}
        assert len(sent) > 4


@pytest.mark.parametrize(
    "environment",
    [{"TERM": "vt220"}, {"NO_COLOR": "1"}, {"NO_COLOR": "1", "COLORTERM": "truecolor"},
     {"NO_COLOR": "1", "SSH_CONNECTION": "1 2 3 4"}],
    ids=lambda environment: "-".join(environment.values()),
)  # fmt: skip
def test_no_color_is_sent_when_disabled(ascii_home: Home, environment: dict[str, str]) -> None:
    with start(ascii_home, **environment) as terminal:
        visit_every_screen(terminal)
        assert set(color_codes(terminal.raw)) <= {(color,) for color in NO_COLORS}


@pytest.mark.parametrize(
    ("environment", "kind"),
    [({"TERM": "xterm-256color"}, 5), ({"TERM": "tmux-256color"}, 5), ({"TERM": "alacritty"}, 5),
     ({"NO_COLOR": ""}, 5), ({"TERM": "xterm", "COLORTERM": "truecolor"}, 2),
     ({"TERM": "xterm-direct"}, 2)],
    ids=str,
)  # fmt: skip
def test_256_colors_and_true_color_are_used(
    home: Home, environment: dict[str, str], kind: int
) -> None:
    with start(home, **environment) as terminal:
        terminal.wait_for("Darwin Godel Machine")
        assert {color[1] for color in color_codes(terminal.raw) if len(color) > 1} == {kind}


@pytest.mark.parametrize(("color", "is_light"), [("15;0", False), ("0;default;15", True)])
def test_light_terminal_gets_a_light_theme(home: Home, color: str, is_light: bool) -> None:
    with start(home, COLORFGBG=color, COLORTERM="truecolor") as terminal:
        terminal.wait_for("Darwin Godel Machine")
        behind = {sent[2:] for sent in color_codes(terminal.raw) if sent[:2] == (48, 2)}
        assert (min(map(sum, behind)) > 300) == is_light
    home.configure('theme = "ink"')
    with start(home, COLORFGBG=color, COLORTERM="truecolor") as terminal:
        terminal.wait_for("Darwin Godel Machine")
        assert (48, 2, 0x16, 0x18, 0x1D) in set(color_codes(terminal.raw))


def attributes_of(terminal: PseudoTerminal, text: str) -> set[str]:
    """Return the attributes of a text's first cell."""
    column, line = terminal.find(text)
    cell = terminal._screen.buffer[line][column]
    return {name for name in ("bold", "underscore", "reverse") if getattr(cell, name)}


def test_monochrome_uses_attributes_instead(ascii_home: Home) -> None:
    with start(ascii_home, NO_COLOR="1") as terminal:
        terminal.wait_for("A survey of mills")
        assert attributes_of(terminal, "A survey of mills") == {"reverse", "bold"}
        assert attributes_of(terminal, "Counting wind") == {"bold"}
        assert attributes_of(terminal, " 1 Thu") == {"underscore"}
        terminal.press(" ", "j")
        terminal.wait_until(lambda: attributes_of(terminal, "A survey of mills") == set())
        terminal.press("1")
        terminal.wait_until(lambda: attributes_of(terminal, " 1 Thu") == {"reverse"})
        assert attributes_of(terminal, "Counting wind") == {"underscore", "bold"}
        terminal.press("2", "/")
        terminal.wait_for("Search in")
        terminal.press(*"wind", "enter")
        terminal.wait_for(lambda text: "Search in" not in text)
        terminal.press("n")
        terminal.wait_for("Match 1")
        terminal.wait_until(
            lambda: attributes_of(terminal, "wind with") >= {"underscore", "reverse"}
        )


def test_selection_is_visible_without_colors(home: Home) -> None:
    with start(home, NO_COLOR="1") as terminal:
        terminal.wait_for("Darwin Gödel Machine(DGM)")
        column, line = terminal.find("96 votes")
        terminal.send(f"\x1b[<0;{column + 1};{line + 1}M\x1b[<32;{column + 2};{line + 1}M")
        terminal.send(f"\x1b[<0;{column + 2};{line + 1}m")
        terminal.wait_until(lambda: "reverse" in attributes_of(terminal, "96 votes"))
        assert "reverse" not in attributes_of(terminal, "votes   2025")


@pytest.mark.parametrize(
    ("settings", "environment"),
    [
        ("", {"TERM": "linux"}), ("", {"LANG": "C"}),
        ("", {"LANG": "C", "SSH_CONNECTION": "1 2 3 4"}), ('signs = "ascii"', {}),
        ("", {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    ],
    ids=str,
)  # fmt: skip
def test_ascii_terminals_receive_only_ascii(
    ascii_home: Home, settings: str, environment: dict[str, str]
) -> None:
    ascii_home.configure(f"{settings}\n{ascii_home.config.read_text()}")
    with start(ascii_home, **environment) as terminal:
        visit_every_screen(terminal)
        assert terminal.raw.isascii(), set(re.findall(r"[^\0-\x7f]", terminal.raw.decode()))


def test_unicode_glyphs_where_supported_or_configured(home: Home) -> None:
    for settings, environment, sign in (
        ("", {}, "⋯"), ('signs = "ascii"', {}, "~"), ('signs = "unicode"', {"LANG": "C"}, "⋯"),
        ("", {"LANG": "ko_KR.utf8"}, "⋯"), ("", {"TERM": "linux"}, "~"),
    ):  # fmt: skip
        home.configure(settings)
        with start(home, **environment) as terminal:
            terminal.wait_until(
                lambda sign=sign: any(row.rstrip().endswith(sign) for row in terminal.rows)  # type: ignore[misc]
            )


@pytest.mark.parametrize(
    ("environment", "title"),
    [
        ({"LC_ALL": "C"}, "거대한"), ({"LANG": "ko_KR.UTF-8"}, "거대한"),
        ({"TERM": "linux"}, "거대한"),
        ({"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "??????"),
        ({"PYTHONIOENCODING": "latin-1"}, "??????"),
    ],
    ids=str,
)  # fmt: skip
def test_korean_digests_on_terminals_without_unicode(
    home: Home, environment: dict[str, str], title: str
) -> None:
    papers = [SamplePaper("2505.00001", "거대한 풍차", 40, ("Ada Bell",)), *PAPERS[1:3]]
    write_digest(home.root / "digests" / "01.md", ko_digest("2025-05-01", papers))
    assert home.run("add", "digests").code == 0
    with start(home, **environment) as terminal:
        terminal.wait_for(f"  {title}")
        terminal.wait_until(lambda: not terminal.broken_wide_characters())
        # The replacement is as wide as the character.
        assert terminal.find("거대한" if title == "거대한" else "?????? ????")
        terminal.press("q")
        assert terminal.wait() == 0


@pytest.mark.parametrize("name", ["dumb", "unknown", ""])
def test_unknown_terminal_is_refused(home: Home, name: str) -> None:
    with start(home, TERM=name) as terminal:
        assert terminal.wait() == 2
        message = " ".join(row.strip() for row in terminal.rows if row.strip())
        assert message.startswith(f"broadsheet: TERM={name} is not supported; to print")
        assert b"\x1b" not in terminal.raw


@pytest.mark.parametrize("without", ["<&-", ">&-", "2>&-", "</dev/null", ">/dev/null", "| cat"])
def test_one_line_error_without_a_terminal(home: Home, without: str) -> None:
    program = " ".join(f"'{word}'" for word in home.program)
    shell = f"set -o pipefail; {program} {without}"
    with PseudoTerminal(["/bin/bash", "-c", shell], environment=home.environment) as terminal:
        assert terminal.wait() == 2
        lines = [row for row in terminal.rows if row.strip()]
        assert len(lines) == (without != "2>&-")
        assert all("needs a terminal; to print papers" in line for line in lines)
