"""Links on a real terminal: hyperlinks (OSC 8) and external browsers."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.pty.harness import PseudoTerminal
from tests.support.home import Home

ABSTRACT = "https://arxiv.org/abs/2505.00001"
LONG = "https://example.org/" + "a-long-way/" * 12 + "end"

_HYPERLINK = re.compile(r"\x1b\]8;([^;]*);([^\x1b\x07]+)(?:\x1b\\|\x07)(.*?)\x1b\]8;;", re.DOTALL)
_CURSOR_MOVE = re.compile(r"\x1b\[[\d;]*H")
_CONTROL = re.compile(r"\x1b\[[\d;]*m")


def hyperlinks(terminal: PseudoTerminal) -> list[tuple[str, str, str]]:
    """Return the hyperlinks written so far: parameters, address and text."""
    found = _HYPERLINK.findall(terminal.raw.decode(errors="replace"))
    return [(parameters, url, _CONTROL.sub("", words)) for parameters, url, words in found]


def start(home: Home, columns: int = 80, /, **environment: str) -> PseudoTerminal:
    digest = home.root / "digests" / "2025-05-01.md"
    digest.parent.mkdir()
    digest.write_text(
        "## Daily Papers (2025-05-01)\n\n"
        "### [Counting Wind](https://arxiv.org/abs/2505.00001)\n\n"
        "![](https://example.org/그림.png)\n\nVote: 3\n\nAuthors: Ada Bell\n\n"
        f"- ***What's New***: see [the words that lead there and are many, so that they wrap on "
        f"any screen that is not much wider than most are]({LONG}), "
        f"and [none](javascript:alert(1)).\n\n"
        "### [Counting Rain](https://arxiv.org/abs/2505.00002)\n\nVote: 2\n\nAuthors: Cy Dorn\n"
    )
    return PseudoTerminal(
        [*home.program, str(digest)],
        environment={**home.environment, **environment},
        at=home.root,
        columns=columns,
        lines=24,
    )


def wait_until_ready(terminal: PseudoTerminal) -> None:
    terminal.wait_for("Enter read")
    terminal.wait_for("What's New")


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}], ids=str)
def test_wrapped_link_keeps_its_id(home: Home, environment: dict[str, str]) -> None:
    with start(home, **environment) as terminal:
        wait_until_ready(terminal)
        pieces = [found for found in hyperlinks(terminal) if found[1] == LONG]
        # The cursor moves from line to line within the link, or the link is opened again.
        assert len(pieces) > 1 or _CURSOR_MOVE.search(pieces[0][2])
        [identity] = {parameters for parameters, _, _ in pieces}
        assert re.fullmatch("id=.+", identity)
        # Different addresses are different links.
        assert identity not in {found[0] for found in hyperlinks(terminal) if found[1] != LONG}
        # Redrawing keeps the link's id.
        terminal.press("\r")
        terminal.wait_for(lambda text: "Counting Rain" not in text)
        assert {parameters for parameters, url, _ in hyperlinks(terminal) if url == LONG} == {
            identity
        }


def test_only_web_addresses_become_hyperlinks(home: Home) -> None:
    with start(home) as terminal:
        wait_until_ready(terminal)
        # The header of a paper that fills the screen has all links.
        terminal.press("\r")
        terminal.wait_for(lambda text: "Counting Rain" not in text)
        urls = {url for _, url, _ in hyperlinks(terminal)}
        assert all(url.startswith("https://") and url.isascii() for url in urls)
        assert {ABSTRACT, "https://example.org/%EA%B7%B8%EB%A6%BC.png"} <= urls
        assert "javascript" not in " ".join(urls)


@pytest.mark.parametrize("columns", [80, 40])
def test_over_ssh_links_are_copied(home: Home, columns: int) -> None:
    far = {"SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22", "DISPLAY": "localhost:10.0"}
    with start(home, columns, **far) as terminal:
        terminal.wait_for("Counting Wind")
        terminal.press("2", "o")
        terminal.wait_for(f"Sent {ABSTRACT}")
        status = [words for _, url, words in hyperlinks(terminal) if url == ABSTRACT]
        # Moves of the cursor may follow the words.
        assert ABSTRACT in [words.partition("\x1b")[0] for words in status]
        # OSC 52 is the only way to reach the clipboard of the local machine.
        assert b"\x1b]52;c;aHR0cHM6Ly9hcnhpdi5vcmcvYWJzLzI1MDUuMDAwMDE=" in terminal.raw


def test_cut_address_is_complete_in_its_hyperlink(home: Home) -> None:
    with start(home) as terminal:
        wait_until_ready(terminal)
        x, y = terminal.find("the words that lead")
        terminal.click(x, y)
        terminal.wait_for("https://example.org/a-long-way/")
        [shown] = [
            words
            for _, url, words in hyperlinks(terminal)
            if url == LONG and words.startswith("https://")
        ]
        assert len(shown) < 80 < len(LONG)


def test_slow_and_noisy_browser_does_not_disturb_the_screen(home: Home, tmp_path: Path) -> None:
    gate, noted = tmp_path / "gate", tmp_path / "noted"
    os.mkfifo(gate)
    program = tmp_path / "a browser"
    program.write_text(
        "#!/bin/sh\necho JUNK; echo JUNK >&2; (echo JUNK >/dev/tty) 2>/dev/null\n"
        f'cat "{gate}"\necho "$1 on ${{TERM:-no terminal}}" >"{noted}"\n'
    )
    program.chmod(0o755)
    with start(home, DISPLAY=":0", BROWSER=f"'{program}' %s") as terminal:
        wait_until_ready(terminal)
        terminal.press("o")
        terminal.press("j")
        terminal.wait_for("Cy Dorn")
        with gate.open("w") as opening:
            opening.write("JUNK")
        terminal.wait_for(f"Opened {ABSTRACT}")
        assert noted.read_text() == f"{ABSTRACT} on no terminal\n"
        assert b"JUNK" not in terminal.raw
        terminal.press("q")
        assert terminal.wait() == 0
