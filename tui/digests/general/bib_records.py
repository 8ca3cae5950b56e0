"""Digests in BibTeX: files with a day in their path, or in a comment above the first entry.

Other BibTeX files are the references of a paper, or somebody's whole library.
"""

from __future__ import annotations

from collections.abc import Iterator

from tui.digests.general.author_lists import authors_of
from tui.digests.general.found_paper import FoundPaper, preferred_id, value_id
from tui.digests.parsing.bibtex_entries import UnclosedEntryError, plain_value, read_entries
from tui.digests.parsing.tex_accents import without_tex_accents
from tui.digests.parsing.written_days import exact_day_in

_ID_FIELDS = ("eprint", "arxiv", "arxivid", "doi", "url")
_SUMMARY_FIELDS = ("abstract", "annote", "annotation", "note", "comment")
_MAX_COMMENT_CHARS = 2000
_MAX_LINE_CHARS = 200


def day_in_comment(text: str) -> str | None:
    """Return the first day in the lines above the first entry of a BibTeX file, or None."""
    comment = text[:_MAX_COMMENT_CHARS].partition("@")[0]
    days = (exact_day_in(line[:_MAX_LINE_CHARS]) for line in comment.split("\n"))
    return next(filter(None, days), None)


def bib_papers(text: str) -> Iterator[FoundPaper]:
    """Yield the papers of a BibTeX file, up to an entry without an end."""
    day = day_in_comment(text)
    try:
        for line, fields in read_entries(text):
            values = {
                name: plain_value(without_tex_accents(value)) for name, value in fields.items()
            }
            ids = [value_id(values[name]) for name in _ID_FIELDS if name in values]
            paper_id = preferred_id(ids)
            if paper_id and "title" in values:
                summaries = (values[name] for name in _SUMMARY_FIELDS if name in values)
                yield FoundPaper(
                    line,
                    paper_id,
                    values["title"],
                    authors_of(values.get("author", "").split(" and ")),
                    issue_day=day,
                    summary="\n\n".join(summaries),
                    rule="record",
                )
    except UnclosedEntryError:
        return
