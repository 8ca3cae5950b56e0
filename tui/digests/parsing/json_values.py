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
from tui.digests.parsing.markdown_lines import cap
from tui.digests.parsing.media import is_web_address
from tui.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST_SHOWN = 40
_ROUNDED = re.compile(r"(?P<number>\d{1,7}(?:\.\d{1,7})?)(?P<unit>[kKmM]?)")
_UNITS = {"": 1, "k": 1000, "m": 1_000_000}
# What could end an address early, or begin something else, where it stands in Markdown.
_NOT_IN_ADDRESS = re.compile(r"[\s<>\"\\`]")


def object_of(value: object) -> Mapping[str, object]:
    """Return an object's values by name; of anything else, none."""
    return value if isinstance(value, dict) else {}


def prose_of(value: object) -> str:
    """Return a text with its lines; empty for what is none."""
    return clean(value).strip() if isinstance(value, str) else ""


def line_of(value: object) -> str:
    """Return a text on one line; empty for what is none."""
    return " ".join(prose_of(value).split())


def list_of(value: object) -> list[object]:
    """Return what a list holds; what is no list stands for a list of itself, nothing for none."""
    if isinstance(value, list):
        return value
    return [] if value is None or value == "" else [value]


def words_of(value: object) -> list[str]:
    """Return the texts of a list, each on one line."""
    return [words for words in map(line_of, list_of(value)) if words]


def names_of(value: object) -> tuple[str, ...]:
    """Return authors: a text with commas, or a list of texts or of objects with a ``name``."""
    if isinstance(value, str):
        return fields.authors(line_of(value))
    told = (each.get("name") if isinstance(each, dict) else each for each in list_of(value))
    return tuple(name for name in map(line_of, told) if name and name != "+")


def number_of(value: object) -> int | None:
    """Return a count, also a rounded one (``1.2k``); None for what is none to believe."""
    words = line_of(value)
    if (number := fields.votes(words)) is not None:
        return number
    match = _ROUNDED.fullmatch(words)
    if not match:
        return None
    rounded = round(float(match["number"]) * _UNITS[match["unit"].lower()])
    return rounded if rounded <= fields.MOST_VOTES else None


def address_of(value: object) -> str | None:
    """Return an http or https address that can stand in Markdown, else None."""
    words = prose_of(value)
    return words if is_web_address(words) and not _NOT_IN_ADDRESS.search(words) else None


def day_of(value: object) -> str | None:
    """Return the day that a text begins with, with or without a time; None for anything else."""
    return day_in(line_of(value)[:_LONGEST_SHOWN])


def id_of(value: object) -> str | None:
    """Return the canonical id that a text is, or whose address stands in it."""
    words = line_of(value)
    if found := id_in_url(words):
        return found
    told = split_leading_id(words)
    return told[0] if told and not told[1].strip(" .") else None


def shown(value: object) -> str:
    """Return what to show of a value in a message."""
    if isinstance(value, str):
        return cap(line_of(value), _LONGEST_SHOWN)
    if isinstance(value, dict):
        return "{…}"
    return "[…]" if isinstance(value, list) else str(value)
