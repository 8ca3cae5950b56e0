"""The reader's marks in memory: read a shard at a time, and changed on disk first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from tui.i18n import _
from tui.marks.edits import NO_MARKS, MarkEdit, apply_edits
from tui.marks.pending import NotPersistedError, PendingEdits
from tui.marks.shard_files import Shard, ShardFiles, shard_of
from tui.models import Marks
from tui.storage.disk_errors import why_and_where
from tui.storage.folder import BusyError
from tui.storage.tables import StorageError

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor


class MarkStore:
    """What the reader added to papers, kept in a folder that several processes may share.

    Any thread may call any method. Reading never waits for a disk that is being written to. What
    cannot be written is kept in memory, seen as if it were, and written with the next change, or
    when ``retry_pending`` is called.

    Args:
        folder: where the marks lie. Nothing is read before it is asked for, and nothing made
            before something is changed.
    """

    def __init__(self, folder: Path) -> None:
        self._files = ShardFiles(folder)
        self._shards: dict[str, Shard] = {}
        self._all: Mapping[str, Marks] | None = None
        self._damage: dict[str, str] = {}
        self._knows_all = False
        self._settled: int | None = None
        # One is held for moments, the other while a disk is written to. It spares the threads of
        # a process the lock between processes, which is only asked for every now and then.
        self._memory = Lock()
        self._changing = Lock()
        self._writer: ThreadPoolExecutor | None = None
        self._waiting = 0
        self._pending = PendingEdits()
        self._errors: list[Exception] = []

    @property
    def read_errors(self) -> list[str]:
        """Sentences for the reader about shards that could not be read, so far."""
        return list(self._damage.values())

    def get(self, arxiv_id: str, default: Marks = NO_MARKS) -> Marks:
        """Return a paper's marks; the first paper of a month has its shard read.

        Args:
            arxiv_id: canonical, without a version.
            default: what to return for a paper without marks.
        """
        name = shard_of(arxiv_id)
        shard = self._shards.get(name) or self._load(name)
        found = shard.marks.get(arxiv_id, default)
        return self._pending.over(arxiv_id, found) if self._pending else found

    def all_marks(self) -> Mapping[str, Marks]:
        """Return the marks of all papers that have any, by arXiv id; later changes leave it be."""
        if not self._knows_all:
            for name in self._names() - self._shards.keys():
                self._load(name)
            self._knows_all = True
        with self._memory:
            if self._all is None:
                found: dict[str, Marks] = {}
                for shard in self._shards.values():
                    found.update(shard.marks)
                self._all = self._pending.over_all(found)
            return self._all

    def apply(self, edits: Sequence[MarkEdit]) -> list[MarkEdit]:
        """Apply edits and write them to disk: all of them, or none.

        They apply to what is on disk now, so that nothing another process changed is lost.

        Args:
            edits: the edits, the oldest first.

        Returns:
            The edits that changed something, with the values they replaced. They will survive a
            power failure.

        Raises:
            NotPersistedError: they are applied in memory only, because the folder is not writable
                or another process holds its lock.
            StorageError: a shard was written by a newer version; nothing is changed.
        """
        with self._changing:
            pending = self._pending.edits
            if not pending and not edits:
                return []
            try:
                shards, applied = self._write([*pending, *edits])
            except (BusyError, OSError) as error:
                return self._apply_in_memory(edits, error)
            with self._memory:
                self._pending = PendingEdits()
                for name, shard in shards.items():
                    self._see(name, shard)
            return [edit for edit in applied[len(pending) :] if edit.is_effective]

    def undo(self, edits: Sequence[MarkEdit]) -> list[MarkEdit]:
        """Undo edits in the fields that are still as the edits left them.

        Args:
            edits: edits that ``apply`` or ``undo`` returned, the oldest first.

        Returns:
            The edits that this made, the last edit's first; pass them to ``undo`` to redo.

        Raises:
            NotPersistedError: as for ``apply``.
            StorageError: as for ``apply``.
        """
        return self.apply([edit.inverted() for edit in reversed(edits)])

    @property
    def pending_count(self) -> int:
        """Number of papers whose marks are in memory only."""
        return len(self._pending)

    def retry_pending(self) -> int:
        """Try again to write the edits that could not be written.

        Returns:
            The number of papers whose marks were written now.

        Raises:
            NotPersistedError: they still cannot be written.
            StorageError: as for ``apply``.
        """
        count = self.pending_count
        self.apply([])
        return count

    def submit(self, work: Callable[[], object]) -> None:
        """Run something in the thread that writes marks, after everything submitted before.

        Args:
            work: the function to run; ``flush`` returns what it raises.
        """
        if self._writer is None:
            # Wanted with the first mark.
            from concurrent.futures import ThreadPoolExecutor

            self._writer = ThreadPoolExecutor(1, thread_name_prefix="marks")
        with self._memory:
            self._waiting += 1
        self._writer.submit(self._work, work)

    def _work(self, work: Callable[[], object]) -> None:
        try:
            work()
        except Exception as error:
            self._errors.append(error)
        finally:
            with self._memory:
                self._waiting -= 1

    @property
    def is_writing(self) -> bool:
        """Whether something that was asked for later is not done yet."""
        return self._waiting > 0

    def flush(self) -> list[Exception]:
        """Wait for all submitted work, and write pending edits; return the errors of both."""
        if self._writer is not None:
            self._writer.shutdown()
            self._writer = None
        try:
            self.retry_pending()
        except StorageError as error:
            return [*self._errors, error]
        return self._errors

    def refresh(self) -> bool:
        """Read the shards again that another process has replaced.

        Returns:
            Whether any marks are different.
        """
        settled = self._files.stable_mtime()
        if settled is not None and settled == self._settled:
            return False
        names = set(self._shards)
        if self._knows_all:
            names |= self._names()
        different = False
        for name in names:
            old = self._shards.get(name)
            if old is not None and old.stamp == self._files.stamp(name):
                continue
            new = self._files.read(name)
            if self._publish(name, new, old) is new:
                different |= new.marks != (old.marks if old else {})
        self._settled = settled
        return different

    def quarantined_files(self) -> list[Path]:
        """Return the damaged files that are kept beside the good ones."""
        return self._files.quarantined_files()

    def _names(self) -> set[str]:
        try:
            return set(self._files.shard_names())
        except OSError as error:
            self._damage[""] = _("Marks cannot be read: {error}.").format(
                error=why_and_where(error)
            )
            return set()

    def _load(self, name: str) -> Shard:
        return self._publish(name, self._files.read(name), None)

    def _publish(self, name: str, new: Shard, old: Shard | None) -> Shard:
        """Let a shard be seen that was read in place of ``old``; return the one that is seen.

        If another thread was faster, that one's is the newer.
        """
        with self._memory:
            current = self._shards.get(name)
            if current is not None and current is not old:
                return current
            self._see(name, new)
            return new

    def _see(self, name: str, shard: Shard) -> None:
        """Let a shard be seen; the caller holds the memory."""
        self._shards[name] = shard
        self._all = None
        if shard.error:
            self._damage[name] = shard.error

    def _write(self, edits: Sequence[MarkEdit]) -> tuple[dict[str, Shard], list[MarkEdit]]:
        """Apply edits on disk; return the new shards by name, and each edit as applied."""
        by_shard: dict[str, list[MarkEdit]] = defaultdict(list)
        for edit in edits:
            by_shard[shard_of(edit.paper)].append(edit)
        with self._files.transaction():
            written = {
                name: self._files.apply(name, group, self._shards.get(name))
                for name, group in sorted(by_shard.items())
            }
        # From the order of shards back to that of the edits.
        applied = {name: iter(group) for name, (_, group) in written.items()}
        return (
            {name: shard for name, (shard, _) in written.items()},
            [next(applied[shard_of(edit.paper)]) for edit in edits],
        )

    def _apply_in_memory(
        self, edits: Sequence[MarkEdit], error: BusyError | OSError
    ) -> list[MarkEdit]:
        """Keep edits pending and raise; return an empty list if there is nothing to write."""
        current = {edit.paper: self.get(edit.paper) for edit in edits}
        applied = [edit for edit in apply_edits(edits, current)[1] if edit.is_effective]
        if not applied and not self._pending:
            return []
        changed = {edit.paper for edit in applied}
        with self._memory:
            self._pending = self._pending.and_then(e for e in edits if e.paper in changed)
            self._all = None
        raise NotPersistedError(error, applied) from error
