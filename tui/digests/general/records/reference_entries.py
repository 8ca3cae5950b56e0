"""Digests in BibTeX, RIS or MEDLINE: with texts about papers, or a day in the path or first lines.

Other files in these formats are the references of a paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tui.digests.general.fields.titles import without_full_stop
from tui.digests.general.found_paper import FoundPaper, preferred_id, value_id
from tui.digests.general.names.author_lists import authors_of
from tui.digests.general.vocabulary.categories import categories_of
from tui.digests.parsing.bibtex_entries import UnclosedEntryError, plain_value, read_entries
from tui.digests.parsing.medline_entries import is_medline, read_articles
from tui.digests.parsing.ris_entries import UnendedRecordError, read_records
from tui.digests.parsing.tex_accents import without_tex_accents
from tui.digests.parsing.written_days import exact_day_in, span_in

_BIBTEX_NAMES = {
    "title": ("title",), "authors": ("author",), "day": ("date",),
    "ids": ("eprint", "arxiv", "arxivid", "doi", "url"),
    "summary": ("abstract", "annote", "annotation", "note", "comment"),
}  # fmt: skip
_RIS_NAMES = {
    "title": ("TI", "T1"), "authors": ("AU", "A1"), "day": ("DA", "Y1", "PY"),
    "ids": ("DO", "UR", "L1", "L2", "LK", "AN", "M1", "ID"), "summary": ("AB", "N2", "N1"),
}  # fmt: skip
"""The fields of papers; tags are those of https://en.wikipedia.org/wiki/RIS_(file_format)."""

_MEDLINE_NAMES = {
    "title": ("TI",), "authors": ("FAU",), "day": ("DEP", "DP"), "ids": ("LID", "AID"),
    "summary": ("AB",),
}  # fmt: skip
_DOI_REMARK = " [doi]"
_KEYWORD_TAGS = {"KW": "keywords", "OT": "keywords"}
"""Names that say what the values of a tag are, in RIS and MEDLINE."""

_MAX_COMMENT_CHARS = 2000
_MAX_LINE_CHARS = 200


def is_reference_file(path: str, text: str) -> bool:
    """Return whether a file is in BibTeX or RIS, or a text in MEDLINE."""
    return path.lower().endswith((".bib", ".ris")) or is_medline(text)


def papers_of_references(text: str, *, has_day: bool) -> list[FoundPaper]:
    """Return the papers of a file in BibTeX, RIS or MEDLINE, up to an entry without an end.

    Args:
        text: the file.
        has_day: whether its path has a day. Without one, there or in the lines above the first
            entry, most of the entries must have a text; else it is no digest.
    """
    day = None
    if is_medline(text):
        papers = list(_medline_papers(text))
    elif "@" in text.partition("TY  -")[0]:
        day = _day_above(text)
        papers = list(_bibtex_papers(text, day))
    else:
        papers = list(_ris_papers(text))
    is_digest = has_day or day or sum(bool(paper.summary) for paper in papers) * 2 > len(papers)
    return papers if is_digest else []


def _day_above(text: str) -> str | None:
    comment = text[:_MAX_COMMENT_CHARS].partition("@")[0]
    days = (exact_day_in(line[:_MAX_LINE_CHARS]) for line in comment.split("\n"))
    return next(filter(None, days), None)


def _bibtex_papers(text: str, day: str | None) -> Iterator[FoundPaper]:
    try:
        for line, values in read_entries(text):
            fields = {
                name: [plain_value(without_tex_accents(value))] for name, value in values.items()
            }
            authors = fields.get("author", [""])[0]
            fields["author"] = list(filter(None, authors.split(" and ")))
            if "date" not in fields:
                fields["date"] = [_date_of(fields)]
            if paper := _paper(line, fields, _BIBTEX_NAMES):
                paper.issue_day = day
                yield paper
    except UnclosedEntryError:
        return


def _date_of(fields: Mapping[str, Sequence[str]]) -> str:
    """Return the day or month of publication in the fields of BibTeX, as one text."""
    day, month, year = (fields.get(name, [""])[0] for name in ("day", "month", "year"))
    if day and month.isdecimal():
        return f"{year}-{month:0>2}-{day:0>2}"
    return f"{day} {month} {year}" if day else f"{month} {year}"


def _ris_papers(text: str) -> Iterator[FoundPaper]:
    try:
        for line, fields in read_records(text):
            if paper := _paper(line, fields, _RIS_NAMES):
                yield paper
    except UnendedRecordError:
        return


def _medline_papers(text: str) -> Iterator[FoundPaper]:
    for line, fields in read_articles(text):
        ids = {
            tag: [value.removesuffix(_DOI_REMARK) for value in fields.get(tag, ())]
            for tag in _MEDLINE_NAMES["ids"]
        }
        full_names = fields.get("FAU") or fields.get("AU", [])
        if paper := _paper(line, {**fields, **ids, "FAU": full_names}, _MEDLINE_NAMES):
            yield paper


def _paper(
    line: int, fields: Mapping[str, Sequence[str]], names: Mapping[str, tuple[str, ...]]
) -> FoundPaper | None:
    """Return the paper of an entry; None if it has no id or no title."""
    values = {
        field: [value for key in keys for value in fields.get(key, ())]
        for field, keys in names.items()
    }
    paper_id = preferred_id(map(value_id, values["ids"]))
    if paper_id is None or not values["title"]:
        return None
    days = (exact_day_in(day[:40]) or span_in(day[:40]) for day in values["day"])
    return FoundPaper(
        line,
        paper_id,
        without_full_stop(values["title"][0]),
        authors_of(values["authors"]),
        published=next(filter(None, days), None),
        summary="\n\n".join(values["summary"]),
        rule="record",
        labels=categories_of(
            (_KEYWORD_TAGS.get(name, name), list(texts)) for name, texts in fields.items()
        ),
    )
