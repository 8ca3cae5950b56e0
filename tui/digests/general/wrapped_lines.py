"""Labels at the start of a line of plain text, and lines that continue the value of one."""

from __future__ import annotations

import re

from tui.digests.general.labels import Field, field_of

_COLON = re.compile("[:：]")
_WRAPPED = frozenset({Field.TITLE, Field.OTHER_TITLE, Field.ORIGINAL_TITLE, Field.AUTHORS})
"""Labels whose values are one line of text, however it is wrapped."""

_MIN_WRAPPED_CHARS = 60
"""Programs wrap lines that are longer than this."""


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
    if before.endswith(("  ", "\\")) or "://" in text:
        return False
    is_open = len(before) >= _MIN_WRAPPED_CHARS or before.endswith((",", ";", " and"))
    return is_open or (value[:1].isalpha() and after[:1].isalpha() and bool(leading_label(after)))
