"""The README's figures: what is measured, in the lines and columns that stand there."""

from __future__ import annotations

from tests.bench.growth import COLUMNS, SIZES
from tests.bench.manual_tables import LINES, budgets, growth
from tests.bench.rows import EMPTY, ROWS
from tests.bench.samples import Samples
from tests.update_manual import PERFORMANCE_PAGE, read_table


def first_cells(table: str) -> list[str]:
    return [line.split("|")[1].strip() for line in table.splitlines()]


def measured(*papers: int) -> Samples:
    """One sample of each row."""
    samples = Samples()
    for size in papers:
        samples.note("first", size, 0, 100, who=EMPTY)
        for row in ROWS:
            samples.note(row.name, size, 0, 20)
    return samples


def test_every_line_that_is_measured_stands_there() -> None:
    table = read_table(PERFORMANCE_PAGE, "budgets")
    assert first_cells(table)[2:] == [line.words for line in LINES]
    assert first_cells(table) == first_cells(budgets(measured(120, 5500, 55_000)))


def test_every_size_stands_there() -> None:
    samples = measured(*SIZES)
    for papers in SIZES:
        samples.note("disk", papers, 0, 1)
    table = read_table(PERFORMANCE_PAGE, "growth")
    assert first_cells(table) == first_cells(growth(samples))
    assert table.splitlines()[0].count("|") == len(COLUMNS) + 2


def test_what_is_over_its_budget_is_bold() -> None:
    samples = Samples()
    for papers, milliseconds in ((120, 110), (5500, 130)):
        samples.note("first", papers, 0, 100, who=EMPTY)
        samples.note("first", papers, 0, milliseconds)
        samples.note("move", papers, 0, *[5.0] * 15, *[milliseconds / 10] * 5)
        samples.note("all-first", papers, 0, 90)
        samples.note("all-again", papers, 0, milliseconds / 4)
        samples.note("query", papers, 0, 3 * milliseconds / 10)
    lines = budgets(samples).splitlines()
    assert lines[0] == "| | 120 papers | 5,500 | budget |"
    told = {line.split("|")[1].strip(): line.split("|")[2:-1] for line in lines}
    first = told["the first screen, dates and the newest day"]
    assert first == [" 110 ms, 1.10 x H ", " 130 ms, **1.30 x H** ", " 1.25 x H "]
    moved = told["a move: its row, its summary (95th percentile)"]
    assert moved == [" **11.0 ms**, - ", " **13.0 ms**, - ", " 10 ms, - "]
    everything = told["*All*: first time, again"]
    assert everything == [" 90 ms, 28 ms ", " 90 ms, **32 ms** ", " 400 ms, 30 ms "]
    searched = told["a search: cold, its first finds, warm"]
    assert searched == [" -, -, **33 ms** ", " -, -, **39 ms** ", " -, 30 ms "]
