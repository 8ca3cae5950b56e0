"""Editing a text in the reader's own editor."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tui.i18n import _
from tui.storage.disk_errors import reason

_FILE = "note.txt"


class EditorError(Exception):
    """The text could not be edited; the message is a sentence for the reader."""


def editor_command(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Return the reader's editor, and the words it is called with.

    Raises:
        EditorError: none is set, or it cannot be understood.
    """
    # As everywhere else: the visual one is for a screen, and comes first.
    for name in ("VISUAL", "EDITOR"):
        if not environment.get(name, "").strip():
            continue
        try:
            return shlex.split(environment[name])
        except ValueError as error:
            message = _("${name} cannot be understood: {reason}.")
            raise EditorError(message.format(name=name, reason=error)) from error
    # As git, mutt and others do.
    if shutil.which("vi", path=environment.get("PATH", "")):
        return ["vi"]
    raise EditorError(_("No editor is set: $VISUAL and $EDITOR are empty."))


def edit(text: str, command: Sequence[str]) -> str:
    """Let the reader edit a text in another program, on the terminal that we leave to it.

    Args:
        text: what stands in the file at first. Nobody else can read it, and it is removed again.
        command: the program and its words, before the file's name.

    Returns:
        What stands in the file afterwards.

    Raises:
        EditorError: the program is not there, failed, or left no text behind.
    """
    try:
        # A folder of its own takes along what editors leave beside a file.
        with TemporaryDirectory(prefix="broadsheet-") as folder:
            file = Path(folder) / _FILE
            file.touch(mode=0o600)
            file.write_text(text, encoding="utf-8")
            with _ctrl_c_for_the_editor():
                code = subprocess.run([*command, str(file)], check=False).returncode
            if code:
                message = _("{editor} ended with {code}; the note is as it was.")
                raise EditorError(message.format(editor=command[0], code=code))
            return file.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        message = _("{editor} could not be used: {reason}.")
        why = reason(error) if isinstance(error, OSError) else _("it left no text behind")
        raise EditorError(message.format(editor=command[0], reason=why)) from error


@contextmanager
def _ctrl_c_for_the_editor() -> Iterator[None]:
    """Leave an interrupt to the editor: the terminal sends it to both of us."""
    # A handler of ours is not passed on to a program, as ignoring would be.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
