"""``broadsheet sync``."""

from __future__ import annotations

import argparse
import sys

from tui.cli.commands.open_library import choose_sources, sync_sources
from tui.cli.output import OK, print_json, warn
from tui.models import Problem


def run(arguments: argparse.Namespace) -> int:
    """Read changed digests and say what was found."""
    sources = choose_sources(arguments.path)
    unpulled: list[Problem] = []
    if arguments.pull:
        # Only who asks for it needs git.
        from tui.cli.commands.git_sources import pull

        unpulled = pull(sources)
    library, report = sync_sources(sources, rebuild=arguments.rebuild, stale_will_do=False)
    counts = {
        "read": report.read,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "skipped": report.skipped,
        "entries": report.entries,
        "papers": library.calendar.total,
    }
    if arguments.format == "json":
        problems = [
            {"file": problem.file, "line": problem.line, "message": problem.message}
            for problem in (*sources.problems, *unpulled, *report.problems)
        ]
        print_json({**counts, "problems": problems})
        return OK
    print(", ".join(f"{name} {number}" for name, number in counts.items()))
    # The counts first, also where both streams go to one file.
    sys.stdout.flush()
    for problem in (*unpulled, *report.problems):
        warn(str(problem))
    return OK
