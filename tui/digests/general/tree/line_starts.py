"""Lines that start an item of a list, and lines in bold that are headings."""

from __future__ import annotations

import re

from tui.digests.general.tree.wrapped_lines import leading_label
from tui.digests.general.vocabulary.labels import Field
from tui.digests.id_search import names_paper

_ITEM = re.compile(r"(\s*)(?:[-*+•◦▪●·–]|\(?\d{1,4}[.)、])(?:\s+|(?<=[•◦▪●·、])(?=\S))(.*)")
_BOLD_LINE = re.compile(r"(?:\*\*|__)(?=\S)([^\n]{1,400}?)(?<=\S)(?:\*\*|__)$")


def match_item(line: str, stripped: str) -> re.Match[str] | None:
    """Return the match of an item; a quotation has one only if it names a paper."""
    first = stripped[0]
    if first in "-*+•◦▪●·–(" or first.isdigit():
        return _ITEM.match(line)
    if first == ">" and (item := _ITEM.match(stripped.lstrip(">").removeprefix(" "))):
        return item if names_paper(item[2]) else None
    return None


def heading_in_bold(stripped: str) -> str | None:
    """Return the text of a line that is in bold as a whole; None if it is no heading."""
    bold = _BOLD_LINE.match(stripped) if stripped.endswith(("**", "__")) else None
    if bold is None or "**" in bold[1] or bold[1].rstrip().endswith((":", "：")):
        return None
    return None if leading_label(bold[1]) in {Field.AUTHORS, Field.VOTES} else bold[1]
