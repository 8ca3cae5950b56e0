"""Lines of tags such as ``#vision #to-read``, which look like headings without a space.

A single word may be either: in a page whose headings have a space, it is a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_HASHTAGS = re.compile(r"\s{0,3}#[^\W\d#][^\s#]{0,60}(?:\s+#[^\W\d#][^\s#]{0,60})*\s*$")
_SPACED_HEADING = re.compile(r"\s{0,3}#{1,6}\s")


def count_tags(line: str) -> int:
    """Return how many tags a line consists of; 0 if it has anything else."""
    return line.count("#") if _HASHTAGS.match(line) else 0


def has_spaced_headings(lines: Iterable[str]) -> bool:
    """Return whether a line is a heading with a space after its signs."""
    return any(map(_SPACED_HEADING.match, lines))
