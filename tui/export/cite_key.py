"""The name by which a paper is cited.

It is made of the paper alone, so that it is the same in every export, whatever else is in it; and
with the arXiv id in it, no two papers ever share one.
"""

from __future__ import annotations

import re
import unicodedata

from tui.arxiv import submission_month
from tui.export.bibtex_names import is_suffix
from tui.export.latex import pieces
from tui.models import Paper

_LONGEST, _SHORTEST = 20, 4
_UNACCENTED = str.maketrans(
    {"ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_SMALL_WORDS = """
    about across adaptive advancing among beyond between does during from have into more need over
    rethinking than that their these this through toward towards under unlocking using versus very
    what when where which with within without your
"""
_NAMED = re.compile(r"\s*(\S+):\s")


def cite_key(paper: Paper) -> str:
    """Return a paper's key: ``kim2025diffusion-2505.04921``.

    Without an author's name in Latin letters it is ``diffusion-2505.04921``, and without any such
    words the id alone.
    """
    arxiv_id = paper.arxiv_id.lower().replace("/", "-")
    family = _family(paper.author_lines.partition("\n")[0])
    submitted = submission_month(paper.arxiv_id) if family else None
    words = f"{family}{submitted[0] if submitted else ''}{_word(paper.title, paper.arxiv_id)}"
    return f"{words}-{arxiv_id}" if words else arxiv_id


def _family(name: str) -> str:
    words = [word for word in name.split() if not is_suffix(word)]
    return _latin(words[-1]) if words else ""


def _word(title: str, arxiv_id: str) -> str:
    """Return the name a title gives (``TTRL: …``), else its first long word."""
    if title == arxiv_id:
        return ""
    text = " ".join(piece for is_formula, piece in pieces(title) if not is_formula)
    if (named := _NAMED.match(text)) and (name := _latin(named[1])):
        return name
    words = [_latin(word) for word in re.split(r"[\s:/–—-]+", text)]
    small = _SMALL_WORDS.split()
    long = (word for word in words if len(word) >= _SHORTEST and word not in small)
    return next(long, next(filter(None, words), ""))


def _latin(text: str) -> str:
    """Return the Latin letters and digits of a text, without accents and capitals."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_UNACCENTED))
    return re.sub("[^a-z0-9]", "", plain)[:_LONGEST]
