"""Papers in XML of any kind: elements that start with a title or an id."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from tui.sanitize import clean

_RECORD_START = re.compile(
    r"<([\w:-]{1,30})\b[^<>]{0,500}>\s*<(?:title|name|id|arxiv|arxiv_id|paper_id)\b", re.IGNORECASE
)
_OPENING = re.compile(r"<([\w:-]{1,40})\b[^<>/]{0,500}>")
_LAST_NAME_FIRST = re.compile(
    r"(<(?:keyname|last|lastname|family)>[^<>]{1,100}</\w{1,10}>)"
    r"\s*(<(?:forenames|first|firstname|given)>[^<>]{1,100}</\w{1,10}>)",
    re.IGNORECASE,
)
"""Parts of a name in the order of arXiv: ``<keyname>Bell</keyname><forenames>Ada</forenames>``."""

_BETWEEN_ELEMENTS = re.compile(r"(</[^<>]{1,50}>)(<\w)")
_TAG = re.compile(r"</?\w[^<>]{0,500}>")
_MAX_VALUE_CHARS = 50_000
_MAX_UNCLOSED_NAMES = 20


def xml_records(text: str) -> list[dict[str, object]]:
    """Return the elements of an XML file that start with a title or id, as fields of papers.

    An element that occurs several times is a list, as in the ACL Anthology
    (https://github.com/acl-org/acl-anthology); markup within a value is dropped.
    """
    first = _RECORD_START.search(text)
    if first is None:
        return []
    parts = re.split(rf"<{first[1]}\b[^<>]{{0,500}}>", text)[1:]
    return [_fields_of(part.partition(f"</{first[1]}>")[0]) for part in parts]


def _fields_of(record: str) -> dict[str, object]:
    fields: dict[str, object] = {}
    for name, value in _elements(record):
        text = _text_of(value, name)
        fields[name] = f"{fields[name]}; {text}" if name in fields else text
    return fields


def _elements(text: str) -> Iterator[tuple[str, str]]:
    """Yield the name and content of the outermost elements that have an end."""
    unclosed: set[str] = set()
    position = 0
    while opening := _OPENING.search(text, position):
        name, position = opening[1], opening.end()
        if name in unclosed:
            continue
        end = text.find(f"</{name}>", position)
        if end < 0:
            unclosed.add(name)
            if len(unclosed) > _MAX_UNCLOSED_NAMES:
                return
            continue
        yield name, text[position : min(end, position + _MAX_VALUE_CHARS)]
        position = end


def _text_of(value: str, name: str) -> str:
    """Return the content of an element as text, with the elements of a list between semicolons.

    Args:
        value: the content.
        name: the name of the element; that of a list is the plural of those in it.
    """
    if f"<{name[:-1]}" in value and name.endswith("s"):
        return "; ".join(_text_of(inner, each) for each, inner in _elements(value))
    if "<" in value:
        value = _LAST_NAME_FIRST.sub(r"\2\1", value)
        value = _TAG.sub("", _BETWEEN_ELEMENTS.sub(r"\1 \2", value))
    return clean(html.unescape(value)).strip()
