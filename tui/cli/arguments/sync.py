"""What ``broadsheet sync`` may be told."""

from __future__ import annotations

import argparse

from tui.cli.arguments.common import add_format, add_sources


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``sync``."""
    add_sources(parser)
    parser.add_argument("--rebuild", action="store_true", help="read every digest anew")
    parser.add_argument("--pull", action="store_true",
                        help="pull sources that are git repositories first")  # fmt: skip
    add_format(parser, "text", "json")
    parser.set_defaults(run="sync:run")
