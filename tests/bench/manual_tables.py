"""The tables of results in the manual."""

from __future__ import annotations

from statistics import median
from typing import NamedTuple

from tests.bench.growth import GROWTH_COLUMNS
from tests.bench.report import format_budget, format_value
from tests.bench.rows import BROADSHEET, BY_NAME, BenchRow
from tests.bench.samples import Samples


class TableLine(NamedTuple):
    """A line of the table: its label, and the rows whose results it shows."""

    label: str
    rows: tuple[str, ...]


LINES = (
    TableLine("first screen: dates and the newest day", ("first",)),
    TableLine("the same from the last visit, its first key", ("frame", "frame-key")),
    TableLine("first summary, after that", ("first-summary",)),
    TableLine("memory at the first screen, a second later", ("memory", "memory-rest")),
    TableLine("memory after showing *All*", ("memory-all",)),
    TableLine("peak memory of a search", ("memory-search",)),
    TableLine("cursor move: row, summary (95th percentile)", ("move", "summary")),
    TableLine("first screen: bytes sent", ("first-bytes",)),
    TableLine("cursor move: bytes sent for them", ("move-bytes", "summary-bytes")),
    TableLine("200 cursor moves at once", ("held",)),
    TableLine("going to another day", ("day",)),
    TableLine("showing *All*: first time, again", ("all-first", "all-again")),
    TableLine("in *All*: threshold step, sort", ("threshold", "sort")),
    TableLine("search: cold, its first results, warm", ("query-cold", "query-first", "query")),
    TableLine("listing the papers with a word (a process)", ("list-word",)),
    TableLine("first import (a process)", ("import",)),
    TableLine("sync without changes (a process)", ("sync-same",)),
    TableLine("sync of one new digest (a process)", ("sync-one",)),
    TableLine("sync of one new digest, compared with 5,500 papers", ("sync-flat",)),
    TableLine(
        "`broadsheet --version`, `count`, `list --limit 5` (processes)",
        ("version", "count", "list-limit"),
    ),
    TableLine("mark on disk, with every paper marked", ("mark",)),
    TableLine(
        "longest key latency during the first import, *All*, a search",
        ("key-latency-import", "key-latency-all", "key-latency-search"),
    ),
)


def budget_table(samples: Samples) -> str:
    """Return the results at each size and the budgets, as Markdown; exceeded ones are bold."""
    sizes = samples.sizes(LINES[0].rows[0])
    titles = [f"{size:,}" for size in sizes]
    lines = [
        _markdown_row("", f"{titles[0]} papers", *titles[1:], "budget"),
        "|---" * (len(sizes) + 2) + "|",
    ]
    for label, row_names in LINES:
        rows = [BY_NAME[name] for name in row_names]
        cells = (", ".join(_format_figure(samples, row, size) for row in rows) for size in sizes)
        limits = dict.fromkeys(_format_budgets(samples, row) for row in rows)
        lines.append(_markdown_row(label, *cells, ", ".join(limits)))
    return "\n".join(lines) + "\n"


def growth_table(samples: Samples) -> str:
    """Return the growth with the library, as Markdown."""
    titles = [column.label for column in GROWTH_COLUMNS]
    lines = [_markdown_row("papers", *titles), "|---" * (len(titles) + 1) + "|"]
    for papers in samples.sizes("disk"):
        figures = (
            format_value(median(samples.values(BROADSHEET, column.row, papers)), column.unit)
            for column in GROWTH_COLUMNS
        )
        lines.append(_markdown_row(f"{papers:,}", *figures))
    return "\n".join(lines) + "\n"


def _markdown_row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |".replace("|  |", "| |").replace("×", "x")


def _format_figure(samples: Samples, row: BenchRow, papers: int) -> str:
    """Return a result, with its ratio if the budget is one; bold if it exceeds the budget."""
    if papers not in samples.sizes(row.name):
        return "-"
    result = samples.result(row, papers)
    figure = format_value(
        result.p95 if row.budget and row.budget.uses_p95 else result.median, row.unit
    )
    if row.budget and row.budget.reference and result.ratio is not None:
        multiple = f"{result.ratio:.2f} × {row.budget.reference[0]}"
        return f"{figure}, {multiple if result.is_met else f'**{multiple}**'}"
    return f"**{figure}**" if result.is_met is False else figure


def _format_budgets(samples: Samples, row: BenchRow) -> str:
    """Return the budget, or both if that of large libraries differs."""
    limits = [format_budget(row, papers) for papers in samples.sizes(row.name)]
    return " / ".join(dict.fromkeys(filter(None, limits))).replace(", p95", "") or "-"
