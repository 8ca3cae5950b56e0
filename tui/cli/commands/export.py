"""``broadsheet export``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from tui.cli.commands.list import finder, nothing_found, warn_of_damage
from tui.cli.commands.open_library import choose_sources, expanded, read_library
from tui.cli.output import NOTHING_MATCHED, OK, CommandError, reason, warn
from tui.config.paths import marks_folder
from tui.export.formats import (
    FORMATS,
    DigestOverwriteError,
    ExportRecord,
    collect,
    export,
    format_of,
    refuse_digest,
    write,
)
from tui.library.library import Library
from tui.marks import MarkStore

_DEFAULT = "bibtex"


def run(arguments: argparse.Namespace) -> int:
    """Write the papers that a query finds to a file, or to standard output.

    Raises:
        CommandError: the file cannot be written, or is a digest.
    """
    file = None if arguments.output in {None, "-"} else expanded(arguments.output)
    name = arguments.format or (_DEFAULT if file is None else _format_of(file))
    marks = MarkStore(marks_folder())
    find = finder(arguments.query, marks)

    def gather(library: Library) -> list[ExportRecord] | None:
        if file is not None:
            refuse_digest(file)
        if not (found := find(library)):
            return None
        return collect(list(islice(found, arguments.limit)), library, marks, name)

    try:
        papers = read_library(choose_sources(arguments.path), gather)
    except DigestOverwriteError as error:
        raise CommandError(str(error)) from error
    warn_of_damage(marks)
    if papers is None:
        warn(nothing_found(arguments.query) + (f"; {file} is not written" if file else ""))
    if file is None:
        _print(export(papers or (), name))
    elif papers == []:
        warn(f"--limit 0 leaves no papers; {file} is not written")
    elif papers is not None:
        try:
            write(file, papers, name)
        except OSError as error:
            raise CommandError(f"cannot be written: {reason(error)}") from error
        # Not among the papers, should it be standard output by another name.
        stream = sys.stdout if file.is_file() else sys.stderr
        print(f"Wrote {len(papers)} paper{'s' * (len(papers) != 1)} to {file}", file=stream)
    return NOTHING_MATCHED if papers is None else OK


def _format_of(file: Path) -> str:
    """Return the format that a file's name asks for.

    Raises:
        CommandError: it asks for none.
    """
    name = format_of(file)
    if name is None and not file.suffix:
        return _DEFAULT
    if name is None:
        known = " ".join(each.suffixes[0] for each in FORMATS.values())
        raise CommandError(f"{file}: --format tells what to write, or an ending: {known}")
    return name


def _print(pieces: Iterable[str]) -> None:
    """Print text as UTF-8, whatever the locale: it is meant for a file."""
    sys.stdout.flush()
    for piece in pieces:
        sys.stdout.buffer.write(piece.encode())
    sys.stdout.buffer.flush()
