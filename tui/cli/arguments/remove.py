"""What ``broadsheet remove`` may be told."""

from __future__ import annotations

import argparse

from tui.cli.arguments.common import add_paths


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``remove``."""
    add_paths(parser)
    parser.add_argument("--delete", action="store_true",
                        help="delete what was cloned for it; your own files stay")  # fmt: skip
    parser.set_defaults(run="sources:run_remove")
