"""Scopes: what the paper list is drawn from, and those in the sidebar.

A scope is a period; or the papers of all days that match a query (unread papers, a tag, a saved
view, an author); or the papers that are similar to another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tui.i18n import _
from tui.library.periods import format_period, is_today, recent_day
from tui.models import Paper
from tui.query.normalization import quote
from tui.query.query import Query
from tui.query.sorting import SortKey

if TYPE_CHECKING:
    from tui.config.validators import Interest

LATER_QUERY = "is:later"


class Scope(NamedTuple):
    """What the paper list is drawn from.

    Attributes:
        period: a year, month or day; ``""`` for all days.
        query_text: a query; empty to match everything. It is parsed when it is needed, because the
            first screen does not need the parser.
        name: its name for display; empty for a period.
        similar_to: the id of a paper to which papers are similar, most similar first; or empty.
    """

    period: str = ""
    query_text: str = ""
    name: str = ""
    similar_to: str = ""

    @property
    def is_period(self) -> bool:
        """Whether it is only a period."""
        return not (self.query_text or self.similar_to)

    @property
    def is_for_you(self) -> bool:
        """Whether it is that of recommended papers."""
        return self.query_text == FOR_YOU_QUERY

    @property
    def is_reading_list(self) -> bool:
        """Whether it is the reading list, which has an order of its own."""
        return self.query_text == LATER_QUERY

    @property
    def title(self) -> str:
        """Its name, in the reader's language."""
        return self.name or format_period(self.period)

    @property
    def key(self) -> str:
        """The key under which the session stores the cursor; for a period, the period itself."""
        if self.is_period:
            return self.period
        return f"~{self.similar_to}" if self.similar_to else f"/{self.query_text}"

    def query(self) -> Query:
        """Return the parsed query.

        Raises:
            QueryError: the query is invalid; those of saved views have been validated.
        """
        if not self.query_text:
            return Query()
        from tui.query.parser import parse

        return parse(self.query_text)

    def sort(self) -> tuple[SortKey, ...] | None:
        """Return its own sort order; None for no preference, empty for its natural order."""
        if self.similar_to or self.is_reading_list:
            return ()
        return self.query().sort or None


ALL = Scope()


def with_tag(tag: str) -> Scope:
    """Return the scope of papers with a tag."""
    return Scope(query_text=f"tag:{quote(tag)}", name=f"#{tag}")


def by_author(name: str) -> Scope:
    """Return the scope of papers by an author."""
    return Scope(query_text=f"author:={quote(name)}", name=_("Papers by {name}").format(name=name))


def with_votes(votes: str, query: str) -> Scope:
    """Return the scope of papers in an interval of votes, such as ``10..19``; empty for unknown."""
    name = _("Papers with {votes} votes").format(votes=votes) if votes else _("Unknown votes")
    return Scope(query_text=query, name=name)


def with_word(word: str, month: str, query: str) -> Scope:
    """Return the scope of a month's papers with a word in the title."""
    name = _('"{word}" in titles, {month}').format(word=word, month=format_period(month))
    return Scope(query_text=query, name=name)


def similar_to(paper: Paper) -> Scope:
    """Return the scope of papers similar to a paper."""
    return Scope(similar_to=paper.paper_id, name=_("Similar to {title}").format(title=paper.title))


UNREAD_QUERY, NEW_QUERY = "is:unread", "is:new"

FOR_YOU_QUERY = "is:recommended sort:-match,-votes"
"""Without a match, because too little is marked, papers are sorted by votes."""


MIN_MARKED_FOR_YOU = 5
"""Marked papers from which *For you* is in the sidebar; it needs a few more to learn from."""


def for_you() -> Scope:
    """Return the scope of recent papers that are like those that the reader chose."""
    return Scope(query_text=FOR_YOU_QUERY, name=_("For you"))


def reading_list() -> Scope:
    """Return the scope of the papers in the reading list."""
    return Scope(query_text=LATER_QUERY, name=_("Reading list"))


def new_since(day: str) -> Scope:
    """Return the scope of the papers that arrived since a visit.

    Args:
        day: the day since which they are new.
    """
    name = _("New since {day}").format(day=recent_day(day))
    return Scope(query_text=NEW_QUERY, name=_("New today") if is_today(day) else name)


def any_interest(interests: Iterable[Interest]) -> str:
    """Return the query of the papers about any interest; empty without interests."""
    return " OR ".join(interest.term for interest in interests)


def interests_scope(interests: Iterable[Interest]) -> Scope:
    """Return the scope of the papers about the reader's interests."""
    return Scope(query_text=any_interest(interests), name=_("Interests"))


class SidebarCounts(NamedTuple):
    """Numbers of marked papers and of those in saved views.

    Attributes:
        read: read papers by period, ``""`` for all; None until they are counted.
        left_out: papers by period that lists leave out; no other number includes hidden ones.
        starred: starred papers; None until they are counted.
        later: papers in the reading list.
        noted: papers with notes.
        tagged: papers with any tag.
        tags: papers by tag, most frequent first.
        views: saved views with their numbers of papers; None for those not counted yet.
        arrivals: the new papers, with their days.
        read_arrivals: number of read papers among them.
        since: the day since which they are new.
        interests: the query of the papers about interests; empty without interests.
        interesting: the number of these papers by period, "" for all; None until it is counted.
    """

    read: Mapping[str, int] | None = None
    left_out: Mapping[str, int] = {}
    starred: int | None = None
    later: int = 0
    noted: int = 0
    tagged: int = 0
    tags: Mapping[str, int] = {}
    views: Sequence[tuple[Scope, int | None]] = ()
    arrivals: Mapping[str, tuple[str, ...]] = {}
    read_arrivals: int = 0
    since: str = ""
    interests: str = ""
    interesting: Mapping[str, int] | None = None


class SidebarItem(NamedTuple):
    """An item of the sidebar.

    Attributes:
        scope: the scope that it opens.
        paper_count: its number of papers; None if unknown.
        children: the items below it, if it is expanded.
        unread: how many of its papers are unread; None if that is not shown.
    """

    scope: Scope
    paper_count: int | None
    children: tuple[SidebarItem, ...] = ()
    unread: int | None = None


class SidebarSections(NamedTuple):
    """The items above the periods.

    Attributes:
        news: the new papers, if there are any.
        marks: marked papers.
        views: saved views.
    """

    news: tuple[SidebarItem, ...] = ()
    marks: tuple[SidebarItem, ...] = ()
    views: tuple[SidebarItem, ...] = ()

    @property
    def items(self) -> tuple[SidebarItem, ...]:
        """All items in order."""
        return self.news + self.marks + self.views


def unread_count(counts: SidebarCounts, papers: Mapping[str, int], period: str) -> int | None:
    """Return how many papers of a period are unread; None until they are counted.

    Args:
        counts: the counts, which may be a moment older than the papers.
        papers: the number of papers by period.
        period: the period.
    """
    if counts.read is None:
        return None
    return max(shown_count(counts, papers, period) - counts.read.get(period, 0), 0)


def shown_count(counts: SidebarCounts, papers: Mapping[str, int], period: str) -> int:
    """Return how many papers of a period lists show; see ``unread_count``."""
    return max(papers.get(period, 0) - counts.left_out.get(period, 0), 0)


def sidebar_sections(counts: SidebarCounts, papers: Mapping[str, int]) -> SidebarSections:
    """Return the items above the periods: what is new, marks and saved views, if there are any.

    Args:
        counts: the counts.
        papers: the number of papers by period.
    """
    unread = Scope(query_text=UNREAD_QUERY, name=_("Unread"))
    starred = Scope(query_text="is:starred", name=_("Starred"))
    noted = Scope(query_text="is:noted", name=_("With notes"))
    tagged = Scope(query_text="is:tagged", name=_("Tagged"))
    marks = [SidebarItem(unread, unread_count(counts, papers, ""))]
    marks.append(SidebarItem(starred, counts.starred))
    if counts.later:
        marks.append(SidebarItem(reading_list(), counts.later))
    if counts.noted:
        marks.append(SidebarItem(noted, counts.noted))
    if counts.tags:
        tags = tuple(SidebarItem(with_tag(tag), number) for tag, number in counts.tags.items())
        marks.append(SidebarItem(tagged, counts.tagged, tags))
    if (counts.starred or 0) + counts.noted + counts.tagged >= MIN_MARKED_FOR_YOU:
        marks.append(SidebarItem(for_you(), None))
    if counts.interests:
        number = None if counts.interesting is None else counts.interesting.get("", 0)
        marks.append(SidebarItem(Scope(query_text=counts.interests, name=_("Interests")), number))
    views = tuple(
        SidebarItem(scope, number)
        for scope, number in counts.views
        if scope not in {unread, starred, noted, tagged, reading_list()}
    )
    number = len(counts.arrivals)
    left = number - counts.read_arrivals
    news = [SidebarItem(new_since(counts.since), number, unread=left)] if number else []
    return SidebarSections(tuple(news), tuple(marks), views)
