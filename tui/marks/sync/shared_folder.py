"""Share marks through a folder in which each machine writes only its own files.

Programs that copy the folder between machines (git, Syncthing, rsync) therefore never find a file
that two machines changed. Each machine has a subfolder by its name, with a file of JSON lines (see
``tui.marks.sync.jsonl_file``) per month of papers.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import NamedTuple

from tui.i18n import _
from tui.marks.sync.jsonl_file import format_line
from tui.marks.sync.merge_store import MarkMerger
from tui.marks.sync.shared_marks import JSONL_SUFFIX, SharedMarks
from tui.models import Problem
from tui.storage.atomic_write import remove_leftovers, replace_file, sync_folder
from tui.storage.folder import file_locked
from tui.storage.permissions import make_folder
from tui.storage.regular_file import UnusableFileError, read_regular_file

MACHINE_FILE = "machine"

_MAX_NAME_BYTES = 1000

_MACHINE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,40}-[0-9a-f]{8}")


class ShareResult(NamedTuple):
    """The result of exchanging marks with other machines.

    Attributes:
        machines: printable names of the other machines.
        changed: paper ids of the papers whose marks changed here.
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
    found = SharedMarks(folder)
    # Before merging, so that this machine's own files add what the backups lack.
    merger.repair()
    changed = merger.merge(found.papers, skips_unusable=True)
    _write_own_files(folder / machine, merger)
    return ShareResult(sorted(found.machines - {machine}), changed, found.problems)


def _write_own_files(own: Path, merger: MarkMerger) -> None:
    """Write this machine's marks to its subfolder, in the files that changed.

    If a shard is not complete, the file that was written before has more.
    """
    if own.is_symlink():
        raise OSError(None, _("is a symbolic link; marks are not written through links"), str(own))
    has_written = False
    for name, shard in merger.read_shards():
        if not merger.is_complete(name):
            continue
        data = b"".join(format_line(paper_id, marks) for paper_id, marks in shard.items())
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
    """Return whether a file has this content; False for a link or pipe, which gets replaced."""
    try:
        status = file.lstat()
    except FileNotFoundError:
        return False
    is_same_size = stat.S_ISREG(status.st_mode) and status.st_size == len(data)
    return is_same_size and read_regular_file(file, len(data)) == data


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
        name = read_regular_file(file, _MAX_NAME_BYTES).decode("ascii", "replace").strip()
    except (FileNotFoundError, UnusableFileError):
        return None
    return name if _MACHINE_NAME.fullmatch(name) else None


def _generate_machine_name() -> str:
    import secrets
    import socket

    host = re.sub(r"[^A-Za-z0-9]+", "-", socket.gethostname().partition(".")[0]).strip("-")
    return f"{host[:40] or 'machine'}-{secrets.token_hex(4)}"
