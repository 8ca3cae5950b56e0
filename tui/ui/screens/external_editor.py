"""Edit a text in the reader's own editor."""

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
    """The text could not be edited; the message is a translated sentence."""


def editor_command(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Return the reader's editor with its arguments.

    Raises:
        EditorError: no editor is set, or the variable cannot be parsed.
    """
    # $VISUAL is for full-screen editors and comes first by convention.
    for name in ("VISUAL", "EDITOR"):
        if not environment.get(name, "").strip():
            continue
        try:
            return shlex.split(environment[name])
        except ValueError as error:
            message = _("${name} cannot be parsed: {reason}.")
            raise EditorError(message.format(name=name, reason=error)) from error
    # Git, mutt and others fall back on vi as well.
    if shutil.which("vi", path=environment.get("PATH", "")):
        return ["vi"]
    raise EditorError(_("No editor is set; set $VISUAL or $EDITOR."))


def edit(text: str, command: Sequence[str]) -> str:
    """Edit a text in another program, which takes over the terminal.

    Args:
        text: the initial text. Its file is readable by nobody else, and removed afterwards.
        command: the program and its arguments, before the name of the file.

    Returns:
        The edited text.

    Raises:
        EditorError: the program is missing or failed, or its file cannot be read.
    """
    try:
        # A separate folder also holds the backup files that editors leave behind.
        with TemporaryDirectory(prefix="broadsheet-") as folder:
            file = Path(folder) / _FILE
            file.touch(mode=0o600)
            file.write_text(text, encoding="utf-8")
            with _ignoring_interrupts():
                code = subprocess.run([*command, str(file)], check=False).returncode
            if code:
                message = _("{editor} exited with code {code}; the note is unchanged.")
                raise EditorError(message.format(editor=command[0], code=code))
            return file.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        cause = _("the saved file is not UTF-8 text")
        if isinstance(error, OSError):
            cause = reason(error)
        message = _("{editor} failed: {reason}.")
        raise EditorError(message.format(editor=command[0], reason=cause)) from error


@contextmanager
def _ignoring_interrupts() -> Iterator[None]:
    """Ignore Ctrl+C, which the terminal sends to the editor and to this program."""
    # Unlike SIG_IGN, a handler is not inherited by the editor.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
