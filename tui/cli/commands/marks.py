"""``broadsheet marks``: marks that go elsewhere, come from there, or are set by a script."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import BinaryIO, TypeVar

from tui.cli.commands.open_library import expanded
from tui.cli.output import NOTHING_MATCHED, OK, CommandError, print_json, reason, warn
from tui.config.paths import marks_folder
from tui.library.view import count
from tui.marks import (
    MarkEdit,
    MarkStore,
    NotPersistedError,
    parse_tags,
    set_note,
    set_read,
    set_starred,
    set_tags,
)
from tui.marks.sync.jsonl import ImportResult, canonical_id, line_of, read_lines
from tui.marks.sync.merge_store import MarkMerger
from tui.storage.tables import StorageError

Done = TypeVar("Done")

STANDARD_INPUT = "-"


def run_export(arguments: argparse.Namespace) -> int:
    """Write all marks as lines of JSON, or as an array."""
    shards = _done(lambda: list(MarkMerger(marks_folder()).shards()))
    told = (line_of(each, dated) for _, shard in shards for each, dated in shard.items())
    lines = _as_array(told) if arguments.format == "json" else told
    if arguments.output is None:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(lines)
        sys.stdout.buffer.flush()
        return OK
    # Only what goes into a file needs it.
    from tui.storage.text_file import replace_text

    file = expanded(arguments.output)
    _done(lambda: replace_text(file, (line.decode() for line in lines)))
    return OK


def _as_array(lines: Iterable[bytes]) -> Iterator[bytes]:
    yield b"["
    for number, line in enumerate(lines):
        yield b",\n" if number else b"\n"
        yield line.rstrip()
    yield b"\n]\n"


def run_import(arguments: argparse.Namespace) -> int:
    """Take over marks from lines of JSON, where they are the later change."""
    read = _done(lambda: _read(arguments.file))
    for problem in read.problems:
        warn(str(problem))
    if not read.papers:
        if read.problems:
            raise CommandError(f"{arguments.file}: no line of it can be used")
        warn(f"{arguments.file}: there are no marks in it")
        return NOTHING_MATCHED
    marks = MarkMerger(marks_folder())
    changed = _done(lambda: marks.merge(read.papers))
    for damage in marks.damage:
        warn(damage)
    if arguments.format == "json":
        problems = [
            {"file": odd.file, "line": odd.line, "message": odd.message} for odd in read.problems
        ]
        print_json({"read": len(read.papers), "changed": len(changed), "problems": problems})
    else:
        told = count(len(read.papers), "paper")
        print(f"Read the marks of {told}; {len(changed) or 'none'} changed.")
    return OK


def _read(name: str) -> ImportResult:
    if name == STANDARD_INPUT:
        stream: BinaryIO = sys.stdin.buffer
        return read_lines(stream, "standard input")
    with expanded(name).open("rb") as file:
        return read_lines(file, name)


def run_set(arguments: argparse.Namespace) -> int:
    """Set marks of papers that are named by their ids."""
    added, removed = (parse_tags(" ".join(tags)) for tags in (arguments.tag, arguments.untag))
    if not added and not removed and {arguments.read, arguments.starred, arguments.note} == {None}:
        raise CommandError("nothing to set; 'broadsheet marks set -h' tells what there is")
    try:
        ids = list(dict.fromkeys(map(canonical_id, _ids(arguments.id))))
    except ValueError as error:
        raise CommandError(f"{error}; nothing is changed") from error
    if not ids:
        warn("no ids, and so nothing is changed")
        return NOTHING_MATCHED
    store = MarkStore(marks_folder())
    edits: list[MarkEdit] = []
    if arguments.read is not None:
        edits += set_read(ids, arguments.read)
    if arguments.starred is not None:
        edits += set_starred(ids, arguments.starred)
    if arguments.note is not None:
        edits += set_note(ids, arguments.note)
    for paper in ids if added or removed else ():
        tags = store.get(paper).tags
        edits += set_tags([paper], changed_tags(tags, added, removed), replaces=tags)
    try:
        applied = _done(lambda: store.apply(edits))
    except NotPersistedError as error:
        raise CommandError(f"the marks cannot be kept: {error}") from error
    for damage in store.damage:
        warn(damage)
    papers = {edit.paper for edit in applied}
    changed = [paper for paper in ids if paper in papers]
    if arguments.format == "json":
        print_json({"papers": len(ids), "changed": changed})
    else:
        print(f"{count(len(ids), 'paper')}; {len(changed) or 'none'} changed.")
    return OK


def _ids(named: Sequence[str]) -> list[str]:
    """Return the ids that are named, those of standard input in the place of ``-``."""
    ids: list[str] = []
    for name in named:
        ids += sys.stdin.read().split() if name == STANDARD_INPUT else [name]
    return ids


def changed_tags(
    tags: Sequence[str], added: Sequence[str], removed: Sequence[str]
) -> tuple[str, ...]:
    """Return tags without some and with others, whatever the case they are spelled in."""
    from tui.query.normalize import fold

    unwanted = set(map(fold, removed))
    kept = [tag for tag in tags if fold(tag) not in unwanted]
    present = set(map(fold, kept))
    return (*kept, *(tag for tag in added if fold(tag) not in present))


def _done(work: Callable[[], Done]) -> Done:
    """Return what some work returns; what marks or files refuse is told in a sentence."""
    try:
        return work()
    except NotPersistedError:
        raise
    except (StorageError, OSError) as error:
        told = reason(error) if isinstance(error, OSError) else str(error)
        raise CommandError(told) from error
