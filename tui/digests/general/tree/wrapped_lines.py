"""Labels at the start of a line of plain text, and lines that continue one above them."""

from __future__ import annotations

import re

from tui.digests.general.names.title_and_names import are_full_names
from tui.digests.general.vocabulary.labels import Field, field_of

_COLON = re.compile("[:：]")
_WRAPPED = frozenset({Field.TITLE, Field.OTHER_TITLE, Field.ORIGINAL_TITLE, Field.AUTHORS})
"""Labels whose values are one line of text, however it is wrapped."""

_MIN_WRAPPED_CHARS = 60
"""Programs wrap lines that are longer than this."""

_MIN_FULL_CHARS = 70
"""The width at which they do it: the next word would not have fitted."""

_MIN_WRAPPED_TITLE_CHARS = 45
_MAX_TITLE_CHARS = 120
_OPEN_END = re.compile(
    r"(?:[\s(](?:a|an|and|as|at|by|for|from|in|into|is|of|on|or|over|the|their|through|to|toward|towards"
    r"|under|using|via|versus|vs\.|when|with|without|&)|[:,–—-])$",
    re.IGNORECASE,
)
"""What a title does not end with."""

_LINK = re.compile(r"\s*(?:https?://|arxiv[:.]|doi[:.]|\[|<https?:)", re.IGNORECASE)
_NO_TITLE = ("://", "](", "**", "`", "|")


def leading_label(text: str) -> Field | None:
    """Return what the label before the colon of a line with a value is, or None."""
    label, value, *_ = [*_COLON.split(text, maxsplit=1), ""]
    return field_of(label.strip(" *_")) if value.strip() else None


def continues_label(text: str, value: str, before: str, after: str) -> bool:
    """Return whether an indented line continues the value of a label, as in the head of an e-mail.

    Args:
        text: the indented line, as Markdown.
        value: the label and its value so far.
        before: the line above, as it was written.
        after: the line below; another label there shows that this line belongs to the first one.
    """
    if leading_label(value) not in _WRAPPED or leading_label(text) is not None:
        return False
    if before.endswith(("  ", "\\", "*", "_")) or "://" in text:
        return False
    next_word = text.partition(" ")[0]
    is_full = len(before) + 1 + len(next_word) >= _MIN_FULL_CHARS
    is_open = is_full or len(before) >= _MIN_WRAPPED_CHARS or before.endswith((",", ";", " and"))
    return is_open or (value[:1].isalpha() and after[:1].isalpha() and bool(leading_label(after)))


def continues_title(text: str, before: str, after: str) -> bool:
    """Return whether a line continues the title in the first line of an item or a paragraph.

    What the next line is decides it: names, or a link below a title that cannot end where it does.

    Args:
        text: the line, as Markdown.
        before: the line above, as it was written.
        after: the line below.
    """
    if len(before) < _MIN_WRAPPED_TITLE_CHARS or len(text) > _MAX_TITLE_CHARS or not after.strip():
        return False
    if before.endswith(("  ", "\\", ".", "*", "_")) or text.endswith((".", ":", "。")):
        return False
    if any(mark in before or mark in text for mark in _NO_TITLE):
        return False
    if leading_label(before) is not None or leading_label(text) is not None:
        return False
    is_above_link = _LINK.match(after) is not None
    if _OPEN_END.search(before):
        return is_above_link or are_full_names(after)
    return not is_above_link and are_full_names(after) and not are_full_names(text)
