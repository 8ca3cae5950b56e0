"""Recognize the format of a file of references, and read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from itertools import islice

from tui.digests.encodings import decode
from tui.marks.references import PaperReference, bibtex, csl_json, csv_files, id_list, rdf, ris
from tui.marks.sync.json_values import MAX_FILE_BYTES, RejectedFileError, read_values

FORMATS = ("bibtex", "ris", "csl-json", "csv", "rdf", "ids")

MARKS = "marks"
"""What `recognize` returns for a file of marks, which is no file of references."""

_BIBTEX = re.compile(r"^\s*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE)
_RIS = re.compile(r"^TY  ?- ?", re.MULTILINE)
_ITEM_FIELDS = (b'"type"', b'"itemType"', b'"items"')
_HEAD_CHARS = 100_000


def recognize(data: bytes) -> str:
    """Return the format of a file: one of ``FORMATS``, or ``MARKS``.

    Raises:
        RejectedFileError: it is JSON that is damaged.
    """
    head = data[:_HEAD_CHARS].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head[:1] in {b"[", b"{"}:
        return _recognize_json(data, head)
    text = _decoded(data[: 4 * _HEAD_CHARS])[:_HEAD_CHARS]
    first_line = text.partition("\n")[0]
    is_format: dict[str, Callable[[], object]] = {
        "rdf": lambda: text.lstrip().startswith("<"),
        "bibtex": lambda: _BIBTEX.search(text),
        "ris": lambda: _RIS.search(text),
        "csv": lambda: csv_files.is_table(first_line),
        "ids": lambda: _is_list(text),
    }
    return next((name for name, matches in is_format.items() if matches()), MARKS)


def _is_list(text: str) -> bool:
    """Return whether half of the lines name a paper; a page that links to papers is no list."""
    named = [line.paper_id is not None for line in id_list.read(text)]
    return sum(named) * 2 >= len(named) > 0


def _recognize_json(data: bytes, head: bytes) -> str:
    # A damaged file is read twice, so only one that may be a bibliography is read here.
    if not any(name in head for name in _ITEM_FIELDS):
        return MARKS
    values = (value for _line, value in islice(read_values(BytesIO(data)), 1))
    return "csl-json" if any(map(csl_json.is_reference, values)) else MARKS


def read_references(data: bytes, format_name: str) -> Iterator[PaperReference]:
    """Yield the references of a file.

    Args:
        data: the whole file.
        format_name: one of ``FORMATS``.

    Raises:
        RejectedFileError: it is too large, damaged or incomplete; nothing of it may be used.
    """
    if len(data) > MAX_FILE_BYTES:
        raise RejectedFileError(0, f"is larger than {MAX_FILE_BYTES >> 20} MB")
    if format_name == "csl-json":
        return csl_json.read(data)
    if format_name == "rdf":
        return rdf.read(data)
    readers = {
        "bibtex": bibtex.read, "ris": ris.read, "csv": csv_files.read, "ids": id_list.read,
    }  # fmt: skip
    return readers[format_name](_decoded(data))


def merged(references: Iterable[PaperReference]) -> Iterator[PaperReference]:
    """Yield one reference per paper, with the keywords of all; those without an id as they are."""
    by_id: dict[str, PaperReference] = {}
    for reference in references:
        if reference.paper_id is None:
            yield reference
            continue
        before = by_id.get(reference.paper_id)
        if before is not None:
            keywords = tuple(dict.fromkeys((*before.keywords, *reference.keywords)))
            note = before.note or reference.note
            reference = before._replace(keywords=keywords, note=note)  # noqa: PLW2901
        by_id[reference.paper_id or ""] = reference
    yield from by_id.values()


def _decoded(data: bytes) -> str:
    return decode(data)[0].replace("\r\n", "\n").replace("\r", "\n")
