"""Checkouts of the reader's own: fast-forwarded, and only if the reader did not change them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tui.i18n import N_
from tui.models import Problem
from tui.runtime.task import Task
from tui.sources.git.command import run_git
from tui.sources.git.configuration import checked_ssh_command

_CHANGED = N_("has local changes and was not pulled; commit or stash them")


def pull_checkout(root: Path, sources: Iterable[Path], task: Task) -> Problem | None:
    """Fast-forward a checkout that tracks a source.

    Args:
        root: the root of the checkout, without symbolic links.
        sources: the root itself, or paths below it, without symbolic links. If none of them is in
            the current commit, the repository has nothing to do with them, like one of the
            settings in a home folder, and stays as it is.
        task: can cancel it.

    Returns:
        A problem if the reader changed the checkout, otherwise None.

    Raises:
        GitError: git failed, or the checkout's own configuration is not safe.
        TaskCancelledError: the task was cancelled.
    """
    ssh_command = checked_ssh_command(root)

    def git(*arguments: str) -> str:
        return run_git(*arguments, cwd=root, task=task, ssh_command=ssh_command)

    def is_tracked(source: Path) -> bool:
        return source == root or bool(
            git("ls-tree", "-z", "HEAD", "--", str(source.relative_to(root)))
        )

    if not any(map(is_tracked, sources)):
        return None
    # A submodule has a configuration of its own, which was not checked.
    if git("status", "--porcelain", "--untracked-files=no", "--ignore-submodules=all"):
        return Problem(str(root), 0, _CHANGED)
    git(
        "pull", "--ff-only", "--no-rebase", "--no-autostash", "--no-stat", "--progress",
        "--no-recurse-submodules",
    )  # fmt: skip
    return None
