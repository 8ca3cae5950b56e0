"""``broadsheet sync``."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict

from tui.cache.report import Progress
from tui.commands.collection import choose_sources, settings_with_warnings, sync_sources
from tui.commands.output import OK, print_json, warn


def run(arguments: argparse.Namespace) -> int:
    """Read changed digests and say what was found."""
    sources = choose_sources(arguments.path, settings_with_warnings())
    progress = _show if sys.stderr.isatty() else _say_nothing
    library, report = sync_sources(sources, rebuild=arguments.rebuild, progress=progress)
    counts = {
        "read": report.read,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "skipped": report.skipped,
        "entries": report.entries,
        "papers": library.calendar.total,
    }
    if arguments.format == "json":
        print_json({**counts, "problems": [asdict(problem) for problem in report.problems]})
    else:
        print(", ".join(f"{name} {number}" for name, number in counts.items()))
        for problem in report.problems:
            warn(str(problem))
    return OK


def _say_nothing(progress: Progress) -> None:
    """Leave a log file without progress."""


def _show(progress: Progress) -> None:
    """Write over the same line of the terminal how far it is; take it away at the end."""
    if progress.done < progress.total:
        text = f"\rReading digests: {progress.done} of {progress.total}\x1b[K"
    else:
        text = "\r\x1b[K"
    sys.stderr.write(text)
    sys.stderr.flush()
