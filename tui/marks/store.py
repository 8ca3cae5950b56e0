"""The reader's marks in memory: read a shard at a time, and changed on disk first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial, reduce
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from tui.i18n import _
from tui.marks.edits import NO_MARKS, Change, How, taken_back
from tui.marks.pending import NotPersistedError, PendingEdits, Recorder
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
    when ``write_again`` is called.

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
        self._unwritten = PendingEdits()
        self._untold: list[Exception] = []

    @property
    def damage(self) -> list[str]:
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
        return self._unwritten.over(arxiv_id, found) if self._unwritten else found

    def marked(self) -> Mapping[str, Marks]:
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
                self._all = self._unwritten.over_all(found)
            return self._all

    def change(self, arxiv_ids: Iterable[str], how: How) -> list[Change]:
        """Change papers' marks: all of them, or none if that cannot be done.

        What another process changed in the meantime is kept.

        Args:
            arxiv_ids: the papers.
            how: makes of the marks that a paper has those that it shall have.

        Returns:
            The changes, once they will outlast a power cut; none where the marks were so already.

        Raises:
            UnwrittenError: they are made in memory alone, for the folder cannot be written or
                another process is writing.
            StorageError: a shard was written by a newer Broadsheet; nothing is changed.
        """
        return self._change(dict.fromkeys(arxiv_ids, how))

    def undo(self, changes: Sequence[Change]) -> list[Change]:
        """Take changes back, as far as nobody has changed the same again.

        Args:
            changes: what ``change`` or ``undo`` returned, the oldest first.

        Returns:
            What was changed by that.

        Raises:
            UnwrittenError: as ``change`` does.
            StorageError: likewise.
        """
        steps: dict[str, list[Callable[[Marks], Marks]]] = defaultdict(list)
        for change in reversed(changes):
            steps[change.arxiv_id].append(partial(taken_back, change))
        return self._change({arxiv_id: _in_turn(each) for arxiv_id, each in steps.items()})

    @property
    def unwritten(self) -> int:
        """How many papers have marks that are kept in memory alone."""
        return len(self._unwritten)

    def write_again(self) -> int:
        """Try to write what could not be written.

        Returns:
            Of how many papers marks were written now.

        Raises:
            UnwrittenError: it still cannot be.
            StorageError: as ``change`` does.
        """
        waiting = self.unwritten
        self._change({})
        return waiting

    def later(self, work: Callable[[], object]) -> None:
        """Do something with marks in a thread of their own, after what was asked for before.

        Args:
            work: what it raises, ``wait`` returns.
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
            self._untold.append(error)
        finally:
            with self._memory:
                self._waiting -= 1

    @property
    def is_writing(self) -> bool:
        """Whether something that was asked for later is not done yet."""
        return self._waiting > 0

    def wait(self) -> list[Exception]:
        """Wait until all that was asked for later is done; return why something could not be."""
        if self._writer is not None:
            self._writer.shutdown()
            self._writer = None
        try:
            self.write_again()
        except StorageError as error:
            return [*self._untold, error]
        return self._untold

    def refresh(self) -> bool:
        """Read the shards again that another process has replaced.

        Returns:
            Whether any marks are different.
        """
        settled = self._files.settled()
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

    def set_aside(self) -> list[Path]:
        """Return the damaged files that are kept beside the good ones."""
        return self._files.set_aside()

    def _names(self) -> set[str]:
        try:
            return set(self._files.names())
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
            there = self._shards.get(name)
            if there is not old:
                assert there is not None
                return there
            self._see(name, new)
            return new

    def _see(self, name: str, shard: Shard) -> None:
        """Let a shard be seen; the caller holds the memory."""
        self._shards[name] = shard
        self._all = None
        if shard.damage:
            self._damage[name] = shard.damage

    def _change(self, hows: Mapping[str, How]) -> list[Change]:
        with self._changing:
            recorder = Recorder(self._unwritten, hows)
            if not recorder.hows:
                return []
            try:
                shards = self._write(recorder.hows)
            except (BusyError, OSError) as error:
                return self._keep_in_memory(hows, error)
            with self._memory:
                self._unwritten = PendingEdits()
                for name, shard in shards.items():
                    self._see(name, shard)
            return recorder.changes

    def _write(self, hows: Mapping[str, How]) -> Mapping[str, Shard]:
        """Change shards on disk, all or none; return them as they are then."""
        by_shard: dict[str, dict[str, How]] = defaultdict(dict)
        for arxiv_id, how in hows.items():
            by_shard[shard_of(arxiv_id)][arxiv_id] = how
        with self._files.changing():
            return {
                name: self._files.change(name, those, self._shards.get(name))
                for name, those in sorted(by_shard.items())
            }

    def _keep_in_memory(self, hows: Mapping[str, How], error: BusyError | OSError) -> list[Change]:
        """Make changes in memory alone, and raise; return none if nothing is to be changed."""
        recorder = Recorder(PendingEdits(), hows)
        for arxiv_id, how in recorder.hows.items():
            how(self.get(arxiv_id))
        changes = recorder.changes
        if not changes and not self._unwritten:
            return []
        changed = {change.arxiv_id: hows[change.arxiv_id] for change in changes}
        with self._memory:
            self._unwritten = self._unwritten.and_then(changed)
            self._all = None
        raise NotPersistedError(error, changes) from error


def _in_turn(steps: Sequence[How]) -> How:
    """Return one step for several."""
    return lambda marks: reduce(lambda so_far, step: step(so_far), steps, marks)
