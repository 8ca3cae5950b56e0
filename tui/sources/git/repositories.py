"""Git repositories as sources: clones that Broadsheet made, and the reader's own checkouts."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from tui.i18n import N_
from tui.models import Problem
from tui.runtime.task import UNATTENDED, Progress, Task, TaskCancelledError
from tui.sources.git.checkouts import pull_checkout
from tui.sources.git.clones import Clones
from tui.sources.git.command import GitError
from tui.storage.disk_errors import reason_and_remedy
from tui.storage.tables import StorageError

_FAILED = N_("cannot be pulled ({reason}); its files are read as they are")


class GitSources:
    """The clones in a folder, and checkouts elsewhere.

    Args:
        folder: the folder of the clones, which is created when needed.
        task: gets the progress of cloning and pulling, and can cancel it.
    """

    def __init__(self, folder: Path, task: Task = UNATTENDED) -> None:
        self.clones = Clones(folder, task)
        self._task = task

    def repository_root(self, source: Path) -> Path | None:
        """Return the checkout that is or contains a source, or None."""
        # Path.exists raises an error for a folder that cannot be entered.
        checkouts = (each for each in (source, *source.parents) if os.path.exists(each / ".git"))  # noqa: PTH110
        return next(checkouts, None)

    def pull(self, sources: Iterable[Path], *, checkouts: bool) -> list[Problem]:
        """Pull the repositories of sources. A failed pull changes nothing.

        Args:
            sources: their paths.
            checkouts: whether to pull the reader's checkouts as well.

        Returns:
            A problem for each repository that could not be pulled. If cancelled, only those found
            so far.
        """
        self.clones.recover()
        sources_by_root: dict[Path, list[Path]] = {}
        for source in (path.resolve() for path in sources):
            root = self.clones.containing(source)
            if root is None and checkouts:
                root = self.repository_root(source)
            if root is not None:
                sources_by_root.setdefault(root, []).append(source)
        problems = []
        for done, (root, tracked) in enumerate(sources_by_root.items()):
            self._task.report(Progress(done, len(sources_by_root), root.name))
            try:
                problem = self._pull(root, tracked)
            except TaskCancelledError:
                break
            except (GitError, StorageError, OSError) as error:
                problem = Problem(str(root), 0, _FAILED, {"reason": reason_and_remedy(error)})
            if problem is not None:
                problems.append(problem)
        return problems

    def _pull(self, root: Path, sources: Iterable[Path]) -> Problem | None:
        if root in self.clones:
            self.clones.pull(root)
            return None
        return pull_checkout(root, sources, Task(is_cancelled=self._task.is_cancelled))
