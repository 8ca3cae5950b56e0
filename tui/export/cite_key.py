"""Citation keys.

A key depends on the paper alone, so it is the same in every export; it contains the arXiv id, so
it is unique.
"""

from __future__ import annotations

import re
import unicodedata

from tui.arxiv import submission_month
from tui.export.bibtex_names import is_name_suffix
from tui.export.latex import split_formulas
from tui.models import Paper

_MAX_PART_CHARS, _MIN_WORD_CHARS = 20, 4
_UNACCENTED = str.maketrans(
    {"ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_STOP_WORDS = """
    about across adaptive advancing among beyond between does during from have into more need over
    rethinking than that their these this through toward towards under unlocking using versus very
    what when where which with within without your
"""
_WORD_BEFORE_COLON = re.compile(r"\s*(\S+):\s")


def cite_key(paper: Paper) -> str:
    """Return a paper's citation key: ``kim2025diffusion-2505.04921``.

    Without an author's name in Latin letters it is ``diffusion-2505.04921``; without a title in
    Latin letters as well, it is the id alone.
    """
    arxiv_id = paper.arxiv_id.lower().replace("/", "-")
    family = _family_name(paper.author_lines.partition("\n")[0])
    submitted = submission_month(paper.arxiv_id) if family else None
    word = _title_word(paper.title, paper.arxiv_id)
    prefix = f"{family}{submitted[0] if submitted else ''}{word}"
    return f"{prefix}-{arxiv_id}" if prefix else arxiv_id


def _family_name(name: str) -> str:
    words = [word for word in name.split() if not is_name_suffix(word)]
    return _to_ascii(words[-1]) if words else ""


def _title_word(title: str, arxiv_id: str) -> str:
    """Return the word before a title's colon (``TTRL: …``), else its first significant word."""
    if title == arxiv_id:
        return ""
    text = " ".join(piece for is_formula, piece in split_formulas(title) if not is_formula)
    if (match := _WORD_BEFORE_COLON.match(text)) and (name := _to_ascii(match[1])):
        return name
    words = [_to_ascii(word) for word in re.split(r"[\s:/–—-]+", text)]
    stop_words = _STOP_WORDS.split()
    significant = (
        word for word in words if len(word) >= _MIN_WORD_CHARS and word not in stop_words
    )
    return next(significant, next(filter(None, words), ""))


def _to_ascii(text: str) -> str:
    """Return the Latin letters and digits of a text, in lower case and without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_UNACCENTED))
    return re.sub("[^a-z0-9]", "", plain)[:_MAX_PART_CHARS]
