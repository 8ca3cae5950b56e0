"""Load the full text of a paper, and lay it out, as background jobs."""

from __future__ import annotations

from tui.library.paper_texts import PaperTexts
from tui.models import Paper
from tui.runtime.task import Task
from tui.runtime.tuning import INPUT_PRIORITY
from tui.sources.fulltext import TextUnavailableError
from tui.ui.task_messages import TextLoaded, TextUnavailable
from tui.ui.typeset.text_page import FullTextPage, lay_out_again, text_pages
from tui.ui.workers.jobs import Job


def load_text(paper: Paper, texts: PaperTexts, room: int, job: Job) -> TextUnavailable | None:
    """Post the beginning of a text and then all of it; return why that failed, or None.

    Args:
        paper: the paper.
        texts: the texts that are kept, and those that can be fetched.
        room: the cells for its lines.
        job: receives the pages, and can be cancelled.
    """
    task = Task(is_cancelled=job.is_cancelled)
    kept = texts.kept(paper.paper_id)
    try:
        text = kept or texts.fetch(paper.paper_id, task)
    except TextUnavailableError as error:
        return TextUnavailable(paper.paper_id, str(error))

    def before_piece() -> None:
        task.raise_if_cancelled()
        INPUT_PRIORITY.yield_to_input()

    try:
        for page in text_pages(paper.paper_id, paper.title, text.markdown, room, before_piece):
            job.post(TextLoaded(page))
    finally:
        if kept is None:
            # After it is shown: writing waits for the disk.
            texts.keep(text)
    return None


def lay_out_text(page: FullTextPage, room: int, _job: Job) -> TextLoaded:
    """Return a text that is laid out for another width."""
    return TextLoaded(lay_out_again(page, room))
