"""Export to BibTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from tui.arxiv import submission_month
from tui.export import ExportRecord
from tui.export.bibtex_names import format_authors
from tui.export.cite_key import cite_key
from tui.export.latex import escape, split_formulas, to_single_line
from tui.models import Marks, Paper

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*")
_WORD_BEFORE_COLON = re.compile(rf"{_WORD.pattern}(?=:\s)")


def render(records: Iterable[ExportRecord]) -> Iterator[str]:
    """Yield an entry per paper, with blank lines between them."""
    separator = ""
    for record in records:
        yield f"{separator}{bibtex_entry(record.paper, record.marks)}\n"
        separator = "\n"


def bibtex_entry(paper: Paper, marks: Marks | None = None) -> str:
    """Return the BibTeX entry of a paper.

    Args:
        paper: the paper.
        marks: the reader's marks: tags become keywords, and the note becomes an annotation, which
            the usual styles do not print.
    """
    marks = marks or Marks()
    submitted = submission_month(paper.arxiv_id)
    authors = format_authors(paper.authors)
    fields = {
        "author": _braced(authors),
        # Without an author, styles sort by the key, and warn if it is missing.
        "key": "" if authors else _braced(paper.arxiv_id),
        "title": _braced(_format_title(paper.title)),
        "year": _braced(str(submitted[0])) if submitted else "",
        "month": _MONTHS[submitted[1] - 1] if submitted else "",
        "eprint": _braced(paper.arxiv_id),
        "archiveprefix": "{arXiv}",
        "url": _braced(paper.url),
        "keywords": _braced(", ".join(map(_format_keyword, marks.tags))),
        "annote": _braced(_escape_around_formulas(to_single_line(marks.note))),
    }
    lines = [f"  {name:<13} = {value}" for name, value in fields.items() if value]
    return ",\n".join([f"@misc{{{cite_key(paper)}", *lines]) + "\n}"


def _braced(text: str) -> str:
    """Return text in braces; empty if there is no text."""
    return f"{{{text}}}" if text else ""


def _format_keyword(tag: str) -> str:
    text = escape(to_single_line(tag))
    return _braced(text) if "," in text else text


def _escape_around_formulas(text: str) -> str:
    return "".join(
        piece if is_formula else escape(piece) for is_formula, piece in split_formulas(text)
    )


def _format_title(text: str) -> str:
    """Return an escaped title with names and formulas in braces, which keep their case.

    Many styles convert the rest of a title to lower case.
    """
    text = to_single_line(text)
    # "word: A Longer Title" names its subject before the colon, whatever its case.
    name = match[0] if (match := _WORD_BEFORE_COLON.match(text)) else ""
    return _braced(name) + "".join(
        _braced(piece) if is_formula else _protect_names(piece)
        for is_formula, piece in split_formulas(text.removeprefix(name))
    )


def _protect_names(text: str) -> str:
    """Return escaped text with braces around likely names (``{BERT}``, ``{GPT-4}``)."""
    parts: list[str] = []
    end = 0
    for word in _WORD.finditer(text):
        parts += escape(text[end : word.start()]), _protect_names_in_word(word[0])
        end = word.end()
    return "".join(parts) + escape(text[end:])


def _protect_names_in_word(word: str) -> str:
    """Return a word with braces around its hyphenated parts that are names."""
    parts = word.split("-")
    are_names = [_is_name(part) for part in parts]
    for index in range(1, len(parts)):
        # "GPT-4" and "Llama-3" are names as a whole.
        if parts[index][0].isdigit() and parts[index - 1][0].isupper():
            are_names[index - 1] = are_names[index] = True
    groups = groupby(zip(are_names, parts, strict=True), key=itemgetter(0))
    joined = ((is_name, "-".join(part for _, part in group)) for is_name, group in groups)
    return "-".join(_braced(text) if is_name else text for is_name, text in joined)


def _is_name(part: str) -> bool:
    """Return whether a word has capitals other than the first letter of a sentence."""
    if len(part) == 1:
        return part.isupper() and part != "A"
    has_digit = any(char.isdigit() for char in part)
    return any(char.isupper() for char in (part if has_digit else part[1:]))
