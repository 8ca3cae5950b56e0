"""Pictures in a real tmux, whose terminal has kitty's protocol or not."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.pty.answering_terminal import PLACEHOLDER, AnsweringTerminal
from tests.remote.remote_host import command, wait_until_all_exit
from tests.sources.huggingface.server import Hub, sending
from tests.support.home import Home
from tests.support.pictures import png
from tests.support.requirements import require_programs

HALF_BLOCK = "▀"


@pytest.fixture
def server() -> Iterator[Hub]:
    with Hub() as server:
        server.responses[""] = [sending(png())]
        yield server


@pytest.fixture
def in_tmux(home: Home, tmp_path: Path, server: Hub) -> Iterator[list[str]]:
    """Return a command that opens a paper with a figure in tmux."""
    require_programs("tmux", "tic")
    home.root.mkdir()
    (home.root / "2025-05-01.md").write_text(
        "## Daily Papers (2025-05-01)\n\n### [Counting Wind](https://arxiv.org/abs/2505.22954)\n\n"
        f"Vote: 20\n\nQuiet words.\n\n![Mills]({server.url}/mills.png)\n\nLast."
    )
    source = tmp_path / "kitty.ti"
    source.write_text("xterm-kitty|kitty, use=xterm-256color,\n")
    subprocess.run(["tic", "-x", "-o", tmp_path / "terminfo", source], check=True)
    settings = tmp_path / "tmux.conf"
    settings.write_text("set -g allow-passthrough on\nset -g default-terminal tmux-256color\n")
    base = ["tmux", "-S", str(tmp_path / "tmux"), "-f", str(settings)]
    browser = shlex.join(command(home, home.root / "2025-05-01.md"))
    yield [*base, "-u", "new-session", browser]
    subprocess.run([*base, "kill-server"], capture_output=True, check=False)
    wait_until_all_exit(home)


@pytest.mark.parametrize(("name", "has_kitty"), [("xterm-kitty", True), ("xterm-256color", False)])
def test_terminal_around_tmux_gets_pictures_if_it_shows_them(
    in_tmux: list[str], home: Home, tmp_path: Path, name: str, has_kitty: bool
) -> None:
    terminfo = f"{tmp_path / 'terminfo'}:/etc/terminfo:/lib/terminfo:/usr/share/terminfo"
    environment = home.environment | {"TERM": name, "TERMINFO_DIRS": terminfo}
    options: dict[str, Any] = {
        "environment": environment,
        "at": tmp_path,
        "columns": 80,
        "lines": 24,
    }
    with AnsweringTerminal(in_tmux, has_kitty=has_kitty, **options) as terminal:
        terminal.wait_for("Quiet words")
        terminal.press("enter")
        terminal.wait_for("Escape back")
        terminal.press("P")
        shown = PLACEHOLDER if has_kitty else HALF_BLOCK
        terminal.wait_for(lambda text: shown in text)
        sent = [each.keys["a"] for each in terminal.commands]
        assert sent == (["t", "p"] if has_kitty else [])
        # Whether tmux passes on what is sent just before the program ends is up to tmux.
        terminal.press("q")
        terminal.wait_for("Enter read")
        terminal.press("q")
        terminal.wait()
