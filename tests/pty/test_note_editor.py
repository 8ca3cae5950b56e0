"""Editing a note in an external editor, on a real terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.pty.harness import DEFAULT_MODES, PseudoTerminal

ROOT = Path(__file__).parents[2]

PROGRAM = """
import sys
from pathlib import Path
from tests.ui.widget_host import WidgetHost
from tui.ui.screens.note_editor import NoteEditor

class NoteApp(WidgetHost):
    def on_mount(self):
        self.push_screen(NoteEditor("A note", "before"), self.exit)

Path(sys.argv[1]).write_text(repr(NoteApp().run()))
"""

EditNote = Callable[[str], PseudoTerminal]


@pytest.fixture
def edit_note(tmp_path: Path) -> Iterator[EditNote]:
    """Return a function that opens a note with a shell script as the editor."""
    with ExitStack() as opened:

        def start(script: str) -> PseudoTerminal:
            editor = tmp_path / "my editor"
            editor.write_text(f"#!/bin/sh\nfile=$2\n{script}\n")
            editor.chmod(0o755)
            environment = {
                "PATH": os.environ["PATH"],
                "TERM": "xterm-256color",
                "PYTHONPATH": str(ROOT),
                "PYTHONUTF8": "1",
                "EDITOR": f"'{editor}' --wait",
                "TMPDIR": str(tmp_path),
            }
            command = [sys.executable, "-c", PROGRAM, str(tmp_path / "answer")]
            terminal = opened.enter_context(
                PseudoTerminal(command, environment=environment, at=ROOT)
            )
            terminal.wait_for("before")
            return terminal

        yield start


def save_and_read_result(terminal: PseudoTerminal, tmp_path: Path) -> str:
    """Save the note; return the text that the program received."""
    terminal.send("\x13")
    assert terminal.wait() == 0
    assert terminal.modes == DEFAULT_MODES
    assert terminal.attributes == terminal.attributes_before
    return (tmp_path / "answer").read_text()


def leftover_files(tmp_path: Path) -> list[Path]:
    return list(tmp_path.glob("broadsheet-*"))


def test_edited_text_comes_back(edit_note: EditNote, tmp_path: Path) -> None:
    script = f"""
    stat -c '%a %n' "$file" >"{tmp_path}/seen"; cat "$file" >>"{tmp_path}/seen"
    echo backup >"$file~"; printf '둘째\\n\\n' >>"$file"
    """
    terminal = edit_note(script)
    terminal.send("!\x05")
    terminal.wait_for("before!둘째")
    mode_and_name, text = (tmp_path / "seen").read_text().splitlines()
    assert mode_and_name.startswith("600 ")
    assert text == "before!"
    # The editor's backup files are removed as well.
    assert leftover_files(tmp_path) == []
    assert save_and_read_result(terminal, tmp_path) == "'before!둘째'"


def test_editor_owns_the_terminal_while_it_runs(edit_note: EditNote, tmp_path: Path) -> None:
    terminal = edit_note('echo "READY TO TYPE"; read -r line; printf "%s" "$line" >"$file"')
    terminal.send("\x05")
    terminal.wait_for("READY TO TYPE")
    assert terminal.attributes == terminal.attributes_before
    assert terminal.modes == DEFAULT_MODES
    terminal.send("typed there\r")
    terminal.wait_for(lambda text: "typed there" in text and "Ctrl+S saves" in text)
    terminal.send(" and here")
    terminal.wait_for("typed there and here")
    assert save_and_read_result(terminal, tmp_path) == "'typed there and here'"


def test_ctrl_c_goes_to_the_editor(edit_note: EditNote, tmp_path: Path) -> None:
    terminal = edit_note(
        "trap 'printf interrupted >\"$file\"; exit 0' INT; echo READY; while :; do sleep 0.05; done"
    )
    terminal.send("\x05")
    terminal.wait_for("READY")
    terminal.send("\x03")
    terminal.wait_for(lambda text: "interrupted" in text and "Ctrl+S saves" in text)
    assert save_and_read_result(terminal, tmp_path) == "'interrupted'"


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ('printf lost >"$file"; exit 3', "exited with code 3"),
        ('rm "$file"', "No such file"),
        ('printf "\\377" >"$file"', "not UTF-8 text"),
    ],
)
def test_failing_editor_leaves_the_note_unchanged(
    edit_note: EditNote, tmp_path: Path, script: str, message: str
) -> None:
    terminal = edit_note(script)
    terminal.send("!\x05")
    terminal.wait_for(message)
    assert leftover_files(tmp_path) == []
    assert save_and_read_result(terminal, tmp_path) == "'before!'"


def test_missing_editor(edit_note: EditNote, tmp_path: Path) -> None:
    terminal = edit_note("exit 0")
    (tmp_path / "my editor").unlink()
    terminal.send("\x05")
    terminal.wait_for("failed:")
    assert save_and_read_result(terminal, tmp_path) == "'before'"
