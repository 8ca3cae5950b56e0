"""What ``broadsheet add`` may be told."""

from __future__ import annotations

import argparse

from tui.arguments.common import add_paths


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``add``."""
    add_paths(parser)
    parser.set_defaults(run="sources:run_add")
