"""The authors of a paper in a text that may have more than their names."""

from __future__ import annotations

import re

from tui.digests.parsing.markdown_lines import plain_text
from tui.digests.parsing.votes_and_authors import parse_authors
from tui.models import ET_AL

_ITALIC = re.compile(r"(?<![*\w])([*_])(?=[^\s*_])([^*\n]{1,20000}?)(?<=\S)\1(?![*\w])")
_NAME = re.compile(
    r"[^\W\d_][\w.'’`´-]*\.?(?:\s+(?:[^\W\d_][\w.'’`´-]*\.?|\([A-Za-z .]{1,20}\))){0,5}"
)


def names_in(value: str) -> tuple[str, ...]:
    """Return the authors in a labelled value."""
    return parse_authors(plain_text(value.strip()))


def unlabelled_names(text: str) -> tuple[str, ...]:
    """Return the authors if a line is nothing but names, two at least or in italics."""
    text = text.strip()
    is_marked = text.lower().startswith("by ")
    if is_marked:
        text = text[3:]
    elif italic := _ITALIC.fullmatch(text):
        is_marked, text = True, italic[2]
    authors = parse_authors(text)
    names = [name for name in authors if name != ET_AL]
    if not names or (len(names) < 2 and not is_marked):
        return ()
    if any(len(name) > 60 or not _NAME.fullmatch(name) for name in names):
        return ()
    is_latin = any("a" <= char.lower() <= "z" for char in text)
    if is_latin and not all(name[:1].isupper() or name[:1].lower() in "dvl" for name in names):
        return ()
    return authors
