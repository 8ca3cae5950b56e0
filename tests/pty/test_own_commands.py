"""Commands of the reader that take over the terminal."""

from __future__ import annotations

from tests.pty.conftest import Open
from tests.pty.harness import DEFAULT_MODES
from tests.support.home import Home

SETTINGS = """
[[commands]]
name = "Ask"
key = "f5"
mode = "terminal"
shell = true
run = "echo READY {id}; read -r line; echo \\"$line\\" > answer; exit 3"

[[commands]]
name = "Page"
key = "f6"
mode = "pager"
run = "cat"
input = "bibtex"
"""


def test_command_owns_the_terminal_while_it_runs(home: Home, browser: Open) -> None:
    home.config.parent.mkdir(parents=True)
    home.config.write_text(SETTINGS)
    terminal = browser()
    terminal.wait_for("Darwin")
    terminal.send("\x1b[15~")
    terminal.wait_for("READY 2505.22954")
    assert terminal.modes == DEFAULT_MODES
    assert terminal.attributes == terminal.attributes_before
    terminal.send("typed there\r")
    terminal.wait_for("Ask failed with exit code 3.")
    assert (home.root / "answer").read_text() == "typed there\n"
    terminal.send("\x1b[17~")
    terminal.wait_for("eprint")
    terminal.send("q")
    terminal.wait_for(lambda text: "Darwin" in text and "eprint" not in text)
    terminal.send("\x11")
    assert terminal.wait() == 0
