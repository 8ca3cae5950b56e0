"""Lay out the statistics of a library as rows of text with items that can be selected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len

from tui.i18n import _, ngettext
from tui.library.periods import format_period, short_month, weekdays
from tui.library.scope import Scope, by_author, with_votes, with_word
from tui.library.statistics.charts import CalendarPage, bar, page_of, pages_of, shade
from tui.library.statistics.records import Count, RisingWord, RisingWords, Statistics, VoteBin
from tui.terminal.glyphs import current_glyphs
from tui.ui.typeset.cell_width import fit
from tui.ui.typeset.spans import Span
from tui.ui.typeset.wrap import wrap_lines

WHOLE_YEAR_WIDTH = 60
"""Cells for a year with one cell a week; a narrower calendar shows half a year."""

TWO_CELLS_WIDTH = 114
"""Cells for a year with two cells a week."""

MAX_BAR_WIDTH = 40
_INDENT = 2
_GAP = 2


class ChartItem(NamedTuple):
    """Something that is counted and can be selected.

    Attributes:
        description: its name and its counts.
        scope: its papers; None without papers.
    """

    description: str
    scope: Scope | None


class RowPart(NamedTuple):
    """A part of a row.

    Attributes:
        text: the text.
        style: the name of its style; empty for the default.
        item: the item that the cursor selects here, or None.
    """

    text: str
    style: str = ""
    item: ChartItem | None = None


Row = tuple[RowPart, ...]


class _Bar(NamedTuple):
    """What a row with a bar shows; a value of None is unknown."""

    label: str
    value: int | None
    item: ChartItem


class ChartOptions(NamedTuple):
    """What the charts show.

    Attributes:
        by_votes: whether bars and shades show votes instead of papers.
        day: the calendar shows the page of this day; empty for the newest.
    """

    by_votes: bool = False
    day: str = ""


def layout_rows(statistics: Statistics, options: ChartOptions, width: int) -> list[Row]:
    """Return all rows.

    Args:
        statistics: of at least one paper.
        options: what the charts show.
        width: cells of a row.
    """
    years = statistics.years if len(statistics.years) > 1 else {}
    rows: list[Row] = []
    for heading, section in (
        *_calendar_sections(statistics, options, width),
        (_("Years"), _bars(_period_bars(years, options), width)),
        (_("Votes"), _bars(map(_vote_bar, statistics.bins), width)),
        (_("Authors"), _bars(_author_bars(statistics, options), width)),
        (_rising_words_heading(statistics.rising), _rising_words(statistics.rising, width)),
    ):
        if section_rows := list(section):
            if rows:
                rows.append(())
            rows += [(RowPart(text, "heading"),) for text in _wrapped(heading, width)]
            rows += section_rows
    return rows


def _calendar_sections(
    statistics: Statistics, options: ChartOptions, width: int
) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield the headings and rows of a year's days and months, unless no paper has a date."""
    if statistics.days:
        page = current_page(statistics, options, width)
        year = f"{page.year:04}"
        months = {month: count for month, count in statistics.months.items() if month[:4] == year}
        yield _calendar_heading(page), _calendar(statistics, options, page, width)
        yield _("Months"), _bars(_period_bars(months, options), width)


def current_page(statistics: Statistics, options: ChartOptions, width: int) -> CalendarPage:
    """Return the page that the calendar shows."""
    return page_of(options.day or max(statistics.days), halved=width < WHOLE_YEAR_WIDTH)


def day_on_next_page(
    statistics: Statistics, options: ChartOptions, width: int, by: int
) -> str | None:
    """Return a day on an older (-1) or newer (1) page of the calendar; None past the ends."""
    halved = width < WHOLE_YEAR_WIDTH
    pages = pages_of(statistics.days, halved=halved)
    if not pages or (page := current_page(statistics, options, width)) not in pages:
        return None
    number = pages.index(page) + by
    if not 0 <= number < len(pages):
        return None
    days = [day for day in statistics.days if page_of(day, halved=halved) == pages[number]]
    return days[0] if by > 0 else days[-1]


def totals_text(statistics: Statistics, source_count: int) -> str:
    """Return the number of papers, sources and votes, and the first and last day.

    Args:
        statistics: of at least one paper.
        source_count: the number of sources that were counted; 0 for a list of papers.
    """
    papers = _papers_text(statistics.total.papers)
    if source_count:
        text = ngettext("{papers} of {number} source", "{papers} of {number} sources", source_count)
        papers = text.format(papers=papers, number=source_count)
    votes = _votes_text(statistics.total.votes)
    if statistics.unknown_votes and statistics.total.votes is not None:
        votes = _("{votes} ({number} unknown)").format(
            votes=votes, number=f"{statistics.unknown_votes:,}"
        )
    if not statistics.days:
        return f"{papers}, {votes}"
    first, last = min(statistics.days), max(statistics.days)
    dates = _("{first} to {last}").format(first=first, last=last) if first != last else first
    return f"{papers}, {votes}, {dates}"


# Calendar


def _calendar(
    statistics: Statistics, options: ChartOptions, page: CalendarPage, width: int
) -> Iterator[Row]:
    weeks = page.weeks()
    cells = 2 if width >= TWO_CELLS_WIDTH else 1
    names = weekdays()
    margin = _INDENT + max(map(cell_len, names)) + 1
    maximum = max(_value(count, options) or 0 for count in statistics.days.values())
    yield (RowPart(" " * margin + _month_names(weeks, cells), "muted"),)
    for weekday, name in enumerate(names):
        parts = [RowPart(fit(" " * _INDENT + name, margin), "muted")]
        for week in weeks:
            parts.append(_day(week[weekday], statistics, options, maximum))
            if cells > 1:
                parts.append(RowPart(" " * (cells - 1)))
        yield tuple(parts)


def _day(day: str | None, statistics: Statistics, options: ChartOptions, maximum: int) -> RowPart:
    if day is None:
        return RowPart(" ")
    count = statistics.days.get(day)
    if count is None:
        item = ChartItem(_("{day}: no digest").format(day=format_period(day)), None)
        return RowPart(" ", "", item)
    # A day with papers is never blank, even if it has no votes.
    value = max(_value(count, options) or 0, maximum / 1000)
    return RowPart(
        shade(value, maximum, current_glyphs().heat),
        "bar",
        _item(format_period(day), count, Scope(day)),
    )


def _month_names(weeks: Sequence[Sequence[str | None]], cells: int) -> str:
    """Return the names of the months, each above the week of its first day.

    If the names of a language are too long for that, the months have numbers.
    """
    firsts = [
        (number * cells, day)
        for number, week in enumerate(weeks)
        for day in week
        if day and day.endswith("-01")
    ]
    names = [short_month(day) for _x, day in firsts]
    rooms = [next_x - x for (x, _day), (next_x, _next_day) in pairwise(firsts)]
    if any(cell_len(name) >= room for name, room in zip(names, rooms, strict=False)):
        names = [day[5:7].lstrip("0") for _x, day in firsts]
    line = ""
    for (x, _first), name in zip(firsts, names, strict=True):
        line += " " * (x - cell_len(line)) + name
    return line


def _calendar_heading(page: CalendarPage) -> str:
    whole_year = _("Days of {year}")
    halves = _("Days of {year}, January to June"), _("Days of {year}, July to December")
    return (whole_year, *halves)[page.half].format(year=format_period(f"{page.year:04}"))


# Rows


def _rising_words(rising: RisingWords, width: int) -> Iterator[Row]:
    if rising.words:
        yield from _bars((_word_bar(word, rising) for word in rising.words), width)
        return
    text = _("No word has become more common.")
    if not rising.before:
        text = _("There is no earlier month to compare with.")
    for line in _wrapped(text, width - _INDENT):
        yield (RowPart(" " * _INDENT + line, "muted"),)


def _rising_words_heading(rising: RisingWords) -> str:
    if not rising.before:
        return _("Rising words")
    text = _("Rising words: titles of {month} compared with those since {since}")
    return text.format(month=format_period(rising.month), since=format_period(rising.since))


def _wrapped(text: str, width: int) -> list[str]:
    return [line.text for line in wrap_lines([Span(text)], width)]


def _bars(contents: Iterable[_Bar], width: int) -> Iterator[Row]:
    if not (bars := list(contents)):
        return
    maximum = max(each.value or 0 for each in bars)
    numbers = ["-" if each.value is None else f"{each.value:,}" for each in bars]
    number_width = max(map(cell_len, numbers))
    room = max(width - _INDENT - number_width - 2 * _GAP, 2)
    label_width = min(max(cell_len(each.label) for each in bars), room * 3 // 4)
    bar_width = min(room - label_width, MAX_BAR_WIDTH)
    for (label, value, item), number in zip(bars, numbers, strict=True):
        name = fit(label, label_width)
        yield (
            RowPart(" " * _INDENT),
            RowPart(f"{name}{' ' * _GAP}{number:>{number_width}}", "", item),
            RowPart(" " * _GAP),
            RowPart(bar(value or 0, maximum, bar_width, current_glyphs().bar), "bar"),
        )


def _value(count: Count, options: ChartOptions) -> int | None:
    return count.votes if options.by_votes else count.papers


# What is counted


def _period_bars(counts: Mapping[str, Count], options: ChartOptions) -> Iterator[_Bar]:
    for period, count in counts.items():
        yield _bar(format_period(period), count, Scope(period), options)


def _author_bars(statistics: Statistics, options: ChartOptions) -> Iterator[_Bar]:
    for name, papers, votes in statistics.top_authors:
        yield _bar(name, Count(papers, votes), by_author(name), options)


def _bar(name: str, count: Count, scope: Scope, options: ChartOptions) -> _Bar:
    return _Bar(name, _value(count, options), _item(name, count, scope))


def _item(name: str, count: Count, scope: Scope) -> ChartItem:
    papers, votes = _papers_text(count.papers), _votes_text(count.votes)
    text = _("{what}: {papers}, {votes}").format(what=name, papers=papers, votes=votes)
    return ChartItem(text, scope)


def _vote_bar(vote_bin: VoteBin) -> _Bar:
    scope = with_votes(vote_bin.label, vote_bin.query)
    text = _("{what}: {papers}").format(what=scope.title, papers=_papers_text(vote_bin.papers))
    item = ChartItem(text, scope if vote_bin.papers else None)
    return _Bar(vote_bin.label or _("unknown"), vote_bin.papers, item)


def _word_bar(word: RisingWord, rising: RisingWords) -> _Bar:
    text = _('"{word}": in {now} of {papers} titles, previously in {before} of {earlier}').format(
        word=word.word, now=f"{word.papers:,}", papers=f"{rising.papers:,}",
        before=f"{word.before:,}", earlier=f"{rising.before:,}",
    )  # fmt: skip
    scope = with_word(word.word, rising.month, rising.query(word.word))
    return _Bar(word.word, word.papers, ChartItem(text, scope))


def _papers_text(number: int) -> str:
    return ngettext("{number} paper", "{number} papers", number).format(number=f"{number:,}")


def _votes_text(number: int | None) -> str:
    if number is None:
        return _("unknown votes")
    return ngettext("{number} vote", "{number} votes", number).format(number=f"{number:,}")
