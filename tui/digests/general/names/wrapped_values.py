"""Values that a converter of XML or a database has wrapped in an object or list of their own."""

from __future__ import annotations

from collections.abc import Mapping

_TEXT_KEYS = ("$t", "#text", "_text", "__text", "_", "#cdata-section", "__cdata", "rendered")
"""Keys of a text beside the attributes of its element, and of HTML in WordPress."""

_SOLE_KEYS = (*_TEXT_KEYS, "value", "$date", "$numberLong")
"""Keys of a value that nothing stands beside, as in OpenReview and MongoDB."""

_WORD_POSITIONS = "abstract_inverted_index"
_MAX_DEPTH = 4


def unwrapped(value: object, depth: int = _MAX_DEPTH) -> object:
    """Return the value in ``{"$t": "A Title"}`` or ``["A Title"]``; any other as it is.

    Args:
        value: the value. A list stays one unless all it has is a text.
        depth: the number of objects and lists around the value at most.
    """
    if isinstance(value, dict):
        key = _wrapping_key(value) if depth else None
        return value if key is None else unwrapped(value[key], depth - 1)
    if isinstance(value, list) and len(value) == 1 and depth:
        inner = unwrapped(value[0], depth - 1)
        return inner if isinstance(inner, str) else value
    return value


def with_plain_abstract(fields: Mapping[str, object]) -> Mapping[str, object]:
    """Return a record of OpenAlex with its abstract as a text; any other as it is.

    It has the positions of each word: ``{"We": [0], "study": [1], …}``.
    """
    if _WORD_POSITIONS not in fields:
        return fields
    index = fields[_WORD_POSITIONS]
    words: dict[int, str] = {}
    for word, positions in index.items() if isinstance(index, dict) else ():
        numbers = positions if isinstance(positions, list) else ()
        words |= {int(each): word for each in numbers if str(each).isdecimal()}
    abstract = " ".join(words[position] for position in sorted(words))
    rest = {key: value for key, value in fields.items() if key != _WORD_POSITIONS}
    return {**rest, "abstract": abstract}


def with_listed_fields(fields: Mapping[str, object]) -> Mapping[str, object]:
    """Return a record with what it has in a list of names and values; any other as it is.

    Cards in chats have ``"fields": [{"title": "Authors", "value": "Ada Bell"}]``.
    """
    listed = fields.get("fields")
    if not isinstance(listed, list):
        return fields
    pairs = {
        str(name): item.get("value")
        for item in listed
        if isinstance(item, dict) and (name := item.get("title") or item.get("name"))
    }
    rest = {key: value for key, value in fields.items() if key != "fields"}
    return {**pairs, **rest} if any(pairs.values()) else fields


def _wrapping_key(value: dict[str, object]) -> str | None:
    if len(value) == 1:
        return next((key for key in _SOLE_KEYS if key in value), None)
    return next((key for key in _TEXT_KEYS if isinstance(value.get(key), str)), None)
