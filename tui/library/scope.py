"""What the sidebar offers, and what else papers can be listed by. Pure.

A shelf is a period, or what a query finds in all days (the unread, a tag, a kept view, somebody's
papers), or the papers most like another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tui.i18n import _
from tui.library.periods import format_period
from tui.models import Paper
from tui.query import Query, SortKey


class Scope(NamedTuple):
    """Where papers are looked for.

    Attributes:
        period: year, month or day; ``""`` is all.
        text: a query, as it is written; empty asks for everything. It is parsed only when the
            shelf is looked at: the first screen has no need of the parser.
        name: what it is called; empty where it is a period.
        like: id of the paper that the others are to be like, nearest first; else empty.
    """

    period: str = ""
    query_text: str = ""
    name: str = ""
    similar_to: str = ""

    @property
    def is_period(self) -> bool:
        """Whether it is a period and no more."""
        return not (self.query_text or self.similar_to)

    @property
    def title(self) -> str:
        """What it is called, in the reader's language."""
        return self.name or format_period(self.period)

    @property
    def key(self) -> str:
        """A text by which a place on it is remembered; that of a period is the period."""
        if self.is_period:
            return self.period
        return f"~{self.similar_to}" if self.similar_to else f"/{self.query_text}"

    def query(self) -> Query:
        """Return what is asked for.

        Raises:
            QueryError: it cannot be understood; that of a kept view was read before.
        """
        if not self.query_text:
            return Query()
        from tui.query import parse

        return parse(self.query_text)

    def sort(self) -> tuple[SortKey, ...] | None:
        """Return the order it asks for: none in particular if ``None``, as it comes if empty."""
        return () if self.similar_to else self.query().sort or None


ALL = Scope()


def unread() -> Scope:
    """Return the papers that were not read."""
    return Scope(query_text="is:unread", name=_("Unread"))


def starred() -> Scope:
    """Return the papers with a star."""
    return Scope(query_text="is:starred", name=_("Starred"))


def noted() -> Scope:
    """Return the papers with a note."""
    return Scope(query_text="is:noted", name=_("With notes"))


def tagged() -> Scope:
    """Return the papers with any tag."""
    return Scope(query_text="is:tagged", name=_("Tagged"))


def with_tag(tag: str) -> Scope:
    """Return the papers with this tag."""
    return Scope(query_text=f"tag:{_quoted(tag)}", name=f"#{tag}")


def by_author(name: str) -> Scope:
    """Return the papers that somebody wrote."""
    return Scope(
        query_text=f"author:={_quoted(name)}", name=_("Papers by {name}").format(name=name)
    )


def with_votes(votes: str, query: str) -> Scope:
    """Return the papers with so many votes, as ``10..19``; with unknown ones where it is empty."""
    name = _("Papers with {votes} votes").format(votes=votes) if votes else _("Unknown votes")
    return Scope(query_text=query, name=name)


def with_word(word: str, month: str, query: str) -> Scope:
    """Return the papers of a month with a word in their title."""
    name = _('"{word}" in titles, {month}').format(word=word, month=format_period(month))
    return Scope(query_text=query, name=name)


def similar_to(paper: Paper) -> Scope:
    """Return the papers most like this one."""
    return Scope(similar_to=paper.arxiv_id, name=_("Like {title}").format(title=paper.title))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


class SidebarCounts(NamedTuple):
    """How many papers there are of what the reader marked and kept.

    Attributes:
        unread: papers without the mark; None until they are counted,
        starred: with a star; likewise,
        noted: with a note,
        tagged: with any tag.
        tags: by tag, the most used first.
        views: what the reader keeps, with how many papers; None where counting would cost a look
            at every summary.
    """

    unread: int | None = None
    starred: int | None = None
    noted: int = 0
    tagged: int = 0
    tags: Mapping[str, int] = {}
    views: Sequence[tuple[Scope, int | None]] = ()


class SidebarItem(NamedTuple):
    """A shelf as the sidebar offers it.

    Attributes:
        shelf: which.
        papers: how many it has; None is not told.
        below: what can be unfolded below it.
    """

    scope: Scope
    paper_count: int | None
    children: tuple[SidebarItem, ...] = ()


def sidebar_items(tally: SidebarCounts) -> Iterable[SidebarItem]:
    """Yield what stands above the dates: marks, tags and kept views, as far as there are any."""
    yield SidebarItem(unread(), tally.unread)
    yield SidebarItem(starred(), tally.starred)
    if tally.noted:
        yield SidebarItem(noted(), tally.noted)
    if tally.tags:
        tags = tuple(SidebarItem(with_tag(tag), number) for tag, number in tally.tags.items())
        yield SidebarItem(tagged(), tally.tagged, tags)
    built_in = {unread(), starred(), noted(), tagged()}
    for shelf, number in tally.views:
        if shelf not in built_in:
            yield SidebarItem(shelf, number)
