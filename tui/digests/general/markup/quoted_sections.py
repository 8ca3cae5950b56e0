"""Sections that stand in quotations, as some write each paper of a list."""

from __future__ import annotations

import re
from itertools import islice

_MAY_BE_HEADING = re.compile(r">[ \t]{0,4}#")
"""What every such heading has; much faster to find than the start of a line."""

_QUOTATION = re.compile(r"^[ ]{0,3}>[^\n]*(?:\n[ ]{0,3}>[^\n]*)*+", re.MULTILINE)
_HEADING = re.compile(r"^[ ]{0,3}>[ \t]{0,4}#{1,6}[ \t]+\S", re.MULTILINE)
_MARK = re.compile(r"^[ ]{0,3}>[ ]?", re.MULTILINE)
_MIN_HEADINGS = 2


def with_quoted_sections(text: str) -> str:
    """Return a page without the marks of quotations that have headings, if there are several."""
    if _MAY_BE_HEADING.search(text) is None:
        return text
    if len(list(islice(_HEADING.finditer(text), _MIN_HEADINGS))) < _MIN_HEADINGS:
        return text
    return _QUOTATION.sub(_unquoted, text)


def _unquoted(quotation: re.Match[str]) -> str:
    return _MARK.sub("", quotation[0]) if _HEADING.search(quotation[0]) else quotation[0]
