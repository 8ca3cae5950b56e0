"""Git repositories as sources: clones that Broadsheet made, and the reader's own checkouts.

Pulling makes a clone equal to its remote, even after a force push. A checkout is only ever fast-
forwarded, and not at all if the reader changed it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tui.i18n import N_
from tui.models import Problem
from tui.runtime.task import UNATTENDED, Progress, Task, TaskCancelledError
from tui.sources.git.command import GitError, clone_folder_name, run_git
from tui.storage.atomic_write import TEMPORARY
from tui.storage.disk_errors import reason_and_remedy
from tui.storage.folder import TinyDbFolder
from tui.storage.tables import StorageError

_FAILED = N_("cannot be pulled ({reason}); its files are read as they are")
_CHANGED = N_("has local changes and was not pulled; commit or stash them")

_PARTIAL_CLONE = ".partial-"
"""Prefix of the folder of an unfinished clone."""

_FORMER_PARTIAL_CLONE = ".coming-"
"""The prefix in earlier versions."""


class GitSources:
    """The clones in a folder, and checkouts elsewhere.

    Args:
        folder: the folder of the clones, which is created when needed.
        task: gets the progress of cloning and pulling, and can cancel it.
    """

    def __init__(self, folder: Path, task: Task = UNATTENDED) -> None:
        self._folder = folder
        self._task = task

    def clone_path(self, url: str) -> Path:
        """Return the path of a repository's clone, which may not exist yet."""
        return self._folder / clone_folder_name(url)

    def clone(self, url: str) -> Path:
        """Clone a repository without its history, or pull the existing clone.

        Args:
            url: a URL returned by ``validate_url``.

        Returns:
            The clone.

        Raises:
            GitError: git failed.
            TaskCancelledError: the task was cancelled.
            StorageError: another process is cloning or pulling.
            OSError: the folder cannot be written.
        """
        path = self.clone_path(url)
        if path.exists():
            self._pull_clone(path)
            return path
        with self._locked():
            partial = Path(tempfile.mkdtemp(TEMPORARY, _PARTIAL_CLONE, self._folder))
            try:
                # Without symbolic links, because the repository's content is untrusted.
                options = (
                    "--progress", "--depth=1", "--single-branch", "--no-tags",
                    "--no-recurse-submodules", "--template=", "--config", "core.symlinks=false",
                )  # fmt: skip
                run_git("clone", *options, "--", url, str(partial / "clone"), task=self._task)
                (partial / "clone").rename(path)
            finally:
                shutil.rmtree(partial, ignore_errors=True)
        return path

    def repository_root(self, source: Path) -> Path | None:
        """Return the checkout that is or contains a source, or None."""
        # Path.exists raises an error for a folder that cannot be entered.
        checkouts = (each for each in (source, *source.parents) if os.path.exists(each / ".git"))  # noqa: PTH110
        return next(checkouts, None)

    def is_clone(self, root: Path) -> bool:
        """Return whether a repository is one of the program's clones."""
        return root.parent == self._folder.resolve()

    def url_of(self, clone: Path) -> str:
        """Return the URL of a clone's remote; empty if it is unknown."""
        with suppress(GitError):
            return run_git("config", "--get", "remote.origin.url", cwd=clone).strip()
        return ""

    def pull(self, sources: Iterable[Path], *, checkouts: bool) -> list[Problem]:
        """Pull the repositories of sources. A failed pull changes nothing.

        Args:
            sources: their paths.
            checkouts: whether to pull the reader's checkouts as well.

        Returns:
            A problem for each repository that could not be pulled. If cancelled, only those found
            so far.
        """
        roots = dict.fromkeys(map(self.repository_root, [path.resolve() for path in sources]))
        to_pull = [root for root in roots if root and (checkouts or self.is_clone(root))]
        problems = []
        for done, root in enumerate(to_pull):
            self._task.report(Progress(done, len(to_pull), root.name))
            try:
                if self.is_clone(root):
                    self._pull_clone(root)
                elif self._git(root, "status", "--porcelain", "--untracked-files=no"):
                    problems.append(Problem(str(root), 0, _CHANGED))
                else:
                    self._git(
                        root, "-c", "pull.rebase=false", "pull", "--ff-only",
                        "--no-recurse-submodules", "--progress",
                    )  # fmt: skip
            except TaskCancelledError:
                break
            except (GitError, StorageError, OSError) as error:
                why = reason_and_remedy(error)
                problems.append(Problem(str(root), 0, _FAILED, {"reason": why}))
        return problems

    def _pull_clone(self, clone: Path) -> None:
        with self._locked():
            for lock in (clone / ".git").glob("*.lock"):
                # Left by a git that was killed; our own lock excludes others.
                lock.unlink()
            # Without --progress a slow git would seem to have stalled.
            self._git(
                clone, "fetch", "--progress", "--depth=1", "--no-tags", "--no-recurse-submodules",
                "origin", "HEAD",
            )  # fmt: skip
            # Also follows force pushes and renamed branches.
            self._git(clone, "reset", "--quiet", "--hard", "FETCH_HEAD")

    def _git(self, cwd: Path, *arguments: str) -> str:
        return run_git(*arguments, cwd=cwd, task=Task(is_cancelled=self._task.is_cancelled))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Lock the clones against other processes of the program."""
        with TinyDbFolder(self._folder, 0).locked():
            for prefix in (_PARTIAL_CLONE, _FORMER_PARTIAL_CLONE):
                for partial in self._folder.glob(f"{prefix}*{TEMPORARY}"):
                    # Left by a process that was killed while it cloned.
                    shutil.rmtree(partial, ignore_errors=True)
            yield

    def delete(self, clone: Path) -> None:
        """Delete a clone.

        Raises:
            ValueError: the folder is not one of the program's clones; nothing is deleted.
            StorageError: another process is cloning or pulling.
            OSError: a file cannot be deleted.
        """
        if not self.is_clone(clone):
            raise ValueError(f"not a clone of this program: {clone}")
        with self._locked():
            shutil.rmtree(clone)
