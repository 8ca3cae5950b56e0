"""Git repositories as sources: clones of our own, and checkouts that the reader keeps.

A clone is the program's: a pull makes it what the remote is, also where that was pushed by force.
A checkout is the reader's: it is only ever moved forward, and not at all where they changed it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tui.i18n import N_
from tui.models import Problem
from tui.sources.git.command import GitError, clone_folder_name, run_git
from tui.storage.atomic_write import TEMPORARY
from tui.storage.folder import TinyDbFolder
from tui.storage.tables import StorageError
from tui.task import UNATTENDED, Progress, Task, TaskCancelledError

_FAILED = N_("cannot be pulled ({reason}); what is there is read")
_CHANGED = N_("holds changes of yours, and is not pulled; commit or stash them")

_COMING = ".coming-"


class GitSources:
    """The clones in a folder, and checkouts elsewhere.

    Args:
        folder: where clones lie; it is made for the first.
        task: can cancel cloning and pulling, and gets their progress.
    """

    def __init__(self, folder: Path, task: Task = UNATTENDED) -> None:
        self._folder = folder
        self._task = task

    def clone_path(self, url: str) -> Path:
        """Return where the clone of a repository lies, or will."""
        return self._folder / clone_folder_name(url)

    def clone(self, url: str) -> Path:
        """Clone a repository without its past; one that is there already is pulled.

        Args:
            url: its address, checked.

        Returns:
            The clone.

        Raises:
            GitError: git failed.
            TaskCancelledError: the task was cancelled.
            StorageError: another process is cloning or pulling.
            OSError: the folder cannot be written.
        """
        place = self.clone_path(url)
        if place.exists():
            self._pull_clone(place)
            return place
        with self._locked():
            coming = Path(tempfile.mkdtemp(TEMPORARY, _COMING, self._folder))
            try:
                run_git("clone", "--progress", "--depth=1", "--single-branch", "--no-tags",
                        "--no-recurse-submodules", "--template=",
                        # What somebody else put there makes no links on this disk.
                        "--config", "core.symlinks=false",
                        "--", url, str(coming / "clone"),
                        task=self._task)  # fmt: skip
                (coming / "clone").rename(place)
            finally:
                shutil.rmtree(coming, ignore_errors=True)
        return place

    def repository_root(self, source: Path) -> Path | None:
        """Return the repository that a source is or lies in; None if that is none."""
        # A source is a digest or a folder of them, which may be one of many in a repository.
        return next((each for each in (source, *source.parents) if _is_checkout(each)), None)

    def is_clone(self, root: Path) -> bool:
        """Tell whether a repository is a clone of ours, and not the reader's."""
        return root.parent == self._folder.resolve()

    def url_of(self, clone: Path) -> str:
        """Return the address that a clone is of; empty if that cannot be told."""
        with suppress(GitError):
            return run_git("config", "--get", "remote.origin.url", cwd=clone).strip()
        return ""

    def pull(self, sources: Iterable[Path], *, checkouts: bool) -> list[Problem]:
        """Pull the repositories that sources are or lie in; what fails leaves all as it is.

        Args:
            sources: their paths.
            checkouts: whether those that the reader keeps are pulled, too.

        Returns:
            What could not be pulled, and why. One who cancels it needs no telling.
        """
        roots = dict.fromkeys(
            root for each in sources if (root := self.repository_root(each.resolve()))
        )
        wanted = [root for root in roots if checkouts or self.is_clone(root)]
        problems = []
        for done, root in enumerate(wanted):
            self._task.report(Progress(done, len(wanted), root.name))
            try:
                if self.is_clone(root):
                    self._pull_clone(root)
                elif not self._pull_checkout(root):
                    problems.append(Problem(str(root), 0, _CHANGED))
            except TaskCancelledError:
                break
            except (GitError, StorageError) as error:
                reason = error.message if isinstance(error, StorageError) else str(error)
                problems.append(Problem(str(root), 0, _FAILED, {"reason": reason}))
            except OSError as error:
                reason = error.strerror or type(error).__name__
                problems.append(Problem(str(root), 0, _FAILED, {"reason": reason}))
        return problems

    def _pull_clone(self, clone: Path) -> None:
        with self._locked():
            for lock in (clone / ".git").glob("*.lock"):
                # A git of ours that was killed: the living are kept out.
                lock.unlink()
            # A git that tells no progress would be taken for one that hangs.
            self._git(clone, "fetch", "--progress", "--depth=1", "--no-tags",
                      "--no-recurse-submodules", "origin", "HEAD")  # fmt: skip
            # Whatever was pushed, by force or not, and whatever the branch is called by now.
            self._git(clone, "reset", "--quiet", "--hard", "FETCH_HEAD")

    def _pull_checkout(self, root: Path) -> bool:
        """Move a checkout forward; return whether the reader has left it unchanged."""
        if self._git(root, "status", "--porcelain", "--untracked-files=no"):
            return False
        self._git(root, "-c", "pull.rebase=false", "pull", "--ff-only", "--no-recurse-submodules",
                  "--progress")  # fmt: skip
        return True

    def _git(self, at: Path, *words: str) -> str:
        return run_git(*words, cwd=at, task=Task(is_cancelled=self._task.is_cancelled))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Keep other processes of ours from the clones."""
        with TinyDbFolder(self._folder, 0).locked():
            for left in self._folder.glob(f"{_COMING}*{TEMPORARY}"):
                # Somebody was killed while it came.
                shutil.rmtree(left, ignore_errors=True)
            yield

    def delete(self, clone: Path) -> None:
        """Delete a clone of ours.

        Raises:
            StorageError: another process is cloning or pulling.
            OSError: something of it cannot be removed.
            ValueError: the folder is not one of our clones; nothing is deleted.
        """
        if not self.is_clone(clone):
            raise ValueError(f"not a clone of this program: {clone}")
        with self._locked():
            shutil.rmtree(clone)


def _is_checkout(folder: Path) -> bool:
    try:
        return (folder / ".git").exists()
    except OSError:
        return False
