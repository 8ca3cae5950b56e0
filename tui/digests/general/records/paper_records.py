"""Find papers in data: an object with an id somewhere in it is a paper.

Objects that only wrap a paper (``{"paper": {…}, "publishedAt": …}``) lend it their fields. Objects
and lists above it may have the day as a key or a field. A string may contain an object itself, or
the row of a Markdown table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from tui.digests.general.fields.code_links import code_links_of, is_code_label
from tui.digests.general.fields.table_rows import read_row
from tui.digests.general.found_paper import FoundPaper, value_id
from tui.digests.general.names.author_lists import authors_of
from tui.digests.general.names.wrapped_values import (
    unwrapped,
    with_listed_fields,
    with_plain_abstract,
)
from tui.digests.general.records.column_tables import rows_of_columns
from tui.digests.general.records.day_parts import DayParts, parts_in_fields, parts_in_key
from tui.digests.general.records.link_posts import as_record, text_below_title
from tui.digests.general.records.record_fields import RecordFields, summary_of, wrapped_text
from tui.digests.general.records.record_ids import address_id, forum_id, own_id, unnamed_id
from tui.digests.general.records.record_titles import title_of_record
from tui.digests.general.records.rich_text import joined_text
from tui.digests.general.records.split_records import part_with_fields
from tui.digests.general.records.value_tree import parse_embedded
from tui.digests.general.vocabulary.categories import categories_of
from tui.digests.general.vocabulary.labels import Field, field_of
from tui.digests.id_search import names_paper
from tui.digests.parsing import record_values as values
from tui.digests.parsing.numeric_dates import year_of
from tui.digests.parsing.written_days import day_written_in, short_day, year_in

_MAX_DEPTH = 40
_MAX_MISSES = 20
_MAX_WRAPPER_FIELDS = 40
"""An object with more fields is a list of papers by id or day."""

_MAX_DAY_CHARS = 40
_MIN_PAGE_CHARS = 30
_MODEL_PARTS = 2
"""Levels of objects within a paper whose fields are its own."""


_DIGEST_PATH = re.compile(r"(?:[^/\n]{1,200}/)+[^/\n]{1,200}\.(?:md|markdown|txt|html|jsonl?|csv)")

PageReader = Callable[[str, str, Mapping[str, object] | None], Iterable[FoundPaper]]
"""Returns the papers of a page, given the year of days without one, and fields above the page."""


class _Context(NamedTuple):
    """What is known from the objects above.

    Attributes:
        key: the key that leads here.
        day: the day of the issue, or None.
        year: of days without one; empty if unknown.
        parts: the year, month and day, if they are in keys or fields of their own.
        written: the day on which the file was written, or None.
        read_page: returns the papers in a text, which may be HTML.
        wrapper: fields of an object that holds nothing but a paper.
    """

    key: str = ""
    day: str | None = None
    year: str = ""
    parts: DayParts = DayParts()
    written: str | None = None
    read_page: PageReader = lambda *_: ()
    wrapper: tuple[Mapping[str, object], ...] = ()


def find_records(
    data: Iterable[object], text: str, read_page: PageReader, year: str = ""
) -> Iterator[FoundPaper]:
    """Yield the papers in data.

    Args:
        data: dicts, lists and strings.
        text: where the data was read from, for line numbers.
        read_page: returns the papers of strings in it that are pages themselves.
        year: of days without one; empty if unknown.
    """
    context = _Context(year=year, read_page=read_page)
    yield from with_lines(chain.from_iterable(_find(value, context, 0) for value in data), text)


def with_lines(papers: Iterable[FoundPaper], text: str) -> Iterator[FoundPaper]:
    """Yield papers with the lines of the text that have their ids."""
    finder = _LineFinder(text)
    for paper in papers:
        paper.line = finder.line_of(paper.paper_id)
        yield paper


class _LineFinder:
    """Finds the lines of ids that occur in the order of the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._offset, self._line, self._misses = 0, 1, 0

    def line_of(self, paper_id: str) -> int:
        # An id may be written differently in the text; each miss searches all of it.
        offset = self._text.find(paper_id, self._offset) if self._misses < _MAX_MISSES else -1
        self._misses += offset < 0
        if offset >= 0:
            self._line += self._text.count("\n", self._offset, offset)
            self._offset = offset
        return self._line


def is_index_of_digests(value: object) -> bool:
    """Return whether the keys of an object are the paths of digests, which repeat what it has."""
    return isinstance(value, dict) and any(map(_DIGEST_PATH.fullmatch, value))


def _find(value: object, context: _Context, depth: int) -> Iterator[FoundPaper]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        if value and (text := joined_text(value)) is not None:
            yield from _find(text, context, depth + 1)
            return
        items = _rows_below_header(value[0], value[1:]) if value else None
        inner = context._replace(wrapper=())
        for item in value if items is None else items:
            yield from _find(item, inner, depth + 1)
    elif isinstance(value, str):
        if (embedded := parse_embedded(value)) is not None:
            yield from _find(embedded, context, depth + 1)
        elif _may_be_row(value) and (paper := read_row(value, context.key, context.day)):
            yield paper
        elif len(value) > _MIN_PAGE_CHARS and names_paper(value):
            for found in context.read_page(value, context.year, None):
                found.issue_day = found.issue_day or context.day
                yield found
    elif isinstance(value, dict):
        yield from _find_in_object(
            as_record(with_plain_abstract(with_listed_fields(value))), context, depth
        )


def _may_be_row(text: str) -> bool:
    return text.count("|") > 2 and "\n" not in text.strip()


def _find_in_object(
    fields: Mapping[str, object], context: _Context, depth: int
) -> Iterator[FoundPaper]:
    if paper := read_record(fields, context):
        yield paper
        return
    if (rows := rows_of_columns(fields)) is not None:
        yield from _find(rows, context, depth + 1)
        return
    is_empty = True
    for paper in _find_within(fields, context, depth):
        is_empty = False
        yield paper
    if not is_empty:
        return
    if paper := read_record(fields, context, may_be_elsewhere=True):
        yield paper
    elif (text := text_below_title(fields)) is not None:
        above = {key: value for key, value in fields.items() if value is not text}
        for paper in context.read_page(text, context.year, above):
            paper.issue_day = context.day or paper.issue_day
            yield paper


def _find_within(
    fields: Mapping[str, object], context: _Context, depth: int
) -> Iterator[FoundPaper]:
    objects = (fields, *context.wrapper)
    own = parts_in_fields(fields, context.parts)
    above = own or context.parts
    day = (own and (own.day or own.month)) or context.day
    day = issue_day_of(objects, day, context.year)
    year = year_of(day) or above.year or context.year
    written = context.written or RecordFields(*objects).day(Field.UPDATED, year)
    inner_values = [
        (key, item) for key, item in fields.items() if isinstance(item, dict | list | str)
    ]
    for key, item in inner_values:
        if _DIGEST_PATH.fullmatch(key):
            continue  # an index of digests, which repeats what they have
        is_day = len(key) < _MAX_DAY_CHARS and value_id(key) is None
        key_day = day_written_in(key, year) or short_day(key, year) if is_day else None
        is_small = len(fields) <= _MAX_WRAPPER_FIELDS
        if (
            is_small
            and isinstance(item, list)
            and (rows := _rows_of_table(fields, item)) is not None
        ):
            item = rows  # noqa: PLW2901
        parts = parts_in_key(key, item, fields, above)
        if parts:
            key_day = key_day or parts.day or parts.month or None
        else:
            parts = DayParts() if key_day else above
        inner = _Context(
            key, key_day or day, year_in(key) or year, parts, written, context.read_page
        )
        if isinstance(item, dict) and is_small:
            # Whether its day is that of the issue or of a paper depends on what the item is.
            inner = inner._replace(day=key_day or context.day, wrapper=objects)
        yield from _find(item, inner, depth + 1)


def _rows_of_table(fields: Mapping[str, object], rows: list[object]) -> list[object] | None:
    """Return the rows of a table as objects, if its header is in another field; else None."""
    headers = (value for value in fields.values() if value is not rows and isinstance(value, list))
    objects = (_rows_below_header(header, rows) for header in headers)
    return next(filter(None, objects), None)


def _rows_below_header(header: object, rows: Sequence[object]) -> list[object] | None:
    """Return rows as objects if a list names the fields of papers; else None."""
    if not isinstance(header, list):
        return None
    # Databases describe a column by an object.
    names = [name.get("name") if isinstance(name, dict) else name for name in header]
    columns = [name for name in names if isinstance(name, str)]
    kinds = set(map(field_of, columns))
    if len(columns) < len(header) or Field.TITLE not in kinds:
        return None
    if kinds.isdisjoint({Field.ID, Field.LINK}):
        return None
    return [dict(zip(columns, row, strict=False)) for row in rows if isinstance(row, list)]


def issue_day_of(
    objects: tuple[Mapping[str, object], ...], day: str | None = None, year: str = ""
) -> str | None:
    """Return the day of an issue with several papers.

    Args:
        objects: the fields of the issue as a whole, the innermost first.
        day: the day in a key above, which counts more than that of the issue's publication.
        year: of days without one; empty if unknown.
    """
    fields = RecordFields(*objects)
    own = fields.day(Field.ISSUE_DAY, year) or fields.day(Field.DATE, year)
    return own or day or fields.day(Field.PUBLISHED, year)


def _inner_objects(fields: Mapping[str, object], depth: int) -> Iterator[Mapping[str, object]]:
    for key, value in fields.items():
        if isinstance(value, list) and len(value) == 1 and field_of(key) is Field.ID:
            value = value[0]  # noqa: PLW2901
        if not isinstance(value, dict) or not depth or unwrapped(value) is not value:
            continue
        if "date-parts" in value or field_of(key) is Field.AUTHORS:
            continue  # a day, as Crossref writes it, or the only author
        if wrapped_text(key, value) is None:
            yield value
            yield from _inner_objects(value, depth - 1)


def read_record(
    own: Mapping[str, object], context: _Context, *, may_be_elsewhere: bool = False
) -> FoundPaper | None:
    """Return the paper whose fields are in an object, or None if it has no id or no title.

    Args:
        own: the object; the fields of objects within it serve where it has none.
        context: what is known from the objects above.
        may_be_elsewhere: whether a URL counts as an id.
    """
    own_fields = RecordFields(own)
    paper_id = own_id(own_fields) or value_id(context.key) or forum_id(own)
    title = title_of_record(own_fields, context.key)
    parts: list[Mapping[str, object]] = []
    if bool(paper_id) != bool(title) and (part := part_with_fields(own)) is not None:
        part_fields = RecordFields(part)
        paper_id = paper_id or own_id(part_fields)
        title = title or title_of_record(part_fields, "")
        parts = [part]
        own = {key: value for key, value in own.items() if value is not part}
    if paper_id is None and may_be_elsewhere:
        paper_id = address_id(own_fields)
    if not title or (paper_id := paper_id or unnamed_id(own_fields)) is None:
        return None
    inner = [*parts]
    for each in (own, *parts):
        inner += _inner_objects(each, _MODEL_PARTS)
    fields = RecordFields(own, *inner) if inner else own_fields
    several = RecordFields(own, *inner, *context.wrapper) if context.wrapper else fields
    authors = next(filter(None, map(authors_of, several.values(Field.AUTHORS))), ())
    counts = map(values.as_count, several.values(Field.VOTES))
    pictures = (
        values.as_url(url) for item in several.values(Field.PICTURE) for url in values.as_list(item)
    )
    year = year_of(context.day) or context.year
    published = several.day(Field.PUBLISHED, year) or fields.day(Field.UPDATED, year)
    featured = several.day(Field.ISSUE_DAY, year)
    dated = several.day(Field.DATE, year)
    days = (parts_in_fields(each, context.parts) for each in (own, *inner, *context.wrapper))
    if own_day := next(filter(None, days), None):
        dated, published = dated or own_day.day or None, published or own_day.month or None
    dated = dated or (None if published else context.written)
    if not (context.day or featured or dated or published):
        dated = fields.day_without_label(year)
    return FoundPaper(
        line=0,
        paper_id=paper_id,
        title=title,
        authors=authors,
        votes=next((count for count in counts if count is not None), None),
        issue_day=context.day,
        featured=featured,
        dated=dated,
        published=published,
        summary=summary_of(fields, title),
        picture=next(filter(None, pictures), None),
        code=_code(fields),
        rule="record",
        labels=categories_of(fields.facts()),
    )


def _code(fields: RecordFields) -> tuple[str, ...]:
    """Return the links to code among other links, and in objects and lists.

    A source is where the record was found. A text that is labelled as code is in the summary.
    """
    urls: dict[str, None] = {}
    for kind, key, value in fields:
        is_link = kind is Field.LINK and not key.casefold().startswith("source")
        if is_link or is_code_label(key) or (kind is Field.FACT and not isinstance(value, str)):
            urls |= dict.fromkeys(code_links_of(value, key))
    return tuple(urls)
