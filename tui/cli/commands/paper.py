"""``broadsheet paper``."""

from __future__ import annotations

import argparse

from tui.cli import output
from tui.cli.arguments import add_format, add_pager, valid_text

LINE_WIDTH = 80
"""Cells of a line of plain text."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = (
        "A text that was fetched before is kept, and printed without a connection. Otherwise it "
        "comes from Hugging Face, from arXiv's HTML, or from the PDF. HF_ENDPOINT, HF_TOKEN, "
        "ARXIV_ENDPOINT and the proxy settings of the environment are respected."
    )
    text = "an id of arXiv such as 2505.04921, or a URL that has one"
    parser.add_argument("id", type=valid_text, metavar="ID", help=text)
    text = "fetch the text even if it is kept"
    parser.add_argument("--again", action="store_true", help=text)
    add_format(parser, "markdown", "text")
    add_pager(parser)


def run(arguments: argparse.Namespace) -> None:
    """Print the text of a paper.

    Raises:
        CommandError: it has no text, or the text cannot be fetched.
    """
    from tui.cli.find_papers import open_marks
    from tui.cli.source_selection import settings_with_warnings
    from tui.library.paper_texts import PaperTexts
    from tui.models import NO_MARKS
    from tui.paper_ids.references import sole_paper_id
    from tui.sources.fulltext import TextUnavailableError

    paper_id = sole_paper_id(arguments.id.strip())
    if paper_id is None:
        raise output.CommandError(f"{arguments.id}: not the id of a paper")
    marks = open_marks()
    texts = PaperTexts(
        settings_with_warnings(),
        lambda each: marks.get(each, NO_MARKS).starred,
        may_fetch=arguments.policy.may_fetch_texts,
    )
    with (
        output.command_errors(TextUnavailableError),
        output.progress_line(lambda _progress: f"Fetching the text of {paper_id}") as task,
    ):
        if arguments.again:
            texts.keep(texts.fetch(paper_id, task))
        markdown = texts.load(paper_id, task).markdown
    if arguments.format == "text":
        from tui.ui.typeset.blocks import parse_blocks
        from tui.ui.typeset.layout import lay_out

        lines = lay_out(parse_blocks(markdown), LINE_WIDTH)
        output.print_text(line.text.replace("\u00a0", " ").rstrip() + "\n" for line in lines)
    else:
        output.print_text([markdown])
