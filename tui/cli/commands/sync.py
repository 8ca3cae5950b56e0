"""``broadsheet sync``."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from tui.cli.arguments import add_format, add_sources
from tui.cli.output import print_json, print_line

if TYPE_CHECKING:
    from tui.models import Problem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_sources(parser)
    parser.add_argument("--rebuild", action="store_true", help="re-read every digest")
    text = "first pull the sources that are git repositories"
    parser.add_argument("--pull", action="store_true", help=text)
    add_format(parser, "text", "json")


def run(arguments: argparse.Namespace) -> None:
    """Read changed digests; print counts and problems."""
    from tui.cli.open_library import sync_sources
    from tui.cli.problem_output import print_problems, problems_and_notes
    from tui.cli.source_selection import choose_sources

    sources = choose_sources(arguments.path)
    pull_problems: list[Problem] = []
    if arguments.pull:
        from tui.cli.source_list import pull

        pull_problems = pull(sources)
    library, report = sync_sources(sources, rebuild=arguments.rebuild, allow_stale=False)
    counts = {
        "read": report.read,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "skipped": report.skipped,
        "entries": report.entries,
        "papers": library.period_counts.total,
    }
    if arguments.format == "json":
        problems = (*sources.problems, *pull_problems, *report.problems)
        print_json({**counts, **problems_and_notes(problems)})
        return
    print_line(", ".join(f"{name} {number}" for name, number in counts.items()))
    # Keep the counts before the problems if both streams go to one file.
    sys.stdout.flush()
    command = "broadsheet sync -p …" if sources.is_named else "broadsheet sync"
    print_problems([*pull_problems, *report.problems], command)
