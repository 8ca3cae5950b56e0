"""Collect the entries and problems of one file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tui.digests.parsing.dates import day_in_path
from tui.digests.parsing.markdown_lines import is_storable_url, truncate
from tui.digests.parsing.summary_outline import clean_summary_title, summary_outline
from tui.digests.parsing.votes_and_authors import limit_authors
from tui.i18n import N_
from tui.models import Digest, Entry, MessageValue, Problem

_MAX_TITLE_CHARS = 500


@dataclass(slots=True)
class RecordDigestBuilder:
    """Collects the papers of one file, validates them and reports what is missing.

    Attributes:
        path: the path of the file.
        dialect: the name of its dialect.
        entries: the entries so far.
        problems: the problems so far.
        is_arxiv_title: whether the dialect has arXiv's own titles.
        follows_path: whether to report papers that all have another date than the path.
        has_summary_titles: whether a title in the summary takes precedence, and a missing title is
            not reported.
    """

    path: str
    dialect: str
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_arxiv_title: bool = True
    follows_path: bool = True
    has_summary_titles: bool = False
    _reported_missing_day: bool = field(default=False, init=False)

    def report(self, line: int, template: str, **values: MessageValue) -> None:
        """Record a problem; see `tui.digests.registry.ReportProblem`."""
        self.problems.append(Problem(self.path, line, template, values))

    def add_paper(
        self,
        line: int,
        *,
        arxiv_id: str | None,
        day: str | None,
        title: str,
        votes: int | None = None,
        authors: Iterable[str] = (),
        thumbnail: str | None = None,
        summary: str = "",
    ) -> None:
        """Add a paper.

        Args:
            line: the line where it starts, from 1.
            arxiv_id: the canonical id; a paper without one is reported and skipped.
            day: an ISO date. If None, the path's date is used; if the path has none either, the
                paper is skipped.
            title: on one line; empty if missing.
            votes: None if missing.
            authors: in the order of the digest.
            thumbnail: the URL of a picture or video; any other URL is reported and dropped.
            summary: Markdown; its headings or labels become the sections.
        """
        if arxiv_id is None:
            self.report(line, N_("the paper has no link to arXiv; skipped"))
            return
        day = day or day_in_path(self.path)
        if day is None:
            if not self._reported_missing_day:
                self._reported_missing_day = True
                template = N_(
                    "no date in the papers or the path; papers skipped. Name the file after its"
                    " day, like 2025-05-01"
                )
                self.report(line, template)
            return
        outline = summary_outline(summary)
        if self.has_summary_titles:
            title = clean_summary_title(outline.title or "") or title
        elif not title:
            self.report(line, N_("no title"))
        if len(title) > _MAX_TITLE_CHARS:
            self.report(line, N_("the title has {number} characters; shortened"), number=len(title))
            title = truncate(title, _MAX_TITLE_CHARS)
        if thumbnail and not is_storable_url(thumbnail):
            template = N_("'{url}' is not a web address; picture ignored")
            self.report(line, template, url=truncate(thumbnail, 40))
            thumbnail = None
        entry = Entry(
            arxiv_id=arxiv_id,
            date=day,
            title=title or None,
            is_arxiv_title=self.is_arxiv_title,
            votes=votes,
            authors=limit_authors(tuple(authors), line, self.report),
            thumbnail=thumbnail or None,
            summary=summary,
            sections=outline.sections,
            dialect=self.dialect,
            line=line,
        )
        self.entries.append(entry)

    def build(self) -> Digest:
        """Return the digest; report papers whose date differs from the path's."""
        path_day = day_in_path(self.path) if self.follows_path else None
        days = {entry.date for entry in self.entries} if path_day else set()
        if path_day and len(days) == 1 and path_day not in days:
            template = N_("the path says {path_day}, the papers say {day}; using the papers' date")
            self.report(self.entries[0].line, template, path_day=path_day, day=days.pop())
        return Digest(self.path, self.dialect, tuple(self.entries), tuple(self.problems))
