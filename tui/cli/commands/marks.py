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
    How,
    MarkStore,
    NotPersistedError,
    parse_tags,
    set_read,
    set_starred,
    with_note,
)
from tui.marks.sync.jsonl import ImportResult, canonical_id, line_of, read_lines
from tui.marks.sync.merge_store import MarkMerger
from tui.models import Marks
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
    changes = _done(lambda: marks.merge(read.papers))
    for damage in marks.damage:
        warn(damage)
    if arguments.format == "json":
        problems = [
            {"file": odd.file, "line": odd.line, "message": odd.message} for odd in read.problems
        ]
        print_json({"read": len(read.papers), "changed": len(changes), "problems": problems})
    else:
        told = count(len(read.papers), "paper")
        print(f"Read the marks of {told}; {len(changes) or 'none'} changed.")
    return OK


def _read(name: str) -> ImportResult:
    if name == STANDARD_INPUT:
        stream: BinaryIO = sys.stdin.buffer
        return read_lines(stream, "standard input")
    with expanded(name).open("rb") as file:
        return read_lines(file, name)


def run_set(arguments: argparse.Namespace) -> int:
    """Set marks of papers that are named by their ids."""
    hows = list(_hows(arguments))
    if not hows:
        raise CommandError("nothing to set; 'broadsheet marks set -h' tells what there is")
    try:
        ids = list(dict.fromkeys(map(canonical_id, _ids(arguments.id))))
    except ValueError as error:
        raise CommandError(f"{error}; nothing is changed") from error
    if not ids:
        warn("no ids, and so nothing is changed")
        return NOTHING_MATCHED

    def how(marks: Marks) -> Marks:
        for each in hows:
            marks = each(marks)
        return marks

    store = MarkStore(marks_folder())
    try:
        changes = _done(lambda: store.change(ids, how))
    except NotPersistedError as error:
        raise CommandError(f"the marks cannot be kept: {error}") from error
    for damage in store.damage:
        warn(damage)
    if arguments.format == "json":
        print_json({"papers": len(ids), "changed": [change.arxiv_id for change in changes]})
    else:
        print(f"{count(len(ids), 'paper')}; {len(changes) or 'none'} changed.")
    return OK


def _ids(named: Sequence[str]) -> list[str]:
    """Return the ids that are named, those of standard input in the place of ``-``."""
    ids: list[str] = []
    for name in named:
        ids += sys.stdin.read().split() if name == STANDARD_INPUT else [name]
    return ids


def _hows(arguments: argparse.Namespace) -> list[How]:
    hows: list[How] = []
    if arguments.read is not None:
        hows.append(set_read(arguments.read))
    if arguments.starred is not None:
        hows.append(set_starred(arguments.starred))
    if arguments.note is not None:
        hows.append(with_note(arguments.note))
    added, removed = (parse_tags(" ".join(tags)) for tags in (arguments.tag, arguments.untag))
    if added or removed:
        hows.append(with_and_without(added, removed))
    return hows


def with_and_without(added: Sequence[str], removed: Sequence[str]) -> How:
    """Return what gives any paper some tags and takes others, in whatever case they are spelled."""
    from tui.query.normalize import fold

    unwanted = set(map(fold, removed))

    def how(marks: Marks) -> Marks:
        kept = [tag for tag in marks.tags if fold(tag) not in unwanted]
        there = set(map(fold, kept))
        new = [tag for tag in added if fold(tag) not in there]
        return marks._replace(tags=(*kept, *new))

    return how


def _done(work: Callable[[], Done]) -> Done:
    """Return what some work returns; what marks or files refuse is told in a sentence."""
    try:
        return work()
    except NotPersistedError:
        raise
    except (StorageError, OSError) as error:
        told = reason(error) if isinstance(error, OSError) else str(error)
        raise CommandError(told) from error
