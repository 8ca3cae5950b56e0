"""The numbers of a collection as rows of text, and where in them each thing is that is counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len

from tui.i18n import _, ngettext
from tui.library.periods import format_period, short_month, weekdays
from tui.library.scope import Scope, by_author, with_votes, with_word
from tui.library.statistics.bars import bar, shade
from tui.library.statistics.calendar_grid import CalendarPage, page_of, pages_of
from tui.library.statistics.models import AuthorCount, Count, RisingWord, Statistics, VoteBin
from tui.terminal.glyphs import current_glyphs
from tui.ui.typeset.cell_width import fit
from tui.ui.typeset.spans import Span as Words
from tui.ui.typeset.wrap import wrap

WHOLE_YEAR = 60
"""Cells that a year needs with a cell a week; a narrower calendar has half a year."""

TWO_CELLS = 114
"""Cells that a year needs with two cells a week."""

LONGEST_BAR = 40
_INDENT = 2
_GAP = 2


class ChartItem(NamedTuple):
    """Something that is counted, and can be gone to.

    Attributes:
        words: what it is and how much of it there is.
        shelf: its papers; None where there are none.
    """

    description: str
    scope: Scope | None


class RowPart(NamedTuple):
    """A part of a row.

    Attributes:
        text: what is drawn.
        style: the name of its looks; empty for plain.
        target: what the cursor is on, here; None where it cannot be.
    """

    text: str
    style: str = ""
    item: ChartItem | None = None


Row = tuple[RowPart, ...]


class ChartOptions(NamedTuple):
    """How the numbers are looked at.

    Attributes:
        by_votes: whether bars and shades tell votes; else papers.
        day: the calendar's page is the one with this day on it; empty for the newest.
    """

    by_votes: bool = False
    day: str = ""


def layout_rows(numbers: Statistics, looks: ChartOptions, width: int) -> list[Row]:
    """Return all rows.

    Args:
        numbers: what is told; of one paper at least.
        looks: how.
        width: cells of a row.
    """
    span = current_page(numbers, looks, width)
    rows: list[Row] = []
    for heading, section in (
        (_of_span(span), _calendar(numbers, looks, span, width)),
        (_("Months"), _periods(_within(numbers.months, span), looks, width)),
        (_("Years"), _periods(numbers.years if len(numbers.years) > 1 else {}, looks, width)),
        (_("Votes"), _bins(numbers.bins, width)),
        (_("Authors"), _authors(numbers.top_authors, looks, width)),
        (_rising_heading(numbers), _words(numbers, width)),
    ):
        if found := list(section):
            lines = wrap([Words(heading)], max(width, 1))
            titles = [(RowPart("".join(span.text for span in line), "heading"),) for line in lines]
            rows += [*([()] if rows else []), *titles, *found]
    return rows


def current_page(numbers: Statistics, looks: ChartOptions, width: int) -> CalendarPage:
    """Return the page of the calendar that is looked at."""
    return page_of(looks.day or max(numbers.days), halved=width < WHOLE_YEAR)


def day_on_next_page(numbers: Statistics, looks: ChartOptions, width: int, by: int) -> str | None:
    """Return a day on the next page of the calendar, older (-1) or newer (1); None at the end."""
    halved = width < WHOLE_YEAR
    spans = pages_of(numbers.days, halved=halved)
    at = spans.index(current_page(numbers, looks, width)) + by
    if not 0 <= at < len(spans):
        return None
    days = [day for day in numbers.days if page_of(day, halved=halved) == spans[at]]
    return days[0] if by > 0 else days[-1]


def totals_text(numbers: Statistics, sources: int) -> str:
    """Return what is counted, in words: papers, sources, votes, and from when to when."""
    words = ngettext("{papers} of {number} source", "{papers} of {number} sources", sources)
    papers = words.format(papers=_papers(numbers.total.papers), number=sources)
    votes = _votes(numbers.total.votes)
    if numbers.unknown_votes and numbers.total.votes is not None:
        votes = _("{votes} ({number} unknown)").format(votes=votes, number=numbers.unknown_votes)
    first, last = min(numbers.days), max(numbers.days)
    dates = _("{first} to {last}").format(first=first, last=last) if first != last else first
    return f"{papers}, {votes}, {dates}"


# Sections


def _calendar(
    numbers: Statistics, looks: ChartOptions, span: CalendarPage, width: int
) -> Iterator[Row]:
    columns = span.weeks()
    cells = 2 if width >= TWO_CELLS else 1
    names = weekdays()
    margin = _INDENT + max(map(cell_len, names)) + 1
    most = max(_value(count, looks) or 0 for count in numbers.days.values())
    yield (RowPart(" " * margin + _month_names(columns, cells), "muted"),)
    for weekday, name in enumerate(names):
        pieces = [RowPart(fit(" " * _INDENT + name, margin), "muted")]
        for column in columns:
            pieces.append(_day(column[weekday], numbers, looks, most))
            if cells > 1:
                pieces.append(RowPart(" " * (cells - 1)))
        yield tuple(pieces)


def _day(day: str | None, numbers: Statistics, looks: ChartOptions, most: int) -> RowPart:
    if day is None:
        return RowPart(" ")
    count = numbers.days.get(day)
    if count is None:
        return RowPart(
            " ", "", ChartItem(_("{day}: no digest").format(day=format_period(day)), None)
        )
    # However few votes there are, or if nobody tells any: there is something to read.
    value = max(_value(count, looks) or 0, most / 1000)
    return RowPart(
        shade(value, most, current_glyphs().heat), "bar", ChartItem(_told(day, count), Scope(day))
    )


def _month_names(columns: Sequence[Sequence[str | None]], cells: int) -> str:
    """Return the months' names, each above the week that its first day is in.

    In a language whose names are too long for that, their numbers.
    """
    firsts = [
        (at * cells, day)
        for at, column in enumerate(columns)
        for day in column
        if day and day.endswith("-01")
    ]
    names = [short_month(day) for _at, day in firsts]
    rooms = [later - at for (at, _day), (later, _next) in pairwise(firsts)]
    if any(cell_len(name) >= room for name, room in zip(names, rooms, strict=False)):
        names = [day[5:7].lstrip("0") for _at, day in firsts]
    line = ""
    for (at, _first), name in zip(firsts, names, strict=True):
        line += " " * (at - cell_len(line)) + name
    return line


def _periods(counts: Mapping[str, Count], looks: ChartOptions, width: int) -> Iterator[Row]:
    return _bars(
        [
            (
                format_period(period),
                _value(count, looks),
                ChartItem(_told(period, count), Scope(period)),
            )
            for period, count in counts.items()
        ],
        width,
    )


def _bins(bins: Iterable[VoteBin], width: int) -> Iterator[Row]:
    return _bars([(each.label or _("unknown"), each.papers, _bin(each)) for each in bins], width)


def _bin(each: VoteBin) -> ChartItem:
    shelf = with_votes(each.label, each.query)
    words = _("{what}: {papers}").format(what=shelf.title, papers=_papers(each.papers))
    return ChartItem(words, shelf if each.papers else None)


def _authors(authors: Iterable[AuthorCount], looks: ChartOptions, width: int) -> Iterator[Row]:
    return _bars(
        [
            (
                each.name,
                _value(Count(each.papers, each.votes), looks),
                ChartItem(_counted(each.name, each.papers, each.votes), by_author(each.name)),
            )
            for each in authors
        ],
        width,
    )


def _words(numbers: Statistics, width: int) -> Iterator[Row]:
    rising = numbers.rising
    if rising.words:
        rows = [(each.word, each.papers, _word(each, numbers)) for each in rising.words]
        yield from _bars(rows, width)
        return
    words = _("No word is more common than before.")
    if not rising.before:
        words = _("There is no month before to compare with.")
    for line in wrap([Words(words)], max(width - _INDENT, 1)):
        yield (RowPart(" " * _INDENT + "".join(span.text for span in line), "muted"),)


def _word(each: RisingWord, numbers: Statistics) -> ChartItem:
    rising = numbers.rising
    words = _('"{word}": in {now} of {papers} titles, in {before} of {earlier} before')
    told = words.format(
        word=each.word, now=each.papers, papers=rising.papers,
        before=each.before, earlier=rising.before,
    )  # fmt: skip
    return ChartItem(told, with_word(each.word, rising.month, rising.query(each.word)))


def _rising_heading(numbers: Statistics) -> str:
    rising = numbers.rising
    if not rising.before:
        return _("Words that rise")
    words = _("Words that rise: titles of {month} beside those since {since}")
    return words.format(month=format_period(rising.month), since=format_period(rising.since))


def _bars(counted: Sequence[tuple[str, int | None, ChartItem]], width: int) -> Iterator[Row]:
    """Yield a row for each: what it is, how much, and a bar; each is one target."""
    if not counted:
        return
    most = max(value or 0 for _label, value, _target in counted)
    told = ["-" if value is None else str(value) for _label, value, _target in counted]
    numbers = max(map(cell_len, told))
    room = max(width - _INDENT - numbers - 2 * _GAP, 2)
    labels = min(max(cell_len(label) for label, _value, _target in counted), room * 3 // 4)
    longest = min(room - labels, LONGEST_BAR)
    for (label, value, target), number in zip(counted, told, strict=True):
        name = fit(label, labels)
        length = bar(value or 0, most, longest, current_glyphs().bar)
        yield (
            RowPart(" " * _INDENT),
            RowPart(f"{name}{' ' * _GAP}{number:>{numbers}}", "", target),
            RowPart(" " * _GAP),
            RowPart(length, "bar"),
        )


# Words


def _of_span(span: CalendarPage) -> str:
    year = format_period(str(span.year).zfill(4))
    if not span.half:
        return _("Days of {year}").format(year=year)
    if span.half == 1:
        return _("Days of {year}, January to June").format(year=year)
    return _("Days of {year}, July to December").format(year=year)


def _within(months: Mapping[str, Count], span: CalendarPage) -> Mapping[str, Count]:
    year = f"{span.year:04}"
    return {month: count for month, count in months.items() if month.startswith(year)}


def _value(count: Count, looks: ChartOptions) -> int | None:
    return count.votes if looks.by_votes else count.papers


def _told(period: str, count: Count) -> str:
    return _counted(format_period(period), *count)


def _counted(what: str, papers: int, votes: int | None) -> str:
    words = _("{what}: {papers}, {votes}")
    return words.format(what=what, papers=_papers(papers), votes=_votes(votes))


def _papers(number: int) -> str:
    return ngettext("{number} paper", "{number} papers", number).format(number=number)


def _votes(number: int | None) -> str:
    if number is None:
        return _("unknown votes")
    return ngettext("{number} vote", "{number} votes", number).format(number=number)
