"""What ``broadsheet stats`` may be told."""

from __future__ import annotations

import argparse

from tui.cli.arguments.common import add_format, add_pager, add_query, add_sources


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``stats``."""
    add_query(parser)
    add_sources(parser)
    add_format(parser, "text", "json")
    add_pager(parser)
    parser.set_defaults(run="stats:run")
