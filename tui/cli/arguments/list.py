"""What ``broadsheet list`` may be told."""

from __future__ import annotations

import argparse

from tui.cli.arguments.common import add_format, add_limit, add_pager, add_query, add_sources


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``list``."""
    add_query(parser)
    add_sources(parser)
    add_limit(parser)
    add_format(parser, "table", "json", "csv", "ids")
    add_pager(parser)
    parser.set_defaults(run="list:run_list")
