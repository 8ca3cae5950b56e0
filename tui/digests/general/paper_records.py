"""Find papers in data: an object with an id somewhere in it is a paper.

Objects that only wrap a paper (``{"paper": {…}, "publishedAt": …}``) lend it their fields. Objects
and lists above it may have the day as a key or a field. A string may contain an object itself, or
the row of a Markdown table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tui.arxiv import parse_id
from tui.digests.general.found_paper import FoundPaper, most_common, value_id
from tui.digests.general.labels import Field, field_of
from tui.digests.general.names import names_in
from tui.digests.general.value_tree import parse_embedded
from tui.digests.parsing import record_values as values
from tui.digests.parsing.dates import day_in
from tui.digests.parsing.markdown_lines import plain_text

_MAX_DEPTH = 40
_MAX_MISSES = 20
_MAX_WRAPPER_FIELDS = 40
"""An object with more fields is a list of papers by id or day."""

_MODEL_PARTS = 2
"""Levels of objects within a paper whose fields are its own."""


_DIGEST_PATH = re.compile(r"(?:[^/\n]{1,200}/)+[^/\n]{1,200}\.(?:md|markdown|txt|html|jsonl?|csv)")


class _Context(NamedTuple):
    """What is known from the objects above.

    Attributes:
        key: the key that leads here.
        day: the day of the issue, or None.
        wrapper: fields of an object that holds nothing but a paper.
    """

    key: str = ""
    day: str | None = None
    wrapper: tuple[Mapping[str, object], ...] = ()


def find_records(data: Iterable[object], text: str) -> Iterator[FoundPaper]:
    """Yield the papers in data.

    Args:
        data: dicts, lists and strings.
        text: where the data was read from, for line numbers.
    """
    finder = _LineFinder(text)
    for value in data:
        for paper in _find(value, _Context(), 0):
            paper.line = finder.line_of(paper.arxiv_id)
            yield paper


class _LineFinder:
    """Finds the lines of ids that occur in the order of the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._offset, self._line, self._misses = 0, 1, 0

    def line_of(self, arxiv_id: str) -> int:
        # An id may be written differently in the text; each miss searches all of it.
        offset = self._text.find(arxiv_id, self._offset) if self._misses < _MAX_MISSES else -1
        self._misses += offset < 0
        if offset >= 0:
            self._line += self._text.count("\n", self._offset, offset)
            self._offset = offset
        return self._line


def _find(value: object, context: _Context, depth: int) -> Iterator[FoundPaper]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _find(item, context._replace(wrapper=()), depth + 1)
    elif isinstance(value, str):
        if (embedded := parse_embedded(value)) is not None:
            yield from _find(embedded, context, depth + 1)
        elif value.count("|") > 2 and (paper := read_row(value, context.key, context.day)):
            yield paper
    elif isinstance(value, dict):
        yield from _find_in_object(value, context, depth)


def _find_in_object(
    fields: Mapping[str, object], context: _Context, depth: int
) -> Iterator[FoundPaper]:
    if paper := read_record(fields, context):
        yield paper
        return
    day = context.day or _own_day(fields)
    parts = [(key, item) for key, item in fields.items() if isinstance(item, dict | list | str)]
    for key, item in parts:
        if _DIGEST_PATH.fullmatch(key):
            continue  # an index of digests, which repeats what they have
        if isinstance(item, str) and not item.lstrip().startswith(("{", "[", "|")):
            continue
        inner = _Context(key, day_in(key) or day)
        if isinstance(item, dict) and len(fields) <= _MAX_WRAPPER_FIELDS:
            inner = inner._replace(wrapper=(fields, *context.wrapper))
        yield from _find(item, inner, depth + 1)


def _own_day(fields: Mapping[str, object]) -> str | None:
    days = (values.as_day(item) for key, item in fields.items() if field_of(key) is Field.ISSUE_DAY)
    return next(filter(None, days), None)


def _inner_objects(fields: Mapping[str, object], depth: int) -> Iterator[Mapping[str, object]]:
    for value in fields.values():
        if isinstance(value, dict) and depth:
            yield value
            yield from _inner_objects(value, depth - 1)


def read_record(own: Mapping[str, object], context: _Context) -> FoundPaper | None:
    """Return the paper whose fields are in an object, or None if it has no id or no title.

    Args:
        own: the object; the fields of objects within it serve where it has none.
        context: what is known from the objects above.
    """
    arxiv_id = _own_id(own) or parse_id(context.key)
    title = _first_line(own, Field.TITLE)
    if arxiv_id is None or not title:
        return None
    objects = (own, *_inner_objects(own, _MODEL_PARTS))
    several = (*objects, *context.wrapper)
    authors: tuple[str, ...] = ()
    for fields in several:
        authors = authors or next(
            filter(None, map(values.as_authors, _of(fields, Field.AUTHORS))), ()
        )
    counts = (values.as_count(item) for fields in several for item in _of(fields, Field.VOTES))
    pictures = (
        values.as_url(url)
        for fields in several
        for item in _of(fields, Field.PICTURE)
        for url in values.as_list(item)
    )
    return FoundPaper(
        line=0,
        arxiv_id=arxiv_id,
        title=title,
        authors=authors,
        votes=next((count for count in counts if count is not None), None),
        issue_day=context.day or _first_day(several, Field.ISSUE_DAY),
        published=_first_day(several, Field.PUBLISHED),
        summary=_summary(objects),
        picture=next(filter(None, pictures), None),
        rule="record",
    )


def _of(fields: Mapping[str, object], wanted: Field) -> Iterator[object]:
    for key, value in fields.items():
        if value is not None and field_of(key) is wanted:
            yield value


def _own_id(fields: Mapping[str, object]) -> str | None:
    """Return the id in an object's own fields: a field for ids, else what most links agree on."""
    for value in _of(fields, Field.ID):
        if found := value_id(value):
            return found
    links = (link for value in _of(fields, Field.LINK) for link in _link_values(value))
    return most_common(filter(None, map(value_id, links)))


def _link_values(value: object) -> Iterator[object]:
    """Yield the URLs of a field that is one, or a list or object of them."""
    if isinstance(value, dict):
        value = list(value.values())
    for item in values.as_list(value):
        if isinstance(item, dict):
            yield from item.values()
        else:
            yield item


def _first_line(fields: Mapping[str, object], wanted: Field) -> str:
    lines = (plain_text(values.as_line(value)) for value in _of(fields, wanted))
    return next(filter(None, lines), "")


def _first_day(objects: tuple[Mapping[str, object], ...], wanted: Field) -> str | None:
    days = (values.as_day(value) for fields in objects for value in _of(fields, wanted))
    return next(filter(None, days), None)


def _summary(objects: tuple[Mapping[str, object], ...]) -> str:
    """Return the texts of a paper as sections, and its short facts as a list."""
    sections, facts = [], []
    labels: set[str] = set()
    for fields in objects:
        for key, value in fields.items():
            kind = field_of(key)
            if kind is None or key in labels:
                continue
            if kind is Field.SUMMARY and (text := _section_text(value)):
                labels.add(key)
                sections.append((heading_of(key), text))
            elif kind in {Field.FACT, Field.OTHER_TITLE} and (fact := _fact(value)):
                labels.add(key)
                facts.append((heading_of(key), fact))
    return values.join_sections(*sections, ("", values.bullet_list(*facts)))


def _section_text(value: object) -> str:
    if isinstance(value, list):
        return "\n".join(f"- {line}" for line in map(values.as_line, value) if line)
    return values.format_abstract(value)


def _fact(value: object) -> str:
    return values.format_link(value) or values.comma_list(value)


def heading_of(key: str) -> str:
    """Return a key as the heading of a section: ``ai_summary`` becomes ``Ai summary``."""
    words = key.replace("_", " ").replace("-", " ").strip()
    return values.as_line(words[:1].upper() + words[1:])


def read_row(row: str, key: str = "", day: str | None = None) -> FoundPaper | None:
    """Return the paper in the row of a Markdown table without a header, by what its cells contain.

    Args:
        row: the row.
        key: a text that may be the paper's id.
        day: the day of the issue, or None.
    """
    cells = [cell.strip() for cell in values.as_text(row).strip().strip("|").split("|")]
    arxiv_id = parse_id(key) or next(filter(None, map(value_id, cells)), None)
    if arxiv_id is None:
        return None
    texts = [plain_text(cell) for cell in cells]
    published = next(filter(None, (day_in(text) for text in texts if len(text) < 20)), None)
    words = [
        (cell, text)
        for cell, text in zip(cells, texts, strict=True)
        if "](" not in cell and "://" not in cell and not day_in(text) and text.lower() != "null"
    ]
    title = next((text for cell, text in words if cell.startswith("**")), "")
    title = title or max((text for _, text in words), key=len, default="")
    authors = next((text for _, text in words if text != title), "")
    return FoundPaper(
        line=0,
        arxiv_id=arxiv_id,
        title=title,
        authors=names_in(authors),
        issue_day=day,
        published=published,
        rule="row",
    )
