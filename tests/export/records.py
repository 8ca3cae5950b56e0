"""Papers to export, and the LaTeX of the result parse_bibtex back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pybtex.database import BibliographyData, Entry, Person, parse_string

from tui.export import ExportRecord
from tui.export.formats import render
from tui.models import EntryRef, Marks, Paper, Summary


def paper(
    title: str = "A Title",
    *authors: str,
    arxiv_id: str = "2505.04921",
    votes: int | None = 7,
    dates: tuple[str, ...] = ("2025-05-22",),
) -> Paper:
    entries = tuple(EntryRef(each, "daily_papers_ko", f"{each}.md", 0, 1) for each in dates)
    return Paper(arxiv_id, title, votes, "\n".join(authors), dates, entries)


def record(one: Paper, *markdown: str, marks: Marks | None = None) -> ExportRecord:
    summaries = [Summary(one.entries[0], text, (), None) for text in markdown]
    return ExportRecord(one, marks or Marks(), summaries)


def render_text(papers: Iterable[ExportRecord], name: str) -> str:
    return "".join(render(papers, name))


def parse_bibtex(*papers: Paper | ExportRecord) -> BibliographyData:
    """Export papers to BibTeX and parse it with a strict parser."""
    whole = [each if isinstance(each, ExportRecord) else ExportRecord(each) for each in papers]
    database = parse_string(render_text(whole, "bibtex"), "bibtex")
    assert len(database.entries) == len(papers)
    return database


def entry(one: Paper | ExportRecord) -> Entry:
    [found] = parse_bibtex(one).entries.values()
    return found


_SIGNS = {
    "textbraceleft": "{", "textbraceright": "}", "textbackslash": "\\", "textasciitilde": "~",
    "textasciicircum": "^", "textless": "<", "textgreater": ">", "textbar": "|",
}  # fmt: skip
_TOKEN = re.compile(r"(?P<math>\$[^$]*\$)|\\(?P<word>[a-z]+)\{\}|\\(?P<sign>[&%#_$])|(?P<char>.)")


def latex_to_plain(tex: str) -> str:
    """Return what LaTeX prints for a field, with formulas unchanged.

    Fails for anything that LaTeX would not print literally.
    """
    text = ""
    for token in _TOKEN.finditer(tex):
        assert token["char"] is None or token["char"] not in "\\&%#_$~^", tex
        if token["char"] not in {"{", "}"}:
            word = token["word"]
            text += _SIGNS[word] if word else token["math"] or token["sign"] or token["char"]
    return text


def author_names(found: Entry) -> list[str]:
    """Return the authors as parse_bibtex by BibTeX, given names first."""
    return [_name(person) for person in found.persons.get("author", ())]


def _name(person: Person) -> str:
    parts = (
        *person.first_names, *person.middle_names, *person.prelast_names, *person.last_names,
        *person.lineage_names,
    )  # fmt: skip
    return latex_to_plain(" ".join(parts))
