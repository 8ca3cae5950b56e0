"""Convert values of any type, as JSON and YAML contain them, to the types of a record.

Every function accepts anything and returns sanitized text. Numbers arrive as strings (see
`json_objects`): the id ``2505.10`` is not 2505.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tui.arxiv import id_in_url, split_leading_id
from tui.digests.parsing.dates import day_in
from tui.digests.parsing.markdown_lines import truncate
from tui.digests.parsing.media import is_storable_url
from tui.digests.parsing.votes_and_authors import MAX_VOTES, parse_authors, parse_votes
from tui.sanitize import clean

_MAX_EXCERPT_CHARS = 40
_ROUNDED = re.compile(r"(?P<number>\d{1,7}(?:\.\d{1,7})?)(?P<unit>[kKmM]?)")
_UNITS = {"": 1, "k": 1000, "m": 1_000_000}
# These would end a URL early, or start something else, within Markdown.
_UNSAFE_IN_URL = re.compile(r"[\s<>\"\\`]")


def as_object(value: object) -> Mapping[str, object]:
    """Return a dict as it is; anything else becomes an empty one."""
    return value if isinstance(value, dict) else {}


def as_text(value: object) -> str:
    """Return a sanitized string with its line breaks; anything else becomes empty."""
    return clean(value).strip() if isinstance(value, str) else ""


def as_line(value: object) -> str:
    """Return a sanitized string on one line; anything else becomes empty."""
    return " ".join(as_text(value).split())


def as_list(value: object) -> list[object]:
    """Return a list as it is; None and "" become empty, any other value a list of one."""
    if isinstance(value, list):
        return value
    return [] if value is None or value == "" else [value]


def as_lines(value: object) -> list[str]:
    """Return the non-empty strings of a list, each on one line."""
    return [line for line in map(as_line, as_list(value)) if line]


def as_authors(value: object) -> tuple[str, ...]:
    """Return authors: from a string with commas, or a list of strings or dicts with a ``name``."""
    if isinstance(value, str):
        return parse_authors(as_line(value))
    names = (item.get("name") if isinstance(item, dict) else item for item in as_list(value))
    return tuple(name for name in map(as_line, names) if name and name != "+")


def as_count(value: object) -> int | None:
    """Return a count, even a rounded one like ``1.2k``; None if it is not a plausible one."""
    text = as_line(value)
    if (count := parse_votes(text)) is not None:
        return count
    match = _ROUNDED.fullmatch(text)
    if not match:
        return None
    count = round(float(match["number"]) * _UNITS[match["unit"].lower()])
    return count if count <= MAX_VOTES else None


def as_url(value: object) -> str | None:
    """Return an http(s) URL that is safe within Markdown, or None."""
    text = as_text(value)
    return text if is_storable_url(text) and not _UNSAFE_IN_URL.search(text) else None


def as_day(value: object) -> str | None:
    """Return the date at the start of a string, with or without a time, or None."""
    return day_in(as_line(value)[:_MAX_EXCERPT_CHARS])


def as_arxiv_id(value: object) -> str | None:
    """Return the canonical id if a string is an id or contains the URL of a paper, or None."""
    text = as_line(value)
    if arxiv_id := id_in_url(text):
        return arxiv_id
    leading = split_leading_id(text)
    return leading[0] if leading and not leading[1].strip(" .") else None


def first_arxiv_id(values: Iterable[object]) -> str | None:
    """Return the canonical id in the first value that has one, or None."""
    return next(filter(None, map(as_arxiv_id, values)), None)


def describe_value(value: object) -> str:
    """Return a short form of a value for a message."""
    if isinstance(value, str):
        return truncate(as_line(value), _MAX_EXCERPT_CHARS)
    if isinstance(value, dict):
        return "{…}"
    return "[…]" if isinstance(value, list) else str(value)
