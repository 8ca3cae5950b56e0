"""Input methods on a real terminal: Hangul keys, composition and the kitty protocol."""

from __future__ import annotations

import pytest

from tests.pty.conftest import Open
from tests.pty.harness import CURSOR, PseudoTerminal
from tests.support.home import Home

PROMPT = "Search in Fri 30 May 2025: "

TEXT = "뷁뜗 쿍"
"""Text that occurs in no digest."""

LEFT, HOME, END = "\x1b[D", "\x1b[H", "\x1b[F"


def start(home: Home, **environment: str) -> PseudoTerminal:
    return PseudoTerminal(
        home.program,
        environment={**home.environment, **environment},
        at=home.root,
        columns=100,
        lines=30,
    )


def wait_until_ready(terminal: PseudoTerminal) -> None:
    terminal.wait_for("Enter read")
    terminal.wait_for("96 votes")


@pytest.mark.parametrize(
    "down", ["ㅓ", "\x1b[0;;12627u", "\x1b[106;;12627u"], ids=["text", "kitty", "kitty with key"]
)
def test_hangul_letters_move_the_cursor(browser: Open, down: str) -> None:
    terminal = browser()
    wait_until_ready(terminal)
    terminal.send(down)
    terminal.wait_for("58 votes")
    terminal.send("ㅏ")
    wait_until_ready(terminal)
    # g and j composed into one syllable: to the top, then down.
    terminal.send("허")
    terminal.wait_for("58 votes")
    terminal.send("ㅂ")
    assert terminal.wait() == 0


@pytest.mark.parametrize(
    "text",
    [TEXT, f"\x1b[0;;{ord('뷁')}:{ord('뜗')}u 쿍", f"\x1b[200~{TEXT}\x1b[201~"],
    ids=["typed", "kitty", "pasted"],
)
def test_terminal_cursor_follows_the_prompt_cursor(browser: Open, text: str) -> None:
    terminal = browser()
    wait_until_ready(terminal)
    terminal.send("/")
    terminal.wait_for("Search in")
    x, y = terminal.find(PROMPT)
    start = x + len(PROMPT)
    terminal.wait_until(lambda: terminal.cursor == (start, y))
    terminal.send(text)
    terminal.wait_for(PROMPT + TEXT)
    # Three wide characters and a space.
    terminal.wait_until(lambda: terminal.cursor == (start + 7, y))
    # The terminal's cursor is hidden; the app draws its own there.
    assert CURSOR not in terminal.modes
    terminal.send(LEFT + LEFT)
    terminal.wait_until(lambda: terminal.cursor == (start + 4, y))
    terminal.send("습")
    terminal.wait_for(f"{PROMPT}뷁뜗습 쿍")
    terminal.wait_until(lambda: terminal.cursor == (start + 6, y))
    terminal.send(HOME)
    terminal.wait_until(lambda: terminal.cursor == (start, y))


def test_terminal_cursor_in_a_scrolled_prompt(browser: Open) -> None:
    terminal = browser(columns=60)
    terminal.wait_for("Enter read")
    terminal.send("/")
    terminal.wait_for("Search in")
    terminal.send("가나다라마바사아자차카타파하" * 3 + "끝")
    terminal.wait_until(lambda: "끝" in terminal.rows[-1])
    x, y = terminal.find("끝")
    terminal.wait_until(lambda: terminal.cursor == (x + 2, y))
    terminal.send(LEFT)
    terminal.wait_until(lambda: terminal.cursor == (x, y))
    assert not terminal.broken_wide_characters()


def test_terminal_cursor_after_a_korean_label(home: Home) -> None:
    home.configure('lang = "ko"')
    with start(home) as terminal:
        terminal.wait_for("추천 96")
        terminal.send("ㅅ")
        terminal.wait_for("태그:")
        terminal.send("빵")
        terminal.wait_for("빵")
        row = next(line for line in range(30) if "빵" in terminal.rows[line])
        x = terminal.cells(row).index("빵")
        terminal.wait_until(lambda: terminal.cursor == (x + 2, row))


def test_terminal_cursor_follows_the_note_cursor(browser: Open) -> None:
    terminal = browser()
    wait_until_ready(terminal)
    terminal.send("e")
    terminal.wait_for("Ctrl+S saves")
    terminal.wait_until(lambda: terminal.cursor != (0, 0) and terminal.cursor[1] > 2)
    x, y = terminal.cursor
    terminal.send("강화 학")
    terminal.wait_for("강화 학")
    assert terminal.find("강화 학") == (x, y)
    terminal.wait_until(lambda: terminal.cursor == (x + 7, y))
    terminal.send("\r나\x1b[0;;12627u")
    terminal.wait_for("나ㅓ")
    terminal.wait_until(lambda: terminal.cursor == (x + 4, y + 1))
    terminal.send("\x1b[A" + END + LEFT)
    terminal.wait_until(lambda: terminal.cursor == (x + 5, y))
    terminal.send("\x13")
    terminal.wait_for("Note saved.")


ITERM, ITERM_OVER_SSH = {"TERM_PROGRAM": "iTerm.app"}, {"LC_TERMINAL": "iTerm2"}


@pytest.mark.parametrize(
    ("settings", "environment", "is_used"),
    [
        ("", {}, True),
        ("", {"TERM_PROGRAM": "WezTerm", "LC_TERMINAL": "other"}, True),
        ("", ITERM, False),
        ("", ITERM_OVER_SSH, False),
        ("", {"TEXTUAL_DISABLE_KITTY_KEY": "1"}, False),
        ('kitty_keys = "auto"', ITERM, False),
        ('kitty_keys = "off"', {}, False),
        ('kitty_keys = "on"', {}, True),
        ('kitty_keys = "on"', ITERM, True),
        ('kitty_keys = "on"', {"TEXTUAL_DISABLE_KITTY_KEY": "1"}, True),
    ],
    ids=str,
)
def test_kitty_keyboard_protocol_is_not_used_in_iterm(
    home: Home, settings: str, environment: dict[str, str], is_used: bool
) -> None:
    home.configure(settings)
    with start(home, **environment) as terminal:
        wait_until_ready(terminal)
        assert terminal.kitty_ever is is_used
        terminal.send("ㅓ")
        terminal.wait_for("58 votes")
        terminal.press("q")
        assert terminal.wait() == 0
        assert terminal.kitty_flags == []
