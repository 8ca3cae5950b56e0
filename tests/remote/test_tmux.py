"""Broadsheet in a real tmux, locally and over SSH."""

from __future__ import annotations

import base64
import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.pty.harness import PseudoTerminal
from tests.remote.conftest import Open, Serve
from tests.remote.remote_host import (
    NEWEST,
    NEWEST_SUMMARY,
    SECOND_SUMMARY,
    command,
    wait_until_all_exit,
)
from tests.support.home import TIMEOUT_SECONDS, Home
from tests.support.requirements import require_programs
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest

LINK = "https://arxiv.org/abs/2505.22954"
"""The link of the newest day's first paper."""

SETTINGS = """
set -g mouse on
set -g focus-events on
set -g set-clipboard on
"""


@dataclass
class Tmux:
    """A separate tmux server.

    Attributes:
        home: the home of the reader.
        settings: its configuration file.
        environment: the environment to start it in.
    """

    home: Home
    settings: Path
    environment: dict[str, str]

    @property
    def base_command(self) -> list[str]:
        return ["tmux", "-S", str(self.home.root / "tmux"), "-f", str(self.settings)]

    def start_command(self) -> list[str]:
        """Return the command that opens Broadsheet in a new session."""
        return ["env", "LC_ALL=C.UTF-8", *self.base_command, "-u", "new-session", "-s", "papers",
                shlex.join(command(self.home))]  # fmt: skip

    def attach_command(self) -> list[str]:
        """Return the command that attaches to the session."""
        return ["env", "LC_ALL=C.UTF-8", *self.base_command, "-u", "attach-session", "-t", "papers"]

    def query(self, *arguments: str) -> str:
        """Run a tmux command and return its output."""
        result = subprocess.run(
            [*self.base_command, *arguments], env=self.environment, capture_output=True, text=True,
            timeout=TIMEOUT_SECONDS, check=True,
        )  # fmt: skip
        return result.stdout

    @property
    def lines(self) -> list[str]:
        """The lines that tmux shows."""
        return self.query("capture-pane", "-p", "-t", "papers").rstrip("\n").split("\n")

    def background_of(self, text: str) -> str:
        """Return the SGR parameters of the background color behind a text on the screen."""
        shown = self.query("capture-pane", "-e", "-p", "-t", "papers")
        return str(re.findall(r"48;5;(\d+)", shown.partition(text)[0])[-1])


@pytest.fixture(params=["tmux-256color", "screen-256color"])
def tmux(request: pytest.FixtureRequest, home: Home) -> Iterator[Tmux]:
    require_programs("tmux")
    home.root.mkdir(exist_ok=True)
    settings = home.root / "tmux.conf"
    settings.write_text(f"{SETTINGS}set -g default-terminal {request.param}\n", encoding="utf-8")
    server = Tmux(home, settings, home.environment)
    yield server
    subprocess.run(
        [*server.base_command, "kill-server"],
        env=server.environment,
        capture_output=True,
        check=False,
    )
    wait_until_all_exit(home)


@pytest.fixture(params=["here", "over ssh"])
def run_command(request: pytest.FixtureRequest, terminal: Open, home: Home) -> Open:
    """Return a function that runs a command on a local terminal or over SSH."""
    if request.param == "here":
        return lambda arguments, **size: terminal(arguments, home.environment, **size)
    sshd = request.getfixturevalue("serve")()
    return lambda arguments, **size: terminal(sshd.login(*arguments), sshd.environment, **size)


def start(run_command: Open, tmux: Tmux) -> PseudoTerminal:
    outer = run_command(tmux.start_command())
    outer.wait_for(lambda text: NEWEST in text and NEWEST_SUMMARY in text)
    return outer


def osc52(text: str) -> bytes:
    return base64.b64encode(text.encode())


def test_copying_inside_tmux(run_command: Open, tmux: Tmux) -> None:
    outer = start(run_command, tmux)
    outer.press("yy")
    outer.wait_for("Copied")
    assert tmux.query("show-buffer") == LINK
    # tmux passes it on to the outer terminal.
    outer.wait_until(lambda: osc52(LINK) in outer.raw)
    assert b"\x1b]52;" in outer.raw


def test_mouse_and_focus(run_command: Open, tmux: Tmux) -> None:
    # A paper that is marked as read would change its style, too.
    tmux.home.configure("read_after = 0")
    outer = start(run_command, tmux)
    outer.click(*outer.find("Fast-dLLM: Training-free"))
    outer.wait_for(SECOND_SUMMARY)
    focused = tmux.background_of("Fast-dLLM: Training-free")
    # The cursor row shows that the terminal loses and regains the focus.
    outer.send("\x1b[O")
    outer.wait_until(lambda: tmux.background_of("Fast-dLLM: Training-free") != focused)
    outer.send("\x1b[I")
    outer.wait_until(lambda: tmux.background_of("Fast-dLLM: Training-free") == focused)
    outer.press("k")
    outer.wait_for(NEWEST_SUMMARY)


def test_detaching_and_attaching(run_command: Open, tmux: Tmux) -> None:
    outer = start(run_command, tmux)
    outer.press("j")
    outer.wait_for(SECOND_SUMMARY)
    outer.press("\x02", "d")
    outer.wait()
    again = run_command(tmux.attach_command(), columns=76, lines=22)
    again.wait_for(lambda text: SECOND_SUMMARY in text and "quit" in again.rows[-2])
    again.wait_until(lambda: not again.broken_wide_characters())
    again.press("k")
    again.wait_for(NEWEST_SUMMARY)
    again.press("q")
    again.wait()


def test_copying_without_tmux(serve: Serve, terminal: Open, home: Home) -> None:
    sshd = serve()
    client = terminal(sshd.login(*command(home)), sshd.environment)
    client.wait_for(NEWEST_SUMMARY)
    client.press("yy")
    client.wait_until(lambda: b"\x1b]52;c;" + osc52(LINK) in client.raw)


def test_growing_leaves_no_holes(terminal: Open, tmux: Tmux, tmp_path: Path) -> None:
    # In one of two lines, a wide character is in the columns 59 and 60.
    summary = "\n\n".join(f"{'x' * (number % 2)}{'가나다라마바사' * 5}" for number in range(20))
    titles = [f"Title {number} {'of a Paper That Is Long' * 2}" for number in range(40)]
    papers = [
        SamplePaper(f"2505.{number:05}", title, votes=99 - number, summary=summary)
        for number, title in enumerate(titles)
    ]
    write_digest(tmp_path / "digests" / "day.md", ko_digest("2025-05-30", papers))
    assert tmux.home.run("add", str(tmp_path / "digests")).code == 0
    outer = terminal(tmux.start_command(), tmux.home.environment, columns=80, lines=24)
    outer.wait_for(lambda text: "All days" in text and "가나다" in text)
    # What tmux shows, because the outer terminal has its new size before tmux.
    outer.resize(60, 20)
    outer.wait_until(lambda: "Enter" in tmux.lines[-1] and len(tmux.lines) == 19)
    outer.resize(200, 50)
    outer.wait_until(lambda: "quit" in tmux.lines[-1] and len(tmux.lines) == 49)
    shown = "\n".join(tmux.lines)
    assert [title for title in titles[:25] if title not in shown] == [], shown
    outer.press("q")
    outer.wait()
