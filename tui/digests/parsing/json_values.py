"""Values that may be of any type, as JSON and YAML have them, become what a record holds.

Numbers come as they are written (`json_objects`): the id ``2505.10`` is not 2505.1.
Everything that leaves here is clean.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.arxiv import id_in_url, split_leading_id
from tui.digests.parsing import votes_and_authors as fields
from tui.digests.parsing.dates import day_in
from tui.digests.parsing.markdown_lines import truncate
from tui.digests.parsing.media import is_web_url
from tui.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST_SHOWN = 40
_ROUNDED = re.compile(r"(?P<number>\d{1,7}(?:\.\d{1,7})?)(?P<unit>[kKmM]?)")
_UNITS = {"": 1, "k": 1000, "m": 1_000_000}
# What could end an address early, or begin something else, where it stands in Markdown.
_NOT_IN_ADDRESS = re.compile(r"[\s<>\"\\`]")


def as_object(value: object) -> Mapping[str, object]:
    """Return an object's values by name; of anything else, none."""
    return value if isinstance(value, dict) else {}


def as_text(value: object) -> str:
    """Return a text with its lines; empty for what is none."""
    return clean(value).strip() if isinstance(value, str) else ""


def as_line(value: object) -> str:
    """Return a text on one line; empty for what is none."""
    return " ".join(as_text(value).split())


def as_list(value: object) -> list[object]:
    """Return what a list holds; what is no list stands for a list of itself, nothing for none."""
    if isinstance(value, list):
        return value
    return [] if value is None or value == "" else [value]


def as_lines(value: object) -> list[str]:
    """Return the texts of a list, each on one line."""
    return [words for words in map(as_line, as_list(value)) if words]


def as_authors(value: object) -> tuple[str, ...]:
    """Return authors: a text with commas, or a list of texts or of objects with a ``name``."""
    if isinstance(value, str):
        return fields.parse_authors(as_line(value))
    told = (each.get("name") if isinstance(each, dict) else each for each in as_list(value))
    return tuple(name for name in map(as_line, told) if name and name != "+")


def as_count(value: object) -> int | None:
    """Return a count, also a rounded one (``1.2k``); None for what is none to believe."""
    words = as_line(value)
    if (number := fields.parse_votes(words)) is not None:
        return number
    match = _ROUNDED.fullmatch(words)
    if not match:
        return None
    rounded = round(float(match["number"]) * _UNITS[match["unit"].lower()])
    return rounded if rounded <= fields.MAX_VOTES else None


def as_url(value: object) -> str | None:
    """Return an http or https address that can stand in Markdown, else None."""
    words = as_text(value)
    return words if is_web_url(words) and not _NOT_IN_ADDRESS.search(words) else None


def as_day(value: object) -> str | None:
    """Return the day that a text begins with, with or without a time; None for anything else."""
    return day_in(as_line(value)[:_LONGEST_SHOWN])


def as_arxiv_id(value: object) -> str | None:
    """Return the canonical id that a text is, or whose address stands in it."""
    words = as_line(value)
    if found := id_in_url(words):
        return found
    told = split_leading_id(words)
    return told[0] if told and not told[1].strip(" .") else None


def describe_value(value: object) -> str:
    """Return what to show of a value in a message."""
    if isinstance(value, str):
        return truncate(as_line(value), _LONGEST_SHOWN)
    if isinstance(value, dict):
        return "{…}"
    return "[…]" if isinstance(value, list) else str(value)
