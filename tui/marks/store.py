"""The store of the reader's marks: shards cached in memory, changes written to disk first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from tui.i18n import _
from tui.marks.edits import MarkEdit, PendingEdits, apply_edits
from tui.marks.hidden_papers import HiddenPapers
from tui.marks.shard_files import QUARANTINE_PREFIX, Shard, ShardFiles, shard_of
from tui.models import NO_MARKS, Marks
from tui.storage.disk_errors import reason_and_path, reason_and_remedy
from tui.storage.locks import BusyError
from tui.storage.tables import StorageError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor


class NotPersistedError(StorageError):
    """Edits were applied in memory but could not be written to disk.

    Attributes:
        why: the cause and its remedy, as a sentence.
        edits: the edits of the failed call, as applied in memory.
    """

    def __init__(self, cause: StorageError | OSError, edits: list[MarkEdit]) -> None:
        path = Path(cause.filename or "") if isinstance(cause, OSError) else cause.path
        self.why = reason_and_remedy(cause)
        super().__init__(path, self.why)
        self.edits = edits


class MarkStore:
    """The marks in a folder, which several processes may share.

    All methods are thread-safe, and reading never waits for a write to disk. Edits that cannot be
    written stay pending: they are visible, and written with the next edit or by ``retry_pending``.

    Args:
        folder: the folder of the marks; read on demand, and created with the first edit.
    """

    def __init__(self, folder: Path) -> None:
        self._files = ShardFiles(folder)
        self._shards: dict[str, Shard] = {}
        self._all_marks: Mapping[str, Marks] | None = None
        self._hidden = HiddenPapers()
        self._read_errors: dict[str, str] = {}
        self._has_read_all = False
        self._refreshed_mtime: int | None = None
        # Held for moments, while the attributes above change.
        self._memory_lock = Lock()
        # Held while writing to disk. Threads would otherwise compete for the lock file, which is
        # polled.
        self._write_lock = Lock()
        self._pending = PendingEdits()
        self._executor: ThreadPoolExecutor | None = None
        self._futures: list[Future[object]] = []

    @property
    def read_errors(self) -> list[str]:
        """Messages about the shards that could not be read, also repaired ones."""
        return list(self._read_errors.values())

    def get(self, paper_id: str, default: Marks = NO_MARKS) -> Marks:
        """Return a paper's marks, reading its shard if necessary.

        Args:
            paper_id: canonical.
            default: what to return for a paper without marks.
        """
        name = shard_of(paper_id)
        shard = self._shards.get(name) or self._load_shard(name)
        marks = shard.marks.get(paper_id, default)
        return self._pending.over(paper_id, marks) if self._pending else marks

    def shards(self) -> Mapping[str, Mapping[str, Marks]]:
        """Return the marks of all papers that have any, by paper id, in shards by their name.

        The mappings are immutable: a shard that has not changed is the same object as before.
        """
        self.load_all()
        with self._memory_lock:
            shards = {name: shard.marks for name, shard in self._shards.items()}
            for name in {shard_of(edit.paper) for edit in self._pending.edits}:
                edits = [edit for edit in self._pending.edits if shard_of(edit.paper) == name]
                marks = shards.get(name, {})
                shards[name] = {**marks, **apply_edits(edits, marks)[0]}
            return shards

    def hidden_ids(self, papers: Iterable[str]) -> Set[str]:
        """Return the ids of hidden papers: at least all of them among some papers.

        Args:
            papers: ids; their shards are read if necessary.
        """
        if not self._has_read_all:
            for name in set(map(shard_of, papers)) - self._shards.keys():
                self._load_shard(name)
        with self._memory_lock:
            hidden = self._hidden.update({n: shard.marks for n, shard in self._shards.items()})
            pending = [edit for edit in self._pending.edits if edit.field == "hidden"]
        if not pending:
            return hidden
        return hidden.difference(edit.paper for edit in pending).union(
            edit.paper for edit in pending if self.get(edit.paper).hidden
        )

    def all_hidden(self) -> Set[str]:
        """Return the ids of all hidden papers."""
        self.load_all()
        return self.hidden_ids(())

    def load_all(self) -> None:
        """Read all shards that were not read yet."""
        if not self._has_read_all:
            for name in self._shard_names() - self._shards.keys():
                self._load_shard(name)
            self._has_read_all = True

    def all_marks(self) -> Mapping[str, Marks]:
        """Return the marks of all papers that have any, by paper id, as an immutable snapshot."""
        self.load_all()
        with self._memory_lock:
            if self._all_marks is None:
                found: dict[str, Marks] = {}
                for shard in self._shards.values():
                    found.update(shard.marks)
                self._all_marks = self._pending.over_all(found)
            return self._all_marks

    def apply(self, edits: Sequence[MarkEdit]) -> list[MarkEdit]:
        """Apply edits and write them to disk: all of them, or none.

        They apply to what is on disk now, so that no change by another process is lost.

        Args:
            edits: the edits, the oldest first.

        Returns:
            The edits that changed something, with the values they replaced. They will survive a
            power failure.

        Raises:
            NotPersistedError: the edits are applied in memory only, because the folder is not
                writable or another process holds its lock.
            StorageError: a shard was written by a newer version; nothing is changed.
        """
        with self._write_lock:
            pending = self._pending.edits
            if not pending and not edits:
                return []
            try:
                shards, applied = self._write([*pending, *edits])
            except (BusyError, OSError) as error:
                return self._apply_in_memory(edits, error)
            with self._memory_lock:
                self._pending = PendingEdits()
                for name, shard in shards.items():
                    self._set_shard(name, shard)
            return [edit for edit in applied[len(pending) :] if edit.is_effective]

    def undo(self, edits: Sequence[MarkEdit]) -> list[MarkEdit]:
        """Undo edits in the fields that are still as the edits left them.

        Args:
            edits: edits that ``apply`` or ``undo`` returned, the oldest first.

        Returns:
            The edits that this made, as ``apply`` does; pass them to ``undo`` to redo.

        Raises:
            NotPersistedError: as for ``apply``.
            StorageError: as for ``apply``.
        """
        return self.apply([edit.inverted() for edit in reversed(edits)])

    @property
    def pending_count(self) -> int:
        """Number of papers with edits that are not on disk yet."""
        return len(self._pending)

    def retry_pending(self) -> int:
        """Try again to write the edits that could not be written.

        Returns:
            The number of papers whose marks were written.

        Raises:
            NotPersistedError: they still cannot be written.
            StorageError: as for ``apply``.
        """
        count = self.pending_count
        self.apply([])
        return count

    def submit(self, work: Callable[[], object]) -> None:
        """Run work in a background thread, after everything submitted before.

        Args:
            work: the function to run; ``flush`` returns what it raises.
        """
        if self._executor is None:
            from concurrent.futures import ThreadPoolExecutor

            self._executor = ThreadPoolExecutor(1, thread_name_prefix="marks")
        # Only errors are needed later.
        kept = [future for future in self._futures if not future.done() or future.exception()]
        self._futures = [*kept, self._executor.submit(work)]

    @property
    def is_writing(self) -> bool:
        """Whether submitted work is not finished yet."""
        # The only thread runs them in order.
        return bool(self._futures) and not self._futures[-1].done()

    def flush(self) -> list[BaseException]:
        """Wait for submitted work, and write pending edits; return the errors of both."""
        if self._executor is not None:
            self._executor.shutdown()
            self._executor = None
        errors = [error for future in self._futures if (error := future.exception())]
        self._futures.clear()
        try:
            self.retry_pending()
        except StorageError as error:
            errors.append(error)
        return errors

    def is_outdated(self) -> bool:
        """Return whether another process may have replaced a shard since ``refresh``."""
        folder = self._files.folder
        mtime = folder.stable_mtime()
        return mtime != self._refreshed_mtime or (mtime is None and folder.path.exists())

    def refresh(self) -> bool:
        """Read again the shards that another process has replaced.

        Returns:
            Whether any marks changed.
        """
        mtime = self._files.folder.stable_mtime()
        if mtime is not None and mtime == self._refreshed_mtime:
            return False
        names = set(self._shards)
        if self._has_read_all:
            names |= self._shard_names()
        has_changed = False
        for name in names:
            old = self._shards.get(name)
            if old is not None and old.stamp == self._files.folder.stamp(name):
                continue
            new = self._files.read(name)
            if self._replace_shard(name, new, old) is new:
                has_changed |= new.marks != (old.marks if old else {})
        self._refreshed_mtime = mtime
        return has_changed

    def quarantined_files(self) -> list[Path]:
        """Return the damaged files that were replaced, and are kept beside the good ones."""
        return sorted(self._files.folder.path.glob(f"{QUARANTINE_PREFIX}*.json"))

    def has_restorable_files(self) -> bool:
        """Return whether a file is damaged and has an intact backup."""
        return any(map(self._files.is_restorable, self._shard_names()))

    def lost_files(self) -> list[tuple[Path, Path]]:
        """Return damaged files without a backup, each with the path to move it to."""
        files, names = self._files, sorted(self._shard_names())
        lost = [name for name in names if files.is_damaged(name) and not files.is_restorable(name)]
        return [(files.folder.file(name), files.unused_quarantine_path(name)) for name in lost]

    def _shard_names(self) -> set[str]:
        try:
            return set(self._files.shard_names())
        except OSError as error:
            self._read_errors[""] = _("Marks cannot be read: {error}").format(
                error=reason_and_path(error)
            )
            return set()

    def _load_shard(self, name: str) -> Shard:
        return self._replace_shard(name, self._files.read(name), None)

    def _replace_shard(self, name: str, new: Shard, old: Shard | None) -> Shard:
        """Cache a shard read in place of ``old``, unless another thread has cached a newer one.

        Returns:
            The shard that is cached.
        """
        with self._memory_lock:
            current = self._shards.get(name)
            if current is not None and current is not old:
                return current
            self._set_shard(name, new)
            return new

    def _set_shard(self, name: str, shard: Shard) -> None:
        """Cache a shard; the caller holds the memory lock."""
        self._shards[name] = shard
        self._all_marks = None
        if shard.error:
            self._read_errors[name] = shard.error

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
        # Back to the order of the edits.
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
        with self._memory_lock:
            self._pending = self._pending.and_then(edit for edit in edits if edit.paper in changed)
            self._all_marks = None
        raise NotPersistedError(error, applied) from error
