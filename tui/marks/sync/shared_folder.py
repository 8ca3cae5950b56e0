"""Marks of several machines in one folder, in which each writes files of its own alone.

So whoever carries the folder from one machine to the other (git, Syncthing, rsync) never finds a
file that two have changed. Below the folder each machine has one by its name, with a file of lines
for each month of papers, as ``tui.marks.sync.jsonl`` has them.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tui.i18n import _
from tui.marks.sync.jsonl import MAX_PAPERS, format_line, read_lines
from tui.marks.sync.last_write_wins import NO_TIMESTAMPED_MARKS, TimestampedMarks, merge
from tui.marks.sync.merge_store import MarkMerger
from tui.models import Problem
from tui.sources.scan import shown
from tui.storage.atomic_write import remove_leftovers, replace_file, sync_folder
from tui.storage.make_folder import make_folder

JSONL_SUFFIX = ".jsonl"

MAX_FILE_BYTES = 256 << 20
"""Bytes; a larger file is not of ours."""

MAX_FILES = 20_000


class ShareResult(NamedTuple):
    """What came of meeting the other machines.

    Attributes:
        machines: names of those that have files there, fit to be shown, without this one.
        changed: arXiv ids of the papers whose marks changed here.
        problems: what could not be used of theirs.
        written: how many files of this machine's own are other ones than before.
    """

    machines: list[str]
    changed: list[str]
    problems: list[Problem]
    files_written: int


def exchange_marks(folder: Path, machine: str, marks: MarkMerger) -> ShareResult:
    """Take over what all machines tell in a shared folder, and tell there what is known here.

    Copies that Syncthing made where two wrote at once (``*.sync-conflict-*``) are read as well:
    that never harms. Files of this machine's own are, too, so that marks that were lost here come
    back. Nobody else's file is touched.

    Args:
        folder: it must be there; where it were made, a disk might only be missing.
        machine: the name of this machine's folder in it.
        marks: of the reader.

    Returns:
        What came of it.

    Raises:
        StorageError: the marks here cannot be used.
        OSError: the folder cannot be listed, or something cannot be written.
    """
    problems: list[Problem] = []
    machines: set[str] = set()
    known: dict[str, TimestampedMarks] = {}
    for file in _files(folder):
        machines.add(shown(file.parent.name))
        name = shown(str(file.relative_to(folder)))
        for arxiv_id, dated in _read(file, name, problems).items():
            if arxiv_id in known or len(known) < MAX_PAPERS:
                known[arxiv_id] = merge(known.get(arxiv_id, NO_TIMESTAMPED_MARKS), dated)
    changed = marks.merge(known)
    written = _write(folder / machine, marks)
    return ShareResult(sorted(machines - {machine}), changed, problems, written)


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files of all machines: no links, nothing hidden, and not without end."""
    number = 0
    for machine in _children(folder):
        if machine.is_dir(follow_symlinks=False):
            for file in _children(Path(machine.path)):
                if file.name.endswith(JSONL_SUFFIX) and file.is_file(follow_symlinks=False):
                    number += 1
                    if number > MAX_FILES:
                        return
                    yield Path(file.path)


def _children(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as listing:
        there = [child for child in listing if not child.name.startswith(".")]
    return sorted(there, key=lambda child: child.name)


def _read(file: Path, name: str, problems: list[Problem]) -> dict[str, TimestampedMarks]:
    """Return what a file tells; add what is wrong with it, in one sentence."""
    try:
        # It may have become a link or a pipe since it was listed.
        handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as stream:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_FILE_BYTES:
                problems.append(Problem(name, 0, "is no file of marks; it is left out"))
                return {}
            read = read_lines(stream, name)
    except OSError as error:
        told = f"cannot be read ({error.strerror}); it is left out"
        problems.append(Problem(name, 0, told))
        return {}
    if read.problems:
        first = read.problems[0]
        more = len(read.problems) - 1
        problems.append(
            first._replace(template=f"{first.template}{f' ({more} more)' if more else ''}")
        )
    return read.papers


def _write(own: Path, marks: MarkMerger) -> int:
    """Tell what is known here in this machine's files; return how many are other ones now."""
    if own.is_symlink():
        told = _("is a link, and this machine's marks are not written through one")
        raise OSError(None, told, str(own))
    written = 0
    for name, shard in marks.read_shards():
        data = b"".join(format_line(arxiv_id, dated) for arxiv_id, dated in shard.items())
        file = own / f"{name}{JSONL_SUFFIX}"
        if _holds(file, data):
            continue
        make_folder(own, 0o700)
        if not written:
            # Nobody else writes here but another process of ours, which waits.
            remove_leftovers(own, f"*{JSONL_SUFFIX}")
        replace_file(file, data)
        written += 1
    if written:
        sync_folder(own)
    return written


def _holds(file: Path, data: bytes) -> bool:
    try:
        # A link would be replaced, and what it leads to is somebody's.
        return not file.is_symlink() and file.read_bytes() == data
    except FileNotFoundError:
        return False
