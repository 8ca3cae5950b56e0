"""How a file is read: its encoding, the dialects that were tried, and what each entry is from."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from tui.digests import reader
from tui.digests.dialects import general
from tui.digests.encodings import decode, name_of_encoding
from tui.digests.explain.left_over import LeftOver, LeftOverFinder, ids_by_line
from tui.digests.explain.outline import OutlineLine, data_outline, page_outline
from tui.digests.explain.places import FieldPlaces, PlaceFinder
from tui.digests.explain.structure import Structure, structure_of
from tui.digests.general.found_paper import FoundPaper
from tui.digests.general.papers_in_text import papers_in
from tui.digests.general.tree.document_tree import parse_document
from tui.digests.parsing.path_days import days_in_path
from tui.models import Digest, Entry

_RULES = {
    "heading": "a heading with an id",
    "field": "a section with an id in its fields",
    "item": "a list item with an id",
    "row": "a table row with an id",
    "record": "an object with an id",
    "bare id": "a line that is a link or an id, in a page without any other text",
}
"""What the rules of the general reader mean."""


class ExplainedEntry(NamedTuple):
    """An entry and where it is from.

    Attributes:
        entry: the entry.
        rule: what made it a paper.
        places: where its fields stand.
    """

    entry: Entry
    rule: str
    places: FieldPlaces


class Explanation(NamedTuple):
    """How a file is read.

    Attributes:
        digest: what it is read as.
        size: in bytes.
        line_count: the number of lines.
        encoding: the name of the encoding.
        attempts: the dialects that were tried, in order.
        outline: the outline of the text.
        entries: the entries, in order.
        left_over: the ids that gave no paper.
    """

    digest: Digest
    size: int
    line_count: int
    encoding: str
    attempts: Sequence[reader.Attempt]
    outline: Sequence[OutlineLine]
    entries: Sequence[ExplainedEntry]
    left_over: Sequence[LeftOver]


def explain(data: bytes, path: str, *, max_entries: int | None = None) -> Explanation:
    """Explain how a file is read.

    Args:
        data: the whole file.
        path: its name, as for `tui.digests.reader.read`.
        max_entries: how many entries to explain; None for all.
    """
    text = reader.DigestText(data)
    if not text.decoded and not text.is_too_large:
        # Nothing in it may be a paper, so it was not decoded.
        text.decoded, message = decode(data)
        text.encoding = name_of_encoding(message)
    raw = text.raw
    encoding = _encoding_name(data, text)
    attempts: list[reader.Attempt] = []
    digest = reader.read_text(text, path, attempts)
    lines = raw.split("\n")
    is_small = len(raw) <= reader.MAX_GENERAL_CHARS
    year = days_in_path(path).year
    is_general = is_small and digest.dialect == general.NAME
    found = papers_in(raw, year, path) if is_general else ()
    finder = PlaceFinder(lines, path, digest.entries)
    rule_of = _rules(digest, found)
    entries = [
        ExplainedEntry(entry, rule_of(entry), finder.places_of(entry))
        for entry in digest.entries[:max_entries]
    ]
    structure = structure_of(raw) if is_small else Structure()
    outline = list(_outline(structure))
    left_over = LeftOverFinder(structure, digest.entries).find(ids_by_line(lines))
    return Explanation(
        digest, len(data), len(lines) - (not lines[-1]), encoding, attempts, outline, entries,
        left_over,
    )  # fmt: skip


def _outline(structure: Structure) -> Iterator[OutlineLine]:
    if structure.values is not None:
        yield from data_outline(structure.values)
    elif (page := structure.page) is not None:
        if page.fields:
            yield OutlineLine(1, 0, f"front matter: {', '.join(map(str, page.fields))}")
        yield from page_outline(parse_document(page.body), page.line_offset)


def _rules(digest: Digest, found: Iterable[FoundPaper]) -> Callable[[Entry], str]:
    """Return a function that says what made an entry a paper."""
    by_id: dict[str, str] = {}
    for paper in found:
        by_id.setdefault(paper.paper_id, _RULES.get(paper.rule, paper.rule))
    return lambda entry: by_id.get(entry.paper_id, f"the dialect {digest.dialect}")


def _encoding_name(data: bytes, text: reader.DigestText) -> str:
    """Return the name of a file's encoding."""
    if text.is_too_large:
        return "not decoded"
    if data.startswith(codecs.BOM_UTF8):
        return f"{text.encoding} with a byte order mark"
    return text.encoding
