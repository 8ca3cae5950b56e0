"""Read the stale files of a source, with the help of other processes if there are many."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING

from tui.cache.changes import (
    CheckedFile,
    NewContent,
    SyncPlan,
    load_if_changed,
    parse,
    read_if_changed,
)
from tui.runtime.tuning import INPUT_PRIORITY, is_plain
from tui.sources.scan import FoundFile, ReadFile

if TYPE_CHECKING:
    from tui.digests.remote_reading import ReadDigest
    from tui.runtime.helper_pool import HelperPool, Request

MIN_POOL_BYTES = 3 << 20
"""Size of all stale files from which on other processes help. Smaller ones are parsed before those
have started."""

REQUEST_BYTES = 256 << 10
"""Content that another process gets at once, which it parses in 20 ms."""

MAX_SHARED_BYTES = 2 << 20
"""Size of the largest file that is left to another process. Larger ones are parsed in this one, one
at a time, to bound the memory."""

MAX_SHARED_JSON_BYTES = 512 << 10
"""The same for JSON, whose values may take thirty times the memory of their text."""

MAX_BYTES_BESIDE_POOL = 6 << 20
"""Size of the largest file that is parsed while other processes exist: together with theirs, the
memory for it would exceed what the manual promises. They are started again afterwards."""

_BEGINNING_BYTES = 64
"""How much of a file shows whether it is JSON."""

MAX_REQUEST_FILES = 64
"""Files that another process gets at once, however short they are."""

MAX_BYTES_AHEAD, MAX_GROUPS_AHEAD = 8 << 20, 32
"""Content and number of the groups that are read before they are needed, so that other processes
have work while this one writes a batch."""


@contextmanager
def open_helpers(plan: SyncPlan) -> Iterator[HelperPool | None]:
    """Open a pool of processes for a plan; None if they would not help."""
    # An archive is the path of all its files.
    sizes = {file.path: file.size for file in plan.stale}
    if is_plain() or len(plan.stale) == 1 or sum(sizes.values()) < MIN_POOL_BYTES:
        yield None
        return
    from tui.runtime.helper_pool import helper_pool, process_count

    if not (processes := process_count()):
        yield None
        return
    with helper_pool(processes) as pool:
        yield pool


def read_stale_files(
    plan: SyncPlan, read: ReadFile, pool: HelperPool | None
) -> Iterator[CheckedFile]:
    """Return an iterator over the stale files of a plan, in its order.

    Args:
        plan: the plan.
        read: returns the content of a file.
        pool: the processes that help.
    """
    if pool is None:
        return (read_if_changed(file, read, plan.reusable.get(file.name)) for file in plan.stale)
    return _read_with_pool(plan, read, pool)


def _read_with_pool(plan: SyncPlan, read: ReadFile, pool: HelperPool) -> Iterator[CheckedFile]:
    """Yield the stale files of a plan, while a pool parses those that follow."""
    ahead: deque[_FileGroup] = deque()
    group = _FileGroup()
    for file in plan.stale:
        INPUT_PRIORITY.yield_to_input()
        checked = load_if_changed(file, read, plan.reusable.get(file.name))
        if isinstance(checked, NewContent) and not _is_shared(checked.content[0]):
            for earlier in chain(ahead, [group]):
                yield from earlier.checked_files(pool)
            ahead.clear()
            group = _FileGroup()
            if len(checked.content[0]) > MAX_BYTES_BESIDE_POOL:
                pool.stop()
            yield parse(file, checked)
            continue
        group.add(file, checked)
        if group.is_full:
            group.submit(pool)
            ahead.append(group)
            group = _FileGroup()
        while len(ahead) > MAX_GROUPS_AHEAD or _byte_count(ahead) > MAX_BYTES_AHEAD:
            yield from ahead.popleft().checked_files(pool)
    for earlier in chain(ahead, [group]):
        yield from earlier.checked_files(pool)


def _is_shared(data: bytes) -> bool:
    """Return whether a file is small enough to be left to another process."""
    is_json = data[:_BEGINNING_BYTES].lstrip()[:1] in {b"[", b"{"}
    if not is_json or len(data) <= MAX_SHARED_JSON_BYTES or len(data) > MAX_SHARED_BYTES:
        return len(data) <= MAX_SHARED_BYTES
    # Of JSON lines, each is a value.
    has_lines = b"}\n{" in data[:MAX_SHARED_JSON_BYTES]
    return has_lines and max(map(len, data.splitlines())) <= MAX_SHARED_JSON_BYTES


def _byte_count(groups: Iterable[_FileGroup]) -> int:
    return sum(group.byte_count for group in groups)


class _FileGroup:
    """Consecutive stale files, whose new contents are parsed together.

    Attributes:
        byte_count: the size of the new contents.
    """

    def __init__(self) -> None:
        self._files: list[tuple[FoundFile, CheckedFile | NewContent]] = []
        self.byte_count = 0
        self._request: Request[list[ReadDigest]] | None = None

    @property
    def is_full(self) -> bool:
        return self.byte_count >= REQUEST_BYTES or len(self._files) >= MAX_REQUEST_FILES

    def add(self, file: FoundFile, checked: CheckedFile | NewContent) -> None:
        """Add the next file."""
        self._files.append((file, checked))
        if isinstance(checked, NewContent):
            self.byte_count += len(checked.content[0])

    def submit(self, pool: HelperPool) -> None:
        """Have the pool parse the new contents."""
        from tui.digests.remote_reading import ReadingTask

        new = [(file, checked) for file, checked in self._files if isinstance(checked, NewContent)]
        if new:
            contents = [(file.name, checked.content.pop()) for file, checked in new]
            self._request = pool.submit(ReadingTask(contents))

    def checked_files(self, pool: HelperPool) -> Iterator[CheckedFile]:
        """Yield the files, once they are parsed."""
        from tui.digests.remote_reading import accepted

        digests = accepted(pool.wait_for(self._request) if self._request else ())
        self._request = None
        for file, checked in self._files:
            if isinstance(checked, CheckedFile):
                yield checked
            elif checked.content:
                yield parse(file, checked)
            else:
                yield CheckedFile(checked.record, next(digests))
