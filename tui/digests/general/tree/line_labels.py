"""Labels within a line of a page: ``**Authors**: A, B | arXiv: 2505.04921``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tui.digests.general.tree.document_tree import Block
from tui.digests.general.vocabulary.labels import Field, field_of
from tui.digests.parsing.written_days import exact_day_in
from tui.paper_ids.references import arxiv_ids_in

_LABELLED = re.compile(
    r"[^\w\[<(`]{0,12}(?:\d{1,3}[.)、]\s?)?(?P<label>\w(?:[^:：\n|*\[\]`]|\*(?=innen\b)){0,38}?)[*_`\s]{0,4}[:：]{1,2}[*_`]{0,3}(?!//)\s*(?P<value>.*)",
    re.DOTALL,
)
_MAX_LABEL_CHARS = 120
_COLONS = (":", "：", "】")
_MAX_COLON_OFFSET = 60
"""Characters that `_LABELLED` may have before its colon."""
_BRACKETED = re.compile(
    r"[^\w\[<(`]{0,12}【(?P<label>[^【】\n]{1,40})】\s*[:：]?\s*(?P<value>.*)", re.DOTALL
)
_IN_SQUARE_BRACKETS = re.compile(
    r"\[(?P<label>[^\[\]\n]{1,20})\](?!\()\s*[:：]?\s*(?P<value>.*)", re.DOTALL
)
"""A label like ``[Authors]``; most words in such brackets are tags, and a title follows."""

_IN_BOLD = re.compile(
    r"(?:\*\*|__)(?P<label>[^*_\n:：\[\]]{2,20})(?:\*\*|__)\s{1,4}(?P<value>[^\s\[(*–—-].*)",
    re.DOTALL,
)
"""A label like ``**Authors** Ada Bell``."""

_WITHOUT_COLON = frozenset({Field.AUTHORS, Field.VOTES})
"""What a label without a colon may be for."""

_NEXT_LABEL = re.compile(
    r"(?:\s*[;；。，、\u3000]\s*|(?<=[^\W\d_]{2})\.\s+|,\s+|\s+[/–—-]\s+|\s{2,}|(?<=\)) )"
    r"[*_]{0,3}(?=(?P<label>[^\W\d_][^\s:：;；。，、,.|/\[\]()]{0,18}"
    r"(?: [^\W\d_][^\s:：,.|/\[\]()]{0,14})?)"
    r"[*_]{0,3}\s?[:：])"
)
"""What separates a field from the label of the next one on its line."""

_MAX_FIELDS_CHARS = 1000
_MAX_DAY_CHARS = 40
_ON_ONE_LINE = frozenset(
    {Field.AUTHORS, Field.ID, Field.LINK, Field.VOTES, Field.DATE, Field.PUBLISHED, Field.ISSUE_DAY}
)
"""Fields that may share a line without ``|`` between them."""

_SEPARATORS = re.compile("[|｜·•]")
_PARTS = re.compile(r"\s+[|｜·•]\s+|\s*｜\s*")
_DIGITS = "一二三四五六七八九十"
_NUMBER = re.compile(
    r"\s*(?:(?i:paper|article|no|top|rank|day|pick|item|论文|論文|논문|その|其"
    r"|bài(?: báo| viết)?(?: số)?|số)"
    rf"\.?\s?(?:#?\d{{1,3}}|[{_DIGITS}]{{1,3}})\s?[.:：、)|｜–—-]"
    r"|(?i:no)\.\s?\d{1,3}(?=\s)|(?:№|[Nn][°º])\s?\d{1,4}\b[.:：)]?"
    rf"|(?:第\s?|제\s?)(?:\d{{1,3}}|[{_DIGITS}]{{1,3}})\s?[篇位名条條則个個本編回期集話话点點편회호](?:论文|論文|논문)?[\s:：、.｜|]"
    r"|(?:\d{1,3}\s?(?:[위位번편]|番目|번째|本目|つ目)|[첫두세네]\s?번째)(?:[のは]?\s?(?:논문|論文))?\s?[\s:：.)、]"
    rf"|[{_DIGITS}]{{1,3}}[、.．：]|#\s?\d{{1,4}}\b[.:)]?(?:\s?｜|\s[-–—|](?=\s))?"
    rf"|\[\d{{1,4}}\](?!\()|[(（](?:\d{{1,4}}|[{_DIGITS}]{{1,3}})[)）]|[【〔『「](?:\d{{1,4}}|[{_DIGITS}]{{1,3}})[】〕』」]"
    r"|[\[(（【]\d{1,3}\s?/\s?\d{1,3}[\])）】](?!\()|[①-⒛❶-➓㈠-㈩㊀-㊉]"
    r"|\d{1,3}\s[-–—·•▸▶►»›→]\s|0\d(?:[_-]\s?|\s)(?=[^\W\d_])|[a-h]\)\s"
    r"|\d{1,3}\s{1,3}(?=\[[^\[\]]{8})"
    r"|\d{1,4}(?:[.:．](?!\d)|[)、）｜]|\s?[|/](?=\s)|\s｜|(?=\ufe0f?\u20e3))(?:\ufe0f?\u20e3)?)\s*"
)
"""The number of a paper in a list; a keycap is a digit with a frame around it."""

_NUMBER_LETTERS = frozenset("pPaAnNtTrRdDiIbBsScefghEFGH论論논제第そ其첫두세네一二三四五六七八九十")
"""Letters that such a number may start with."""

_EMPHASIS = re.compile(r"(?<![^\W_])[*_]{1,3}(?=[^\W_])")
_SYMBOLS = re.compile(
    r"(?:[^\w\s¿¡№〔\[\](){}（【<>\"'“‘«「『《$\\`*_#.,:;!?+\-–—/|~=&%@]|[\ufe0f\u20e3])+\s*"
)


def labelled_parts(block: Block) -> list[tuple[str, str]]:
    """Return each ``label: value`` on a line whose label is known."""
    if block.labels is None:
        has_colon = any(sign in block.text for sign in _COLONS)
        has_colon = has_colon or block.text.startswith(("[", "**", "__"))
        block.labels = list(_find_labels(block.text)) if has_colon else []
    return block.labels


def _find_labels(text: str) -> Iterator[tuple[str, str]]:
    parts = _PARTS.split(text) if _has_separator(text) else [text]
    if len(parts) > 1 and not all(_is_field_part(part) for part in parts):
        parts = [text]
    for part in parts:
        match = _match(part)
        if match is None or not (kind := field_of(match["label"])):
            continue
        label, value = match["label"], _value_of(match)
        if names_a_day(label, value):
            label = "date"
        while kind in _ON_ONE_LINE and (next_field := _next_field(value)):
            yield label, value[: next_field.start()]
            label, value = next_field["label"], value[next_field.end() :]
            value = value[value.index(label) + len(label) :].lstrip("*_ :：")
            kind = field_of(label)
        yield label, value


def names_a_day(label: str, value: str) -> bool:
    """Return whether a label is ``data``, and means a day, as in Italian and Portuguese."""
    if len(label) != 4 or len(value) > _MAX_DAY_CHARS or label.casefold() != "data":
        return False
    return exact_day_in(value) is not None


def _next_field(value: str) -> re.Match[str] | None:
    """Return the match of the label of another field within a value, or None."""
    value = value[:_MAX_FIELDS_CHARS]
    if ":" not in value and "：" not in value:
        return None
    matches = _NEXT_LABEL.finditer(value)
    return next((match for match in matches if field_of(match["label"]) in _ON_ONE_LINE), None)


def _has_separator(text: str) -> bool:
    if text.isascii():
        return "|" in text
    return _SEPARATORS.search(text) is not None


def _match(text: str) -> re.Match[str] | None:
    """Return the match of a label and its value at the start of a text."""
    start = text[:_MAX_COLON_OFFSET]
    match = _LABELLED.match(text) if ":" in start or "：" in start else None
    if match is None and "【" in start:
        return _BRACKETED.match(text)
    if match is None and start[:1] == "[" and (match := _IN_SQUARE_BRACKETS.match(text)):
        return match if field_of(match["label"]) in _WITHOUT_COLON else None
    if match is None and start[:2] in {"**", "__"} and (match := _IN_BOLD.match(text)):
        return match if field_of(match["label"]) in _WITHOUT_COLON else None
    return match


def _value_of(match: re.Match[str]) -> str:
    """Return the value after a label, without the end of emphasis around both: ``_By: A, B_``."""
    value = match["value"].strip()
    if not value.endswith(("*", "_")):
        return value
    text = match.string
    opened = _EMPHASIS.search(text, match.start(), match.end("label"))  # "_" may be in the label
    if opened is None or opened[0] in text[match.end("label") : match.start("value")]:
        return value
    return value.removesuffix(opened[0])


def _is_field_part(part: str) -> bool:
    match = _match(part)
    return bool(match and field_of(match["label"])) or next(arxiv_ids_in(part), None) is not None


def bare(value: str) -> str:
    """Return a value without the markup of code and emphasis, and of a link that is all of it."""
    return value.strip().strip("`*_<> ")


def is_label(text: str) -> bool:
    """Return whether a text is a known label, such as the heading ``Abstract``."""
    return field_of(label_text(text)) is not None


@lru_cache(maxsize=64)
def label_text(text: str) -> str:
    """Return a text without number, symbols, emphasis and colon around it."""
    text = without_symbols(without_number(text.strip()))
    return text.strip("*_ \t:：#")


def without_number(text: str) -> str:
    """Return a text without the number of a list that it starts with."""
    first = text[:1]
    if first.isalpha() and first not in _NUMBER_LETTERS:
        return text
    number = _NUMBER.match(text)
    return text[number.end() :] if number else text


def label_kind(text: str) -> Field | None:
    """Return what the label at the start of a text, or the whole text as a label, is; or None."""
    return _label_kind(text[:_MAX_LABEL_CHARS])


@lru_cache(maxsize=64)
def _label_kind(text: str) -> Field | None:
    match = _match(text)
    return field_of(match["label"]) if match else field_of(label_text(text))


def without_symbols(text: str) -> str:
    """Return a text without the emoji and other symbols that it starts with."""
    if text[:1].isalnum():
        return text
    symbols = _SYMBOLS.match(text)
    return text[symbols.end() :] if symbols else text


def split_label(text: str) -> tuple[str, str] | None:
    """Return the label at the start of a text and the value after its colon, or None."""
    match = _match(text)
    return (match["label"], _value_of(match)) if match else None
