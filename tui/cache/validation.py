"""Check what was read from a cache, which another user may have written.

One field of all documents is checked at once, which is much faster than checking each document.
"""

from __future__ import annotations

import string
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from types import NoneType
from typing import Any, NamedTuple

from tui.cache.period_counts import check_period

MAX_NUMBER = 10**18
"""The number of an entry is smaller, volume included."""

_PRINTABLE_ASCII = bytes(range(32, 127))


class RowColumns(NamedTuple):
    """The fields of many ``EntryRow`` documents.

    Attributes:
        numbers: the numbers of the entries.
        ids: the papers' ids.
        dates: the days of the digests.
        titles: None where the digest has none.
        arxiv_titles: whether the titles are arXiv's own.
        votes: None where unknown.
        names: the authors, one per line.
        dialects: the dialects of the digests.
        digests: the paths of the digests.
        labels: their labels, separated by spaces.
    """

    numbers: Sequence[int]
    ids: Sequence[str]
    dates: Sequence[str]
    titles: Sequence[str | None]
    arxiv_titles: Sequence[bool]
    votes: Sequence[int | None]
    names: Sequence[str]
    dialects: Sequence[str]
    digests: Sequence[str]
    labels: Sequence[str]


_fields_of_row = itemgetter(
    "id", "date", "title", "arxiv_title", "votes", "names", "dialect", "digest", "labels"
)

_TEXT_TYPES: Mapping[str, tuple[type, ...]] = {
    "id": (str,),
    "markdown": (str,),
    "sections": (list,),
    "thumbnail": (str, NoneType),
}


def checked_columns(rows: Mapping[str, Any]) -> RowColumns:
    """Return the fields of rows, without what is unsafe in their texts.

    Args:
        rows: the rows by entry number.

    Raises:
        KeyError, TypeError, ValueError: a row is malformed.
    """
    if not rows:
        return RowColumns._make([()] * len(RowColumns._fields))
    fields: Iterable[Any] = zip(*map(_fields_of_row, rows.values()), strict=True)
    columns = RowColumns(_numbers(rows), *fields)
    _check_types("title", columns.titles, (str, NoneType))
    _check_types("arxiv_title", columns.arxiv_titles, (bool,))
    _check_types("votes", columns.votes, (int, NoneType))
    for day in set(columns.dates):
        check_period(day, length=10)
    # Few digests have many rows, so that equal texts are stored, and checked, only once.
    shared = {text: text for text in chain(columns.dialects, columns.digests, columns.labels)}
    columns = columns._replace(
        dialects=list(map(shared.__getitem__, columns.dialects)),
        digests=list(map(shared.__getitem__, columns.digests)),
        labels=list(map(shared.__getitem__, columns.labels)),
    )
    # Joining checks that all of them are texts.
    lines = "".join(chain(columns.ids, filter(None, columns.titles), shared))
    names = "".join(columns.names)
    if _is_printable(lines) and _is_printable(names, also=b"\n"):
        return columns
    from tui.sanitize import is_clean

    if "\n" not in lines and is_clean(lines) and is_clean(names):
        return columns
    return _cleaned(columns)


def _is_printable(text: str, also: bytes = b"") -> bool:
    """Return whether all characters are printable, in a third of the time of ``isprintable``.

    Args:
        text: the text.
        also: other ASCII characters that are allowed.
    """
    return text.encode().translate(None, _PRINTABLE_ASCII + also).decode().isprintable()


def _cleaned(columns: RowColumns) -> RowColumns:
    from tui.sanitize import clean, clean_line

    return columns._replace(
        ids=[clean_line(text) for text in columns.ids],
        titles=[text and clean_line(text) for text in columns.titles],
        names=[clean(text) for text in columns.names],
        dialects=[clean_line(text) for text in columns.dialects],
        digests=[clean_line(text) for text in columns.digests],
        labels=[clean_line(text) for text in columns.labels],
    )


def check_texts(texts: Mapping[str, Any]) -> None:
    """Check texts by entry number.

    They are cleaned by ``summary_of``, because all of them are only read for a search.

    Raises:
        KeyError, TypeError, ValueError: a text is malformed.
    """
    _numbers(texts)
    columns = check_fields(texts.values(), _TEXT_TYPES)
    _check_types("section", chain.from_iterable(columns["sections"]), (str,))


def check_fields(
    documents: Collection[Any], types: Mapping[str, tuple[type, ...]]
) -> dict[str, Sequence[Any]]:
    """Check that documents have some fields of the right types.

    Args:
        documents: the documents.
        types: the types of each field.

    Returns:
        The values of each field in all documents.

    Raises:
        KeyError, TypeError: a field is missing, or has a wrong type.
    """
    if not documents:
        return dict.fromkeys(types, ())
    columns: dict[str, Sequence[Any]] = dict(
        zip(types, zip(*map(itemgetter(*types), documents), strict=True), strict=True)
    )
    for name, values in columns.items():
        _check_types(name, values, types[name])
    return columns


def check_problems(problems: Sequence[Any]) -> None:
    """Check problems as they are stored: line, template, values and whether it is a note.

    Args:
        problems: a list for each problem.

    Raises:
        TypeError, ValueError, AttributeError: a value has a wrong type, or is missing, or is
            formatted in a way that could take any amount of memory.
    """
    if not problems:
        return
    if set(map(len, problems)) != {4}:
        raise ValueError("a problem has a wrong number of values")
    lines, templates, values, notes = zip(*problems, strict=True)
    _check_types("line", lines, (int,))
    _check_types("template", templates, (str,))
    _check_types("values", values, (dict,))
    _check_types("is_note", notes, (bool,))
    _check_types("value", chain.from_iterable(map(dict.values, values)), (str, int))
    # Many problems have the same template.
    for template, *names in {
        (template, *names) for template, names in zip(templates, values, strict=True)
    }:
        for _text, name, width, conversion in string.Formatter().parse(template) if names else ():
            if name is not None and (name not in names or width or conversion):
                raise ValueError("a problem lacks a value")


def _numbers(entries: Iterable[str]) -> list[int]:
    """Return the numbers of entries. Raises ValueError if one is not valid."""
    numbers = list(map(int, entries))
    if numbers and not 0 <= min(numbers) <= max(numbers) < MAX_NUMBER:
        raise ValueError("a number is out of range")
    return numbers


def _check_types(name: str, values: Iterable[object], types: tuple[type, ...]) -> None:
    if not set(map(type, values)) <= set(types):
        raise TypeError(f"'{name}' has a wrong type")
