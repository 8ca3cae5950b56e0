"""``broadsheet export``."""

from __future__ import annotations

import argparse
from itertools import chain, islice
from typing import TYPE_CHECKING

from tui.cli import output
from tui.cli.arguments import add_limit, add_output, add_query, add_sources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.library.export import ExportRecord
    from tui.library.library import Library


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_query(parser)
    add_sources(parser)
    add_limit(parser)
    text = "the output format (default: by FILE's extension, else bibtex)"
    parser.add_argument("--format", choices=("bibtex", "markdown", "csv", "json"), help=text)
    add_output(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the papers that match a query to a file or to standard output.

    Raises:
        CommandError: the file cannot be written, is a digest, or has an unknown extension.
    """
    from tui.cli import find_papers, open_library
    from tui.cli.source_selection import choose_sources, reader_file
    from tui.library.export import formats

    file = None
    if arguments.output not in {None, "-"}:
        file = reader_file(arguments.output, arguments.policy)
    by_suffix = formats.format_for_path(file) if file and file.suffix else "bibtex"
    name = arguments.format or by_suffix
    if name is None:
        known = ", ".join(format_.suffixes[0] for format_ in formats.FORMATS.values())
        raise output.CommandError(f"{file}: unknown extension; use one of {known}, or --format")
    marks = find_papers.open_marks()
    find = find_papers.paper_finder(arguments.query, marks)

    def collect(library: Library) -> Sequence[ExportRecord] | None:
        if file is not None and formats.is_digest(file):
            raise output.CommandError(f"{file}: is a digest; not overwritten")
        papers = find(library)
        if not papers:
            return None
        return formats.collect_records(list(islice(papers, arguments.limit)), library, marks, name)

    with output.command_errors():
        records = open_library.read_library(choose_sources(arguments.path), collect)
    output.warn(*marks.read_errors)
    if records is None:
        suffix = f"; {file} was not written" if file else ""
        output.warn(f"{find_papers.no_papers_message(arguments.query)}{suffix}")
    if file is None:
        # UTF-8 whatever the locale, because the output is usually redirected to a file.
        format_ = formats.FORMATS[name]
        prefix = format_.file_prefix if records and output.is_file_start() else ""
        output.print_utf8(chain([prefix], format_.render(records or ())))
    elif records is not None and not records:
        output.warn(f"--limit 0 leaves no papers; {file} was not written")
    elif records is not None:
        with output.command_errors(prefix="cannot write "):
            formats.write_export(file, records, name)
        # If FILE is a device such as /dev/stdout, this line must not follow the papers.
        report = output.print_line if file.is_file() else output.print_error_line
        report(f"Wrote {output.plural(len(records), 'paper')} to {file}")
    return output.NOTHING_MATCHED if records is None else output.OK
