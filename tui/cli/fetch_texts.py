"""``broadsheet fetch --text``: fetch the full text of papers ahead."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui.cli import output

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from tui.library.paper_texts import PaperTexts
    from tui.models import Paper
    from tui.runtime.task import Progress, Task


def fetch_texts(arguments: argparse.Namespace) -> int:
    """Fetch the texts of the papers that match a query, except those that are kept.

    Every text is kept at once, so that the same command continues after an interruption.

    Args:
        arguments: the query, and whether to fetch texts again that are kept.

    Returns:
        The exit code.

    Raises:
        CommandError: no paper matches, or no text can be fetched.
    """
    from tui.cli.find_papers import no_papers_message, open_marks, paper_finder
    from tui.cli.open_library import read_library
    from tui.cli.source_selection import choose_sources, settings_with_warnings
    from tui.library.paper_texts import PaperTexts
    from tui.models import NO_MARKS
    from tui.sources.fulltext import TextUnavailableError

    marks = open_marks()
    papers = read_library(choose_sources([]), paper_finder(arguments.text, marks))
    if not papers:
        output.warn(no_papers_message(arguments.text))
        return output.NOTHING_MATCHED
    texts = PaperTexts(
        settings_with_warnings(),
        lambda paper_id: marks.get(paper_id, NO_MARKS).starred,
        may_fetch=arguments.policy.may_fetch_texts,
    )
    with output.command_errors(TextUnavailableError):
        texts.check_fetching()
    kept = set() if arguments.again else texts.store.ids & {paper.paper_id for paper in papers}
    wanted = [paper for paper in papers if paper.paper_id not in kept]
    with output.progress_line(_describe_progress) as task:
        failures, done = _fetch_all(wanted, texts, task)
    counts = {"fetched": done - len(failures), "kept": len(kept), "failed": len(failures)}
    if arguments.format == "json":
        output.print_json({**counts, "not_requested": len(wanted) - done})
    else:
        output.print_line(", ".join(f"{name} {number}" for name, number in counts.items()))
    sys.stdout.flush()
    output.warn(*failures)
    if done < len(wanted):
        output.warn(f"{done} of {len(wanted)} done; run the same command to continue")
    return output.FAILED if failures else output.OK


def _fetch_all(papers: Sequence[Paper], texts: PaperTexts, task: Task) -> tuple[Sequence[str], int]:
    """Fetch texts until the servers cannot be reached.

    Returns:
        Why texts could not be fetched, and the number of papers dealt with.
    """
    from tui.runtime.task import Progress
    from tui.sources.fulltext import TextUnavailableError, TextUnreachableError

    failures: list[str] = []
    for number, paper in enumerate(papers):
        task.report(Progress(number, len(papers)))
        try:
            texts.keep(texts.fetch(paper.paper_id))
        except TextUnavailableError as error:
            failures.append(str(error))
            if isinstance(error, TextUnreachableError):
                return failures, number + 1
    return failures, len(papers)


def _describe_progress(progress: Progress) -> str:
    return f"Fetching texts: {progress.done} of {progress.total}"
