"""The rows of the sidebar: what they show, and how their counts are written."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from tui.cache.period_counts import PeriodCounts
from tui.library.periods import is_day, is_undated, parent, short_month, weekday
from tui.library.scope import (
    ALL,
    Scope,
    SidebarCounts,
    SidebarItem,
    shown_count,
    sidebar_sections,
    unread_count,
)
from tui.models import UNDATED


class SidebarContent(NamedTuple):
    """What the sidebar shows.

    Attributes:
        periods: the periods with their numbers of papers.
        counts: the other counts.
        new_days: days with new papers that the reader has not seen.
    """

    periods: PeriodCounts = PeriodCounts()
    counts: SidebarCounts = SidebarCounts()
    new_days: Set[str] = frozenset()

    @property
    def items(self) -> Sequence[SidebarItem]:
        """The items that are no periods."""
        return sidebar_sections(self.counts, self.periods.counts).items


class SidebarRow(NamedTuple):
    """A row of the tree.

    Attributes:
        scope: the scope that it opens; None for a gap between two sections.
        papers: the number of papers; None if unknown.
        unread: how many of them are unread; None if unknown, or if the row does not show it.
        depth: how deep it is in the tree, from 0.
        has_children: whether it can be expanded.
        is_new: whether it has new papers that the reader has not seen.
        interesting: the number of papers about interests, of a day; 0 shows none.
    """

    scope: Scope | None
    papers: int | None = None
    unread: int | None = None
    depth: int = 0
    has_children: bool = False
    is_new: bool = False
    interesting: int = 0

    @property
    def is_read(self) -> bool:
        """Whether all of its papers are read."""
        return self.unread == 0 and bool(self.papers)


GAP = SidebarRow(None)


def build_rows(
    content: SidebarContent, expanded: Container[str], other: Scope | None, *, with_gaps: bool
) -> list[SidebarRow]:
    """Return the rows in order: what is new, all days and marks; saved views; the periods.

    Args:
        content: what to show.
        expanded: the keys of the scopes that are expanded.
        other: a scope that is not part of the tree and gets a row of its own, or None.
        with_gaps: whether to separate the three sections.
    """
    sections = sidebar_sections(content.counts, content.periods.counts)
    all_days = _period_row(content, ALL.period, depth=0, has_children=False)
    scopes = [*_item_rows(sections.news, expanded), all_days._replace(is_new=False)]
    scopes += _item_rows(sections.marks, expanded)
    views = list(_item_rows(sections.views, expanded))
    if other is not None:
        views.append(SidebarRow(other))
    rows: list[SidebarRow] = []
    for section in (scopes, views, list(_date_rows(content, expanded))):
        if section and rows and with_gaps:
            rows.append(GAP)
        rows += section
    return rows


def _item_rows(items: Iterable[SidebarItem], expanded: Container[str]) -> Iterator[SidebarRow]:
    for item in items:
        has_children = bool(item.children)
        yield SidebarRow(item.scope, item.paper_count, item.unread, has_children=has_children)
        if item.scope.key in expanded:
            for child in item.children:
                yield SidebarRow(child.scope, child.paper_count, child.unread, depth=1)


def _date_rows(content: SidebarContent, expanded: Container[str]) -> Iterator[SidebarRow]:
    # The name of a parent is three characters shorter. Most of the days are not shown.
    periods = content.periods.counts
    shown = [each for each in periods if len(each) == 4 or each[:-3] in expanded]
    children: dict[str, list[str]] = {}
    for period in sorted(shown, reverse=True):
        if period and not is_undated(period):
            children.setdefault(parent(period), []).append(period)
    for year in children.get("", []):
        yield _period_row(content, year, depth=0)
        for month in children.get(year, []) if year in expanded else []:
            yield _period_row(content, month, depth=1)
            for day in children.get(month, []) if month in expanded else []:
                yield _period_row(content, day, depth=2, has_children=False)
    if content.periods.counts.get(UNDATED):
        yield _period_row(content, UNDATED, depth=0, has_children=False)


def _period_row(
    content: SidebarContent, period: str, *, depth: int, has_children: bool = True
) -> SidebarRow:
    papers = content.periods.counts
    return SidebarRow(
        Scope(period),
        shown_count(content.counts, papers, period),
        unread_count(content.counts, papers, period),
        depth,
        has_children,
        any(day.startswith(period) for day in content.new_days),
        (content.counts.interesting or {}).get(period, 0) if is_day(period) else 0,
    )


_ROUNDED_FROM = 1000


def count_texts(row: SidebarRow) -> Sequence[str]:
    """Return how the counts of a row may be written, the longest first.

    A row without any read paper shows a single number, and so does one without an unread one. Large
    numbers may be rounded. The number of papers about interests comes before them, in parentheses.
    """
    if row.papers is None:
        return ("",)
    if row.interesting:
        texts = count_texts(row._replace(interesting=0))
        return (*(f"({row.interesting:,}) {text}" for text in texts), *texts)
    if row.unread is None or row.unread in {0, row.papers}:
        return (f"{row.papers:,}",)
    full, unread = f"{row.unread:,}/{row.papers:,}", f"{row.unread:,}"
    rounded_unread, rounded = _rounded(row.unread), _rounded(row.papers)
    if row.papers < _ROUNDED_FROM or rounded_unread == rounded:
        return full, unread
    return full, f"{rounded_unread}/{rounded}", unread


def _rounded(number: int) -> str:
    """Return a number in at most four cells: ``999``, ``5.4k``, ``55k``, ``1.2m``."""
    if number < _ROUNDED_FROM:
        return str(number)
    if number < 999_500:
        return f"{number / 1e3:.{int(number < 9_950)}f}k"
    return f"{number / 1e6:.1f}m"


def row_name(scope: Scope) -> str:
    """Return the name of a scope in the tree, without those of its parents."""
    period = scope.period
    match 0 if is_undated(period) else len(period):
        case 7:
            return short_month(period)
        case 10:
            return f"{int(period[8:]):2} {weekday(period)}"
        case _:
            return scope.title
