r"""Titles as plain text: ``M$^{2}$UGen`` → ``M²UGen``.

Loaded for the first title with LaTeX only; see ``tui.ui.typeset.title``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tui.ui.typeset.latex_to_text import latex_to_text

# Pandoc's rule, as in summaries: "$5 and $10" are prices. Titles also join formulas to words.
_MATH = re.compile(
    r"(?<!\\)(\${1,2})(?![\s$])(?P<formula>(?:[^$\\]|\\.)++)(?<!\s)\1(?!\d)", re.DOTALL
)
_ACCENT = re.compile(
    r"""\{?\\(['`^"~=.])(?:\{(?:\\(?=[ij]))?([A-Za-z])\}|(?:\\(?=[ij]))?([A-Za-z]))\}?"""
)
_ACCENTS = dict(zip("'`^\"~=.", "\u0301\u0300\u0302\u0308\u0303\u0304\u0307", strict=True))
_STYLED = re.compile(r"\\(?:emph|text[a-z]{2,3}|math[a-z]{2,3})\s*\{([^{}]*)\}")
_ESCAPED = re.compile(r"\\([%$&#_{}])")


@lru_cache(maxsize=1024)
def typeset_latex_title(title: str) -> str:
    """Return a title without LaTeX; what is not understood is unchanged."""
    parts = []
    end = 0
    for match in _MATH.finditer(title):
        parts += [_plain(title[end : match.start()]), latex_to_text(match["formula"])]
        end = match.end()
    parts.append(_plain(title[end:]))
    # LaTeX can hide everything.
    return " ".join("".join(parts).split()) or title


def _plain(text: str) -> str:
    """Return text outside of formulas without the commands that titles use."""
    if "\\" not in text:
        return text
    text = _ACCENT.sub(_accented, text)
    text = _STYLED.sub(r"\1", text)
    return _ESCAPED.sub(r"\1", text)


def _accented(match: re.Match[str]) -> str:
    letter = match[2] or match[3]
    return unicodedata.normalize("NFC", letter + _ACCENTS[match[1]])
