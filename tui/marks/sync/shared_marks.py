"""Read the marks of all machines in a shared folder, which others may have filled with anything."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tui.marks.limits import MAX_STORE_BYTES, size_of, store_is_full
from tui.marks.sync.json_values import MAX_FILE_BYTES, RejectedFileError
from tui.marks.sync.jsonl_file import read_marks_file
from tui.marks.timestamped_marks import NO_TIMESTAMPED_MARKS, TimestampedMarks, merge
from tui.models import Problem
from tui.sources.scan import printable_path
from tui.storage.disk_errors import reason

JSONL_SUFFIX = ".jsonl"

MAX_MACHINE_BYTES = MAX_FILE_BYTES
"""Size of a machine's files together; they have the same marks as its export."""

MAX_FILES = 20_000
"""Number of files of all machines."""

MAX_MACHINES = 100


class SharedMarks:
    """The marks of all machines in a shared folder, within limits.

    Args:
        folder: the shared folder.

    Attributes:
        papers: marks by paper id.
        machines: printable names of the machines.
        problems: what could not be used.

    Raises:
        OSError: the folder cannot be listed.
    """

    def __init__(self, folder: Path) -> None:
        self.papers: dict[str, TimestampedMarks] = {}
        self.machines: set[str] = set()
        self.problems: list[Problem] = []
        self._bytes_read: Counter[str] = Counter()
        self._size = 0
        for number, file in enumerate(self._list_files(folder)):
            machine = printable_path(file.parent.name)
            if number == MAX_FILES or len(self.machines | {machine}) > MAX_MACHINES:
                message = f"has more than {MAX_FILES} files or {MAX_MACHINES} machines"
                self._report(printable_path(str(folder)), f"{message}; the rest is skipped")
                break
            self.machines.add(machine)
            self._read(file, machine, printable_path(str(file.relative_to(folder))))

    def _list_files(self, folder: Path) -> Iterator[Path]:
        """Iterate over the files of all machines, without links and hidden files."""
        for machine in _list_visible(folder):
            if not machine.is_dir(follow_symlinks=False):
                continue
            try:
                files = _list_visible(Path(machine.path))
            except OSError as error:
                name = printable_path(machine.name)
                self._report(name, f"cannot be listed ({reason(error)}); skipped")
                continue
            for file in files:
                if file.name.endswith(JSONL_SUFFIX) and file.is_file(follow_symlinks=False):
                    yield Path(file.path)

    def _report(self, name: str, message: str, line: int = 0) -> None:
        self.problems.append(Problem(name, line, message))

    def _read(self, file: Path, machine: str, name: str) -> None:
        """Merge the marks in a file, and report at most one problem of its lines."""
        try:
            # Since it was listed, it may have been replaced by a link or a pipe.
            handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with os.fdopen(handle, "rb") as stream:
                status = os.fstat(handle)
                if not stat.S_ISREG(status.st_mode):
                    self._report(name, "is not a marks file; skipped")
                    return
                if self._bytes_read[machine] + status.st_size > MAX_MACHINE_BYTES:
                    limit = f"a machine has at most {MAX_MACHINE_BYTES >> 20} MB"
                    self._report(name, f"is too large ({limit}); skipped")
                    return
                self._bytes_read[machine] += status.st_size
                result = read_marks_file(stream, name)
        except OSError as error:
            self._report(name, f"cannot be read ({reason(error)}); skipped")
            return
        except RejectedFileError as error:
            self._report(name, f"{error}; skipped", error.line)
            return
        if result.problems:
            first, *others = result.problems
            more = f" ({len(others)} more)" if others else ""
            self.problems.append(first._replace(template=f"{first.template}{more}"))
        skipped = sum(not self._add(*each) for each in result.papers.items())
        if skipped:
            self._report(name, f"papers skipped: {skipped} ({store_is_full()})")

    def _add(self, paper_id: str, marks: TimestampedMarks) -> bool:
        """Merge a paper's marks; return False if all marks together would be too large."""
        before = self.papers.get(paper_id)
        merged = merge(before or NO_TIMESTAMPED_MARKS, marks)
        size = self._size + size_of(merged) - (size_of(before) if before else 0)
        if size > MAX_STORE_BYTES:
            return False
        self._size = size
        self.papers[paper_id] = merged
        return True


def _list_visible(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        visible = [entry for entry in entries if not entry.name.startswith(".")]
    return sorted(visible, key=lambda entry: entry.name)
