"""Share marks through a git repository.

The program has its own clone. It resets the clone to the remote's branch, exchanges marks in
it as in any shared folder, commits this machine's files and pushes them. Git never merges: if
another machine has pushed in the meantime, all of that is repeated. The clone holds nothing of its
own, so a damaged one is replaced.
"""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from tui.marks.sync.shared_folder import ShareResult
from tui.sources.git.command import GitError, PushRefusedError, run_git
from tui.sources.git.configuration import checked_ssh_command
from tui.sources.git.stale_locks import remove_stale_locks
from tui.storage.permissions import make_folder

MAX_ATTEMPTS = 6
"""Number of pushes to try while other machines push at the same time."""

RETRY_SECONDS = 0.3
"""Longest wait before the second attempt; multiplied by the number of attempts so far."""

DEFAULT_BRANCH = "refs/heads/main"
LOCAL_BRANCH = "refs/heads/broadsheet"
TRACKING_BRANCH = "refs/remotes/origin/broadsheet"

_COMMITTER = ("-c", "user.name=Broadsheet", "-c", "user.email=broadsheet@localhost")


class MarksRemote:
    """A remote repository, and the program's clone of it.

    Args:
        url: the URL of the remote, already checked.
        clone: the clone, created if it is missing. The caller keeps other processes out of it.
    """

    def __init__(self, url: str, clone: Path) -> None:
        self._url = url
        self._clone = clone
        self._ssh_command = ""

    def sync(self, machine: str, exchange: Callable[[Path], ShareResult]) -> ShareResult:
        """Exchange marks in the newest commit of the remote, and push this machine's changes.

        Args:
            machine: the name of this machine's subfolder.
            exchange: exchanges marks in a folder.

        Returns:
            The result of the exchange, with the papers changed in all attempts.

        Raises:
            PushRefusedError: the remote does not accept the marks.
            GitError: the remote cannot be reached, or other machines keep pushing.
            StorageError: raised by ``exchange``.
            OSError: raised by ``exchange``, or the clone cannot be created.
        """
        self._prepare_clone()
        changed: list[str] = []
        for attempt in range(1, MAX_ATTEMPTS + 1):
            branch, commit = self._reset_to_remote()
            result = exchange(self._clone)
            changed += result.changed
            self._commit(machine)
            if not self._is_ahead_of(commit):
                break
            try:
                self._git("push", "--quiet", "origin", f"HEAD:{branch}")
                break
            except PushRefusedError:
                raise
            except GitError:
                if attempt == MAX_ATTEMPTS:
                    raise
                # A random wait, so that machines which collided do not collide again.
                time.sleep(random.uniform(0, RETRY_SECONDS * attempt))
        return result._replace(changed=changed)

    def _git(self, *arguments: str) -> str:
        return run_git(*arguments, cwd=self._clone, ssh_command=self._ssh_command)

    def _prepare_clone(self) -> None:
        remove_stale_locks(self._clone)
        try:
            self._initialize()
        except GitError:
            if shutil.which("git") is None:
                raise
            self._replace_clone()

    def _replace_clone(self) -> None:
        shutil.rmtree(self._clone)
        self._initialize()

    def _initialize(self) -> None:
        make_folder(self._clone, 0o700)
        # Not "git clone", which warns about an empty remote. For an existing clone this restores
        # what an interrupted process did not create.
        self._git("init", "--quiet", "--template=", "--initial-branch=broadsheet")
        self._ssh_command = checked_ssh_command(self._clone.resolve())
        self._git("config", "remote.origin.url", self._url)
        # Others must not be able to create symbolic links on this disk.
        self._git("config", "core.symlinks", "false")
        self._git("config", "core.autocrlf", "false")

    def _reset_to_remote(self) -> tuple[str, str]:
        """Reset the clone to the remote's branch, if it exists; return ``_remote_head``."""
        branch, commit = self._remote_head()
        try:
            self._reset(branch, commit)
        except GitError:
            # The remote has just been reached, so the clone is probably damaged.
            self._replace_clone()
            self._reset(branch, commit)
        return branch, commit

    def _reset(self, branch: str, commit: str) -> None:
        if commit:
            refspec = f"+{branch}:{TRACKING_BRANCH}"
            options = ("--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules")
            self._git("fetch", *options, "origin", refspec)
            self._git("symbolic-ref", "HEAD", LOCAL_BRANCH)
            self._git("reset", "--quiet", "--hard", TRACKING_BRANCH)
        else:
            # Commits on a history that the remote no longer has could not be pushed.
            self._git("symbolic-ref", "HEAD", LOCAL_BRANCH)
            self._git("update-ref", "-d", LOCAL_BRANCH)
            self._git("read-tree", "--empty")
        self._git("clean", "--quiet", "-ffdx")

    def _remote_head(self) -> tuple[str, str]:
        """Return the remote's branch and its commit, which is empty if there is no branch yet."""
        refs: dict[str, str] = {}
        default = ""
        for line in self._git("ls-remote", "--symref", "origin").splitlines():
            value, _tab, name = line.partition("\t")
            if value.startswith("ref: ") and name == "HEAD":
                default = value.removeprefix("ref: ")
            elif name.startswith("refs/heads/"):
                refs[name] = value
        candidates = (default, DEFAULT_BRANCH, *sorted(refs))
        branch = next((name for name in candidates if name in refs), DEFAULT_BRANCH)
        return branch, refs.get(branch, "")

    def _commit(self, machine: str) -> None:
        """Commit this machine's files if they changed."""
        if not (self._clone / machine).is_dir():
            return
        self._git("add", "--all", "--force", "--", machine)
        if self._git("diff", "--cached", "--name-only"):
            options = ("--quiet", "--no-verify", "--message", f"Marks of {machine}")
            self._git(*_COMMITTER, "-c", "commit.gpgSign=false", "commit", *options)

    def _is_ahead_of(self, commit: str) -> bool:
        """Return whether the clone has a newer commit than the remote's."""
        try:
            return self._git("rev-parse", "--quiet", "--verify", "HEAD").strip() != commit
        except GitError:
            # No commit yet: nothing was ever marked.
            return False
