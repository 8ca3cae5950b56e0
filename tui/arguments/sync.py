"""What ``broadsheet sync`` may be told."""

from __future__ import annotations

import argparse

from tui.arguments.common import add_format, add_sources


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``sync``."""
    add_sources(parser)
    parser.add_argument("--rebuild", action="store_true", help="read every digest anew")
    add_format(parser, "text", "json")
    parser.set_defaults(run="syncing:run")
