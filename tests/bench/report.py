"""The results, as a table and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.table import Table

from tests.bench.machine import versions
from tests.bench.rows import EMPTY, REFERENCES, ROWS, BenchRow, Unit
from tests.bench.sample_libraries import BenchOptions
from tests.bench.samples import RowResult, Samples

PROGRAM_LABELS = {EMPTY: "empty app (H)", "stock": "stock widgets"}


def table(samples: Samples, rows: Sequence[BenchRow] = ROWS) -> Table:
    """Return the table of all rows with their budgets and the reference programs."""
    result_table = Table("", title="Broadsheet and its budgets (median, 95th percentile)")
    for heading in ("papers", "median", "p95", "× reference", "budget", "met"):
        result_table.add_column(heading, justify="right")
    for program in REFERENCES:
        result_table.add_column(PROGRAM_LABELS.get(program, program), justify="right")
    for row in rows:
        sizes = samples.sizes(row.name)
        if not sizes:
            result_table.add_row(row.label, "", "not measured")
        for papers in sizes:
            result = samples.result(row, papers)
            result_table.add_row(
                row.label if papers == sizes[0] else "",
                f"{papers:,}",
                format_value(result.median, row.unit),
                format_value(result.p95, row.unit),
                _format_ratio(result),
                format_budget(row, papers),
                {True: "yes", False: "NO", None: ""}[result.is_met],
                *(_format_reference(samples, row, program, papers) for program in REFERENCES),
                end_section=papers == sizes[-1],
            )
    return result_table


def as_json(
    samples: Samples,
    options: BenchOptions,
    machine_before: Mapping[str, object],
    references: Mapping[str, str],
) -> dict[str, object]:
    """Return results, samples, versions, and the state of the machine before the run."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine_before,
        "versions": {**versions(), **references},
        "rounds": options.runs,
        "rows": [
            _row_as_json(samples, row, papers)
            for row in ROWS
            for papers in [*samples.sizes(row.name)] or (None,)
        ],
        "samples": samples.as_json,
    }


def summary_lines(results: Mapping[str, object]) -> str:
    """Return two lines that describe the machine and the versions."""
    lines = (results["machine"], results["versions"])
    return "\n".join(
        ", ".join(f"{name} {value}" for name, value in line.items())
        for line in lines
        if isinstance(line, dict)
    )


def write_json(file: Path, results: Mapping[str, object]) -> None:
    """Write JSON to a file."""
    file.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def format_value(value: float, unit: Unit) -> str:
    """Return a value with its unit, with a sensible number of digits."""
    if unit is Unit.BYTES:
        return f"{value:,.0f} B"
    if unit is Unit.RATIO:
        return f"{value:.2f} ×"
    return f"{value:,.{0 if value >= 20 else 1}f} {unit}"


def format_budget(row: BenchRow, papers: int) -> str:
    """Return the budget for a number of papers, or an empty string."""
    limit = row.budget.limit(papers) if row.budget else None
    if row.budget is None or limit is None:
        return ""
    if row.budget.reference is not None:
        program, reference_row = row.budget.reference
        suffix = "" if reference_row == row.name or program == EMPTY else "'s re-sync"
        return f"{limit:g} × {program}{suffix}"
    p95 = ", p95" if row.budget.uses_p95 else ""
    return f"{limit:,g} {row.unit}{p95}"


def _row_as_json(samples: Samples, row: BenchRow, papers: int | None) -> dict[str, object]:
    fields: dict[str, object] = {"name": row.name, "words": row.label, "unit": row.unit}
    if papers is None:
        return {**fields, "papers": None}
    result = samples.result(row, papers)
    return {
        **fields,
        "papers": papers,
        "median": result.median,
        "p95": result.p95,
        "ratio": result.ratio,
        "spread": result.spread,
        "budget": result.limit,
        "budget_of": row.budget.reference if row.budget else None,
        "met": result.is_met,
        "references": {
            program: value
            for program in REFERENCES
            if (value := _value(samples, row, program, papers)) is not None
        },
    }


def _value(samples: Samples, row: BenchRow, program: str, papers: int) -> float | None:
    return samples.reference_median(program, row.name, papers)


def _format_reference(samples: Samples, row: BenchRow, program: str, papers: int) -> str:
    value = _value(samples, row, program, papers)
    return "" if value is None else format_value(value, row.unit)


def _format_ratio(result: RowResult) -> str:
    if result.ratio is None or result.spread is None:
        return ""
    low, high = result.spread
    return f"{result.ratio:.2f} ({low:.2f}{chr(0x2013)}{high:.2f})"
