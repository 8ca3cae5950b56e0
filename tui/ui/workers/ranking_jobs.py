"""Learn from the reader's marks, and compute matches of papers, in a worker thread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from tui.runtime.task import Task
from tui.ui.messages import MatchesReady
from tui.ui.workers.jobs import Job, JobGroup, JobRunner
from tui.ui.workers.library_jobs import CurrentLibrary

if TYPE_CHECKING:
    from tui.library.library import Library
    from tui.models import Paper

_PAPERS_PER_YIELD = 8


class PaperRanker(NamedTuple):
    """Computes the matches of lists of papers; a new list cancels the one before it.

    Attributes:
        jobs: runs the jobs.
        library: the library to read.
    """

    jobs: JobRunner
    library: CurrentLibrary

    def rank(self, papers: Sequence[Paper]) -> None:
        """Compute matches, after learning if that was not done yet; posts ``MatchesReady``."""
        self.jobs.start(JobGroup.RANKING, partial(_rank, self.library.get(), papers))


def _rank(library: Library, papers: Sequence[Paper], job: Job) -> MatchesReady | None:
    from tui.runtime.tuning import INPUT_PRIORITY

    ranking, task = library.ranking, Task(is_cancelled=job.is_cancelled)
    if not library.has_ranking:
        ranking.prepare(library, task)
    for number, paper in enumerate(papers):
        if number % _PAPERS_PER_YIELD == 0:
            task.raise_if_cancelled()
            INPUT_PRIORITY.yield_to_input()
        if ranking.match(library, paper) is None:
            break
    return MatchesReady(papers)
