"""Fenced blocks of code in a page of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

FENCE = re.compile(r"\s*(`{3,}|~{3,})")
"""The start of the line above a block; the same signs alone are the line below it."""


def code_blocks(text: str) -> Iterator[str]:
    """Yield the blocks of code in a page, without the lines around them."""
    fence, lines = "", list[str]()
    for line in text.split("\n"):
        stripped = line.strip()
        if fence and stripped.startswith(fence) and not stripped.strip(fence[0]):
            yield "\n".join(lines)
            fence, lines = "", []
        elif fence:
            lines.append(line)
        elif opening := FENCE.match(line):
            fence = opening[1]
