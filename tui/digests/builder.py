"""Collect the entries and problems of one file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.digests.entry_notes import TITLE_MISSING
from tui.digests.parsing.dates import day_in_path
from tui.digests.parsing.markdown_lines import is_storable_url, truncate
from tui.digests.parsing.path_days import day_or_span_in_path
from tui.digests.parsing.summary_outline import clean_summary_title, summary_outline
from tui.digests.parsing.votes_and_authors import limit_authors
from tui.i18n import N_
from tui.models import (
    REPLACED,
    UNDATED,
    Digest,
    Entry,
    MessageValue,
    Problem,
    newer_version,
    version_label,
)

if TYPE_CHECKING:
    from tui.digests.general.found_paper import FoundPaper

_MAX_TITLE_CHARS = 500

MAX_PAPER_CHARS = 5_000_000
"""Of the text below a paper's heading."""

MAX_SUMMARY_CHARS = 4_000_000
"""A thousand times as long as the longest real summaries."""

_MAX_OUTLINE_CHARS = 500_000
"""Sections below this length are not listed; far less is shown."""

# A short text in Python takes ten times the memory of its characters, so the limits on the size of
# a file do not limit these.
MAX_PAPERS = 110_000
MAX_PROBLEMS = 1000
MAX_NAMES = 400_000
"""Authors and section labels of all papers of a file."""


def limit_problems(problems: Sequence[Problem], path: str) -> Sequence[Problem]:
    """Return the first problems and the first notes, and how many more there are of each."""
    # A builder's list ends with the numbers of those that it left out.
    if len(problems) <= MAX_PROBLEMS + 1:
        return problems
    limited: list[Problem] = []
    for is_note in (False, True):
        same = [problem for problem in problems if problem.is_note is is_note]
        if len(same) > MAX_PROBLEMS + 1:
            rest = same[MAX_PROBLEMS:]
            number = sum(map(_number_of_problems, rest))
            same[MAX_PROBLEMS:] = [_unlisted(path, rest[0].line, number, is_note=is_note)]
        limited += same
    return sorted(limited, key=lambda problem: problem.line)


def _unlisted(path: str, line: int, number: int, *, is_note: bool) -> Problem:
    return Problem(path, line, _UNLISTED[is_note], {"number": number}, is_note)


def _number_of_problems(problem: Problem) -> int:
    """Return how many problems a problem stands for."""
    number = problem.values.get("number") if problem.template in _UNLISTED else None
    return number if isinstance(number, int) else 1


_UNLISTED = (
    N_("{number} more problems in this file, from this line on, are not listed"),
    N_("{number} more notes on this file, from this line on, are not listed"),
)


@dataclass(slots=True)
class RecordDigestBuilder:
    """Collects the papers of one file, validates them and reports what is missing.

    Attributes:
        path: the path of the file.
        dialect: the name of its dialect.
        entries: the entries so far.
        problems: the problems and notes so far.
        is_arxiv_title: whether the dialect has arXiv's own titles.
        follows_path: whether to report papers that all have another date than the path.
        has_summary_titles: whether a title in the summary takes precedence, and a missing title is
            not reported.

    Papers, problems and names above ``MAX_PAPERS``, ``MAX_PROBLEMS`` and ``MAX_NAMES`` are left
    out, which is a problem itself.
    """

    path: str
    dialect: str
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_arxiv_title: bool = True
    follows_path: bool = True
    has_summary_titles: bool = False
    _reported_missing_day: bool = field(default=False, init=False)
    _numbers: list[int] = field(default_factory=lambda: [0, 0], init=False)
    """The number of problems and of notes."""
    _unlisted_lines: list[int] = field(default_factory=lambda: [0, 0], init=False)
    """Where the first problem and the first note is that is not listed."""
    _names_left: int = field(default_factory=lambda: MAX_NAMES, init=False)
    _papers_left: int = field(default_factory=lambda: MAX_PAPERS, init=False)

    def report(self, line: int, template: str, **values: MessageValue) -> None:
        """Record what is lost or skipped; see `tui.digests.registry.ReportProblem`."""
        self._record(Problem(self.path, line, template, values))

    def note(self, line: int, template: str, **values: MessageValue) -> None:
        """Record what the file lacks, or an error in spite of which all of it is read.

        The arguments are those of `report`.
        """
        self._record(Problem(self.path, line, template, values, is_note=True))

    def _record(self, problem: Problem) -> None:
        self._numbers[problem.is_note] += 1
        if self._numbers[problem.is_note] <= MAX_PROBLEMS:
            self.problems.append(problem)
        elif not self._unlisted_lines[problem.is_note]:
            self._unlisted_lines[problem.is_note] = problem.line

    def paper_text(self, text: str, start: int, end: int, line: int) -> str:
        """Return the part of a page that is about a paper, shortened if it is far too long.

        Args:
            text: the page.
            start: the offset of the part.
            end: the offset of its end.
            line: the line where the paper starts, for the problem.
        """
        if end - start > MAX_PAPER_CHARS:
            template = N_("the paper has {number} characters; only the first {limit} are read")
            self.report(line, template, number=end - start, limit=MAX_PAPER_CHARS)
        return text[start : min(end, start + MAX_PAPER_CHARS)]

    def add_found(
        self, paper: FoundPaper, *, line: int, day: str | None, published: str | None
    ) -> None:
        """Add a paper that the general reader found.

        Args:
            paper: what was found.
            line: the line where it starts, from 1.
            day: as in `add_paper`.
            published: as in `add_paper`.
        """
        self.add_paper(
            line,
            paper_id=paper.paper_id,
            day=day,
            published=published,
            title=paper.title,
            votes=paper.votes,
            authors=paper.authors,
            thumbnail=paper.picture,
            summary=paper.summary,
            labels=paper.labels,
        )

    def add_paper(
        self,
        line: int,
        *,
        paper_id: str | None = None,
        arxiv_id: str | None = None,
        day: str | None,
        published: str | None = None,
        title: str,
        votes: int | None = None,
        authors: Iterable[str] = (),
        thumbnail: str | None = None,
        summary: str = "",
        labels: Iterable[str] = (),
    ) -> None:
        """Add a paper.

        Args:
            line: the line where it starts, from 1.
            paper_id: the canonical id; a paper without one is reported and skipped.
            arxiv_id: the former name of ``paper_id``, for older plug-ins.
            day: an ISO date. If None, the path's date is used; if the path has none either, the
                next one counts.
            published: the day of publication; if it is None, too, the paper is undated, which is
                noted unless ``day`` is UNDATED.
            title: on one line; empty if missing.
            votes: None if missing.
            authors: in the order of the digest.
            thumbnail: the URL of a picture or video; any other URL is reported and dropped.
            summary: Markdown; its headings or labels become the sections.
            labels: those of the entry; see `tui.models.Entry`. A version that the digest already
                describes is no label.
        """
        paper_id = arxiv_id if paper_id is None else paper_id
        if paper_id is None:
            self.report(line, N_("the paper has neither an id nor a link to it; skipped"))
            return
        day = day or day_or_span_in_path(self.path) or published
        if day is None:
            if not self._reported_missing_day:
                self._reported_missing_day = True
                template = N_(
                    "no date in the papers or the path; they are listed as undated. Name the file"
                    " after its day, like 2025-05-01"
                )
                self.note(line, template)
            day = UNDATED
        if not self._may_add(line):
            return
        if len(summary) > MAX_SUMMARY_CHARS:
            template = N_("the summary has more than {limit} characters; shortened")
            self.report(line, template, limit=MAX_SUMMARY_CHARS)
            summary = truncate(summary, MAX_SUMMARY_CHARS)
        outline = summary_outline(summary[:_MAX_OUTLINE_CHARS])
        if self.has_summary_titles:
            title = clean_summary_title(outline.title or "") or title
        elif not title:
            self.note(line, TITLE_MISSING)
        if len(title) > _MAX_TITLE_CHARS:
            self.note(line, N_("the title has {number} characters; shortened"), number=len(title))
            title = truncate(title, _MAX_TITLE_CHARS)
        if thumbnail and not is_storable_url(thumbnail):
            template = N_("'{url}' is not a web address; picture ignored")
            self.note(line, template, url=truncate(thumbnail, 40))
            thumbnail = None
        authors = limit_authors(tuple(authors), line, self.note)
        sections = outline.sections
        if len(authors) + len(sections) > self._names_left:
            self._report_names(line)
            authors, sections = (), ()
        self._names_left -= len(authors) + len(sections)
        entry = Entry(
            paper_id=paper_id,
            date=day,
            title=title or None,
            is_arxiv_title=self.is_arxiv_title,
            votes=votes,
            authors=authors,
            thumbnail=thumbnail or None,
            summary=summary,
            published=published,
            sections=sections,
            labels=_current_labels(labels, day),
            dialect=self.dialect,
            line=line,
        )
        self.entries.append(entry)

    def _may_add(self, line: int) -> bool:
        """Return whether one more paper may be added; report the first one that may not."""
        self._papers_left -= 1
        if self._papers_left == -1:
            template = N_(
                "has more than {limit} papers; those from line {line} on are skipped. Split it into"
                " several files"
            )
            self._report_limit(template, limit=MAX_PAPERS, line=line)
        return self._papers_left >= 0

    def _report_names(self, line: int) -> None:
        """Report the first paper whose authors and sections are left out."""
        if self._names_left >= 0:
            template = N_(
                "has more than {limit} authors and sections; those from line {line} on are left"
                " out. Split it into several files"
            )
            self._report_limit(template, limit=MAX_NAMES, line=line)
        self._names_left = -1

    def _report_limit(self, template: str, **values: MessageValue) -> None:
        """Record a problem of the file as a whole, which is listed before all others."""
        self.problems.insert(0, Problem(self.path, 0, template, values))

    def build(self) -> Digest:
        """Return the digest; report papers whose date differs from the path's."""
        path_day = day_in_path(self.path) if self.follows_path else None
        days = {entry.date for entry in self.entries} if path_day else set()
        if path_day and len(days) == 1 and path_day not in days:
            template = N_("the path says {path_day}, the papers say {day}; using the papers' date")
            self.note(self.entries[0].line, template, path_day=path_day, day=days.pop())
        unlisted = [
            _unlisted(self.path, line, number - MAX_PROBLEMS, is_note=is_note)
            for is_note, number, line in zip(
                (False, True), self._numbers, self._unlisted_lines, strict=True
            )
            if number > MAX_PROBLEMS
        ]
        problems = (*self.problems, *unlisted)
        return Digest(self.path, self.dialect, tuple(self.entries), problems)


def _current_labels(labels: Iterable[str], day: str) -> tuple[str, ...]:
    """Return labels without versions up to a day, unless the digest announces a replacement."""
    labels = tuple(labels)
    if not labels:
        return ()
    version = newer_version(labels)
    if version is None or REPLACED in labels or version[1] > day:
        return labels
    return tuple(label for label in labels if label != version_label(*version))
