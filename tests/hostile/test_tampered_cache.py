"""A cache that another user has written: nothing in it acts on the terminal of its readers."""

from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path

import pytest

from tests.hostile.stream import hyperlinks, invisible_characters, sequence_kinds
from tests.hostile.tampered_cache import VISIBLE, add_attacks, add_attacks_to_problems, tamper
from tests.pty.harness import READY, PseudoTerminal
from tests.support.home import Home

COMMANDS = [
    ["list"],
    ["list", "--format", "csv"],
    ["list", "--format", "json"],
    ["show", "2505.22954"],
    ["show", "2505.22954", "--format", "json"],
    ["export", "--format", "bibtex"],
    ["export", "--format", "markdown"],
    ["stats"],
    ["sync"],
]


def _home(root: Path) -> Home:
    root.mkdir()
    home = Home(root)
    assert home.run("list").code == 0
    return home


@pytest.fixture(scope="module")
def intact(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return _home(tmp_path_factory.mktemp("intact") / "home")


@pytest.fixture(scope="module")
def tampered(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = _home(tmp_path_factory.mktemp("tampered") / "home")
    for pattern in ("*.rows.json", "*.texts.json"):
        assert tamper(home.cache, pattern, add_attacks)
    assert tamper(home.cache, "files-*.json", add_attacks_to_problems)
    return home


def _run_in_terminal(home: Home, *arguments: str) -> bytes:
    command = [*home.program, *arguments]
    with PseudoTerminal(command, environment=home.environment, at=home.root) as terminal:
        assert terminal.wait() == 0
        return terminal.raw


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_commands_print_a_tampered_cache_safely(
    intact: Home, tampered: Home, arguments: list[str]
) -> None:
    allowed = sequence_kinds(_run_in_terminal(intact, *arguments)) | {"'\\n'", "'\\r'"}
    raw = _run_in_terminal(tampered, *arguments)
    assert sequence_kinds(raw) <= allowed
    assert invisible_characters(raw) == set()
    piped = tampered.run(*arguments)
    assert piped.code == 0
    assert VISIBLE in piped.out + piped.err or arguments == ["stats"]
    controls = {char for char in piped.out + piped.err if unicodedata.category(char) == "Cc"}
    assert controls <= {"\n", "\t"}


def _browse(home: Home) -> bytes:
    """Visit a few papers, the problems, the statistics and a search."""
    # The session remembers the last position.
    shutil.rmtree(home.state, ignore_errors=True)
    with PseudoTerminal(
        [*home.program], environment=home.environment, columns=110, lines=60, at=home.root
    ) as terminal:
        terminal.wait_for(READY)
        terminal.wait_for("Darwin Gödel Machine(DGM)")
        terminal.press("j")
        terminal.wait_for("Fast-dLLM speeds up")
        terminal.press("[")
        terminal.wait_for(lambda text: READY not in text)
        terminal.press("q")
        assert terminal.wait() == 0
        return terminal.raw


@pytest.mark.parametrize("remote", [False, True], ids=["local", "ssh"])
def test_browser_shows_a_tampered_cache_safely(intact: Home, tampered: Home, remote: bool) -> None:
    variables = {"SSH_CONNECTION": "a 1 b 2"} if remote else {}
    allowed = sequence_kinds(_browse(intact.with_environment(**variables)))
    raw = _browse(tampered.with_environment(**variables))
    assert VISIBLE.encode() in raw
    assert sequence_kinds(raw) <= allowed
    assert invisible_characters(raw) == set()
    assert all(url.isascii() and url.isprintable() for url in hyperlinks(raw))
