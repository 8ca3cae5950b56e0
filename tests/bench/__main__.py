"""Measures Broadsheet through a real terminal, beside its budgets and other programs.

python -m tests.bench [--papers 120,5500,55000] [--runs 5] [--keep DIR] [--json FILE]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from rich.console import Console

from tests.bench import growth, manual_tables, report
from tests.bench.alive import measure_waits, measure_waits_in_import
from tests.bench.calm import Calm
from tests.bench.keypresses import measure_keys
from tests.bench.machine import machine
from tests.bench.marking import measure_marks
from tests.bench.references.cobib import Cobib
from tests.bench.references.newsboat import Newsboat
from tests.bench.references.reference import Reference
from tests.bench.references.stock import Stock
from tests.bench.rows import BY_NAME, ROWS, Row
from tests.bench.samples import Samples
from tests.bench.stage import Collection, Stage, Ways
from tests.bench.starts import MS, measure_empty, measure_reference, measure_start
from tests.bench.syncs import IMPORTED, measure_flatness, measure_import, measure_sync
from tests.update_manual import PERFORMANCE_PAGE, rewrite_table

QUICK = Ways(runs=1, times=1, starts=1, quiet=0.12)

_STARTS = {"first", "first-summary", "memory", "memory-rest"}
_SYNCS = {"sync-same", "sync-one", "sync-flat"}
_MARKS = {"mark", "mark-told"}
_WAITS = {"alive-idle", "alive-all", "alive-search"}
_OTHER = {*_STARTS, *_SYNCS, *_MARKS, *_WAITS, "import", "alive-import"}
_KEYS = {row.name for row in ROWS} - _OTHER
_COMPARED = {"first", "memory", "move", "move-bytes", "summary", "summary-bytes"}


class Benchmark:
    """All rounds of all that was asked for.

    Args:
        stage: where things are kept.
        ways: how to measure.
        sizes: with how many papers.
        rows: which rows.
        references: whom to measure besides; H always is.
        calm: tells when to measure.
        say: told what is being done.
    """

    def __init__(
        self,
        stage: Stage,
        ways: Ways,
        sizes: list[int],
        rows: list[Row],
        references: list[Reference],
        calm: Calm,
        say: Callable[[str], None],
    ) -> None:
        self.samples = Samples()
        self._stage = stage
        self._ways = ways
        self._sizes = sorted(sizes)
        self._wanted = {row.name for row in rows}
        self._references = references
        self._calm = calm
        self._say = say

    def run(self) -> None:
        """Measure round by round, so that what disturbs one of those compared disturbs all."""
        collections = []
        for papers in self._sizes:
            self._say(f"{papers:,} papers are made and cached")
            collections.append(self._stage.collection(papers))
            for reference in self._of(collections[-1]):
                reference.prepare(collections[-1])
        # The first start of all reads everything from the disk, and counts for nothing.
        measure_start(Samples(), 0, self._ways, collections[0])
        for turn in range(self._ways.runs):
            for collection in collections:
                self._say(f"round {turn + 1} of {self._ways.runs}: {collection.papers:,} papers")
                for measure in self._steps(turn, collection):
                    self._calm.measure(self.samples, measure)
            many = collections[-1]
            small = (one for one in collections if one.papers <= IMPORTED)
            few = max(small, key=_papers, default=many)
            if "sync-flat" in self._wanted and few.papers < many.papers:
                flatness = partial(measure_flatness, turn=turn, few=few, many=many)
                self._calm.measure(self.samples, flatness)

    def _of(self, collection: Collection) -> list[Reference]:
        return [each for each in self._references if collection.papers <= each.most]

    def _steps(self, turn: int, collection: Collection) -> Iterator[Callable[[Samples], None]]:
        """Yield what is measured of a collection in a round, each step some seconds."""
        wanted, ways = self._wanted, self._ways
        if wanted & (_STARTS | {"memory-all", "memory-search"}):
            yield partial(self._start, turn, collection)
        if wanted & _COMPARED:
            for reference in self._of(collection):
                yield partial(
                    measure_reference, turn=turn, ways=ways, collection=collection,
                    reference=reference,
                )  # fmt: skip
        if wanted & (_SYNCS | {"import"}):
            yield partial(self._import, turn, collection)
        if wanted & _SYNCS:
            yield partial(measure_sync, turn=turn, collection=collection)
        if wanted & _KEYS:
            yield partial(measure_keys, turn=turn, ways=ways, collection=collection)
        if wanted & _MARKS:
            yield partial(measure_marks, turn=turn, ways=ways, collection=collection)
        if wanted & _WAITS:
            yield partial(measure_waits, turn=turn, ways=ways, collection=collection)
        if "alive-import" in wanted:
            yield partial(measure_waits_in_import, turn=turn, ways=ways, collection=collection)

    def _start(self, turn: int, collection: Collection, samples: Samples) -> None:
        for _ in range(self._ways.starts):
            measure_empty(samples, turn, self._ways, collection)
            if self._wanted & _STARTS:
                measure_start(samples, turn, self._ways, collection)

    def _import(self, turn: int, collection: Collection, samples: Samples) -> None:
        """Let all read the digests for the first time, and others again."""
        # A first import of very many papers takes long, and always the same.
        if "import" in self._wanted and (not turn or collection.papers <= IMPORTED):
            measure_import(samples, turn, collection)
        papers = collection.papers
        for reference in self._of(collection):
            who, is_slow = reference.name, reference.imports_slowly
            if turn and is_slow:
                continue
            if (took := reference.imports(collection)) is not None:
                samples.note("import", papers, turn, took * MS, who=who)
            if (both := reference.syncs(collection)) is not None:
                samples.note("sync-same", papers, turn, both[0] * MS, who=who)
                samples.note("sync-one", papers, turn, both[1] * MS, who=who)


def _papers(collection: Collection) -> int:
    return collection.papers


def main() -> None:
    """Read the command line, measure, and print the table."""
    chosen = _parser().parse_args()
    ways = QUICK if chosen.quick else Ways(runs=chosen.runs)
    sizes = [120] if chosen.quick and chosen.papers is None else chosen.papers
    sizes = sizes or [120, 5500, 55_000]
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 180)
    errors = Console(stderr=True)
    say = partial(errors.print, highlight=False)
    with tempfile.TemporaryDirectory() as folder:
        keep = (chosen.keep or Path(folder)).resolve()
        stage = Stage(keep)
        references = [] if chosen.no_references else _references(keep, errors)
        before = machine()
        say(f"load {before['load']}, {before['loop']} ms for a plain loop: see --calm")
        calm = Calm(chosen.calm, say)
        benchmark = Benchmark(stage, ways, sizes, chosen.rows or list(ROWS), references, calm, say)
        if chosen.growth:
            growth.measure(stage, ways, benchmark.samples, calm)
            console.print(growth.table(benchmark.samples))
        else:
            try:
                benchmark.run()
            finally:
                # What was measured until something failed is worth seeing.
                console.print(report.table(benchmark.samples, chosen.rows or ROWS))
        known = {reference.name: reference.version() for reference in references}
    told = report.as_json(benchmark.samples, ways, before, known)
    console.print(report.said_of(told), highlight=False)
    if chosen.json:
        report.write(chosen.json, told)
    if chosen.manual and chosen.growth:
        rewrite_table(PERFORMANCE_PAGE, "growth", manual_tables.growth(benchmark.samples))
    elif chosen.manual:
        rewrite_table(PERFORMANCE_PAGE, "budgets", manual_tables.budgets(benchmark.samples))


def _references(keep: Path, errors: Console) -> list[Reference]:
    """Return whoever is there, and say who is not."""
    found: list[Reference] = []
    for reference in (Stock(), Newsboat(), Cobib(keep)):
        if why := reference.missing():
            errors.print(f"not measured: {why}", highlight=False)
        else:
            found.append(reference)
    return found


def _sizes(text: str) -> list[int]:
    return [int(size) for size in text.replace("_", "").split(",")]


def _rows(text: str) -> list[Row]:
    try:
        return [BY_NAME[name] for name in text.split(",")]
    except KeyError as error:
        raise argparse.ArgumentTypeError(f"no row is called {error}") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tests.bench", description=__doc__.split("\n")[0])
    parser.add_argument("--papers", type=_sizes, metavar="N,…", help="sizes of the library")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="rounds (default: 5)")
    parser.add_argument("--rows", type=_rows, metavar="NAME,…",
                        help=f"only these: {', '.join(BY_NAME)}")  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="one hasty round, to see that it runs")
    parser.add_argument("--calm", type=float, metavar="MS",
                        help="measure only while a plain loop takes no longer; it takes the longer "
                             "the more others do on the machine")  # fmt: skip
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every sample there")
    parser.add_argument("--growth", action="store_true", help="how it grows, instead of the rows")
    parser.add_argument("--manual", action="store_true", help="also write it into the manual")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep libraries for the next time")
    parser.add_argument("--no-references", action="store_true", help="only Broadsheet and H")
    return parser


if __name__ == "__main__":
    main()
