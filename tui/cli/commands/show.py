"""``broadsheet show``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tui.cli.arguments import add_format, add_pager, add_sources, valid_text
from tui.cli.output import (
    NOTHING_MATCHED,
    OK,
    console,
    print_json,
    print_text,
    styled,
    warn,
)

STYLES = {
    "title": "bold", "heading": "bold", "strong": "bold", "label": "bold", "caption": "dim",
    "muted": "dim", "emphasis": "italic", "struck": "strike", "link": "underline",
}  # fmt: skip
"""Styles of Rich, by those of a page. The others look like plain text."""

if TYPE_CHECKING:
    from tui.library.export import ExportRecord
    from tui.library.library import Library


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    text = (
        "an id such as 2505.04921, a DOI or a URL; '-' reads them from standard input, one per line"
    )
    parser.add_argument("id", type=valid_text, metavar="ID", help=text)
    add_sources(parser)
    add_format(parser, "text", "markdown", "json")
    add_pager(parser)


def run(arguments: argparse.Namespace) -> int:
    """Show a paper with its summaries, or every paper whose id is read from standard input."""
    from tui.cli.find_papers import open_marks
    from tui.cli.open_library import read_library
    from tui.cli.paper_ids import lines_from_input
    from tui.cli.source_selection import choose_sources
    from tui.library.export import ExportRecord
    from tui.paper_ids.references import sole_paper_id

    reads_input = arguments.id == "-"
    ids = lines_from_input() if reads_input else [arguments.id]
    marks = open_marks()

    def find(library: Library) -> dict[str, ExportRecord]:
        found = {}
        for paper_id in ids:
            text = paper_id.strip()
            if paper := library.paper(sole_paper_id(text) or text):
                summaries = library.summaries(paper)
                found[paper_id] = ExportRecord(paper, marks.get(paper.paper_id), summaries)
        return found

    found = read_library(choose_sources(arguments.path), find)
    if arguments.format == "json":
        from tui.library.export.data_export import record_fields

        papers = list(map(record_fields, found.values()))
        if reads_input or papers:
            print_json(papers if reads_input else papers[0])
    elif arguments.format == "text" and sys.stdout.isatty():
        _print_typeset(found.values())
    else:
        from tui.library.export.markdown import render

        print_text(render(found.values()))
    missing = [paper_id for paper_id in ids if paper_id not in found]
    warn(*(f"{paper_id}: no digest contains this paper" for paper_id in missing))
    warn(*marks.read_errors)
    return NOTHING_MATCHED if missing or not found else OK


def _print_typeset(records: Iterable[ExportRecord]) -> None:
    """Print papers on a terminal as the browser shows them, with their addresses."""
    from rich.text import Text

    from tui.terminal.glyphs import ASCII, UNICODE, use_glyphs
    from tui.ui.typeset.paper_page import line_width, typeset_page

    use_glyphs(UNICODE if sys.stdout.encoding.lower().startswith("utf") else ASCII)
    screen = console()
    for number, (paper, marks, summaries) in enumerate(records):
        if number:
            screen.print()
        width = min(screen.width, line_width(summaries))
        for line in typeset_page(paper, summaries, width, marks):
            spans = (styled(span.text, _style(span.style)) for span in line.spans)
            screen.print(Text.assemble(*spans), soft_wrap=True)
        screen.print()
        screen.print(styled(paper.url, STYLES["link"]), soft_wrap=True)


def _style(names: str) -> str:
    return " ".join(dict.fromkeys(STYLES[name] for name in names.split() if name in STYLES))
