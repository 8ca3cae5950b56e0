"""``broadsheet letter``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tui.cli import output
from tui.cli.arguments import add_format, add_output, add_query, add_sources, positive_int

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.library.letter.letter import Letter
    from tui.library.library import Library
    from tui.marks.store import MarkStore


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_query(parser)
    add_sources(parser)
    text = "the days that the letter is about, until today (default: 7)"
    parser.add_argument("--days", type=positive_int, default=7, metavar="N", help=text)
    add_format(parser, "text", "markdown", "html")
    add_output(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print what was new in the last days; exit with 1 if nothing was."""
    from tui.cli.find_papers import open_marks
    from tui.cli.open_library import read_library
    from tui.cli.source_selection import choose_sources, reader_file
    from tui.library.letter.letter_formats import FORMATS
    from tui.storage.atomic_write import replace_text

    file = None
    if arguments.output not in {None, "-"}:
        file = reader_file(arguments.output, arguments.policy)
    marks = open_marks()
    write = _writer(arguments, marks)
    with output.command_errors():
        letter = read_library(choose_sources(arguments.path), write)
    output.warn(*marks.read_errors)
    if letter is None:
        days = output.plural(arguments.days, "day")
        output.warn(f"nothing was new in the last {days}; no letter was written")
        return output.NOTHING_MATCHED
    parts = FORMATS[arguments.format](letter)
    if file is None:
        # UTF-8 whatever the locale, because cron has none.
        output.print_utf8(parts)
        return output.OK
    with output.command_errors(prefix="cannot write "):
        from tui.library.export.formats import is_digest
        from tui.library.letter.letter_formats import is_own_letter

        if is_digest(file) and not is_own_letter(file.read_bytes()):
            raise output.CommandError(f"{file}: is a digest; not overwritten")
        replace_text(file, parts)
    return output.OK


def _writer(arguments: argparse.Namespace, marks: MarkStore) -> Callable[[Library], Letter | None]:
    """Return a function that writes the letter of a library, or returns None without papers.

    Raises:
        CommandError: the query has a syntax error.
    """
    from datetime import datetime, timedelta

    from tui.cli.find_papers import paper_finder
    from tui.library.letter.letter import starred_since, write_letter
    from tui.query.relative_dates import current_day

    last = current_day()
    first = last - timedelta(days=arguments.days - 1)
    period = f"date:{first.isoformat()}..{last.isoformat()}"
    find_new = paper_finder(period, marks)
    query = arguments.query
    find_matching = paper_finder(f"{period} {query}", marks) if query else None
    since = int(datetime.combine(first, datetime.min.time()).timestamp() * 1000)

    def write(library: Library) -> Letter | None:
        library.reader_marks = marks.all_marks
        new = find_new(library)
        matching = find_matching(library) if find_matching else None
        ids = starred_since(marks.all_marks(), _star_times(), since)
        starred = library.papers_by_id(ids)
        if not starred and not (new if matching is None else matching):
            return None
        days = first.isoformat(), last.isoformat()
        return write_letter(library, new, matching, starred, days=days, query=query or "")

    return write


def _star_times() -> dict[str, int]:
    """Return when the star of each paper changed, in milliseconds since 1970."""
    from tui.config.paths import marks_folder
    from tui.marks.sync.merge_store import MarkMerger

    shards = MarkMerger(marks_folder()).read_shards()
    return {paper: marks.starred[0] for _, shard in shards for paper, marks in shard.items()}
