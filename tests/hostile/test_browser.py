"""Every byte that reaches the terminal while a reader looks at a hostile digest."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.attacks import HARMLESS, HOSTILE, PASTED
from tests.hostile.session import Seen, look_at_everything
from tests.hostile.stream import hyperlinks, kinds, unseen
from tests.support.home import Home

OPENED = [f"https://arxiv.org/{kind}/2505.00001" for kind in ("abs", "abs", "pdf")]


def _home(root: Path) -> Home:
    root.mkdir()
    return Home(root)


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """What comes of a digest of the same shape that means no harm."""
    home = _home(tmp_path_factory.mktemp("browser") / "harmless")
    return look_at_everything(home, HARMLESS, "words to paste", "en")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_nothing_but_text_reaches_the_terminal(
    tmp_path: Path, harmless: Seen, language: str
) -> None:
    home = _home(tmp_path / "hostile")
    hostile = look_at_everything(home, HOSTILE, PASTED, language)
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
    # What the reader asked for was opened, and nothing else was written.
    assert sorted(hostile.opened) == sorted(harmless.opened) == OPENED
    assert {path.name for path in home.root.iterdir()} == {
        *("a browser", "opened", "cache", "config", "state", HOSTILE.name),
    }
