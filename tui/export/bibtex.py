"""Papers as entries of a BibTeX file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tui.arxiv import submission_month
from tui.export.bibtex_names import author_list
from tui.export.cite_key import cite_key
from tui.export.latex import escape, one_line, pieces
from tui.export.record import ExportRecord
from tui.models import Marks, Paper

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*")
_NAMED = re.compile(rf"{_WORD.pattern}(?=:\s)")


def entries(papers: Iterable[ExportRecord]) -> Iterator[str]:
    """Yield an entry for each paper, with a blank line between them."""
    before = ""
    for exported in papers:
        yield f"{before}{citation(exported.paper, exported.marks)}\n"
        before = "\n"


def citation(paper: Paper, marks: Marks | None = None) -> str:
    """Return the entry of a paper.

    Args:
        paper: the paper.
        marks: the reader's; tags become keywords, and the note becomes an annotation, which the
            usual styles do not print.
    """
    marks = marks or Marks()
    submitted = submission_month(paper.arxiv_id)
    keywords = ", ".join(_keyword(tag) for tag in marks.tags)
    authors = author_list(paper.authors)
    fields = {
        "author": _braced(authors),
        # Styles sort by it where there is no author, and complain if it is missing.
        "key": "" if authors else _braced(paper.arxiv_id),
        "title": _braced(_title(paper.title)),
        "year": _braced(str(submitted[0])) if submitted else "",
        "month": _MONTHS[submitted[1] - 1] if submitted else "",
        "eprint": _braced(paper.arxiv_id),
        "archiveprefix": "{arXiv}",
        "url": _braced(paper.url),
        "keywords": _braced(keywords),
        "annote": _braced(_with_formulas(one_line(marks.note))),
    }
    lines = [f"  {name:<13} = {value}" for name, value in fields.items() if value]
    return ",\n".join([f"@misc{{{cite_key(paper)}", *lines]) + "\n}"


def _braced(text: str) -> str:
    return f"{{{text}}}" if text else ""


def _keyword(tag: str) -> str:
    text = escape(one_line(tag))
    return _braced(text) if "," in text else text


def _with_formulas(text: str) -> str:
    return "".join(piece if is_formula else escape(piece) for is_formula, piece in pieces(text))


def _title(text: str) -> str:
    """Return a title in which styles that make it small leave names and formulas as they are."""
    text = one_line(text)
    # What a title names before a colon is a name however it is written.
    name = named[0] if (named := _NAMED.match(text)) else ""
    return _braced(name) + "".join(
        _braced(piece) if is_formula else _protected(piece)
        for is_formula, piece in pieces(text.removeprefix(name))
    )


def _protected(text: str) -> str:
    """Return escaped text with braces around what looks like a name (``{BERT}``, ``{GPT-4}``)."""
    parts: list[str] = []
    end = 0
    for word in _WORD.finditer(text):
        parts += escape(text[end : word.start()]), _protected_word(word[0])
        end = word.end()
    return "".join(parts) + escape(text[end:])


def _protected_word(word: str) -> str:
    """Return a word with braces around those of its hyphenated parts that are names."""
    parts = word.split("-")
    are_names = [_is_name(part) for part in parts]
    for at in range(1, len(parts)):
        # "GPT-4" and "Llama-3" are names as a whole.
        if parts[at][0].isdigit() and parts[at - 1][0].isupper():
            are_names[at - 1] = are_names[at] = True
    text, is_open = "", False
    for at, (part, is_name) in enumerate(zip(parts, are_names, strict=True)):
        text += "}" if is_open and not is_name else ""
        text += "-" if at else ""
        text += "{" if is_name and not is_open else ""
        text += part
        is_open = is_name
    return text + ("}" if is_open else "")


def _is_name(part: str) -> bool:
    """Tell whether a word has capitals that it would not have at the start of a sentence."""
    if len(part) == 1:
        return part.isupper() and part != "A"
    has_digit = any(char.isdigit() for char in part)
    return any(char.isupper() for char in (part if has_digit else part[1:]))
