"""Every byte that reaches the terminal while a reader looks at a hostile digest."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.home import Home
from tests.hostile.attacks import HARMLESS, HOSTILE, PASTED
from tests.hostile.session import look_at_everything
from tests.hostile.stream import hyperlinks, kinds, unseen

OPENED = [f"https://arxiv.org/{kind}/2505.00001" for kind in ("abs", "abs", "pdf")]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_nothing_but_text_reaches_the_terminal(tmp_path: Path, language: str) -> None:
    homes = [Home(tmp_path / name) for name in ("harmless", "hostile")]
    for home in homes:
        home.root.mkdir()
    harmless = look_at_everything(homes[0], HARMLESS, "words to paste", language)
    hostile = look_at_everything(homes[1], HOSTILE, PASTED, language)
    # What was meant to act stood on the screen as text.
    for shown in ("[bold red]x[/]", "[@click=app.quit]x[/]", "$accent", r"\x1b]0;PWNED\x07"):
        assert shown in hostile.text
    # The window's title, the clipboard, modes, questions: as without it.
    assert kinds(hostile.raw) == kinds(harmless.raw)
    assert "hyperlink https" in kinds(hostile.raw)
    assert unseen(hostile.raw) == set()
    for address in hyperlinks(hostile.raw):
        assert address.startswith("https://")
        assert address.isascii()
        assert address.isprintable()
    # What the reader asked for was opened, and nothing else.
    assert sorted(hostile.opened) == sorted(harmless.opened) == OPENED
    left = {path.name for path in homes[1].root.iterdir()}
    assert left == {path.name for path in homes[0].root.iterdir()} - {HARMLESS.name} | {
        HOSTILE.name
    }
