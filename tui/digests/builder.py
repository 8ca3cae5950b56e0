"""Gathers papers whose id, day and title stand beside each other, as in the fields of a record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.digests.dialect import DigestBuilder
from tui.digests.parsing import votes_and_authors as fields
from tui.digests.parsing.dates import day_in_path
from tui.digests.parsing.markdown_lines import truncate
from tui.digests.parsing.media import is_web_url
from tui.digests.parsing.sections import summary_outline
from tui.digests.parsing.titles import limit_title
from tui.i18n import N_
from tui.models import Digest, Entry

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(slots=True)
class RecordDigestBuilder(DigestBuilder):
    """Findings that say what is odd about each paper that is told.

    Attributes:
        is_arxiv_title: whether the dialect carries arXiv's own titles.
        follows_path: whether a path that tells another day than the papers is odd.
    """

    is_arxiv_title: bool = True
    follows_path: bool = True
    _says_no_day: bool = field(default=True, init=False)

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
        """Keep a paper.

        Args:
            line: where it begins, counted from 1.
            arxiv_id: canonical; a paper without one is reported and left out.
            day: ISO; where it is None the path's counts, and without that the paper is left out.
            title: on one line; empty where none is told.
            votes: None where none are told.
            authors: in the order told.
            thumbnail: address of a picture or video; one that is not of the web is reported.
            summary: Markdown, whose headings or labels are its sections.
        """
        if arxiv_id is None:
            self.report(line, N_("a paper without a link to arXiv: it is left out"))
            return
        day = day or day_in_path(self.path)
        if day is None:
            self._say_no_day(line)
            return
        told = limit_title(title, line, self.report)
        if told is None:
            self.report(line, N_("no title told"))
        if thumbnail and not is_web_url(thumbnail):
            words = N_("'{address}' is no web address for a picture: left out")
            self.report(line, words, address=truncate(thumbnail, 40))
            thumbnail = None
        entry = Entry(
            arxiv_id=arxiv_id,
            date=day,
            title=told,
            is_arxiv_title=self.is_arxiv_title,
            votes=votes,
            authors=fields.limit_authors(tuple(authors), line, self.report),
            thumbnail=thumbnail or None,
            summary=summary,
            sections=summary_outline(summary).sections,
            dialect=self.dialect,
            line=line,
        )
        self.entries.append(entry)

    def build(self) -> Digest:
        """Return everything that was found; say if the path tells another day than the papers."""
        days = {entry.date for entry in self.entries}
        path_day = day_in_path(self.path)
        if self.follows_path and path_day and len(days) == 1 and path_day not in days:
            words = N_("the path says {path_day}, the papers {day}: the papers' is used")
            self.report(self.entries[0].line, words, path_day=path_day, day=days.pop())
        return DigestBuilder.build(self)

    def _say_no_day(self, line: int) -> None:
        """Report once that nothing tells the papers' day."""
        if self._says_no_day:
            self._says_no_day = False
            words = N_(
                "neither the papers nor the path tell a day: they are left out; name the file by"
                " its day, like 2025-05-01"
            )
            self.report(line, words)
