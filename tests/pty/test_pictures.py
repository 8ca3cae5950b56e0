"""Pictures in real terminals: those with kitty's protocol, and others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.pty.answering_terminal import PLACEHOLDER, AnsweringTerminal
from tests.pty.terminal_state import assert_restored
from tests.sources.huggingface.server import Hub, sending
from tests.support.home import Home
from tests.support.pictures import noise, png

HALF_BLOCK = "▀"
READY = "Quiet words"

Open = Callable[..., AnsweringTerminal]


@pytest.fixture
def server() -> Iterator[Hub]:
    with Hub() as server:
        yield server


@pytest.fixture
def digest(tmp_path: Path, server: Hub) -> Path:
    file = tmp_path / "2025-05-01.md"
    file.write_text(
        "## Daily Papers (2025-05-01)\n\n### [Counting Wind](https://arxiv.org/abs/2505.22954)\n\n"
        f"Vote: 20\n\nAuthors: Ada Bell\n\n{READY}.\n\n![Mills]({server.url}/mills.png)\n\nLast."
    )
    return file


@pytest.fixture
def open_terminal(tmp_path: Path, digest: Path) -> Iterator[Open]:
    with ExitStack() as opened:

        def start(variables: dict[str, str] | None = None, **options: Any) -> AnsweringTerminal:
            home = Home(tmp_path, variables or {})
            command = [*home.program, str(digest)]
            terminal = AnsweringTerminal(
                command, environment=home.environment, at=tmp_path, **options
            )
            opened.enter_context(terminal)
            terminal.wait_for(READY)
            terminal.press("enter")
            terminal.wait_for("Escape back")
            return terminal

        yield start


def placeholder_cells(terminal: AnsweringTerminal) -> list[str]:
    return [row for row in terminal.rows if PLACEHOLDER in row]


@pytest.mark.parametrize(
    ("variables", "is_indexed"),
    [
        ({}, True),
        ({"COLORTERM": "truecolor"}, False),
        ({"SSH_CONNECTION": "a 1 b 2"}, True),
    ],
)
def test_kitty_gets_a_picture_once_and_shows_it_by_placeholders(
    open_terminal: Open, server: Hub, variables: dict[str, str], is_indexed: bool
) -> None:
    server.responses[""] = [sending(png(100, 50))]
    terminal = open_terminal(variables)
    assert not terminal.commands
    terminal.press("P")
    terminal.wait_until(lambda: placeholder_cells(terminal))
    sent, placed = terminal.commands
    assert Image.open(BytesIO(sent.data)).size == (100, 50)
    assert (sent.keys["a"], sent.keys["f"], sent.keys["q"]) == ("t", "100", "2")
    assert (placed.keys["a"], placed.keys["U"], placed.keys["i"]) == ("p", "1", sent.keys["i"])
    rows = placeholder_cells(terminal)
    assert len(rows) == int(placed.keys["r"])
    assert all(row.count(PLACEHOLDER) == int(placed.keys["c"]) for row in rows)
    number = int(sent.keys["i"])
    color = (
        f"38;5;{number}"
        if is_indexed
        else f"38;2;{number >> 16};{number >> 8 & 255};{number & 255}"
    )
    assert color.encode() in terminal.raw
    # Hidden and shown again, scrolled and in another size, it is not sent again.
    terminal.press("P")
    terminal.wait_until(lambda: not placeholder_cells(terminal))
    terminal.press("P")
    terminal.wait_until(lambda: len(placeholder_cells(terminal)) == len(rows))
    terminal.resize(60, 20)
    terminal.wait_until(lambda: len(terminal.commands) == 3)
    assert terminal.commands[2].keys["a"] == "p"
    assert len(server.requests) == 1
    terminal.press("q", "q")
    assert terminal.wait() == 0
    assert terminal.commands[-1].keys == {"a": "d", "d": "I", "i": sent.keys["i"], "q": "2"}
    assert_restored(terminal)


def test_large_picture_is_reduced_over_ssh(open_terminal: Open, server: Hub) -> None:
    server.responses[""] = [sending(noise(300, 300))]
    terminal = open_terminal({"SSH_CONNECTION": "a 1 b 2"})
    terminal.press("P")
    terminal.wait_until(lambda: placeholder_cells(terminal))
    sent = terminal.commands[0]
    assert 10_000 < len(sent.data) <= 60_000
    image = Image.open(BytesIO(sent.data))
    assert image.width == image.height < 300


@pytest.mark.parametrize(
    "options",
    [
        {"has_kitty": False},
        {"has_kitty": False, "answers": False},
        {"has_kitty": False, "variables": {"SSH_CONNECTION": "a 1 b 2"}},
        # tmux would take the reply of its terminal for keys.
        {"has_kitty": True, "variables": {"TMUX": "/nowhere,1,0", "TERM": "tmux-256color"}},
    ],
)
def test_other_terminals_show_half_blocks(
    open_terminal: Open, server: Hub, options: dict[str, object]
) -> None:
    server.responses[""] = [sending(png())]
    terminal = open_terminal(**options)
    terminal.press("P")
    terminal.wait_for(HALF_BLOCK)
    assert not terminal.commands
    assert terminal.broken_wide_characters() == []
    # A reply that comes late is no key.
    terminal.send("\x1b_Gi=31;OK\x1b\\\x1b[1;2R")
    terminal.press("P")
    terminal.wait_for(lambda text: HALF_BLOCK not in text)
    terminal.press("q", "q")
    assert terminal.wait() == 0


def test_wide_half_blocks_are_not_used(open_terminal: Open, server: Hub) -> None:
    terminal = open_terminal(has_kitty=False, half_block_cells=2)
    terminal.press("P")
    terminal.wait_for("half blocks take two cells")
    assert not server.requests


@pytest.mark.parametrize(
    "variables", [{"TMUX": "/nowhere,1,0"}, {"SSH_CONNECTION": "a 1 b 2", "TERM": "tmux-256color"}]
)
def test_setting_sends_pictures_through_tmux(
    open_terminal: Open, server: Hub, tmp_path: Path, variables: dict[str, str]
) -> None:
    Home(tmp_path).configure('pictures = "on"')
    server.responses[""] = [sending(png())]
    terminal = open_terminal(variables, has_kitty=False)
    terminal.press("P")
    terminal.wait_until(lambda: placeholder_cells(terminal))
    assert b"\x1bPtmux;\x1b\x1b_Ga=t" in terminal.raw
    assert [command.keys["a"] for command in terminal.commands] == ["t", "p"]
