"""What was measured, as a table for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.table import Table

from tests.bench.machine import versions
from tests.bench.rows import EMPTY, REFERENCES, ROWS, Row, Unit
from tests.bench.samples import Samples, Verdict
from tests.bench.stage import Ways

NAMES = {EMPTY: "empty app (H)", "stock": "stock widgets"}


def table(samples: Samples, rows: Sequence[Row] = ROWS) -> Table:
    """Return all rows, each with its budget and the references."""
    made = Table("", title="Broadsheet beside its budgets (median, 95th percentile)")
    for heading in ("papers", "median", "p95", "× reference", "budget", "met"):
        made.add_column(heading, justify="right")
    for who in REFERENCES:
        made.add_column(NAMES.get(who, who), justify="right")
    for row in rows:
        sizes = samples.sizes(row.name)
        if not sizes:
            made.add_row(row.words, "", "not measured")
        for papers in sizes:
            verdict = samples.verdict(row, papers)
            made.add_row(
                row.words if papers == sizes[0] else "",
                f"{papers:,}",
                written(verdict.median, row.unit),
                written(verdict.p95, row.unit),
                _ratio(verdict),
                budget_in_words(row, papers),
                {True: "yes", False: "NO", None: ""}[verdict.met],
                *(_reference(samples, row, who, papers) for who in REFERENCES),
                end_section=papers == sizes[-1],
            )
    return made


def as_json(
    samples: Samples,
    ways: Ways,
    before: Mapping[str, object],
    references: Mapping[str, str],
) -> dict[str, object]:
    """Return everything: verdicts, raw samples, versions, and the machine as it was before."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": before,
        "versions": {**versions(), **references},
        "rounds": ways.runs,
        "rows": [
            _row(samples, row, papers)
            for row in ROWS
            for papers in [*samples.sizes(row.name)] or (None,)
        ],
        "samples": samples.raw,
    }


def said_of(told: Mapping[str, object]) -> str:
    """Return on what was measured, and with what, in two lines."""
    lines = (told["machine"], told["versions"])
    return "\n".join(
        ", ".join(f"{name} {value}" for name, value in each.items())
        for each in lines
        if isinstance(each, dict)
    )


def write(file: Path, told: Mapping[str, object]) -> None:
    """Write JSON to a file."""
    file.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def written(value: float, unit: Unit) -> str:
    """Return a number with its unit, as precise as it is worth."""
    if unit is Unit.BYTES:
        return f"{value:,.0f} B"
    if unit is Unit.RATIO:
        return f"{value:.2f} ×"
    return f"{value:,.{0 if value >= 20 else 1}f} {unit}"


def budget_in_words(row: Row, papers: int) -> str:
    """Return what is budgeted for a number of papers; nothing where nothing is."""
    limit = row.budget.limit(papers) if row.budget else None
    if row.budget is None or limit is None:
        return ""
    if row.budget.of is not None:
        who, other = row.budget.of
        what = "" if other == row.name or who == EMPTY else "'s re-sync"
        return f"{limit:g} × {who}{what}"
    p95 = ", p95" if row.budget.p95 else ""
    return f"{limit:,g} {row.unit}{p95}"


def _row(samples: Samples, row: Row, papers: int | None) -> dict[str, object]:
    told: dict[str, object] = {"name": row.name, "words": row.words, "unit": row.unit}
    if papers is None:
        return {**told, "papers": None}
    verdict = samples.verdict(row, papers)
    return {
        **told,
        "papers": papers,
        "median": verdict.median,
        "p95": verdict.p95,
        "ratio": verdict.ratio,
        "spread": verdict.spread,
        "budget": verdict.limit,
        "budget_of": row.budget.of if row.budget else None,
        "met": verdict.met,
        "references": {
            who: value
            for who in REFERENCES
            if (value := _value(samples, row, who, papers)) is not None
        },
    }


def _value(samples: Samples, row: Row, who: str, papers: int) -> float | None:
    return samples.reference(who, row.name, papers)


def _reference(samples: Samples, row: Row, who: str, papers: int) -> str:
    value = _value(samples, row, who, papers)
    return "" if value is None else written(value, row.unit)


def _ratio(verdict: Verdict) -> str:
    if verdict.ratio is None or verdict.spread is None:
        return ""
    low, high = verdict.spread
    return f"{verdict.ratio:.2f} ({low:.2f}{chr(0x2013)}{high:.2f})"
