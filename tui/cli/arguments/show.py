"""What ``broadsheet show`` may be told."""

from __future__ import annotations

import argparse

from tui.cli.arguments.common import add_format, add_pager, add_sources


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``show``."""
    parser.add_argument(
        "id",
        metavar="ID",
        help="an arXiv id, as 2505.04921; '-' reads ids from standard input, one a line",
    )
    add_sources(parser)
    add_format(parser, "markdown", "json")
    add_pager(parser)
    parser.set_defaults(run="list:run_show")
