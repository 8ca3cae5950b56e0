"""``broadsheet doctor``: check the installation, the reader's files and the sources."""

from __future__ import annotations

import argparse

from tui.cli.output import NOTHING_MATCHED, OK, print_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare no arguments."""


def run(arguments: argparse.Namespace) -> int:
    """Run all checks and print one line for each result."""
    from tui.cli.check_result import CheckResult, safely
    from tui.cli.clone_checks import check_clones
    from tui.cli.doctor_checks import check_all

    results = [*check_all(), *safely("clones", check_clones())]
    if arguments.policy.is_restricted:
        results.append(CheckResult(True, "mode", "restricted; see 'broadsheet help ssh'"))
    width = max(len(result.subject) for result in results)
    for result in results:
        status = "ok " if result.is_ok else "BAD"
        print_line(f"{status}  {result.subject:<{width}}  {result.details}")
    return OK if all(result.is_ok for result in results) else NOTHING_MATCHED
