"""Mark the papers of a bibliography, as ``broadsheet marks import`` does."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence

from tui.cli.import_result import print_import
from tui.cli.output import NOTHING_MATCHED, OK, CommandError, command_errors, warn
from tui.cli.tag_options import parse_tag_options
from tui.config.paths import marks_folder
from tui.marks.edits import MarkEdit, set_hidden, set_note, set_read, set_starred, set_tags
from tui.marks.limits import MAX_TAG_CHARACTERS, MarkTooLargeError
from tui.marks.references import PaperReference
from tui.marks.references.reference_files import merged, read_references
from tui.marks.store import MarkStore
from tui.marks.tags import merge_tags, parse_tags
from tui.models import Problem

MAX_LINE_PROBLEMS = 20
"""Number of entries without an id that are reported one by one."""


def import_references(
    data: bytes, name: str, file_format: str, arguments: argparse.Namespace
) -> int:
    """Star or tag the papers of a file, whether or not a digest lists them.

    Args:
        data: the whole file.
        name: its name in messages.
        file_format: one of ``reader.FORMATS``.
        arguments: of the command: ``star``, ``tag``, ``keywords`` and ``format``.

    Returns:
        The exit code.

    Raises:
        RejectedFileError: the file is damaged; nothing of it was used.
        CommandError: it names no paper, or the marks cannot be stored.
    """
    tags = parse_tag_options("--tag", arguments.tag)
    # All of the file is read before anything is changed.
    references = list(merged(read_references(data, file_format)))
    papers = [reference for reference in references if reference.paper_id]
    problems = _problems(name, (each for each in references if not each.paper_id))
    warn(*problems)
    if not references:
        warn(f"{name}: contains no papers")
        return NOTHING_MATCHED
    if not papers:
        raise CommandError(f"{name}: names no paper by an id, a DOI or a link")
    store = MarkStore(marks_folder())
    edits: list[MarkEdit] = []
    for reference in papers:
        try:
            edits += _edits(reference, store, tags, arguments)
        except MarkTooLargeError as error:
            where = f"{name}:{reference.line}"
            raise CommandError(f"{where}: {error}; nothing was imported") from error
    with command_errors(prefix="the marks could not be saved: "):
        applied = store.apply(edits)
    warn(*store.read_errors)
    changed = {edit.paper for edit in applied if edit.is_effective}
    print_import(len(papers), len(changed), problems, is_json=arguments.format == "json")
    return OK


def _edits(
    reference: PaperReference, store: MarkStore, tags: Sequence[str], arguments: argparse.Namespace
) -> list[MarkEdit]:
    """Return the edits of a paper; they only add, and a note of the reader's stays."""
    paper = reference.paper_id or ""
    # The file has marks, as a CSV file that Broadsheet wrote.
    has_marks = reference.starred is not None
    is_starred = reference.starred if has_marks else not tags
    edits = set_starred([paper], True) if arguments.star or is_starred else []
    if reference.read:
        edits += set_read([paper], True)
    if reference.hidden:
        edits += set_hidden([paper], True)
    current = store.get(paper)
    added = list(tags)
    if has_marks or arguments.keywords:
        added += _tags_of(reference.keywords)
        if reference.note and not current.note:
            edits += set_note([paper], reference.note)
    if added:
        edits += set_tags([paper], merge_tags(current.tags, added), replaces=current.tags)
    return edits


def _tags_of(keywords: Iterable[str]) -> list[str]:
    """Return keywords as tags: with hyphens for spaces, and without those that are too long."""
    joined = ("-".join(keyword.replace(",", " ").split()) for keyword in keywords)
    return [tag for text in joined if len(text) <= MAX_TAG_CHARACTERS for tag in parse_tags(text)]


def _problems(name: str, references: Iterable[PaperReference]) -> list[Problem]:
    lines = [reference.line for reference in references]
    message = "has no id, DOI or link of a paper; skipped"
    problems = [Problem(name, line, message) for line in lines[:MAX_LINE_PROBLEMS]]
    if more := len(lines) - len(problems):
        problems.append(Problem(name, 0, f"{more} more skipped"))
    return problems
