"""The clones that the program made: a folder with a clone of each repository.

A clone holds nothing of its own: pulling makes it equal to its remote, even after a force push, and
a damaged one is cloned again. A clone is complete under its name or not there at all: it is made,
and deleted, under a temporary name, which the next command removes if this one is interrupted.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tui.i18n import _
from tui.runtime.task import UNATTENDED, Task
from tui.sources.git.command import GitError, clone_folder_name, run_git, validate_url
from tui.sources.git.configuration import (
    UnsafeConfigurationError,
    checked_ssh_command,
    global_ssh_command,
)
from tui.sources.git.stale_locks import remove_stale_locks
from tui.storage.atomic_write import TEMPORARY
from tui.storage.folder import TinyDbFolder
from tui.storage.tables import StorageError

_PARTIAL = ".partial-"
"""Prefix of the folder of an unfinished clone."""

_REMOVED = ".removed-"
"""Prefix of the folder of a clone that is being deleted."""

_REPLACED = ".replaced-"
"""Prefix of the folder of a damaged clone until another one is in its place."""

_DISPOSABLE = (_PARTIAL, _REMOVED, ".coming-")
"""Prefixes of folders that are of no use after an interruption; the last is of earlier versions."""

MAX_NAMED_BRANCHES = 3


class Clones:
    """The clones in a folder.

    Args:
        folder: the folder, which is created when needed.
        task: gets the progress of cloning, and can cancel cloning and pulling.
    """

    def __init__(self, folder: Path, task: Task = UNATTENDED) -> None:
        self._folder = folder
        self._task = task
        self._quiet_task = Task(is_cancelled=task.is_cancelled)

    def path_of(self, url: str) -> Path:
        """Return the path of a repository's clone, which may not exist yet."""
        return self._folder / clone_folder_name(url)

    def __contains__(self, path: Path) -> bool:
        """Return whether a path is that of a clone, complete or damaged."""
        return path.parent == self._folder.resolve() and path.is_dir()

    def containing(self, source: Path) -> Path | None:
        """Return the clone that is or contains a source; None without one."""
        return next((path for path in (source, *source.parents) if path in self), None)

    def url_of(self, clone: Path) -> str:
        """Return the URL of a clone's remote; empty if it is unknown."""
        with suppress(GitError):
            return self._git(clone, "config", "--get", "remote.origin.url").strip()
        return ""

    def clone(self, url: str) -> Path:
        """Clone a repository without its history, or pull the existing clone.

        Raises:
            GitError: git failed.
            TaskCancelledError: the task was cancelled.
            StorageError: another process is cloning or pulling.
            OSError: the folder cannot be written.
        """
        path = self.path_of(url)
        with self._locked():
            if path.exists():
                self._pull(path, url)
            else:
                with self._downloaded(url) as downloaded:
                    downloaded.rename(path)
        return path

    def pull(self, clone: Path) -> None:
        """Make a clone equal to its remote.

        Raises:
            GitError: git failed, and the clone was not changed.
            TaskCancelledError: the task was cancelled.
            StorageError: another process is cloning or pulling.
            OSError: the folder cannot be written.
        """
        with self._locked():
            self._pull(clone, self.url_of(clone))

    def delete(self, clone: Path) -> None:
        """Delete a clone. It is gone from its place at once.

        Raises:
            ValueError: the folder is not one of the clones; nothing is deleted.
            StorageError: another process is cloning or pulling.
            OSError: a file cannot be deleted.
        """
        if clone not in self:
            raise ValueError(f"not a clone of this program: {clone}")
        with self._locked():
            removed = self._temporary_folder(_REMOVED)
            clone.rename(removed / clone.name)
            shutil.rmtree(removed)

    def all(self) -> list[Path]:
        """Return the paths of all clones, complete or damaged, sorted."""
        return sorted(path for path in self._folder.glob("[!.]*") if path.is_dir())

    def leftovers(self) -> list[Path]:
        """Return the temporary folders, of commands that were interrupted or are still running."""
        prefixes = (*_DISPOSABLE, _REPLACED)
        return [path for each in prefixes for path in self._folder.glob(f"{each}*{TEMPORARY}")]

    def recover(self) -> None:
        """Clear up after interrupted commands, before sources are looked up.

        A clone that was being replaced is put back.
        """
        if self.leftovers():
            # A process that holds the lock has done it, or is using these folders.
            with suppress(StorageError, OSError), self._locked(timeout=0):
                pass

    @contextmanager
    def _locked(self, timeout: float = 10.0) -> Iterator[None]:
        """Lock the clones against other processes of the program, and clear up after killed ones.

        Args:
            timeout: seconds to wait for the lock.

        Raises:
            StorageError: another process is cloning or pulling.
            OSError: the folder cannot be written.
        """
        with TinyDbFolder(self._folder, 0).locked(timeout):
            for replaced in self._folder.glob(f"{_REPLACED}*{TEMPORARY}"):
                for clone in replaced.iterdir():
                    if not (self._folder / clone.name).exists():
                        clone.rename(self._folder / clone.name)
                shutil.rmtree(replaced, ignore_errors=True)
            for prefix in _DISPOSABLE:
                for leftover in self._folder.glob(f"{prefix}*{TEMPORARY}"):
                    shutil.rmtree(leftover, ignore_errors=True)
            yield

    def _temporary_folder(self, prefix: str) -> Path:
        return Path(tempfile.mkdtemp(TEMPORARY, prefix, self._folder))

    def _git(self, cwd: Path, *arguments: str, ssh_command: str = "") -> str:
        return run_git(*arguments, cwd=cwd, task=self._quiet_task, ssh_command=ssh_command)

    @contextmanager
    def _downloaded(self, url: str) -> Iterator[Path]:
        """Yield a new clone in a temporary folder, to be moved to its place."""
        partial = self._temporary_folder(_PARTIAL)
        try:
            ssh_command = global_ssh_command(partial)
            path = partial / "clone"
            # Without symbolic links, because the repository's content is untrusted.
            options = (
                "--progress", "--depth=1", "--single-branch", "--no-tags",
                "--no-recurse-submodules", "--template=", "--config", "core.symlinks=false",
            )  # fmt: skip
            run_git(
                "clone", *options, "--", url, str(path),
                cwd=partial, task=self._task, ssh_command=ssh_command,
            )  # fmt: skip
            self._check_default_branch(path, ssh_command)
            yield path
        finally:
            shutil.rmtree(partial, ignore_errors=True)

    def _check_default_branch(self, clone: Path, ssh_command: str) -> None:
        """Raise GitError if nothing was cloned although the remote has branches."""
        try:
            self._git(clone, "rev-parse", "--quiet", "--verify", "HEAD")
        except GitError:
            branches = self._remote_branches(clone, ssh_command)
            if branches:
                raise _missing_head(branches) from None

    def _remote_branches(self, clone: Path, ssh_command: str) -> list[str]:
        output = self._git(clone, "ls-remote", "--heads", "origin", ssh_command=ssh_command)
        return [line.partition("\trefs/heads/")[2] for line in output.splitlines()]

    def _pull(self, clone: Path, url: str) -> None:
        """Pull a clone; clone it again if it is damaged."""
        remove_stale_locks(clone)
        try:
            self._update(clone)
        except UnsafeConfigurationError:
            raise
        except GitError as error:
            if not url or not self._is_damaged(clone):
                raise
            try:
                self._replace(clone, validate_url(url))
            except GitError as second_error:
                message = _("the clone is damaged ({damage}) and cannot be replaced ({why})")
                raise GitError(message.format(damage=error, why=second_error)) from error

    def _update(self, clone: Path) -> None:
        ssh_command = checked_ssh_command(clone.resolve())
        try:
            # Without --progress a slow git would seem to have stalled.
            self._git(
                clone, "fetch", "--progress", "--depth=1", "--no-tags", "--no-recurse-submodules",
                "origin", "HEAD", ssh_command=ssh_command,
            )  # fmt: skip
        except GitError as error:
            if "remote ref HEAD" not in str(error):
                raise
            raise _missing_head(self._remote_branches(clone, ssh_command)) from error
        # Also follows force pushes and renamed branches.
        self._git(clone, "reset", "--quiet", "--hard", "FETCH_HEAD")

    def _is_damaged(self, clone: Path) -> bool:
        """Return whether files of a clone's repository are missing or unreadable."""
        try:
            self._git(clone, "fsck", "--connectivity-only", "--no-dangling", "--no-progress")
        except GitError:
            return True
        return False

    def _replace(self, clone: Path, url: str) -> None:
        """Replace a clone by a new one, once that is complete."""
        with self._downloaded(url) as downloaded:
            replaced = self._temporary_folder(_REPLACED)
            clone.rename(replaced / clone.name)
            downloaded.rename(clone)
        shutil.rmtree(replaced, ignore_errors=True)


def _missing_head(branches: list[str]) -> GitError:
    """Return the error for a remote whose default branch does not exist."""
    if not branches:
        return GitError(_("the remote repository has no commits yet"))
    names = ", ".join(branches[:MAX_NAMED_BRANCHES])
    if len(branches) > MAX_NAMED_BRANCHES:
        names += ", …"
    message = _("the remote's HEAD has no branch; make one of its branches the default ({names})")
    return GitError(message.format(names=names))
