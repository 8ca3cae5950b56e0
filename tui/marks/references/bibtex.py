"""Read references in BibTeX and BibLaTeX."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tui.digests.parsing.bibtex_entries import UnclosedEntryError, plain_value, read_entries
from tui.marks.references import PaperReference, first_id
from tui.marks.sync.json_values import RejectedFileError

_ID_FIELDS = ("eprint", "arxiv", "arxivid", "doi", "url", "journal", "note", "howpublished", "pdf")
_NOTE_FIELDS = ("annote", "annotation")


def read(text: str) -> Iterator[PaperReference]:
    """Yield the entries of a file.

    Raises:
        RejectedFileError: an entry has no end: the file is damaged or incomplete.
    """
    try:
        for line, fields in read_entries(text):
            yield _reference(line, fields)
    except UnclosedEntryError as error:
        message = "this entry has no end; the file is damaged or incomplete"
        raise RejectedFileError(error.line, message) from None


def _reference(line: int, fields: Mapping[str, str]) -> PaperReference:
    values = [fields.get(name, "") for name in _ID_FIELDS]
    note = next(filter(None, (fields.get(name, "") for name in _NOTE_FIELDS)), "")
    keywords = tuple(filter(None, map(plain_value, _split_keywords(fields.get("keywords", "")))))
    return PaperReference(line, first_id(map(plain_value, values)), keywords, plain_value(note))


def _split_keywords(text: str) -> list[str]:
    """Split at commas and semicolons outside of braces."""
    parts = [""]
    depth = 0
    for char in text:
        depth += {"{": 1, "}": -1}.get(char, 0)
        if char in ",;" and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return parts
