"""The newest figures, as the README tells them."""

from __future__ import annotations

from statistics import median
from typing import NamedTuple

from tests.bench.growth import COLUMNS, SIZES
from tests.bench.report import budget_in_words, written
from tests.bench.rows import BY_NAME, OURS, Row
from tests.bench.samples import Samples


class Line(NamedTuple):
    """A line of the table: its words, and the rows it tells one after the other."""

    words: str
    rows: tuple[str, ...]


LINES = (
    Line("the first screen, dates and the newest day", ("first",)),
    Line("its first summary, after that", ("first-summary",)),
    Line("memory then", ("memory",)),
    Line("memory after *All*", ("memory-all",)),
    Line("most memory in a search", ("memory-search",)),
    Line("a move: its row, its summary (95th percentile)", ("move", "summary")),
    Line("a move: what is sent for them", ("move-bytes", "summary-bytes")),
    Line("200 moves at once", ("held",)),
    Line("another day", ("day",)),
    Line("*All*: first time, again", ("all-first", "all-again")),
    Line("a step of the threshold, a sort, in *All*", ("threshold", "sort")),
    Line("a search: cold, its first finds, warm", ("query-cold", "query-first", "query")),
    Line("the first import, as a process", ("import",)),
    Line("a sync where nothing changed", ("sync-same",)),
    Line("a sync of one new digest", ("sync-one",)),
    Line("a sync of one new digest, beside 5,500 papers", ("sync-flat",)),
    Line("a mark, to on disk, with as many kept", ("mark",)),
    Line(
        "the longest wait for a key: in the first import, in *All*, in a search",
        ("alive-import", "alive-all", "alive-search"),
    ),
)


def budgets(samples: Samples) -> str:
    """Return each line at each size beside its budget, as Markdown; bold is over it."""
    sizes = samples.sizes(LINES[0].rows[0])
    titles = [f"{size:,}" for size in sizes]
    made = [_row("", f"{titles[0]} papers", *titles[1:], "budget"), "|---" * (len(sizes) + 2) + "|"]
    for words, names in LINES:
        rows = [BY_NAME[name] for name in names]
        cells = (", ".join(_figure(samples, row, size) for row in rows) for size in sizes)
        limits = dict.fromkeys(_budget(samples, row) for row in rows)
        made.append(_row(words, *cells, ", ".join(limits)))
    return "\n".join(made) + "\n"


def growth(samples: Samples) -> str:
    """Return how everything grows, as Markdown."""
    titles = [column.words for column in COLUMNS]
    made = [_row("papers", *titles), "|---" * (len(titles) + 1) + "|"]
    for papers in SIZES:
        figures = (
            written(median(samples.of(OURS, column.row, papers)), column.unit) for column in COLUMNS
        )
        made.append(_row(f"{papers:,}", *figures))
    return "\n".join(made) + "\n"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |".replace("|  |", "| |").replace("×", "x")


def _figure(samples: Samples, row: Row, papers: int) -> str:
    """Return a figure, beside the multiple that is budgeted; bold if it is over the budget."""
    if papers not in samples.sizes(row.name):
        return "-"
    verdict = samples.verdict(row, papers)
    figure = written(verdict.p95 if row.budget and row.budget.p95 else verdict.median, row.unit)
    if row.budget and row.budget.of and verdict.ratio is not None:
        multiple = f"{verdict.ratio:.2f} × {row.budget.of[0]}"
        return f"{figure}, {multiple if verdict.met else f'**{multiple}**'}"
    return f"**{figure}**" if verdict.met is False else figure


def _budget(samples: Samples, row: Row) -> str:
    """Return the budget, or both if there is another for large libraries."""
    told = [budget_in_words(row, papers) for papers in samples.sizes(row.name)]
    return " / ".join(dict.fromkeys(filter(None, told))).replace(", p95", "") or "-"
