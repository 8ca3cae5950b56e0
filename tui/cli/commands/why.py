"""``broadsheet why``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tui.cli.arguments import add_format
from tui.cli.output import NOTHING_MATCHED, OK, print_json, print_lines

if TYPE_CHECKING:
    from tui.cli.named_file import NamedFile
    from tui.digests.explain.explanation import ExplainedEntry, Explanation
    from tui.digests.explain.places import Place


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    text = (
        "a file; x.zip!PATH for one in an archive, '-' for standard input, or a name that"
        " 'broadsheet sync' prints"
    )
    parser.add_argument("file", metavar="FILE", help=text)
    parser.add_argument("--all", action="store_true", help="leave nothing out")
    add_format(parser, "text", "json")


def run(arguments: argparse.Namespace) -> int:
    """Show how a file is read; exit with 1 if it gives no paper."""
    from tui.cli.named_file import read_named_file
    from tui.digests.explain.explanation import explain

    file = read_named_file(arguments.file, arguments.policy)
    is_json = arguments.format == "json"
    if is_json or arguments.all:
        explanation = explain(file.data, file.name)
    else:
        from tui.cli.why_text import MAX_ENTRIES

        explanation = explain(file.data, file.name, max_entries=MAX_ENTRIES)
    if is_json:
        print_json(_as_json(file, explanation))
    else:
        from tui.cli.why_text import why_lines

        print_lines(why_lines(file, explanation, is_complete=arguments.all))
    return OK if explanation.digest.entries else NOTHING_MATCHED


def _as_json(file: NamedFile, explanation: Explanation) -> dict[str, object]:
    from tui.cli.problem_output import problems_and_notes

    return {
        "file": file.name,
        "source": None if file.source is None else str(file.source),
        "skipped": file.skip_reason or None,
        "bytes": explanation.size,
        "lines": explanation.line_count,
        "encoding": explanation.encoding,
        "dialect": explanation.digest.dialect,
        "tried": [
            {
                "dialect": attempt.dialect,
                "claimed": attempt.digest is not None,
                "papers": len(attempt.digest.entries) if attempt.digest else 0,
            }
            for attempt in explanation.attempts
        ],
        "outline": [line._asdict() for line in explanation.outline],
        "papers": [_entry_as_json(entry) for entry in explanation.entries],
        "left_over": [
            {
                "id": each.paper_id,
                "lines": list(each.lines),
                "times": each.times,
                "reason": each.reason.value,
                "paper_line": each.entry_line,
            }
            for each in explanation.left_over
        ],
        **problems_and_notes(explanation.digest.problems),
    }


def _entry_as_json(explained: ExplainedEntry) -> dict[str, object]:
    from tui.models import UNDATED

    entry, places = explained.entry, explained.places
    return {
        "line": entry.line,
        "id": entry.paper_id,
        "rule": explained.rule,
        "title": entry.title,
        "day": None if entry.date == UNDATED else entry.date,
        "authors": list(entry.authors),
        "votes": entry.votes,
        "places": {
            "title": _place_as_json(places.title),
            "day": list(map(_place_as_json, places.day)),
            "authors": _place_as_json(places.authors),
            "votes": _place_as_json(places.votes),
        },
    }


def _place_as_json(place: Place | None) -> dict[str, object] | None:
    return None if place is None else place._asdict()
