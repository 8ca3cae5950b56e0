"""Export to notes: one file per paper, from a template of the reader's.

A file that the reader edited is never replaced. To know which ones were not, a hidden file in the
folder has the checksum of each note as it was written, in the format of ``sha256sum``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from os.path import lexists
from pathlib import Path
from typing import NamedTuple

from tui.library.export import ExportRecord
from tui.library.export.placeholders import FIELDS, fill
from tui.paper_ids import slug
from tui.storage.atomic_write import replace_text
from tui.storage.regular_file import UnusableFileError, read_regular_file

CHECKSUMS = ".broadsheet-notes"
"""The name of the file with the checksums."""

MAX_TEMPLATE_BYTES = 1 << 20
_MAX_NOTE_BYTES = 64 << 20
_MAX_NAME_BYTES = 150

_UNSAFE_IN_NAME = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|#^\[\]]+")
"""Characters that file systems, or links between notes, do not allow."""


class NotesReport(NamedTuple):
    """What was done with the notes.

    Attributes:
        written: files that were created or replaced.
        unchanged: files that have the same text already.
        kept: files that somebody else wrote or edited.
    """

    written: list[Path]
    unchanged: list[Path]
    kept: list[Path]


def write_notes(
    folder: Path, records: Iterable[ExportRecord], template: str, name: str, suffix: str
) -> NotesReport:
    """Write a note per paper into a folder.

    Args:
        folder: an existing folder.
        records: the papers, with summaries if the template needs them.
        template: the text of a note, with the placeholders of ``placeholders.FIELDS``.
        name: a template for the file's name; empty for the paper's id.
        suffix: the end of the file's name.

    Raises:
        OSError: a note cannot be written; those before it are.
    """
    checksums = _read_checksums(folder)
    report = NotesReport([], [], [])
    used: set[str] = set()
    try:
        for record in records:
            file = folder / _file_name(record, name, suffix, used)
            text = _filled(template, record)
            text = text if text.endswith("\n") else f"{text}\n"
            checksum = sha256(text.encode()).hexdigest()
            if lexists(file):
                found = _checksum_of(file)
                if found == checksum:
                    report.unchanged.append(file)
                    continue
                if found is None or found != checksums.get(file.name):
                    report.kept.append(file)
                    continue
            replace_text(file, [text])
            checksums[file.name] = checksum
            report.written.append(file)
    finally:
        if report.written:
            lines = (f"{value}  {name}\n" for name, value in sorted(checksums.items()))
            replace_text(folder / CHECKSUMS, lines)
    return report


def _filled(template: str, record: ExportRecord) -> str:
    return fill(template, lambda name: FIELDS[name](record))


def _file_name(record: ExportRecord, template: str, suffix: str, used: set[str]) -> str:
    """Return a file name for a paper that no paper before it has; case does not distinguish."""
    own = slug(record.paper.paper_id)
    name = _filled(template, record) if template else own
    name = " ".join(_UNSAFE_IN_NAME.sub(" ", name).split()).strip(". ")
    name = name.encode()[:_MAX_NAME_BYTES].decode(errors="ignore").rstrip(". ") or own
    if f"{name}{suffix}".casefold() in used:
        name = f"{name} {own}"
    used.add(f"{name}{suffix}".casefold())
    return f"{name}{suffix}"


def _read_checksums(folder: Path) -> dict[str, str]:
    """Return the checksum of each note; without a file, or with a damaged one, of none."""
    try:
        data = read_regular_file(folder / CHECKSUMS, _MAX_NOTE_BYTES)
    except (OSError, UnusableFileError):
        return {}
    lines = (line.partition("  ") for line in data.decode(errors="replace").split("\n"))
    return {name: checksum for checksum, _, name in lines if name}


def _checksum_of(file: Path) -> str | None:
    """Return the checksum of a file, or None if it cannot be read."""
    try:
        return sha256(read_regular_file(file, _MAX_NOTE_BYTES)).hexdigest()
    except (OSError, UnusableFileError):
        return None
