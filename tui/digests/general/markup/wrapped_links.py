"""Links whose labels are wrapped over two lines, as a program wrote a long title."""

from __future__ import annotations

import re

_WRAPPED = re.compile(
    r"\[(?P<first>[^\[\]\n]{8,300})\n[ \t>]{0,8}(?P<second>[^\[\]\n]{2,300})\]"
    r"(?P<url>\(https?://[^\s()]{4,2000}\))(?P<rest>[^\n]*)"
)


def with_whole_links(text: str) -> str:
    """Return a page whose wrapped labels of links are on one line; the page has as many lines."""
    if "\n" not in text or "](http" not in text:
        return text
    return _WRAPPED.sub(r"[\g<first> \g<second>]\g<url>\g<rest>\n", text)
