"""The result tables in the manual have all rows and sizes."""

from __future__ import annotations

from tests.bench.growth import GROWTH_COLUMNS, SIZES
from tests.bench.manual_tables import LINES, budget_table, growth_table
from tests.bench.rows import EMPTY, ROWS
from tests.bench.samples import Samples
from tests.update_manual import PERFORMANCE_PAGE, read_table


def first_cells(table: str) -> list[str]:
    return [line.split("|")[1].strip() for line in table.splitlines()]


def samples_of_every_row(*papers: int) -> Samples:
    """Return one sample of each row at some sizes."""
    samples = Samples()
    for size in papers:
        samples.add("first", size, 0, 100, program=EMPTY)
        for row in ROWS:
            samples.add(row.name, size, 0, 20)
    return samples


def test_manual_has_every_line() -> None:
    table = read_table(PERFORMANCE_PAGE, "budgets")
    assert first_cells(table)[2:] == [line.label for line in LINES]
    assert first_cells(table) == first_cells(budget_table(samples_of_every_row(120, 5500, 55_000)))


def test_manual_has_every_size() -> None:
    samples = samples_of_every_row(*SIZES)
    for papers in SIZES:
        samples.add("disk", papers, 0, 1)
    table = read_table(PERFORMANCE_PAGE, "growth")
    assert first_cells(table) == first_cells(growth_table(samples))
    assert table.splitlines()[0].count("|") == len(GROWTH_COLUMNS) + 2


def test_results_over_their_budget_are_bold() -> None:
    samples = Samples()
    for papers, milliseconds in ((120, 110), (5500, 130)):
        samples.add("first", papers, 0, 100, program=EMPTY)
        samples.add("first", papers, 0, milliseconds)
        samples.add("move", papers, 0, *[5.0] * 15, *[milliseconds / 10] * 5)
        samples.add("all-first", papers, 0, 90)
        samples.add("all-again", papers, 0, milliseconds / 4)
        samples.add("query", papers, 0, 3 * milliseconds / 10)
    lines = budget_table(samples).splitlines()
    assert lines[0] == "| | 120 papers | 5,500 | budget |"
    cells = {line.split("|")[1].strip(): line.split("|")[2:-1] for line in lines}
    first = cells["first screen: dates and the newest day"]
    assert first == [" 110 ms, 1.10 x H ", " 130 ms, **1.30 x H** ", " 1.25 x H "]
    move = cells["cursor move: row, summary (95th percentile)"]
    assert move == [" **11.0 ms**, - ", " **13.0 ms**, - ", " 10 ms, - "]
    all_days = cells["showing *All*: first time, again"]
    assert all_days == [" 90 ms, 28 ms ", " 90 ms, **32 ms** ", " 400 ms, 30 ms "]
    search = cells["search: cold, its first results, warm"]
    assert search == [" -, -, **33 ms** ", " -, -, **39 ms** ", " -, 30 ms "]
