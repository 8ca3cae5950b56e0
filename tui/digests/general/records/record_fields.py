"""The fields of a record by what they are, and its summary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache

from tui.digests.general.fields.line_days import only_day
from tui.digests.general.markup.text_markup import markdown_of_markup
from tui.digests.general.names.wrapped_values import unwrapped
from tui.digests.general.tree.line_labels import names_a_day
from tui.digests.general.vocabulary.labels import Field, field_of
from tui.digests.parsing import record_values as values
from tui.digests.parsing.written_days import day_written_in, short_day

_MIN_PROSE_CHARS = 20
_MIN_PROSE_SPACES = 4

NO_VALUES = frozenset({"0", "-", "–", "—", "n/a", "null", "none"})
"""What a cell of a table has if the paper has no such fact."""

_MARKDOWN_LINK = re.compile(r"\[[^\[\]\\`<]{1,200}\]\((?P<url>[^\s()]{1,2000})\)")
_MIN_TIME_PARTS = 6
"""Of a time in Python: the year, month, day, hour, minute and second."""

_FACTS = frozenset({Field.FACT, Field.OTHER_TITLE})
_MAX_DAY_CHARS = 60
_ISO_TIME = re.compile(r"(20\d\d-\d\d-\d\d)(?:[T ]|$)")
_UNIX_TIME = re.compile(r"(1[0-9]{9})(?:\d{3})?(?:\.\d{1,9})?")
"""Seconds or milliseconds from 2001 to 2033."""


class RecordFields:
    """The values of one or more objects by what they are; those that are missing are left out.

    Args:
        *objects: the objects, the one that counts most first.
    """

    def __init__(self, *objects: Mapping[str, object]) -> None:
        self._fields: list[tuple[Field | None, str, object]] = []
        self._by_kind: dict[Field | None, list[object]] = {}
        for fields in objects:
            for key, value in fields.items():
                if value is None:
                    continue
                kind = field_of_value(key, value)
                found = value
                if not isinstance(value, str) and (kind or isinstance(value, dict)):
                    found = unwrapped(value)
                self._fields.append((kind, key, found))
                self._by_kind.setdefault(kind, []).append(found)

    def __iter__(self) -> Iterator[tuple[Field | None, str, object]]:
        """Yield what each value is, its key and the value."""
        return iter(self._fields)

    def values(self, kind: Field | None) -> Sequence[object]:
        """Return the values of a kind, in order."""
        return self._by_kind.get(kind, ())

    def facts(self) -> list[tuple[str, object]]:
        """Return key and value of the facts and of what has an unknown key."""
        fact = Field.FACT
        return [(key, value) for kind, key, value in self._fields if kind is fact or kind is None]

    def day(self, kind: Field, year: str = "") -> str | None:
        """Return the first day in the values of a kind, as `day_written_in` does, or None.

        Args:
            kind: the kind.
            year: of days without one; empty if unknown.
        """
        found = self._by_kind.get(kind)
        if not found:
            return None
        if kind is Field.PUBLISHED and len(found) > 1:
            found = self._publication_days()
        return next(filter(None, (_as_day(value, year) for value in found)), None)

    def _publication_days(self) -> list[object]:
        """Return the values for the day of publication; that of the record itself comes last."""
        fields = [(key, value) for kind, key, value in self._fields if kind is Field.PUBLISHED]
        fields.sort(key=lambda field: "creat" in field[0].casefold())
        return [value for _, value in fields]

    def day_without_label(self, year: str = "") -> str | None:
        """Return the day that is the whole value of an unknown label, or None."""
        texts = (value for value in self.values(None) if isinstance(value, str))
        return next(filter(None, (only_day(text, year) for text in texts)), None)


def field_of_value(key: str, value: object) -> Field | None:
    """Return what a value is by its key; ``data`` is a day in some languages if its value is."""
    return Field.DATE if isinstance(value, str) and names_a_day(key, value) else field_of(key)


def _as_day(value: object, year: str) -> str | None:
    """Return the day of a field: a date in any form, a time in seconds, or its parts in a list."""
    if isinstance(value, dict):
        return _of_parts(value.get("date-parts"))
    if isinstance(value, list) and len(value) >= _MIN_TIME_PARTS:
        return _of_parts([value[:3]])
    text = value[:_MAX_DAY_CHARS] if isinstance(value, str) else ""
    if iso := _ISO_TIME.match(text):
        return _valid(iso[1])
    if seconds := _UNIX_TIME.fullmatch(text):
        return datetime.fromtimestamp(int(seconds[1]), UTC).date().isoformat()
    text = values.as_line(text)
    return (day_written_in(text, year) or short_day(text, year)) if text else None


def _of_parts(parts: object) -> str | None:
    """Return the day in ``[[2025, 5, 6]]``, as Crossref and CSL write it; the first of a month."""
    first = values.as_list(parts)[:1]
    numbers = [str(part).zfill(2) for part in values.as_list(first[0])] if first else []
    return _valid("-".join([*numbers, "01"][:3])) if len(numbers) > 1 else None


@lru_cache(maxsize=1024)
def _valid(day: str) -> str | None:
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        return None


def summary_of(fields: RecordFields, title: str = "") -> str:
    """Return the texts of a paper as sections, and its short facts as a list.

    Args:
        fields: the fields of its record.
        title: the title that it has; others are facts.
    """
    sections, facts = [], []
    labels: set[str] = set()
    for kind, key, value in fields:
        if key in labels:
            continue
        is_text = kind is Field.SUMMARY or (kind is None and is_prose(value))
        if is_text and not _is_title(value, title) and (text := _section_text(key, value)):
            labels.add(key)
            sections.append((heading_of(key), text))
        elif (kind in _FACTS or (title and _is_other_title(kind, value, title))) and (
            fact := _fact(value)
        ):
            labels.add(key)
            facts.append((heading_of(key), fact))
    return values.join_sections(*sections, ("", values.bullet_list(*facts)))


def _is_title(value: object, title: str) -> bool:
    """Return whether a text only repeats the title."""
    is_short = isinstance(value, str) and len(value) < 2 * len(title)
    return is_short and values.as_line(value) == title


def _is_other_title(kind: Field | None, value: object, title: str) -> bool:
    """Return whether a value is a title in another language than the one of the paper."""
    if kind is not Field.TITLE or not isinstance(value, str):
        return False
    return title.isascii() and not value.isascii()


def is_prose(value: object) -> bool:
    """Return whether the value of an unknown label is worth reading: several words, or a list."""
    if not isinstance(value, str) or len(value) < _MIN_PROSE_CHARS:
        return False
    return value.count(" ") >= _MIN_PROSE_SPACES or not value[:_MIN_PROSE_CHARS].isascii()


def wrapped_text(key: str, value: Mapping[str, object]) -> object | None:
    """Return the text of an object that wraps one: ``"tldr": {"model": …, "text": …}``; or None."""
    if field_of(key) is not Field.SUMMARY:
        return None
    texts = [item for inner, item in value.items() if field_of(inner) is Field.SUMMARY]
    return texts[0] if len(texts) == 1 else None


def _text_in(key: str, value: Mapping[str, object]) -> object | None:
    """Return the text of an object: ``"abstracts": [{"value": …, "source": …}]``; or None."""
    return wrapped_text(key, value) or value.get("value")


def _section_text(key: str, value: object) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        value = value[0]
    if isinstance(value, list):
        return "\n".join(f"- {line}" for line in map(values.as_line, value) if line)
    text = _text_in(key, value) if isinstance(value, dict) else value
    return values.format_abstract(markdown_of_markup(text) if isinstance(text, str) else text)


def _fact(value: object) -> str:
    if isinstance(value, list) and (links := list(map(values.format_link, value))) and all(links):
        return ", ".join(links)
    text = values.as_line(value)
    if text.casefold() in NO_VALUES:
        return ""
    if (link := _MARKDOWN_LINK.fullmatch(text)) and values.as_url(link["url"]):
        return text
    return values.format_link(value) or values.comma_list(value)


@lru_cache(maxsize=1024)
def heading_of(key: str) -> str:
    """Return a key as the heading of a section: ``ai_summary`` becomes ``Ai summary``."""
    words = key.replace("_", " ").replace("-", " ").strip().removesuffix(" html")
    return values.as_line(words[:1].upper() + words[1:])
