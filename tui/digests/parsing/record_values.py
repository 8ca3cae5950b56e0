"""Convert the values of a JSON or YAML record: to the fields of a paper, and to Markdown.

Every function that takes a value accepts any type, and the text that it returns is sanitized.
Numbers arrive as strings (see `json_objects`): the id ``2505.10`` is not 2505.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from tui.digests.parsing.dates import day_in
from tui.digests.parsing.markdown_lines import is_storable_url, truncate
from tui.digests.parsing.votes_and_authors import (
    MAX_VOTES,
    parse_authors,
    parse_votes,
    tidy_authors,
)
from tui.paper_ids.arxiv import id_in_url, split_leading_id
from tui.sanitize import clean

_MAX_EXCERPT_CHARS = 40
_MAX_CATEGORIES = 12
_MAX_TEXT_CHARS = 5_000_000
_PIECE_CHARS = 1 << 20
CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z]{2,}(?:-[a-z]+)?)?")
"""arXiv's categories; its answers also name classes of the ACM (``I.2.7``) and MSC (``68T50``)."""

_ROUNDED = re.compile(r"(?P<number>\d{1,7}(?:\.\d{1,7})?)(?P<unit>[kKmM]?)")
_UNITS = {"": 1, "k": 1000, "m": 1_000_000}
# These would end a URL early, or start something else, within Markdown.
_UNSAFE_IN_URL = re.compile(r"[\s<>\"\\`]")

# These would start a heading or a fence, or turn the line above into a heading.
_BLOCK_START = re.compile(r"^([ \t]*)(#{1,6}(?=\s|$)|`{3}|~{3}|[=-]+(?=[ \t]*$))", re.MULTILINE)
_BLOCK_STARTS = (*"#`~=- \t",)
_INDENTED_LINE = re.compile(r"\n[ \t]{2,}")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]{1,200}\|)?([^\[\]|]{1,200})\]\]")
_MARKUP = re.compile(r"[\\`*_\[\]<]")
_MODEL_SECTIONS = {
    "TL;DR": ("tldr", "tl;dr", "one_liner"),
    "Motivation": ("motivation",),
    "Method": ("method",),
    "Result": ("result",),
    "Conclusion": ("conclusion",),
}


def as_object(value: object) -> Mapping[str, object]:
    """Return a dict as it is; anything else becomes an empty one."""
    return value if isinstance(value, dict) else {}


def as_text(value: object) -> str:
    """Return a sanitized string with its line breaks; anything else becomes empty.

    A string that is too long for a summary stays too long, so that it is reported later, but takes
    no more memory than one.
    """
    return clean(value[:_MAX_TEXT_CHARS]).strip() if isinstance(value, str) else ""


def as_line(value: object) -> str:
    """Return a sanitized string on one line; anything else becomes empty."""
    text = as_text(value)
    is_tidy = text.isprintable() and "  " not in text and text.isascii()
    return text if is_tidy else " ".join(text.split())


def as_list(value: object) -> list[object]:
    """Return a list as it is; None and "" become empty, any other value a list of one."""
    if isinstance(value, list):
        return value
    return [] if value is None or value == "" else [value]


def as_authors(value: object) -> tuple[str, ...]:
    """Return authors: from a string with commas, or a list of strings or dicts with a ``name``."""
    if isinstance(value, str):
        return parse_authors(as_line(value))
    names = (item.get("name") if isinstance(item, dict) else item for item in as_list(value))
    return tidy_authors(filter(None, map(without_wiki_links, map(as_line, names))))


def without_wiki_links(text: str) -> str:
    """Return a text with the label of each link to a note: ``[[Jane Roe]]`` becomes a name."""
    return _WIKI_LINK.sub(r"\1", text) if "[[" in text else text


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


def as_categories(value: object) -> tuple[str, ...]:
    """Return the arXiv categories in a string or list, without classes of other schemes."""
    words = (word for item in as_list(value) for word in re.split(r"[\s,;]+", as_line(item)))
    found = (word for word in words if len(word) < _MAX_EXCERPT_CHARS and CATEGORY.fullmatch(word))
    return tuple(islice(dict.fromkeys(found), _MAX_CATEGORIES))


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


def as_paper_id(value: object) -> str | None:
    """Return the canonical id, of any kind, if a string is one or has the URL of a paper."""
    if paper_id := as_arxiv_id(value):
        return paper_id
    from tui.paper_ids.elsewhere import parse_elsewhere

    return parse_elsewhere(as_line(value))


def first_paper_id(values: Iterable[object]) -> str | None:
    """Return the first id of arXiv in some values, else the first other one, or None."""
    values = list(values)
    return first_arxiv_id(values) or next(filter(None, map(as_paper_id, values)), None)


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


# --- Markdown -----------------------------------------------------------------------------------


def model_sections(fields: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield label and Markdown of the parts that a language model writes about a paper."""
    for label, names in _MODEL_SECTIONS.items():
        texts = (as_text(fields.get(name)) for name in names)
        yield label, escape_blocks(next(filter(None, texts), ""))


def join_sections(*sections: tuple[str, str]) -> str:
    """Return Markdown with a heading for each section that has text.

    Args:
        sections: label and text, in order; a section without a label gets no heading.
    """
    stripped = ((label, text.strip()) for label, text in sections)
    return "\n\n".join(
        f"## {label}\n\n{text}" if label else text for label, text in stripped if text
    )


def escape_blocks(text: str) -> str:
    r"""Escape everything that would start a separate section, with a ``\``."""
    if "\n" not in text and not text.startswith(_BLOCK_STARTS):
        return text
    return _substitute(_BLOCK_START, r"\1\\\2", text)


def _substitute(pattern: re.Pattern[str], replacement: str, text: str) -> str:
    """Return ``pattern.sub(replacement, text)``, for a pattern that matches within lines.

    `re` makes a list of all strings between the matches, which takes twenty times the memory of a
    text in which there are many.
    """
    pieces = []
    start = 0
    while start < len(text):
        end = text.find("\n", start + _PIECE_CHARS)
        end = len(text) if end < 0 else end
        pieces.append(pattern.sub(replacement, text[start:end]))
        start = end
    return "".join(pieces)


def format_abstract(value: object) -> str:
    """Return an abstract as Markdown; arXiv indents the first line of each paragraph."""
    text = as_text(value)
    return escape_blocks(_substitute(_INDENTED_LINE, "\n\n", text) if "\n" in text else text)


def bullet_list(*items: tuple[str, str]) -> str:
    """Return a bullet for each name with a value; the values are Markdown."""
    return "\n".join(f"- **{name}**: {value}" for name, value in items if value)


def comma_list(value: object) -> str:
    """Return the strings of a list as Markdown, separated by commas."""
    lines = filter(None, map(as_line, as_list(value)))
    return ", ".join(_MARKUP.sub(r"\\\g<0>", line) for line in lines)


def format_link(value: object, remark: str = "") -> str:
    """Return a URL as a link, followed by a remark in parentheses; empty if it is unsafe."""
    url = as_url(value)
    if url is None:
        return ""
    return f"<{url}> ({remark})" if remark else f"<{url}>"


def format_stars(value: object) -> str:
    """Return a repository's stars as text, ``66 stars``; empty for 0 or an unknown number."""
    count = as_count(value)
    return f"{count} {'star' if count == 1 else 'stars'}" if count else ""
