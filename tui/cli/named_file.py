"""Find the file that an argument names, wherever it is."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.cli.output import CommandError, command_errors
from tui.cli.source_selection import (
    configured_sources,
    expand_path,
    settings_with_warnings,
    unreachable_reason,
)
from tui.sources.lookup import source_at
from tui.sources.scan import MAX_FILE_BYTES, FoundFile, is_archive, printable_path

if TYPE_CHECKING:
    from tui.config.policy import Policy

STANDARD_INPUT = "-"

_MEMBER_SEPARATOR = "!"

_MAX_PARTS_OUTSIDE = 4
"""A file outside the current folder is named by the last parts of its path; one may be its day."""


class NamedFile(NamedTuple):
    """A file that an argument names.

    Attributes:
        data: its content; empty if it is not read.
        name: its name as a sync of its source reports it.
        source: the source that it is in, or None.
        skip_reason: why a sync does not read it; empty if it does.
    """

    data: bytes
    name: str
    source: Path | None = None
    skip_reason: str = ""


def read_named_file(name: str, policy: Policy) -> NamedFile:
    """Return the file that an argument names.

    Args:
        name: a path; ``x.zip!inner/a.md`` or ``x.zip/inner/a.md`` for a file in an archive; a name
            within a source, as ``broadsheet sync`` prints it; or ``-`` for standard input.
        policy: decides whether the file may be outside of the sources.

    Raises:
        CommandError: the file is missing, or may not or cannot be read.
    """
    if name == STANDARD_INPUT:
        data = sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
        if len(data) > MAX_FILE_BYTES:
            raise CommandError(f"standard input is larger than {MAX_FILE_BYTES >> 20} MB")
        return NamedFile(data, "standard input")
    settings = settings_with_warnings()
    path, member = _split_member(expand_path(name))
    real = Path(os.path.realpath(path))
    exists = os.path.lexists(path)
    if exists and real.is_dir():
        raise CommandError(f"{name}: is a folder; name a file in it")
    if exists and is_archive(path.name) and not member:
        raise CommandError(f"{name}: is an archive; name a file in it: {name}!PATH")
    for source in configured_sources(settings).paths:
        real_source = Path(os.path.realpath(source))
        if exists and not real.is_relative_to(real_source):
            continue
        wanted = _wanted(name, real, member) if exists else _named(name)
        if found := _read_from(source, wanted, follow_links=settings.follow_links):
            return found
    if not policy.may_explain_any_file:
        message = "is in no source; in restricted mode only files of the sources are explained"
        raise CommandError(f"{name}: {message}")
    if not exists:
        raise CommandError(f"{name}: {unreachable_reason(path) or 'cannot be read'}")
    found = _read_from(path, _wanted(name, real, member), follow_links=True)
    if found is None:
        raise CommandError(f"{name}: no such file in {path}")
    return found._replace(source=None, name=found.name if member else _name_outside(path))


def _split_member(path: Path) -> tuple[Path, str]:
    """Split the path of a file in an archive; the second part is empty for other files."""
    if os.path.lexists(path):
        return path, ""
    archive, separator, member = str(path).partition(_MEMBER_SEPARATOR)
    if separator and is_archive(archive) and Path(archive).is_file():
        return Path(archive), member.lstrip("/")
    for parent in path.parents:
        if is_archive(parent.name) and parent.is_file():
            return parent, str(path.relative_to(parent))
    return path, ""


def _wanted(name: str, real: Path, member: str) -> Callable[[FoundFile], bool]:
    """Return a test for the file at a path, or for a member of the archive there."""
    if member:
        wanted = f"{printable_path(real.name)}/{'/'.join(map(printable_path, member.split('/')))}"
        return lambda file: file.name in {wanted, name}
    return lambda file: file.path == str(real)


def _named(name: str) -> Callable[[FoundFile], bool]:
    """Return a test for the file with a name, as a sync prints it."""
    return lambda file: file.name == name


def _read_from(
    path: Path, is_wanted: Callable[[FoundFile], bool], *, follow_links: bool
) -> NamedFile | None:
    """Return a file of a source, or None if the source does not have it."""
    source = source_at(path, follow_links=follow_links)
    file = _first(source.scan({}).files, is_wanted)
    if file is None:
        return None
    if file.skip_reason is not None:
        message, values, _ = file.skip_reason
        reason = message.format(**values) if values else message
        return NamedFile(b"", file.name, path, reason)
    with command_errors(prefix=f"{file.name}: "), source.reading() as read:
        return NamedFile(read(file), file.name, path)


def _first(files: Iterable[FoundFile], is_wanted: Callable[[FoundFile], bool]) -> FoundFile | None:
    return next(filter(is_wanted, files), None)


def _name_outside(path: Path) -> str:
    """Return the name of a file in no source: from the current folder, else with a few folders."""
    absolute = path.absolute()
    try:
        relative = absolute.relative_to(Path.cwd())
    except (ValueError, OSError):
        relative = Path(*absolute.parts[1:][-_MAX_PARTS_OUTSIDE:])
    return printable_path(str(relative))
