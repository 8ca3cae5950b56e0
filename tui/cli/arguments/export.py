"""What ``broadsheet export`` may be told."""

from __future__ import annotations

import argparse

from tui.cli.arguments.common import add_limit, add_query, add_sources


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``export``."""
    add_query(parser)
    add_sources(parser)
    add_limit(parser)
    parser.add_argument("--format", choices=("bibtex", "markdown", "csv", "json"),
                        help="how to write them (default: as FILE is called, else "
                        "bibtex)")  # fmt: skip
    parser.add_argument("-o", "--output", metavar="FILE",
                        help="where to write them, in place of what is there "
                        "(default: standard output)")  # fmt: skip
    parser.set_defaults(run="export:run")
