"""Read digests in another process, which a `tui.runtime.helper_pool.HelperPool` starts."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from tui.digests import plugins, reader
from tui.models import Digest, Entry, Problem
from tui.runtime.helper_process import packed
from tui.runtime.tuning import INPUT_PRIORITY

RequestedFile: TypeAlias = tuple[str, bytes]
"""The name of a file in problems, and its content."""


class ReadDigest(NamedTuple):
    """A file that was read.

    Attributes:
        digest: what `tui.digests.reader.read` returned.
        has_plugins: whether the dialects of other packages were loaded for it, or earlier.
        failures: the plug-ins that failed, by name.
    """

    digest: Digest
    has_plugins: bool
    failures: Mapping[str, Problem]


class ReadingTask:
    """Reads some files; see `tui.runtime.helper_pool.HelperTask`.

    Args:
        files: names and contents.
    """

    function = "tui.digests.remote_reading:read_packed"

    def __init__(self, files: list[RequestedFile]) -> None:
        self.argument = files

    def run_here(self) -> list[ReadDigest]:
        """Read the files in this process."""
        digests = []
        for file in self.argument:
            INPUT_PRIORITY.yield_to_input()
            digests.append(_read(file, reader.read_or_report))
        return digests

    def unpack(self, answer: list[bytes | None]) -> list[ReadDigest]:
        """Return what another process has read; files that it could not read are read here."""
        return [
            _read(file, reader.read_or_report)
            if data is None
            else _unpacked(marshal.loads(data), file[0])
            for data, file in zip(answer, self.argument, strict=True)
        ]


def accepted(read: Iterable[ReadDigest]) -> Iterator[Digest]:
    """Yield the digests, and adopt what became known about plug-ins meanwhile."""
    for digest, has_plugins, failures in read:
        if has_plugins:
            # They may fail here as well.
            plugins.load_dialects()
        plugins.add_failures(failures)
        yield digest


def read_packed(files: list[RequestedFile]) -> list[bytes | None]:
    """Read files in the other process; return each for ``ReadingTask``, None if that failed."""
    return list(map(_packed_digest, files))


def _read(file: RequestedFile, read: Callable[[bytes, str], Digest]) -> ReadDigest:
    """Read a file, and keep the failures of plug-ins apart from those of other files.

    Args:
        file: its name and content.
        read: ``reader.read``, or ``reader.read_or_report`` where nobody else tries it again.
    """
    name, data = file
    digest = read(data, name)
    return ReadDigest(digest, plugins.are_loaded(), plugins.take_failures())


def _packed_digest(file: RequestedFile) -> bytes | None:
    """Read a file and return its digest for ``_unpacked``; None if reading fails."""
    try:
        digest, has_plugins, failures = _read(file, reader.read)
        return packed(
            (
                digest.dialect,
                [tuple(entry) for entry in digest.entries],
                [_packed_problem(problem) for problem in digest.problems],
                has_plugins,
                {name: _packed_problem(failure) for name, failure in failures.items()},
            )
        )
    except Exception:
        return None


def _packed_problem(problem: Problem) -> tuple[object, ...]:
    return (*problem[:3], dict(problem.values), problem.is_note)


def _unpacked(values: Any, path: str) -> ReadDigest:
    """Return what an answer says about a file.

    Args:
        values: what ``_packed_digest`` has packed.
        path: the name of the file in problems.
    """
    dialect, entries, problems, has_plugins, failures = values
    digest = Digest(
        path,
        dialect,
        tuple(map(Entry._make, entries)),
        tuple(map(Problem._make, problems)),
    )
    plugin_failures = {name: Problem._make(failure) for name, failure in failures.items()}
    return ReadDigest(digest, has_plugins, plugin_failures)
