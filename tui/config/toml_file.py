"""TOML files that people edit: read with line numbers, and changed without touching the rest."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.i18n import _
from tui.models import Problem
from tui.storage.regular_file import read_regular_file

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import String

_MAX_BYTES = 4 << 20

_READ_ONLY_ERRNOS = (errno.EROFS, errno.EACCES, errno.EPERM)

_KEY = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)"""
_KEY_LINE = rf"[\s\[]*({_KEY}(?:\s*\.\s*{_KEY})*)\s*[=\]]"
"""A pattern, compiled on first use: the first screen does not need it."""


class TomlFile(NamedTuple):
    """The content of a TOML file.

    Attributes:
        path: the file.
        text: its text.
        values: its top-level keys and their values.
    """

    path: Path
    text: str
    values: dict[str, Any]

    def problem(self, key: str, message: str) -> Problem:
        """Return a problem with the first line, if any, that sets a key or a key of that table."""
        for number, line in enumerate(self.text.split("\n"), start=1):
            if (match := re.match(_KEY_LINE, line)) and key in _names(match[1]):
                return _problem(self.path, number, message)
        return _problem(self.path, 0, message)


def read_toml(file: Path, consequence: str, problems: list[Problem]) -> TomlFile:
    """Read a TOML file; one that is missing or unreadable has no values.

    Args:
        file: the file.
        consequence: appended to the error: what happens as a result.
        problems: a problem is added here if the file exists but cannot be read.
    """
    text, values = "", {}
    try:
        text = _read_text(file)
        import tomllib

        values = tomllib.loads(text)
    except FileNotFoundError:
        if file.is_symlink():
            message = _missing_target(file)
            problems.append(_problem(file, 0, f"{message}; {consequence}"))
    except (OSError, UnicodeDecodeError) as error:
        from tui.storage.disk_errors import reason

        why = reason(error) if isinstance(error, OSError) else error
        message = _("cannot be read: {error}").format(error=why)
        problems.append(_problem(file, 0, f"{message}; {consequence}"))
    except (ValueError, RecursionError) as error:
        # tomllib also raises other errors, for huge numbers and deeply nested brackets.
        line = re.search(r"at line ([0-9]+)", str(error))
        message = _("is not valid TOML: {error}").format(error=error)
        problems.append(_problem(file, int(line[1]) if line else 0, f"{message}; {consequence}"))
    return TomlFile(file, text, values)


def _missing_target(link: Path) -> str:
    message = _("is a link to {target}, which does not exist")
    return message.format(target=os.path.realpath(link))


def _read_text(file: Path) -> str:
    """Return the text of a file with line feeds, without a byte order mark."""
    text = read_regular_file(file, _MAX_BYTES).decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_text_or(initial: str, file: Path) -> str:
    try:
        return _read_text(file)
    except FileNotFoundError:
        return initial


def _problem(file: Path, line: int, message: str) -> Problem:
    from tui.sanitize import escape_unprintable

    return Problem(str(file), line, escape_unprintable(message))


def _names(dotted_key: str) -> tuple[str, ...]:
    """Return the first part of a dotted key, and all of it; nothing if it is not valid TOML."""
    import tomllib

    try:
        value: Any = tomllib.loads(f"{dotted_key} = 0")
    except tomllib.TOMLDecodeError:
        return ()
    parts = []
    while isinstance(value, dict):
        [(name, value)] = value.items()
        parts.append(name)
    return parts[0], ".".join(parts)


@contextmanager
def edit_toml(file: Path, initial: str, *, uncomment: str = "") -> Iterator[TOMLDocument]:
    """Let the caller change a TOML file under a lock; comments and formatting stay.

    Args:
        file: the file; it is created if it is missing.
        initial: the text of a new file.
        uncomment: a line ``key = value`` to uncomment first, if the key is not set.

    Yields:
        The document, which is written if it was changed.

    Raises:
        ValueError: the file is not valid TOML.
        StorageError: another process holds the lock.
        OSError: the file cannot be read or written.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    with _locked(file) as target:
        try:
            before = _read_text_or(initial, target)
            document = tomlkit.parse(before)
            if uncomment and uncomment.partition(" ")[0] not in document:
                document = tomlkit.parse(before.replace(f"\n# {uncomment}\n", f"\n{uncomment}\n"))
        except (TOMLKitError, UnicodeDecodeError) as error:
            message = _("{file} is not valid TOML: {error}. It was not changed.")
            raise ValueError(message.format(file=file, error=error)) from error
        yield document
        after = tomlkit.dumps(document)
        if after != before:
            _write(target, after)


def replace_toml(file: Path, before: str, after: str) -> bool:
    """Replace the text of a TOML file if it is the expected one.

    Args:
        file: the file.
        before: the expected text.
        after: the new text.

    Returns:
        Whether it was replaced.

    Raises:
        StorageError: another process holds the lock.
        OSError: the file cannot be read or written.
    """
    with _locked(file) as target:
        try:
            is_expected = _read_text_or("", target) == before
        except UnicodeDecodeError:
            return False
        if is_expected:
            _write(target, after)
        return is_expected


@contextmanager
def _locked(file: Path) -> Iterator[Path]:
    """Hold the lock of a TOML file; yields the file that a link leads to."""
    from tui.storage.folder import file_locked

    with _read_only_target_named(file), file_locked(file) as target:
        if not target.parent.is_dir():
            raise OSError(None, _missing_target(file), str(file))
        yield target


def _write(target: Path, text: str) -> None:
    from tui.storage.atomic_write import replace_file, sync_folder

    replace_file(target, text.encode())
    sync_folder(target.parent)


@contextmanager
def _read_only_target_named(file: Path) -> Iterator[None]:
    """Raise an error that names where a file comes from if that cannot be written.

    Programs that manage configurations, such as Nix, link to read-only files. Nobody should change
    those files, or make them writable.
    """
    try:
        yield
    except OSError as error:
        is_linked = file.is_symlink() or file.parent.is_symlink()
        if error.errno not in _READ_ONLY_ERRNOS or not is_linked:
            raise
        message = _("comes from {target}, which is read-only; make the change there")
        message = message.format(target=os.path.realpath(file))
        raise OSError(None, message, str(file)) from error


def toml_string(text: str) -> String:
    """Return a string for a document, in single quotes if that avoids escaped double quotes."""
    import tomlkit

    literal = '"' in text and "'" not in text and text.isprintable()
    return tomlkit.string(text, literal=literal)
