"""Set marks of papers by their ids or by a query, as ``broadsheet marks set`` does."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from tui.cli import output
from tui.cli.tag_options import parse_tag_options
from tui.config.paths import marks_folder
from tui.marks.edits import (
    MarkEdit,
    set_hidden,
    set_note,
    set_read,
    set_starred,
    set_tags,
    set_versions_known,
)
from tui.marks.limits import MarkTooLargeError
from tui.marks.reading_list import add_to_list, remove_from_list
from tui.marks.store import MarkStore
from tui.marks.sync.jsonl_file import canonical_id
from tui.marks.tags import merge_tags
from tui.models import Paper

STANDARD_INPUT = "-"

_QUERY_SIGNS = (" ", ":", '"')
"""What an argument contains that is meant as a query; a single word is a mistyped id."""


def set_marks(arguments: argparse.Namespace) -> int:
    """Set marks, and print how many papers changed.

    Args:
        arguments: those of the command.

    Returns:
        An exit code.

    Raises:
        CommandError: nothing is to be set, an id or the query is invalid, or the marks cannot be
            saved; nothing is changed.
    """
    added = parse_tag_options("--tag", arguments.tag)
    removed = parse_tag_options("--untag", arguments.untag)
    values = (
        arguments.read, arguments.starred, arguments.hidden, arguments.later, arguments.note,
    )  # fmt: skip
    if not added and not removed and set(values) == {None}:
        raise output.CommandError("nothing to set; see 'broadsheet marks set -h'")
    store = MarkStore(marks_folder())
    ids, papers = _papers(arguments, store)
    if not ids:
        return output.NOTHING_MATCHED
    try:
        edits = _edits(arguments, ids)
        edits += set_versions_known(papers) if arguments.read else ()
        for paper in ids if added or removed else ():
            tags = store.get(paper).tags
            edits += set_tags([paper], merge_tags(tags, added, removed), replaces=tags)
    except MarkTooLargeError as error:
        raise output.CommandError(f"{error}; nothing was changed") from error
    with output.command_errors(prefix="the marks could not be saved: "):
        applied = store.apply(edits)
    output.warn(*store.read_errors)
    edited = {edit.paper for edit in applied}
    changed = [paper for paper in ids if paper in edited]
    if arguments.format == "json":
        output.print_json({"papers": len(ids), "changed": changed})
    else:
        output.print_line(f"{output.plural(len(ids), 'paper')}; {len(changed) or 'none'} changed.")
    return output.OK


def _edits(arguments: argparse.Namespace, ids: Sequence[str]) -> list[MarkEdit]:
    """Return the edits of all options but those for tags."""
    edits: list[MarkEdit] = []
    if arguments.read is not None:
        edits += set_read(ids, arguments.read)
    if arguments.starred is not None:
        edits += set_starred(ids, arguments.starred)
    if arguments.hidden is not None:
        edits += set_hidden(ids, arguments.hidden)
    if arguments.later is not None:
        edits += add_to_list(ids) if arguments.later else remove_from_list(ids)
    if arguments.note is not None:
        edits += set_note(ids, arguments.note)
    return edits


def _papers(
    arguments: argparse.Namespace, store: MarkStore
) -> tuple[Sequence[str], Sequence[Paper]]:
    """Return the ids that the arguments name, and the papers if they were read to find them.

    A warning says if nothing matches.
    """
    try:
        only_word = arguments.id[0] if len(arguments.id) == 1 else ""
        given = [
            paper
            for word in arguments.id
            for paper in (_ids_from_input() if word == STANDARD_INPUT else [word])
        ]
        ids = list(dict.fromkeys(map(canonical_id, given)))
    except ValueError as error:
        if any(sign in only_word for sign in _QUERY_SIGNS):
            papers = _matching(only_word, arguments, store)
            return [paper.paper_id for paper in papers], papers
        raise output.CommandError(f"{error}; nothing was changed") from error
    if not ids:
        output.warn("no ids given; nothing was changed")
    return ids, ()


def _matching(query: str, arguments: argparse.Namespace, store: MarkStore) -> Sequence[Paper]:
    """Return the papers that match a query; warn if nothing matches."""
    from tui.cli.find_papers import no_papers_message, paper_finder
    from tui.cli.open_library import read_library
    from tui.cli.source_selection import choose_sources

    papers = read_library(choose_sources(arguments.path), paper_finder(query, store))
    if not papers:
        output.warn(f"{no_papers_message(query)}; nothing was changed")
    return papers


def _ids_from_input() -> list[str]:
    """Return the ids on standard input: one per line, or several separated by spaces."""
    from tui.cli.paper_ids import lines_from_input
    from tui.paper_ids.references import sole_paper_id

    lines = lines_from_input()
    return [word for line in lines for word in ([line] if sole_paper_id(line) else line.split())]
