"""Measure Broadsheet through a real terminal, and compare it with budgets and other programs.

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
from tests.bench.commands import SHORT_COMMANDS, measure_list, measure_short_commands
from tests.bench.key_latency import measure_key_latency, measure_key_latency_in_import
from tests.bench.keypresses import measure_keys
from tests.bench.load_guard import LoadGuard
from tests.bench.machine import machine
from tests.bench.mark_latency import measure_marks
from tests.bench.references.cobib import Cobib
from tests.bench.references.newsboat import Newsboat
from tests.bench.references.reference import ReferenceProgram
from tests.bench.references.stock import Stock
from tests.bench.rows import BY_NAME, ROWS, BenchRow
from tests.bench.sample_libraries import BenchOptions, LibraryBuilder, SampleLibrary
from tests.bench.samples import Samples
from tests.bench.startup import (
    MILLISECONDS_PER_SECOND,
    measure_empty,
    measure_frame,
    measure_reference,
    measure_start,
)
from tests.bench.sync_times import IMPORT_PAPERS, measure_import, measure_sync, measure_sync_growth
from tests.update_manual import PERFORMANCE_PAGE, rewrite_table

QUICK = BenchOptions(runs=1, times=1, starts=1, quiet_seconds=0.12)

_START_ROWS = {"first", "first-bytes", "first-summary", "memory", "memory-rest"}
_FRAME_ROWS = {"frame", "frame-key"}
_SYNC_ROWS = {"sync-same", "sync-one", "sync-flat"}
_SHORT_COMMAND_ROWS = set(SHORT_COMMANDS)
_COMMAND_ROWS = {"list-word", *_SHORT_COMMAND_ROWS}
_MARK_ROWS = {"mark", "mark-confirmed"}
_LATENCIES = {"key-latency-idle", "key-latency-all", "key-latency-search"}
_ROWS_WITHOUT_KEYS = {
    *_START_ROWS,
    *_FRAME_ROWS,
    *_SYNC_ROWS,
    *_COMMAND_ROWS,
    *_MARK_ROWS,
    *_LATENCIES,
    "import",
    "key-latency-import",
}
_KEY_ROWS = {row.name for row in ROWS} - _ROWS_WITHOUT_KEYS
_REFERENCE_ROWS = {"first", "memory", "move", "move-bytes", "summary", "summary-bytes"}


class Benchmark:
    """All rounds of the requested measurements.

    Args:
        builder: provides the libraries.
        options: how to measure.
        sizes: numbers of papers.
        rows: the rows to measure.
        references: programs to compare with, besides H.
        guard: delays measurements while the machine is busy.
        report: prints progress.
    """

    def __init__(
        self,
        builder: LibraryBuilder,
        options: BenchOptions,
        sizes: list[int],
        rows: list[BenchRow],
        references: list[ReferenceProgram],
        guard: LoadGuard,
        report: Callable[[str], None],
    ) -> None:
        self.samples = Samples()
        self._builder = builder
        self._options = options
        self._sizes = sorted(sizes)
        self._row_names = {row.name for row in rows}
        self._references = references
        self._guard = guard
        self._report = report

    def run(self) -> None:
        """Measure round by round, so that a disturbance affects all compared programs."""
        libraries = []
        for papers in self._sizes:
            self._report(f"{papers:,} papers: writing digests and cache")
            libraries.append(self._builder.build(papers))
            for reference in self._references_for(libraries[-1]):
                reference.prepare(libraries[-1])
        # The very first start reads all files from the disk and is discarded.
        measure_start(Samples(), 0, self._options, libraries[0])
        for round_number in range(self._options.runs):
            for library in libraries:
                self._report(
                    f"round {round_number + 1} of {self._options.runs}: {library.papers:,} papers"
                )
                for measure in self._measurements(round_number, library):
                    self._guard.measure(self.samples, measure)
            large = libraries[-1]
            candidates = (library for library in libraries if library.papers <= IMPORT_PAPERS)
            small = max(candidates, key=_papers, default=large)
            if "sync-flat" in self._row_names and small.papers < large.papers:
                measure_growth = partial(
                    measure_sync_growth, round_number=round_number, small=small, large=large
                )
                self._guard.measure(self.samples, measure_growth)

    def _references_for(self, library: SampleLibrary) -> list[ReferenceProgram]:
        return [
            reference for reference in self._references if library.papers <= reference.max_papers
        ]

    def _measurements(
        self, round_number: int, library: SampleLibrary
    ) -> Iterator[Callable[[Samples], None]]:
        """Yield the measurements of a library in one round; each takes a few seconds."""
        row_names, options = self._row_names, self._options
        if row_names & (_START_ROWS | _FRAME_ROWS | {"memory-all", "memory-search"}):
            yield partial(self._start, round_number, library)
        if row_names & _REFERENCE_ROWS:
            for reference in self._references_for(library):
                yield partial(
                    measure_reference, round_number=round_number, options=options, library=library,
                    reference=reference,
                )  # fmt: skip
        if row_names & (_SYNC_ROWS | {"import"}):
            yield partial(self._import, round_number, library)
        if row_names & _SYNC_ROWS:
            yield partial(measure_sync, round_number=round_number, library=library)
        if "list-word" in row_names:
            yield partial(measure_list, round_number=round_number, library=library)
        if row_names & _SHORT_COMMAND_ROWS:
            yield partial(
                measure_short_commands, round_number=round_number, options=options, library=library
            )
        if row_names & _KEY_ROWS:
            yield partial(measure_keys, round_number=round_number, options=options, library=library)
        if row_names & _MARK_ROWS:
            yield partial(
                measure_marks, round_number=round_number, options=options, library=library
            )
        if row_names & _LATENCIES:
            yield partial(
                measure_key_latency, round_number=round_number, options=options, library=library
            )
        if "key-latency-import" in row_names:
            yield partial(
                measure_key_latency_in_import,
                round_number=round_number,
                options=options,
                library=library,
            )

    def _start(self, round_number: int, library: SampleLibrary, samples: Samples) -> None:
        for _ in range(self._options.starts):
            measure_empty(samples, round_number, self._options, library)
            if self._row_names & _START_ROWS:
                measure_start(samples, round_number, self._options, library)
            if self._row_names & _FRAME_ROWS:
                measure_frame(samples, round_number, self._options, library)

    def _import(self, round_number: int, library: SampleLibrary, samples: Samples) -> None:
        """Measure the first import of all programs, and the syncs of the references."""
        # A first import of many papers takes long and varies little, so one round is enough.
        if "import" in self._row_names and (not round_number or library.papers <= IMPORT_PAPERS):
            measure_import(samples, round_number, library)
        papers = library.papers
        for reference in self._references_for(library):
            program, is_slow = reference.name, reference.imports_slowly
            if round_number and is_slow:
                continue
            if (seconds := reference.time_import(library)) is not None:
                samples.add(
                    "import",
                    papers,
                    round_number,
                    seconds * MILLISECONDS_PER_SECOND,
                    program=program,
                )
            if (sync_seconds := reference.time_syncs(library)) is not None:
                samples.add(
                    "sync-same",
                    papers,
                    round_number,
                    sync_seconds[0] * MILLISECONDS_PER_SECOND,
                    program=program,
                )
                samples.add(
                    "sync-one",
                    papers,
                    round_number,
                    sync_seconds[1] * MILLISECONDS_PER_SECOND,
                    program=program,
                )


def _papers(library: SampleLibrary) -> int:
    return library.papers


def main() -> None:
    """Parse the command line, measure, and print the table."""
    arguments = _parser().parse_args()
    options = QUICK if arguments.quick else BenchOptions(runs=arguments.runs)
    sizes = [120] if arguments.quick and arguments.papers is None else arguments.papers
    sizes = sizes or [120, 5500, 55_000]
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 180)
    errors = Console(stderr=True)
    report_progress = partial(errors.print, highlight=False)
    with tempfile.TemporaryDirectory() as folder:
        keep = (arguments.keep or Path(folder)).resolve()
        builder = LibraryBuilder(keep)
        references = [] if arguments.no_references else _references(keep, errors)
        machine_before = machine()
        report_progress(
            f"load {machine_before['load']}, "
            f"{machine_before['loop']} ms for a simple loop (see --calm)"
        )
        guard = LoadGuard(arguments.calm, report_progress)
        rows = arguments.rows or list(ROWS)
        benchmark = Benchmark(builder, options, sizes, rows, references, guard, report_progress)
        if arguments.growth:
            growth_sizes = arguments.papers or growth.SIZES
            growth.measure(builder, options, growth_sizes, benchmark.samples, guard)
            console.print(growth.table(benchmark.samples))
        else:
            try:
                benchmark.run()
            finally:
                # Print the rows measured so far even after a failure.
                console.print(report.table(benchmark.samples, arguments.rows or ROWS))
        reference_versions = {reference.name: reference.version() for reference in references}
    results = report.as_json(benchmark.samples, options, machine_before, reference_versions)
    console.print(report.summary_lines(results), highlight=False)
    if arguments.json:
        report.write_json(arguments.json, results)
    if arguments.manual and arguments.growth:
        rewrite_table(PERFORMANCE_PAGE, "growth", manual_tables.growth_table(benchmark.samples))
    elif arguments.manual:
        rewrite_table(PERFORMANCE_PAGE, "budgets", manual_tables.budget_table(benchmark.samples))


def _references(keep: Path, errors: Console) -> list[ReferenceProgram]:
    """Return the installed reference programs, and print the missing ones."""
    installed: list[ReferenceProgram] = []
    for reference in (Stock(), Newsboat(), Cobib(keep)):
        if reason := reference.why_unavailable():
            errors.print(f"not measured: {reason}", highlight=False)
        else:
            installed.append(reference)
    return installed


def _sizes(text: str) -> list[int]:
    return [int(size) for size in text.replace("_", "").split(",")]


def _rows(text: str) -> list[BenchRow]:
    try:
        return [BY_NAME[name] for name in text.split(",")]
    except KeyError as error:
        raise argparse.ArgumentTypeError(f"unknown row: {error}") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tests.bench", description=__doc__.split("\n")[0])
    parser.add_argument("--papers", type=_sizes, metavar="N,…", help="numbers of papers")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="rounds (default: 5)")
    parser.add_argument("--rows", type=_rows, metavar="NAME,…",
                        help=f"only these: {', '.join(BY_NAME)}")  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="one quick round, as a test")
    parser.add_argument("--calm", type=float, metavar="MS",
                        help="measure only while a simple loop takes at most this long; on a busy "
                             "machine it takes longer")  # fmt: skip
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="also write every sample to this file"
    )
    parser.add_argument(
        "--growth", action="store_true", help="measure the growth with the library instead"
    )
    parser.add_argument(
        "--manual", action="store_true", help="also write the table into the manual"
    )
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="keep the libraries for the next run"
    )
    parser.add_argument("--no-references", action="store_true", help="only Broadsheet and H")
    return parser


if __name__ == "__main__":
    main()
