"""Papers to export, and helpers that parse the exported BibTeX and LaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pybtex.database import BibliographyData, Entry, Person, parse_string

from tui.library.export import ExportRecord
from tui.library.export.formats import FORMATS
from tui.models import EntryRef, Marks, Paper, Summary


def paper(
    title: str = "A Title",
    *authors: str,
    arxiv_id: str = "2505.04921",
    votes: int | None = 7,
    dates: tuple[str, ...] = ("2025-05-22",),
) -> Paper:
    entries = tuple(EntryRef(date, "daily_papers_ko", f"{date}.md", 0, 1) for date in dates)
    return Paper(arxiv_id, title, votes, "\n".join(authors), dates, entries)


def record(paper: Paper, *markdown: str, marks: Marks | None = None) -> ExportRecord:
    summaries = [Summary(paper.entries[0], text, (), None) for text in markdown]
    return ExportRecord(paper, marks or Marks(), summaries)


def render_text(papers: Iterable[ExportRecord], name: str) -> str:
    return "".join(FORMATS[name].render(papers))


def parse_bibtex(*papers: Paper | ExportRecord) -> BibliographyData:
    """Export papers to BibTeX and parse it with a strict parser."""
    records = [item if isinstance(item, ExportRecord) else ExportRecord(item) for item in papers]
    database = parse_string(render_text(records, "bibtex"), "bibtex")
    assert len(database.entries) == len(papers)
    return database


def entry(paper_or_record: Paper | ExportRecord) -> Entry:
    """Export one paper to BibTeX and return its parsed entry."""
    [parsed] = parse_bibtex(paper_or_record).entries.values()
    return parsed


_SYMBOLS = {
    "textbraceleft": "{", "textbraceright": "}", "textbackslash": "\\", "textasciitilde": "~",
    "textasciicircum": "^", "textless": "<", "textgreater": ">", "textbar": "|",
}  # fmt: skip
_TOKEN = re.compile(
    r"(?P<math>\$[^$]*\$)|\\(?P<command>[a-z]+)\{\}|\\(?P<escaped>[&%#_$])|(?P<char>.)"
)


def latex_to_plain(tex: str) -> str:
    """Return what LaTeX prints for a field, with formulas unchanged.

    Fails for anything that LaTeX would not print literally.
    """
    text = ""
    for token in _TOKEN.finditer(tex):
        assert token["char"] is None or token["char"] not in "\\&%#_$~^", tex
        if token["char"] not in {"{", "}"}:
            command = token["command"]
            text += (
                _SYMBOLS[command] if command else token["math"] or token["escaped"] or token["char"]
            )
    return text


def author_names(bibtex_entry: Entry) -> list[str]:
    """Return the authors as BibTeX parses them, given names first."""
    return [_name(person) for person in bibtex_entry.persons.get("author", ())]


def _name(person: Person) -> str:
    parts = (
        *person.first_names, *person.middle_names, *person.prelast_names, *person.last_names,
        *person.lineage_names,
    )  # fmt: skip
    return latex_to_plain(" ".join(parts))
