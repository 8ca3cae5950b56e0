"""Export to BibTeX: entries, author names and citation keys."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from tui.library.export import ExportRecord, with_blank_lines
from tui.library.export.latex import convert_around_formulas, escape, split_formulas, to_single_line
from tui.library.export.names import is_group, is_person, is_suffix, split_name
from tui.models import NO_MARKS, Marks, Paper
from tui.paper_ids import slug
from tui.paper_ids.bibliography import publication_month, publisher

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_WORD = re.compile(r"([^\W_]+(?:[-.'’][^\W_]+)*)")
_WORD_BEFORE_COLON = re.compile(rf"{_WORD.pattern}(?=:\s)")

_UNACCENTED = str.maketrans(
    {"ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_STOP_WORDS = """
    about across adaptive advancing among beyond between does during from have into more need over
    rethinking than that their these this through toward towards under unlocking using versus very
    what when where which with within without your
"""
_KEY_WORD_BEFORE_COLON = re.compile(r"\s*(\S+):\s")


def render(records: Iterable[ExportRecord]) -> Iterator[str]:
    """Yield an entry per paper, with blank lines between them."""
    return with_blank_lines(bibtex_entry(record.paper, record.marks) for record in records)


def bibtex_entry(paper: Paper, marks: Marks = NO_MARKS) -> str:
    """Return the BibTeX entry of a paper.

    Args:
        paper: the paper.
        marks: the reader's marks: tags become keywords, and the note becomes an annotation, which
            the usual styles do not print.
    """
    published = publication_month(paper.paper_id)
    scheme, _, value = paper.paper_id.partition(":")
    authors = _format_authors(paper)
    fields = {
        "author": _braced(authors),
        # Without an author, styles sort by the key, and warn if it is missing.
        "key": "" if authors else _braced(paper.paper_id),
        "title": _braced(_format_title(paper.title)),
        "year": _braced(str(published[0])) if published else "",
        "month": _MONTHS[published[1] - 1] if published and published[1] else "",
        "eprint": _braced(paper.arxiv_id or ""),
        "archiveprefix": "{arXiv}" if paper.arxiv_id else "",
        "doi": _braced(value) if scheme == "doi" else "",
        "publisher": _braced(escape(publisher(paper.paper_id))),
        "url": _braced(paper.url),
        "keywords": _braced(", ".join(map(_format_keyword, marks.tags))),
        "annote": _braced(convert_around_formulas(to_single_line(marks.note), escape)),
    }
    lines = [f"  {name:<13} = {value}" for name, value in fields.items() if value]
    return ",\n".join([f"@misc{{{cite_key(paper)}", *lines]) + "\n}"


def _braced(text: str) -> str:
    """Return text in braces; empty if there is no text."""
    return f"{{{text}}}" if text else ""


def _format_keyword(tag: str) -> str:
    text = escape(to_single_line(tag))
    return _braced(text) if "," in text else text


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
    # The pattern is one group, so every second part is a word.
    parts = enumerate(_WORD.split(text))
    return "".join(_protect_names_in_word(part) if n % 2 else escape(part) for n, part in parts)


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


def _format_authors(paper: Paper) -> str:
    """Return the value of an ``author`` field; empty if there are no names."""
    names = [_format_name(name) for name in map(to_single_line, paper.authors) if name]
    # BibTeX's styles print "others" as "et al.".
    return " and ".join([*names, "others"] if names and paper.has_more_authors else names)


def _format_name(name: str) -> str:
    """Return a name as BibTeX splits it correctly, or else whole in braces."""
    if not is_person(name):
        return f"{{{escape(name)}}}"
    if is_group(name):
        return f"{{{name}}}"
    given, family, suffix, _is_literal = split_name(name)
    # "van Dijk, Jr., Jan": otherwise BibTeX takes the suffix for the family name.
    return f"{family}, {suffix}, {given}" if suffix else name


def cite_key(paper: Paper) -> str:
    """Return a paper's citation key: ``kim2025diffusion-2505.04921``.

    It depends on the paper alone, so it is the same in every export; it contains the id, so it is
    unique.

    Without an author's name in Latin letters it is ``diffusion-2505.04921``; without a title in
    Latin letters as well, it is the id alone.
    """
    paper_id = slug(paper.paper_id).lower() if paper.arxiv_id else slug(paper.paper_id)
    family = _family_name(paper.author_lines.partition("\n")[0])
    published = publication_month(paper.paper_id) if family else None
    word = _title_word(paper.title, paper.paper_id)
    prefix = f"{family}{published[0] if published else ''}{word}"
    return f"{prefix}-{paper_id}" if prefix else paper_id


def _family_name(name: str) -> str:
    words = [word for word in name.split() if not is_suffix(word)]
    return _to_ascii(words[-1]) if words else ""


def _title_word(title: str, paper_id: str) -> str:
    """Return the word before a title's colon (``TTRL: …``), else its first significant word."""
    if title == paper_id:
        return ""
    text = " ".join(piece for is_formula, piece in split_formulas(title) if not is_formula)
    if (match := _KEY_WORD_BEFORE_COLON.match(text)) and (name := _to_ascii(match[1])):
        return name
    words = [_to_ascii(word) for word in re.split(r"[\s:/–—-]+", text)]
    stop_words = _STOP_WORDS.split()
    significant = (word for word in words if len(word) >= 4 and word not in stop_words)
    return next(significant, next(filter(None, words), ""))


def _to_ascii(text: str) -> str:
    """Return the Latin letters and digits of a text, in lower case, without accents, at most 20."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_UNACCENTED))
    return re.sub("[^a-z0-9]", "", plain)[:20]
