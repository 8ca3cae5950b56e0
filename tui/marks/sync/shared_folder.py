"""Share marks through a folder in which each machine writes only its own files.

Programs that copy the folder between machines (git, Syncthing, rsync) therefore never find a file
that two machines changed. Each machine has a subfolder by its name, with a file of JSON lines (see
``tui.marks.sync.jsonl_file``) per month of papers.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from tui.i18n import _
from tui.marks.sync.jsonl_file import MAX_PAPERS, format_line, read_lines
from tui.marks.sync.merge_store import MarkMerger
from tui.marks.timestamped_marks import NO_TIMESTAMPED_MARKS, TimestampedMarks, merge
from tui.models import Problem
from tui.sources.scan import printable_path
from tui.storage.atomic_write import remove_leftovers, replace_file, sync_folder
from tui.storage.disk_errors import reason
from tui.storage.folder import file_locked
from tui.storage.permissions import make_folder

JSONL_SUFFIX = ".jsonl"

MAX_FILE_BYTES = 256 << 20
"""Larger than any file we write."""

MAX_FILES = 20_000

MACHINE_FILE = "machine"

_MACHINE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,40}-[0-9a-f]{8}")


class ShareResult(NamedTuple):
    """The result of exchanging marks with other machines.

    Attributes:
        machines: printable names of the other machines.
        changed: arXiv ids of the papers whose marks changed here.
        problems: what could not be used in their files.
    """

    machines: list[str]
    changed: list[str]
    problems: list[Problem]


def exchange_marks(folder: Path, machine: str, merger: MarkMerger) -> ShareResult:
    """Merge the marks of all machines in a shared folder, and write this machine's marks there.

    Conflict copies by Syncthing (``*.sync-conflict-*``) are merged as well, which is harmless. This
    machine's own files are merged too, which restores marks that were lost here. Files of other
    machines are never modified.

    Args:
        folder: the shared folder. It must exist: if it does not, a disk may not be mounted.
        machine: the name of this machine's subfolder.
        merger: the reader's marks.

    Raises:
        StorageError: the reader's marks cannot be used.
        OSError: the folder cannot be listed, or something cannot be written.
    """
    problems: list[Problem] = []
    machines: set[str] = set()
    found: dict[str, TimestampedMarks] = {}
    for file in _list_files(folder):
        machines.add(printable_path(file.parent.name))
        name = printable_path(str(file.relative_to(folder)))
        for arxiv_id, marks in _read_file(file, name, problems).items():
            if arxiv_id in found or len(found) < MAX_PAPERS:
                found[arxiv_id] = merge(found.get(arxiv_id, NO_TIMESTAMPED_MARKS), marks)
    changed = merger.merge(found)
    _write_own_files(folder / machine, merger)
    return ShareResult(sorted(machines - {machine}), changed, problems)


def _list_files(folder: Path) -> Iterator[Path]:
    """Iterate over the files of all machines, up to a limit, without links and hidden files."""
    files = (
        Path(file.path)
        for machine in _list_visible(folder)
        if machine.is_dir(follow_symlinks=False)
        for file in _list_visible(Path(machine.path))
        if file.name.endswith(JSONL_SUFFIX) and file.is_file(follow_symlinks=False)
    )
    return islice(files, MAX_FILES)


def _list_visible(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        visible = [entry for entry in entries if not entry.name.startswith(".")]
    return sorted(visible, key=lambda entry: entry.name)


def _read_file(file: Path, name: str, problems: list[Problem]) -> dict[str, TimestampedMarks]:
    """Return the marks in a file; append at most one problem."""
    try:
        # Since it was listed, it may have been replaced by a link or a pipe.
        handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as stream:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_FILE_BYTES:
                problems.append(Problem(name, 0, "is not a marks file; skipped"))
                return {}
            result = read_lines(stream, name)
    except OSError as error:
        problems.append(Problem(name, 0, f"cannot be read ({reason(error)}); skipped"))
        return {}
    if result.problems:
        first, *others = result.problems
        more = f" ({len(others)} more)" if others else ""
        problems.append(first._replace(template=f"{first.template}{more}"))
    return result.papers


def _write_own_files(own: Path, merger: MarkMerger) -> None:
    """Write this machine's marks to its subfolder, in the files that changed."""
    if own.is_symlink():
        raise OSError(None, _("is a symbolic link; marks are not written through links"), str(own))
    has_written = False
    for name, shard in merger.read_shards():
        data = b"".join(format_line(arxiv_id, marks) for arxiv_id, marks in shard.items())
        file = own / f"{name}{JSONL_SUFFIX}"
        if _has_content(file, data):
            continue
        make_folder(own, 0o700)
        if not has_written:
            # Only this program writes here, and its other processes wait for the caller's lock.
            remove_leftovers(own, f"*{JSONL_SUFFIX}")
        replace_file(file, data)
        has_written = True
    if has_written:
        sync_folder(own)


def _has_content(file: Path, data: bytes) -> bool:
    """Return whether a file has this content; False for a link, which gets replaced."""
    try:
        return not file.is_symlink() and file.read_bytes() == data
    except FileNotFoundError:
        return False


def machine_name(folder: Path) -> str:
    """Return this machine's name: the host name, and random digits that make it unique.

    It is generated once and stored, so it stays the same when the host is renamed.

    Args:
        folder: the folder to store it in.

    Raises:
        StorageError: another process holds the folder's lock.
        OSError: the name cannot be read or stored.
    """
    file = folder / MACHINE_FILE
    if (name := _read_machine_name(file)) is None:
        with file_locked(file):
            # Another process may have stored it before this one had the lock.
            if (name := _read_machine_name(file)) is None:
                name = _generate_machine_name()
                replace_file(file, f"{name}\n".encode())
                sync_folder(folder)
    return name


def _read_machine_name(file: Path) -> str | None:
    """Return the stored name, or None if there is no valid one."""
    try:
        name = file.read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return None
    return name if _MACHINE_NAME.fullmatch(name) else None


def _generate_machine_name() -> str:
    import secrets
    import socket

    host = re.sub(r"[^A-Za-z0-9]+", "-", socket.gethostname().partition(".")[0]).strip("-")
    return f"{host[:40] or 'machine'}-{secrets.token_hex(4)}"
