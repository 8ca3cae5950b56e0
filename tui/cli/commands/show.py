"""``broadsheet show``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tui.cli.arguments import add_format, add_pager, add_sources, valid_text
from tui.cli.output import NOTHING_MATCHED, OK, print_json, print_text, warn

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
    add_format(parser, "markdown", "json")
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
    else:
        from tui.library.export.markdown import render

        print_text(render(found.values()))
    missing = [paper_id for paper_id in ids if paper_id not in found]
    warn(*(f"{paper_id}: no digest contains this paper" for paper_id in missing))
    warn(*marks.read_errors)
    return NOTHING_MATCHED if missing or not found else OK
