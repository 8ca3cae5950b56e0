"""Pulling the clones among the sources, in a worker's thread, before they are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from textual.message import Message

from tui.i18n import _
from tui.models import Problem
from tui.task import Progress, Task
from tui.ui.messages import SyncProgressed


def pull_clones(
    sources: Sequence[Path], post: Callable[[Message], object], cancelled: Callable[[], bool]
) -> list[Problem]:
    """Pull the sources that Broadsheet cloned; checkouts of the reader's own are theirs to pull.

    Args:
        sources: paths of sources.
        post: posts a message to the screen; may be called in any thread.
        cancelled: tells whether to stop.

    Returns:
        What could not be pulled, and why.
    """
    # Only who asks for changed digests needs git.
    from tui.config.paths import clones_folder
    from tui.sources.git.repositories import GitSources

    def report(progress: Progress) -> None:
        words = _("Pulling {name}").format(name=progress.item)
        post(SyncProgressed(progress.done, progress.total, written=False, words=words))

    return GitSources(clones_folder(), Task(report, cancelled)).pull(sources, checkouts=False)
