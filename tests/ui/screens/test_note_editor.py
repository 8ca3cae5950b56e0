"""The note editor."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual import events

from tests.support.contrast import MIN_READABLE_CONTRAST, contrast
from tests.ui.driver import wait_until
from tests.ui.widget_host import NO_ANSWER, WidgetDriver, host_widget
from tui.terminal.themes import THEME_NAMES
from tui.ui.screens.note_editor import NoteEditor

pytestmark = pytest.mark.slow

WARNING = "Press the same key again to discard the change"
HINT = "Ctrl+S saves"


@asynccontextmanager
async def writing(
    note: str, size: tuple[int, int] = (80, 24), **kwargs: Any
) -> AsyncIterator[WidgetDriver]:
    editor = NoteEditor("Note on [b]Counting[/] Wind", note)
    async with host_widget(size=size, screen=lambda: editor, **kwargs) as driver:
        yield driver


@pytest.mark.parametrize(
    ("note", "keys", "answer"),
    [
        ("", ["a", "b", "ctrl+s"], "ab"),
        ("old", ["enter", "n", "e", "w", "ctrl+s"], "old\nnew"),
        ("old", ["enter", "space", "enter", "ctrl+s"], "old"),
        ("old", ["ctrl+a", "x", "ctrl+s"], "xold"),
        ("old", ["backspace", "backspace", "backspace", "ctrl+s"], ""),
        ("old", ["ctrl+s"], "old"),
        ("", ["q", "1", "question_mark", "ctrl+s"], "q1?"),
    ],
)
async def test_ctrl_s_saves_the_note(note: str, keys: list[str], answer: str) -> None:
    async with writing(note) as driver:
        await driver.press(*keys)
        assert driver.app.answer == answer


async def test_escape_keeps_the_note() -> None:
    async with writing("old") as driver:
        await driver.press("escape")
        assert driver.app.answer is None


async def test_discarding_a_change_needs_confirmation() -> None:
    async with writing("old") as driver:
        await driver.press("x", "escape")
        assert driver.app.answer is NO_ANSWER
        assert WARNING in driver.text
        # Typing cancels the confirmation.
        await driver.press("y")
        assert WARNING not in driver.text
        assert HINT in driver.text
        await driver.press("escape")
        assert driver.app.answer is NO_ANSWER
        assert WARNING in driver.text
        await driver.press("escape")
        assert driver.app.answer is None


async def test_undone_change_needs_no_confirmation() -> None:
    async with writing("old") as driver:
        await driver.press("x", "backspace", "escape")
        assert driver.app.answer is None


async def test_note_that_is_too_long_is_not_saved_but_kept_in_the_editor() -> None:
    note = "n" * 66_000
    async with writing(note) as driver:
        await driver.press("x", "ctrl+s")
        assert driver.app.answer is NO_ANSWER
        assert "This mark could not be saved: the note is longer than 64 KB" in driver.text
        # It was as long before, so it may stay.
        await driver.press("backspace", "ctrl+s")
        assert driver.app.answer == note


@pytest.mark.parametrize(
    ("visual", "editor", "message"),
    [
        ("", "", "cannot run an external"),  # to vi, as everywhere else
        ("", "ed 'unfinished", "$EDITOR cannot be parsed"),
        ("vi", "", "cannot run an external"),
    ],
)
async def test_missing_editor_is_reported_and_the_note_is_kept(
    visual: str, editor: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", visual)
    monkeypatch.setenv("EDITOR", editor)
    async with writing("old") as driver:
        await driver.press("x", "ctrl+e")
        assert message in driver.text
        await driver.press("ctrl+s")
        assert driver.app.answer == "oldx"


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 60)])
async def test_whole_dialog_is_visible_at_every_size(size: tuple[int, int]) -> None:
    async with writing("첫째 줄\n둘째 줄", size) as driver:
        words = " ".join(driver.text.split())
        assert "Note on [b]Counting[/] Wind" in words
        assert "첫째 줄 둘째 줄" in words
        assert words.endswith("Ctrl+E opens your editor, Escape cancels.")


@pytest.mark.parametrize("theme", THEME_NAMES)
async def test_text_is_readable_in_every_theme(theme: str) -> None:
    async with writing("written", theme=theme) as driver:
        await driver.press("x", "home", "shift+right")
        for text in ("Note on", "w", "ritten", HINT):
            style = driver.style_of(text)
            assert style.color is not None
            assert style.bgcolor is not None
            foreground, background = (
                each.get_truecolor().hex for each in (style.color, style.bgcolor)
            )
            assert contrast(foreground, background) >= MIN_READABLE_CONTRAST, text
        await driver.press("escape")
        style = driver.style_of(WARNING)
        assert style.color is not None
        assert style.bgcolor is not None
        assert contrast(style.color.get_truecolor().hex, style.bgcolor.get_truecolor().hex) >= 4.5


async def test_keys_typed_at_once_are_all_kept() -> None:
    async with writing("old") as driver:
        for key in (*"typed at once", "ctrl+s"):
            driver.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await wait_until(lambda: driver.app.answer is not NO_ANSWER)
        assert driver.app.answer == "oldtyped at once"


async def test_pasted_text_cannot_control_the_terminal() -> None:
    async with writing("old") as driver:
        driver.app.post_message(events.Paste(" a\x1b[31mb\u202ec\x07"))
        await driver.press("end", "ctrl+s")
        assert driver.app.answer == "old abc"
