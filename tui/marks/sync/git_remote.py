"""A repository through which machines share their marks, with the reader's own git.

The clone is the program's own: it is made what the remote is, the machines meet in it as in any
shared folder, and what this one has to tell is committed and pushed. Git never merges anything: if
somebody pushed meanwhile, it is all done again on what they pushed.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tui.marks.sync.shared_folder import ShareResult
from tui.sources.git.command import GitError, run_git
from tui.storage.make_folder import make_folder

MAX_ATTEMPTS = 6
"""How often somebody else may have pushed in between."""

RETRY_SECONDS = 0.3
"""Seconds, at most, before the second try; more before each after it."""

DEFAULT_BRANCH = "refs/heads/main"
LOCAL_BRANCH = "refs/heads/broadsheet"
TRACKING_BRANCH = "refs/remotes/origin/broadsheet"

_WHO = ("-c", "user.name=Broadsheet", "-c", "user.email=broadsheet@localhost")


class _RemoteHead(NamedTuple):
    """The remote's branch, and the commit that it is at; empty where there is none yet."""

    branch: str
    commit: str


class MarksRemote:
    """The remote and our clone of it.

    Args:
        url: of the remote, checked.
        clone: our clone; it is made if it is missing. The caller keeps others out of it.
    """

    def __init__(self, url: str, clone: Path) -> None:
        self._url = url
        self._clone = clone

    def sync(self, machine: str, meet: Callable[[Path], ShareResult]) -> ShareResult:
        """Let the machines meet in the newest state of the remote, and push what is new.

        Args:
            machine: the name of this one's folder.
            meet: lets them meet in a folder.

        Returns:
            What came of meeting, with all changes of all tries.

        Raises:
            GitError: the remote cannot be reached, or others push without end.
            StorageError: as ``meet`` does.
            OSError: likewise, and where the clone cannot be made.
        """
        self._prepare()
        changed: list[str] = []
        for number in range(1, MAX_ATTEMPTS + 1):
            tip = self._pull()
            met = meet(self._clone)
            changed += met.changed
            self._commit(machine)
            if not self._is_new(tip):
                break
            try:
                self._git("push", "--quiet", "origin", f"HEAD:{tip.branch}")
                break
            except GitError:
                if number == MAX_ATTEMPTS:
                    raise
                # Those that began at the same moment do not go on at the same.
                time.sleep(random.uniform(0, RETRY_SECONDS * number))
        return met._replace(changed=changed)

    def _git(self, *words: str) -> str:
        return run_git(*words, at=self._clone)

    def _prepare(self) -> None:
        if not (self._clone / ".git").is_dir():
            make_folder(self._clone, 0o700)
            # Not "git clone": it makes much of a remote in which there is nothing yet.
            self._git("init", "--quiet", "--template=", "--initial-branch=broadsheet")
        for lock in (self._clone / ".git").glob("*.lock"):
            # A git of ours that was killed; the caller keeps the living out.
            lock.unlink()
        self._git("config", "remote.origin.url", self._url)
        # What others put there makes no links on this disk.
        self._git("config", "core.symlinks", "false")
        self._git("config", "core.autocrlf", "false")

    def _pull(self) -> _RemoteHead:
        """Make the clone what the remote is, if there is anything; return where that stands."""
        tip = self._tip()
        if tip.commit:
            self._git("fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules",
                      "origin", f"+{tip.branch}:{TRACKING_BRANCH}")  # fmt: skip
            self._git("symbolic-ref", "HEAD", LOCAL_BRANCH)
            self._git("reset", "--quiet", "--hard", TRACKING_BRANCH)
        self._git("clean", "--quiet", "-ffdx")
        return tip

    def _tip(self) -> _RemoteHead:
        refs: dict[str, str] = {}
        head = ""
        for line in self._git("ls-remote", "--symref", "origin").splitlines():
            told, _tab, name = line.partition("\t")
            if told.startswith("ref: ") and name == "HEAD":
                head = told.removeprefix("ref: ")
            elif name.startswith("refs/heads/"):
                refs[name] = told
        branch = next((each for each in (head, DEFAULT_BRANCH, *sorted(refs)) if each in refs), "")
        return _RemoteHead(branch or DEFAULT_BRANCH, refs.get(branch, ""))

    def _commit(self, machine: str) -> None:
        if not (self._clone / machine).is_dir():
            return
        self._git("add", "--all", "--force", "--", machine)
        if self._git("diff", "--cached", "--name-only"):
            self._git(*_WHO, "-c", "commit.gpgSign=false", "commit", "--quiet", "--no-verify",
                      "--message", f"Marks of {machine}")  # fmt: skip

    def _is_new(self, tip: _RemoteHead) -> bool:
        """Tell whether there is a commit that the remote does not have."""
        try:
            return self._git("rev-parse", "--quiet", "--verify", "HEAD").strip() != tip.commit
        except GitError:
            # Nothing was ever marked.
            return False
