"""The bytes that the browser writes to the terminal for a malicious digest."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.attacks import HARMLESS, HOSTILE, PASTED
from tests.hostile.session import SessionRecord, visit_everything
from tests.hostile.stream import hyperlinks, invisible_characters, sequence_kinds
from tests.support.home import Home

OPENED = [f"https://arxiv.org/{kind}/2505.00001" for kind in ("abs", "abs", "pdf")]


def _home(root: Path) -> Home:
    root.mkdir()
    return Home(root)


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> SessionRecord:
    """The record of the same session with harmless texts."""
    home = _home(tmp_path_factory.mktemp("browser") / "harmless")
    return visit_everything(home, HARMLESS, "words to paste", "en")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_attacks_reach_the_terminal_as_text(
    tmp_path: Path, harmless: SessionRecord, language: str
) -> None:
    home = _home(tmp_path / "hostile")
    hostile = visit_everything(home, HOSTILE, PASTED, language)
    # The attacks are shown as text.
    for attack in ("[bold red]x[/]", "[@click=app.quit]x[/]", "$accent", r"\x1b]0;PWNED\x07"):
        assert attack in hostile.text
    # Window title, clipboard, modes and queries are the same as for harmless texts.
    assert sequence_kinds(hostile.raw) == sequence_kinds(harmless.raw)
    assert "hyperlink https" in sequence_kinds(hostile.raw)
    assert invisible_characters(hostile.raw) == set()
    for url in hyperlinks(hostile.raw):
        assert url.startswith("https://")
        assert url.isascii()
        assert url.isprintable()
    # Only the requested pages were opened, and no other files were written.
    assert sorted(hostile.opened) == sorted(harmless.opened) == OPENED
    assert {path.name for path in home.root.iterdir()} == {
        *("a browser", "opened", "cache", "config", "state", HOSTILE.name),
    }
